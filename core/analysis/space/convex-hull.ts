import type { Position } from '#core/contract/geometry.ts'

/**
 * Convex outline of places, counter-clockwise, not closed, without corners on a straight side (Andrew's monotone
 * chain). No corners when the places lie at one spot or on one line: they have no extent.
 *
 * @param x eastings and `y` northings of all places, metres
 * @param order the places to take, sorted by easting, then northing
 */
export function convexHull(x: ArrayLike<number>, y: ArrayLike<number>, order: ArrayLike<number>): Position[] {
  const lower: number[] = []
  const upper: number[] = []
  for (let k = 0; k < order.length; k++) {
    extend(lower, order[k])
    extend(upper, order[order.length - 1 - k])
  }
  function extend(kept: number[], place: number): void {
    while (kept.length >= 2) {
      const a = kept[kept.length - 2]
      const b = kept[kept.length - 1]
      if ((x[b] - x[a]) * (y[place] - y[a]) - (y[b] - y[a]) * (x[place] - x[a]) > 0) break
      kept.pop()
    }
    kept.push(place)
  }
  const corners = [...lower.slice(0, -1), ...upper.slice(0, -1)]
  return corners.length < 3 ? [] : corners.map((place) => [x[place], y[place]])
}
