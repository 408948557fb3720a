/** Street names along their streets and place names at their places, where there is room. */
import type { BasemapClass, BasemapFeature } from '#core/contract/layer.ts'
import { clipLine, type Frame } from './clip.ts'
import type { TextItem } from './drawing.ts'
import { type MapFrame, projectFlat } from './map-frame.ts'
import { isFree, type Taken } from './map-labels.ts'
import type { Palette } from './palette.ts'
import { textWidth } from './text-width.ts'

const namedRoads: readonly BasemapClass[] = ['motorway', 'a-road', 'b-road', 'minor-road', 'rail']

interface Stretch {
  readonly name: string
  readonly order: number
  readonly x: number
  readonly y: number
  readonly angle: number
  readonly length: number
}

/** The straightest long stretch of a line: for every start, as far as the line keeps within 12° of its chord. */
function longestStretch(points: readonly number[]): Omit<Stretch, 'name' | 'order'> | null {
  let best: Omit<Stretch, 'name' | 'order'> | null = null
  for (let i = 0; i + 3 < points.length; i += 2) {
    const heading = Math.atan2(points[i + 3] - points[i + 1], points[i + 2] - points[i])
    let end = i + 2
    for (let j = i + 2; j + 3 < points.length; j += 2) {
      const turn = Math.atan2(points[j + 3] - points[j + 1], points[j + 2] - points[j]) - heading
      if (Math.cos(turn) < 0.978) break
      end = j + 2
    }
    const dx = points[end] - points[i]
    const dy = points[end + 1] - points[i + 1]
    const length = Math.hypot(dx, dy)
    if (best && length <= best.length) continue
    let angle = Math.atan2(dy, dx)
    if (angle > Math.PI / 2) angle -= Math.PI
    if (angle <= -Math.PI / 2) angle += Math.PI
    best = { x: points[i] + dx / 2, y: points[i + 1] + dy / 2, angle, length }
  }
  return best
}

/** Free or not, judged in pieces along the slant so that a slanted name does not block a whole square. */
function claim(x: number, y: number, angle: number, width: number, size: number): Taken[] {
  const half = size * 0.55
  const pieces = Math.max(1, Math.ceil(width / (size * 1.2)))
  const out: Taken[] = []
  for (let k = 0; k < pieces; k++) {
    const along = -width / 2 + ((k + 0.5) * width) / pieces
    const reachX = Math.abs(Math.cos(angle)) * (width / pieces / 2) + Math.abs(Math.sin(angle)) * half
    const reachY = Math.abs(Math.sin(angle)) * (width / pieces / 2) + Math.abs(Math.cos(angle)) * half
    const cx = x + along * Math.cos(angle)
    const cy = y + along * Math.sin(angle)
    out.push([cx - reachX, cy - reachY, cx + reachX, cy + reachY])
  }
  return out
}

/** Where along its stretch a name may stand: the middle, else to either side. */
const slides = [0, 0.5, -0.5, 1, -1]

/** Names of the roads in the frame, most important and longest first, each once. */
export function placeRoadNames(
  features: readonly BasemapFeature[],
  map: MapFrame,
  taken: Taken[],
  palette: Palette,
  most: number,
): TextItem[] {
  const byName = new Map<string, Stretch>()
  for (const feature of features) {
    const order = namedRoads.indexOf(feature.class)
    if (order < 0 || feature.geometry !== 'line' || !feature.name) continue
    for (const part of feature.parts)
      for (const piece of clipLine(projectFlat(map, part), map.frame)) {
        const stretch = longestStretch(piece)
        const known = byName.get(feature.name)
        if (stretch && (!known || stretch.length > known.length))
          byName.set(feature.name, { ...stretch, name: feature.name, order })
      }
  }
  const stretches = [...byName.values()].sort(
    (a, b) => a.order - b.order || b.length - a.length || (a.name < b.name ? -1 : 1),
  )
  const size = 6.5
  const items: TextItem[] = []
  for (const stretch of stretches) {
    if (items.length >= most) break
    const width = textWidth(stretch.name, size)
    if (width > stretch.length * 0.96) continue
    const slack = (stretch.length * 0.96 - width) / 2
    const along = slides.find((slide) => {
      const x = stretch.x + slide * slack * Math.cos(stretch.angle)
      const y = stretch.y + slide * slack * Math.sin(stretch.angle)
      const spots = claim(x, y, stretch.angle, width + 4, size)
      const free = spots.every((spot) => isFree(spot, taken, map.frame))
      if (free) taken.push(...spots)
      return free
    })
    if (along === undefined) continue
    const x = stretch.x + along * slack * Math.cos(stretch.angle)
    const y = stretch.y + along * slack * Math.sin(stretch.angle)
    const drop = size * 0.33
    items.push({
      kind: 'text',
      x: x - Math.sin(stretch.angle) * drop,
      y: y + Math.cos(stretch.angle) * drop,
      text: stretch.name,
      size,
      weight: 'regular',
      fill: palette.map.place,
      anchor: 'middle',
      rotate: (stretch.angle * 180) / Math.PI,
      halo: palette.casing,
    })
  }
  return items
}

/** A town's name may stand a little above or below its point. */
const drops = [0, -9, 9, -18, 18, -28, 28]

/** Names of places (towns, districts) in the order of the basemap. */
export function placePlaceNames(
  features: readonly BasemapFeature[],
  map: MapFrame,
  taken: Taken[],
  palette: Palette,
  most: number,
): TextItem[] {
  const size = 7.5
  const items: TextItem[] = []
  for (const feature of features) {
    if (feature.class !== 'place' || feature.geometry !== 'point' || !feature.name) continue
    if (items.length >= most) break
    const [easting, northing] = feature.parts[0] ?? []
    if (easting === undefined || northing === undefined) continue
    const x = map.x(easting)
    const y = map.y(northing)
    const half = textWidth(feature.name, size, 'semibold') / 2 + 2
    const drop = drops.find((dy) =>
      isFree([x - half, y + dy - size * 0.6, x + half, y + dy + size * 0.6], taken, shrink(map.frame)),
    )
    if (drop === undefined) continue
    taken.push([x - half, y + drop - size * 0.6, x + half, y + drop + size * 0.6])
    items.push({
      kind: 'text',
      x,
      y: y + drop + size * 0.33,
      text: feature.name,
      size,
      weight: 'semibold',
      fill: palette.map.place,
      anchor: 'middle',
      halo: palette.casing,
    })
  }
  return items
}

function shrink(frame: Frame): Frame {
  return { x: frame.x + 2, y: frame.y + 2, width: frame.width - 4, height: frame.height - 4 }
}
