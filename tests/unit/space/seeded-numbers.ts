/** Park and Miller's generator: the numbers `tests/oracles/spatial/make.py` makes, in (0, 1). */
export function seededNumbers(seed: number, count: number): Float64Array {
  const out = new Float64Array(count)
  let state = seed
  for (let i = 0; i < count; i++) {
    state = (state * 48271) % 2147483647
    out[i] = state / 2147483647
  }
  return out
}
