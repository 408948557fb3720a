/**
 * Lower edges of up to five classes of cell counts: 1, then the counts that half, 80 %, 95 % and 99 % of the occupied
 * cells stay below; equal ones fall together. Few cells stand in the last class, as a patrol plan needs.
 */
export function countBreaks(counts: ArrayLike<number>): number[] {
  const occupied = Float64Array.from(
    Array.prototype.filter.call(counts, (count: number) => count > 0) as number[],
  )
  if (!occupied.length) return []
  occupied.sort()
  const edges = [occupied[0]]
  for (const share of [0.5, 0.8, 0.95, 0.99]) {
    const edge = occupied[Math.min(occupied.length - 1, Math.floor(share * occupied.length))]
    if (edge > edges[edges.length - 1]) edges.push(edge)
  }
  return edges
}

/** Class of a value, 0 for the first; −1 below it. */
export function classOf(value: number, edges: readonly number[]): number {
  let at = -1
  while (at + 1 < edges.length && value >= edges[at + 1]) at++
  return at
}

/** Colour index of a class: the last class always has the strongest colour. */
export function colourIndex(at: number, classes: number, colours: number): number {
  return classes <= 1 ? colours - 1 : Math.round((at * (colours - 1)) / (classes - 1))
}
