/**
 * Where a function of a few numbers is least, by the downhill simplex; no derivatives, the same steps every time.
 *
 * @param start first corner; the others are `start` with one number moved by `reach`
 * @returns the best corner after `rounds`, or once all corners agree to 1e-8 of the value
 * @see Nelder, J. A. and Mead, R. (1965), Computer Journal 7, 308–313.
 */
export function nelderMead(
  value: (at: readonly number[]) => number,
  start: readonly number[],
  reach: number,
  rounds: number,
): { readonly at: readonly number[]; readonly value: number } {
  const corner = (at: readonly number[]): { at: readonly number[]; value: number } => ({
    at,
    value: value(at),
  })
  const corners = [
    corner(start),
    ...start.map((_, k) => corner(start.map((x, j) => (j === k ? x + reach : x)))),
  ]
  const order = (): unknown => corners.sort((a, b) => a.value - b.value)
  order()
  for (let round = 0; round < rounds; round++) {
    const best = corners[0]
    const worst = corners[corners.length - 1]
    if (Math.abs(worst.value - best.value) <= 1e-8 * Math.abs(best.value)) break
    const centre = start.map((_, k) => {
      let sum = 0
      for (let c = 0; c < corners.length - 1; c++) sum += corners[c].at[k]
      return sum / (corners.length - 1)
    })
    const along = (factor: number): { at: readonly number[]; value: number } =>
      corner(centre.map((x, k) => x + factor * (worst.at[k] - x)))
    let next = along(-1)
    if (next.value < best.value) {
      const further = along(-2)
      if (further.value < next.value) next = further
    } else if (!(next.value < corners[corners.length - 2].value)) {
      const closer = along(next.value < worst.value ? -0.5 : 0.5)
      if (closer.value < Math.min(next.value, worst.value)) next = closer
      else {
        for (let c = 1; c < corners.length; c++)
          corners[c] = corner(corners[c].at.map((x, k) => best.at[k] + 0.5 * (x - best.at[k])))
        order()
        continue
      }
    }
    corners[corners.length - 1] = next
    order()
  }
  return corners[0]
}
