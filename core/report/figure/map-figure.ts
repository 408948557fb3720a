/**
 * A map as a drawing: basemap, boundary, shaded cells, hotspot outlines with their ranks, scale bar, grid north,
 * legend and source. Everything comes in National Grid metres; everything drawn lies inside the frame.
 */
import type { Box, Position, Rings } from '#core/contract/geometry.ts'
import type { BasemapClass, BasemapFeature } from '#core/contract/layer.ts'
import type { AreaEdges } from './area-edges.ts'
import { clipLine, clipRing, thinLine } from './clip.ts'
import type { DataTable, Drawing, DrawingItem, LineItem } from './drawing.ts'
import { type MapFrame, mapFrame, projectFlat, projectRing } from './map-frame.ts'
import { type LegendEntry, legend, northArrow, roundMark, scaleBar } from './map-furniture.ts'
import { placeRankLabels, type Taken } from './map-labels.ts'
import { placePlaceNames, placeRoadNames } from './map-names.ts'
import type { Palette } from './palette.ts'
import { fitLines } from './text-width.ts'

export interface MapHotspot {
  readonly label: string
  readonly rings: Rings
  readonly x: number
  readonly y: number
  /** The hotspot the map is about: heaviest outline, no number on it. */
  readonly focus?: boolean
}

export interface MapShade {
  readonly ring: readonly Position[]
  /** 0 (least) to 4 (most). */
  readonly step: number
}

export interface MapFigureInput {
  readonly width: number
  readonly height: number
  /** What must be on the map, metres. */
  readonly box: Box
  readonly palette: Palette
  readonly basemap: readonly BasemapFeature[]
  /** Edge of the study area, and the edges between its parts. */
  readonly boundary: AreaEdges
  readonly shades: readonly MapShade[]
  readonly hotspots: readonly MapHotspot[]
  /** Lettered places. */
  readonly places: readonly { readonly label: string; readonly x: number; readonly y: number }[]
  readonly legend: readonly LegendEntry[]
  /** Attribution printed under the map. */
  readonly source: string
  readonly alt: string
  readonly table: DataTable
  /** Largest number of street names; fewer are drawn where there is no room. */
  readonly mostNames?: number
}

const areaOrder: readonly BasemapClass[] = ['sea', 'land', 'green', 'water', 'building']
const lineOrder: readonly BasemapClass[] = ['boundary', 'rail', 'minor-road', 'b-road', 'a-road', 'motorway']

/** Width of a road on the ground, metres, drawn no thinner and no wider than the limits below. */
const roadMetres: Partial<Record<BasemapClass, number>> = {
  motorway: 26,
  'a-road': 16,
  'b-road': 12,
  'minor-road': 8,
}

/** Under this many metres to a point, roads are drawn as streets (two edges); above, as lines. */
const streetScale = 20

/** Draws the map. @throws never; features with NaN are left out. Cost: proportional to the points given. */
export function mapFigure(input: MapFigureInput): Drawing {
  const { width, palette } = input
  const furniture = legend(input.legend, 0, 0, width, palette)
  const source = fitLines(input.source, width, 6, 2)
  const sourceHeight = source.length ? 3 + 7 * source.length : 0
  const frameHeight = input.height - furniture.height - sourceHeight - (furniture.height ? 5 : 2)
  const map = mapFrame(input.box, { x: 0.5, y: 0.5, width: width - 1, height: frameHeight - 1 })
  const taken: Taken[] = []
  const ground = scaleBar(map, palette, taken).concat(northArrow(map, palette, taken))
  const items: DrawingItem[] = [
    { kind: 'rect', x: 0.5, y: 0.5, width: width - 1, height: frameHeight - 1, fill: palette.map.land },
  ]
  const close = map.metresPerPoint < streetScale
  const shades = shadeItems(input.shades, map, palette, close ? 0.6 : 0.75)
  const { areas, lines } = basemapItems(input.basemap, map, palette)
  // Close up, streets run over the shading, or nobody could read them; far off, the shading is what is read.
  items.push(...areas, ...(close ? [...shades, ...lines] : [...lines, ...shades]))
  items.push(...boundaryItems(input.boundary, map, palette))
  if (close) items.push(...veilItems(input.hotspots, map, palette))
  items.push(...outlineItems(input.hotspots, map, palette))
  items.push(...markItems(input, map, taken))
  items.push(...ground)
  items.push({
    kind: 'rect',
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: frameHeight - 1,
    stroke: palette.rule,
    strokeWidth: 0.8,
  })
  items.push(...legend(input.legend, 0, frameHeight + 4, width, palette).items)
  source.forEach((text, i) => {
    items.push({
      kind: 'text',
      x: 0,
      y: input.height - 2.5 - 7 * (source.length - 1 - i),
      text,
      size: 6,
      weight: 'regular',
      fill: palette.muted,
      anchor: 'start',
    })
  })
  return { width, height: input.height, items, alt: input.alt, table: input.table }
}

