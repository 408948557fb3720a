import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers'
import type { BasemapClass, BasemapFeature } from '#core/contract/layer.ts'
import type { MapPalette, Rgba } from '../colours.ts'

const areaOrder: readonly BasemapClass[] = ['sea', 'land', 'green', 'water', 'building']

/** Width on the ground and its least on the screen. */
const lines: readonly { readonly class: BasemapClass; readonly metres: number; readonly least: number }[] = [
  { class: 'water', metres: 12, least: 0.8 },
  { class: 'rail', metres: 5, least: 0.7 },
  { class: 'minor-road', metres: 8, least: 0.5 },
  { class: 'b-road', metres: 12, least: 0.9 },
  { class: 'a-road', metres: 16, least: 1.4 },
  { class: 'motorway', metres: 26, least: 2 },
]

function fillOf(kind: BasemapClass, palette: MapPalette): Rgba {
  if (kind === 'sea' || kind === 'land' || kind === 'green' || kind === 'water') return palette[kind]
  return palette.building
}

function strokeOf(kind: BasemapClass, palette: MapPalette): Rgba {
  if (kind === 'water') return palette.water
  if (kind === 'rail') return palette.rail
  return kind === 'motorway' || kind === 'a-road' ? palette.mainRoad : palette.road
}

/** Areas, then lines from least to most important, each road on a darker casing. */
export function basemapLayers(features: readonly BasemapFeature[], palette: MapPalette) {
  const layers: (PathLayer<Flat> | SolidPolygonLayer<Rings>)[] = []
  for (const kind of areaOrder) {
    const areas = features.filter((held) => held.class === kind && held.geometry === 'area')
    if (areas.length) layers.push(areaLayer(kind, areas, fillOf(kind, palette)))
  }
  for (const cased of [true, false])
    for (const { class: kind, metres, least } of lines) {
      const road = kind.endsWith('road') || kind === 'motorway'
      if (cased && !road) continue
      const paths = features.flatMap((held) =>
        held.class === kind && held.geometry === 'line' ? held.parts.map((part) => ({ path: part })) : [],
      )
      if (!paths.length) continue
      const colour = cased ? palette.casing : strokeOf(kind, palette)
      layers.push(
        lineLayer(
          `${kind}${cased ? '-casing' : ''}`,
          paths,
          colour,
          metres,
          least + (cased ? 1.4 : 0),
          cased,
        ),
      )
    }
  return layers
}

interface Flat {
  readonly path: readonly number[]
}
interface Rings {
  readonly rings: number[][][]
}

function pairs(flat: readonly number[]): number[][] {
  const ring: number[][] = []
  for (let i = 0; i + 1 < flat.length; i += 2) ring.push([flat[i], flat[i + 1]])
  return ring
}

function areaLayer(kind: string, areas: readonly BasemapFeature[], colour: Rgba) {
  return new SolidPolygonLayer<Rings>({
    id: `basemap-area-${kind}`,
    data: areas.map((held) => ({ rings: held.parts.map(pairs) })),
    getPolygon: (held) => held.rings as never,
    getFillColor: [...colour] as [number, number, number, number],
  })
}

function lineLayer(id: string, data: Flat[], colour: Rgba, metres: number, least: number, casing: boolean) {
  return new PathLayer<Flat>({
    id: `basemap-line-${id}`,
    data,
    getPath: (held) => held.path as never,
    positionFormat: 'XY',
    getColor: [...colour] as [number, number, number, number],
    getWidth: metres * (casing ? 1.25 : 1),
    widthUnits: 'meters',
    widthMinPixels: least,
    widthMaxPixels: 18,
    capRounded: true,
    jointRounded: true,
  })
}
