import type { Position, Rings } from '#core/contract/geometry.ts'
import { signedArea } from './polygon.ts'

/** Centre of gravity of the largest ring, metres; NaN where there is no ring with an area. */
export function centreOfRings(rings: Rings): Position {
  let largest: readonly Position[] = []
  let size = 0
  for (const ring of rings) {
    const area = Math.abs(signedArea(ring))
    if (area > size) {
      size = area
      largest = ring
    }
  }
  if (size === 0) return [Number.NaN, Number.NaN]
  // Relative to the first corner, for the digits; the fan of triangles from it.
  const [x0, y0] = largest[0]
  let twice = 0
  let sumX = 0
  let sumY = 0
  for (let i = 1; i + 1 < largest.length; i++) {
    const ax = largest[i][0] - x0
    const ay = largest[i][1] - y0
    const bx = largest[i + 1][0] - x0
    const by = largest[i + 1][1] - y0
    const cross = ax * by - bx * ay
    twice += cross
    sumX += (ax + bx) * cross
    sumY += (ay + by) * cross
  }
  return [x0 + sumX / (3 * twice), y0 + sumY / (3 * twice)]
}
