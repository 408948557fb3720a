import type { Rings } from '#core/contract/geometry.ts'
import type { Neighbours } from './neighbours.ts'

/**
 * Areas that touch: a corner in common, or (`sidesOnly`) a side, which is two successive corners in common. Corners
 * are the same when both coordinates agree once rounded to the centimetre; an area whose corner lies in the middle
 * of another's side, with no corner there, does not touch it (as in spdep `poly2nb`).
 *
 * @param areas rings in metres
 * Cost: one look-up a corner.
 */
export function touchingAreas(areas: readonly { readonly rings: Rings }[], sidesOnly = false): Neighbours {
  const cornerOf = new Map<string, number>()
  const holders = new Map<number | string, number[]>()
  const hold = (key: number | string, area: number): void => {
    const held = holders.get(key)
    if (held === undefined) holders.set(key, [area])
    else if (held[held.length - 1] !== area) held.push(area)
  }
  areas.forEach(({ rings }, area) => {
    for (const ring of rings) {
      const corners = ring.map(([x, y]) => {
        const key = `${Math.round(x * 100)} ${Math.round(y * 100)}`
        const known = cornerOf.get(key) ?? cornerOf.size
        cornerOf.set(key, known)
        return known
      })
      let previous = corners[corners.length - 1]
      for (const corner of corners) {
        if (!sidesOnly) hold(corner, area)
        else if (corner !== previous)
          hold(`${Math.min(corner, previous)} ${Math.max(corner, previous)}`, area)
        previous = corner
      }
    }
  })
  const near = areas.map(() => new Set<number>())
  for (const held of holders.values()) for (const a of held) for (const b of held) if (a !== b) near[a].add(b)
  const start = new Int32Array(areas.length + 1)
  near.forEach((set, i) => {
    start[i + 1] = start[i] + set.size
  })
  return { start, list: Int32Array.from(near.flatMap((set) => [...set].sort((a, b) => a - b))) }
}
