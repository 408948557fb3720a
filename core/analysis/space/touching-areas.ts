import type { Rings } from '#core/contract/geometry.ts'
import type { Neighbours } from './neighbours.ts'

/**
 * Areas that touch: a corner in common, or (`sidesOnly`) two corners or more, which is what a common side leaves even
 * where one of the two areas has further corners along it. Corners are the same when both coordinates agree once
 * rounded to the centimetre; an area whose corner lies in the middle of another's side, with no corner there, does
 * not touch it. The first equals spdep `poly2nb` (queen); its rook also joins areas whose one common corner closes a
 * ring, which it counts twice.
 *
 * @param areas rings in metres
 * Cost: one look-up a corner.
 */
export function touchingAreas(areas: readonly { readonly rings: Rings }[], sidesOnly = false): Neighbours {
  const holders = new Map<string, number[]>()
  areas.forEach(({ rings }, area) => {
    for (const ring of rings)
      for (const [x, y] of ring) {
        const corner = `${Math.round(x * 100)} ${Math.round(y * 100)}`
        const held = holders.get(corner)
        if (held === undefined) holders.set(corner, [area])
        else if (held[held.length - 1] !== area) held.push(area)
      }
  })
  const shared = areas.map(() => new Map<number, number>())
  for (const held of holders.values())
    for (const a of held) for (const b of held) if (a !== b) shared[a].set(b, (shared[a].get(b) ?? 0) + 1)
  const least = sidesOnly ? 2 : 1
  const lists = shared.map((counts) =>
    [...counts.keys()].filter((b) => (counts.get(b) ?? 0) >= least).sort((a, b) => a - b),
  )
  const start = new Int32Array(areas.length + 1)
  lists.forEach((list, i) => {
    start[i + 1] = start[i] + list.length
  })
  return { start, list: Int32Array.from(lists.flat()) }
}