function basemapItems(
  features: readonly BasemapFeature[],
  map: MapFrame,
  palette: Palette,
): { readonly areas: DrawingItem[]; readonly lines: DrawingItem[] } {
  const areas: DrawingItem[] = []
  const items: DrawingItem[] = []
  const streets = map.metresPerPoint < streetScale
  for (const kind of areaOrder)
    for (const feature of features) {
      if (feature.class !== kind || feature.geometry !== 'area') continue
      const rings = feature.parts
        .map((part) => clipRing(thinLine(projectFlat(map, part), 0.25), map.frame))
        .filter((ring) => ring.length > 0)
      if (rings.length && rings.every(allFinite)) areas.push({ kind: 'path', rings, fill: palette.map[kind] })
    }
  const fills: DrawingItem[] = []
  for (const kind of lineOrder)
    for (const feature of features) {
      if (feature.class !== kind || feature.geometry !== 'line') continue
      const metres = roadMetres[kind]
      const limit = streets ? 6 : kind === 'motorway' ? 1.4 : kind === 'a-road' ? 0.9 : 0.6
      const wide = metres ? Math.min(limit, Math.max(0.35, metres / map.metresPerPoint)) : 0.7
      for (const part of feature.parts)
        for (const points of clipLine(thinLine(projectFlat(map, part), 0.3), map.frame)) {
          const cased = streets && metres !== undefined && wide > 1.1
          items.push({
            kind: 'line',
            points,
            stroke: kind === 'boundary' ? palette.rule : palette.map[kind],
            strokeWidth: cased ? wide + 0.9 : wide,
            ...(kind === 'rail' && { dash: [3, 1.5] }),
          })
          if (cased) fills.push({ kind: 'line', points, stroke: palette.casing, strokeWidth: wide })
        }
    }
  return { areas, lines: items.concat(fills) }
}

function allFinite(ring: readonly number[]): boolean {
  return ring.every(Number.isFinite)
}

/** Cells of one step become one path: thousands of cells stay a handful of items. */
function shadeItems(
  shades: readonly MapShade[],
  map: MapFrame,
  palette: Palette,
  opacity: number,
): DrawingItem[] {
  const bySteps: number[][][] = [[], [], [], [], []]
  for (const shade of shades) {
    const ring = clipRing(projectRing(map, shade.ring), map.frame)
    if (ring.length && allFinite(ring)) bySteps[shade.step]?.push(ring)
  }
  const items: DrawingItem[] = []
  bySteps.forEach((rings, step) => {
    if (rings.length) items.push({ kind: 'path', rings, fill: palette.steps[step], opacity })
  })
  return items
}

function boundaryItems(edges: AreaEdges, map: MapFrame, palette: Palette): DrawingItem[] {
  const items: DrawingItem[] = []
  const draw = (lines: AreaEdges['outer'], style: Pick<LineItem, 'stroke' | 'strokeWidth'>): void => {
    for (const line of lines)
      for (const points of clipLine(thinLine(projectRing(map, line), 0.8), map.frame))
        items.push({ kind: 'line', points, ...style })
  }
  draw(edges.inner, { stroke: palette.rule, strokeWidth: 0.5 })
  draw(edges.outer, { stroke: palette.map.boundary, strokeWidth: 1.1 })
  return items
}

