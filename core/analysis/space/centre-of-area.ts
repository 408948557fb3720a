import type { Position, Rings } from '#core/contract/geometry.ts'
import { ringsArea, signedArea } from './polygon.ts'

/**
 * Centre of gravity of an even-odd filled area, metres; it may lie outside a bent area. NaN for an area without
 * extent.
 */
export function centreOfArea(rings: Rings): Position {
  let [x, y, total] = [0, 0, 0]
  for (let k = 0; k < rings.length; k++) {
    const ring = rings[k]
    if (ring.length < 3) continue
    const size = Math.abs(signedArea(ring))
    // Even-odd: a ring inside one other is a hole, inside two an island again.
    let depth = 0
    for (const other of rings) {
      const otherSize = Math.abs(signedArea(other))
      if (otherSize > size && ringsArea([ring, other]) < otherSize) depth++
    }
    const area = depth % 2 === 0 ? size : -size
    const [cx, cy] = centreOfRing(ring)
    if (!(area !== 0)) continue
    x += cx * area
    y += cy * area
    total += area
  }
  return total > 0 ? [x / total, y / total] : [Number.NaN, Number.NaN]
}

/** Relative to the first corner: national-grid coordinates cubed would cost all digits. */
function centreOfRing(ring: readonly Position[]): Position {
  const [x0, y0] = ring[0]
  let [x, y, twice] = [0, 0, 0]
  for (let i = 1; i + 1 < ring.length; i++) {
    const [ax, ay] = [ring[i][0] - x0, ring[i][1] - y0]
    const [bx, by] = [ring[i + 1][0] - x0, ring[i + 1][1] - y0]
    const cross = ax * by - bx * ay
    twice += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return [x0 + x / (3 * twice), y0 + y / (3 * twice)]
}
