import type { Hotspot } from '#core/contract/results.ts'
import { degreesOf } from '#renderer/map/screen-grid.ts'
import { setView } from '#renderer/state/view.ts'

/** Brings a hotspot into the middle of the map, with its surroundings. */
export function zoomToHotspot(hotspot: Pick<Hotspot, 'rings'>): void {
  const points = hotspot.rings.flat()
  if (!points.length) return
  const xs = points.map((point) => point[0])
  const ys = points.map((point) => point[1])
  const room = 500
  const [west, south] = degreesOf(Math.min(...xs) - room, Math.min(...ys) - room)
  const [east, north] = degreesOf(Math.max(...xs) + room, Math.max(...ys) + room)
  setView({ goTo: { box: [west, south, east, north] } })
}
