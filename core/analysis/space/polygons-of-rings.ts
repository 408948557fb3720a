import type { Position, Rings } from '#core/contract/geometry.ts'
import { pointInRings, ringsBox, signedArea } from './polygon.ts'

/**
 * Even-odd rings → polygons as other programs want them: each outer ring with its holes, outer rings counter-clockwise,
 * holes clockwise. A ring inside an odd number of others is a hole of the smallest that holds it. Rings without area
 * are left out.
 */
export function polygonsOfRings(rings: Rings): Position[][][] {
  const used = rings
    .filter((ring) => ring.length >= 3 && signedArea(ring) !== 0)
    .map((ring) => ({ ring, area: Math.abs(signedArea(ring)), box: ringsBox([ring]) }))
  const holders = used.map((inner) =>
    used.filter(
      (outer) =>
        outer !== inner &&
        outer.area > inner.area &&
        boxHolds(outer.box, inner.box) &&
        isInside(inner.ring, outer.ring),
    ),
  )
  const polygons = new Map<number, Position[][]>()
  used.forEach(({ ring }, k) => {
    if (holders[k].length % 2 === 0) polygons.set(k, [turned(ring, true)])
  })
  used.forEach(({ ring }, k) => {
    if (holders[k].length % 2 === 0) return
    const holder = holders[k].reduce((smallest, next) => (next.area < smallest.area ? next : smallest))
    polygons.get(used.indexOf(holder))?.push(turned(ring, false))
  })
  return [...polygons.values()]
}

function boxHolds(outer: readonly number[], inner: readonly number[]): boolean {
  return inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
}

/** By the majority of the edges' midpoints: outlines of cells rightly touch at corners. */
function isInside(inner: readonly Position[], outer: readonly Position[]): boolean {
  let votes = 0
  let previous = inner[inner.length - 1]
  for (const point of inner) {
    votes += pointInRings([outer], (previous[0] + point[0]) / 2, (previous[1] + point[1]) / 2) ? 1 : -1
    previous = point
  }
  return votes > 0
}

function turned(ring: readonly Position[], counterClockwise: boolean): Position[] {
  return signedArea(ring) > 0 === counterClockwise ? [...ring] : [...ring].reverse()
}