/** Fades what is outside the hotspot the map is about. */
function veilItems(hotspots: readonly MapHotspot[], map: MapFrame, palette: Palette): DrawingItem[] {
  const { x, y, width, height } = map.frame
  const holes = hotspots
    .filter(({ focus }) => focus)
    .flatMap(({ rings }) => rings.map((ring) => clipRing(projectRing(map, ring), map.frame)))
    .filter((ring) => ring.length > 0 && allFinite(ring))
  if (holes.length === 0) return []
  const sheet = [x, y, x + width, y, x + width, y + height, x, y + height]
  return [{ kind: 'path', rings: [sheet, ...holes], fill: palette.ground, opacity: 0.4 }]
}

function closed(ring: readonly number[]): number[] {
  return ring.length >= 4 ? [...ring, ring[0], ring[1]] : []
}

function outlineItems(hotspots: readonly MapHotspot[], map: MapFrame, palette: Palette): DrawingItem[] {
  const items: DrawingItem[] = []
  const ordered = [...hotspots].sort((a, b) => Number(a.focus ?? false) - Number(b.focus ?? false))
  for (const hotspot of ordered) {
    const lines = hotspot.rings.flatMap((ring) => clipLine(closed(projectRing(map, ring)), map.frame))
    const wide = hotspot.focus ? 2.6 : 1
    for (const points of lines)
      items.push({ kind: 'line', points, stroke: palette.casing, strokeWidth: wide + 2, opacity: 0.85 })
    for (const points of lines)
      items.push({ kind: 'line', points, stroke: palette.outline, strokeWidth: wide })
  }
  return items
}

/** Ranks, letters, then names in what room is left; names lie under the marks. */
function markItems(input: MapFigureInput, map: MapFrame, taken: Taken[]): DrawingItem[] {
  const { palette } = input
  const inside = (x: number, y: number): boolean =>
    x >= map.frame.x &&
    y >= map.frame.y &&
    x <= map.frame.x + map.frame.width &&
    y <= map.frame.y + map.frame.height
  const lettered = input.places
    .map((place) => ({ label: place.label, x: map.x(place.x), y: map.y(place.y) }))
    .filter(({ x, y }) => inside(x, y))
  const numbered = input.hotspots
    .filter((hotspot) => !hotspot.focus)
    .flatMap((hotspot) => {
      const at = visibleMiddle(hotspot, map, inside)
      return at ? [{ label: hotspot.label, ...at }] : []
    })
  const close = map.metresPerPoint < streetScale
  const marks: DrawingItem[] = []
  const leaders: DrawingItem[] = []
  const draw = (
    places: readonly { readonly label: string; readonly x: number; readonly y: number }[],
    radius: number,
    clear: number,
    open: boolean,
  ): void => {
    placeRankLabels(places, radius, taken, map.frame, clear).forEach((spot, i) => {
      const place = places[i]
      if (!spot) return
      if (spot.moved) {
        const points = [place.x, place.y, spot.x, spot.y]
        leaders.push({ kind: 'line', points, stroke: palette.casing, strokeWidth: 2, opacity: 0.85 })
        leaders.push({ kind: 'line', points, stroke: palette.ink, strokeWidth: 0.7 })
      }
      marks.push(...roundMark(spot.x, spot.y, radius, place.label, open, palette))
    })
  }
  draw(lettered, 5.2, 0, true)
  draw(numbered, 6.4, close ? 0 : 10, false)
  const most = input.mostNames ?? 24
  const names = [
    ...placePlaceNames(input.basemap, map, taken, palette, most),
    ...placeRoadNames(input.basemap, map, taken, palette, most),
  ]
  return [...names, ...leaders, ...marks]
}

/** Where a hotspot's number belongs: its centre, or the middle of the part of its outline that shows. */
function visibleMiddle(
  hotspot: MapHotspot,
  map: MapFrame,
  inside: (x: number, y: number) => boolean,
): { readonly x: number; readonly y: number } | null {
  const centre = { x: map.x(hotspot.x), y: map.y(hotspot.y) }
  if (inside(centre.x, centre.y)) return centre
  const shown = hotspot.rings
    .map((ring) => clipRing(projectRing(map, ring), map.frame))
    .filter(({ length }) => length)
  if (!shown.length) return null
  const points = shown[0]
  let x = 0
  let y = 0
  for (let i = 0; i < points.length; i += 2) {
    x += points[i]
    y += points[i + 1]
  }
  return { x: x / (points.length / 2), y: y / (points.length / 2) }
}
