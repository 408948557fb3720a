/** Boundaries, basemaps and places: the map a pack is read on. Geometry at this boundary is WGS 84 for the screen. */
import type { Box, Position, Rings } from './geometry.ts'

export type LayerKind = 'boundary' | 'basemap' | 'places' | 'lines'

export interface LayerInfo {
  readonly id: string
  readonly kind: LayerKind
  readonly name: string
  readonly sha256: string
  readonly file: string
  readonly features: number
  /** Degrees. */
  readonly box: Box
  /** Attribution to print wherever it is shown. */
  readonly source: string
}

/** One area of a boundary layer. `rings` in the coordinates its holder says. */
export interface AreaFeature {
  readonly code: string
  readonly name: string
  readonly rings: Rings
  /** Other columns of the layer that hold numbers, such as a population. */
  readonly numbers?: Readonly<Record<string, number>>
}

/** One line of a line layer, such as a street: parts of it are drawn apart. Coordinates in metres. */
export interface LineFeature {
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly lines: readonly (readonly Position[])[]
  readonly numbers?: Readonly<Record<string, number>>
}

/** What a basemap line or area is, so that screen and paper draw it alike. */
export const basemapClasses = [
  'sea',
  'land',
  'green',
  'water',
  'building',
  'rail',
  'motorway',
  'a-road',
  'b-road',
  'minor-road',
  'boundary',
  'place',
] as const
export type BasemapClass = (typeof basemapClasses)[number]

/** A line, area or named point of a basemap. Coordinates flat: x0 y0 x1 y1 …; areas list their rings. */
export interface BasemapFeature {
  readonly class: BasemapClass
  readonly name: string
  readonly geometry: 'line' | 'area' | 'point'
  readonly parts: readonly (readonly number[])[]
}

export interface PlaceFeature {
  readonly kind: string
  readonly name: string
  /** The town or district it lies in, where its file says so. */
  readonly within?: string
  readonly x: number
  readonly y: number
}
