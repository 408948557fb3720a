/** The same stretches of a line without overlaps, from left to right. */
export function mergeIntervals(stretches: readonly (readonly [number, number])[]): [number, number][] {
  const sorted = [...stretches].sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = merged[merged.length - 1]
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}
