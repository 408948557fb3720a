/**
 * The stretch of the horizontal line at `y` that lies within `distance` of an edge; null when none does. What is near
 * an edge is a disc at each end and the strip between them, which together are convex, so it is one stretch.
 *
 * @param edges x1, y1, x2, y2 from index `at`
 */
export function spanNearEdge(
  edges: Float64Array,
  at: number,
  distance: number,
  y: number,
): [number, number] | null {
  const x1 = edges[at]
  const y1 = edges[at + 1]
  const x2 = edges[at + 2]
  const y2 = edges[at + 3]
  let low = Infinity
  let high = -Infinity
  const hold = (from: number, to: number): void => {
    if (from < low) low = from
    if (to > high) high = to
  }
  if (Math.abs(y - y1) <= distance) {
    const half = Math.sqrt(distance * distance - (y - y1) * (y - y1))
    hold(x1 - half, x1 + half)
  }
  if (Math.abs(y - y2) <= distance) {
    const half = Math.sqrt(distance * distance - (y - y2) * (y - y2))
    hold(x2 - half, x2 + half)
  }
  const length = Math.hypot(x2 - x1, y2 - y1)
  if (length > 0) {
    const ox = ((y2 - y1) / length) * distance
    const oy = ((x1 - x2) / length) * distance
    const cornersX = [x1 + ox, x2 + ox, x2 - ox, x1 - ox]
    const cornersY = [y1 + oy, y2 + oy, y2 - oy, y1 - oy]
    for (let k = 0, j = 3; k < 4; j = k++) {
      if (cornersY[j] > y === cornersY[k] > y) continue
      const x = cornersX[j] + ((cornersX[k] - cornersX[j]) * (y - cornersY[j])) / (cornersY[k] - cornersY[j])
      hold(x, x)
    }
  }
  return low <= high ? [low, high] : null
}
