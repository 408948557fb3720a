import { PathLayer, ScatterplotLayer, SolidPolygonLayer } from '@deck.gl/layers'
import type { Position, Rings } from '#core/contract/geometry.ts'
import type { MapPalette, Rgba } from '../colours.ts'

/** A shape being drawn or changed, degrees. */
export interface Draft {
  /** The area so far. */
  readonly rings: Rings
  /** The line so far, with the pointer as its next corner. */
  readonly path: readonly Position[]
  /** What can be dragged: corners first, then the middles of sides. */
  readonly handles: readonly Position[]
  readonly corners: number
  readonly chosen: number | null
}

export const noDraft: Draft = { rings: [], path: [], handles: [], corners: 0, chosen: null }

interface Handle {
  readonly at: [number, number]
  readonly corner: boolean
  readonly chosen: boolean
}

const rgb = (colour: Rgba, opacity = colour[3]) =>
  [colour[0], colour[1], colour[2], opacity] as [number, number, number, number]
const pair = ([x, y]: Position): [number, number] => [x, y]

export function draftLayers(draft: Draft, palette: MapPalette) {
  const outlines = draft.rings.map((ring) => [...ring, ring[0]].map(pair))
  const handles = draft.handles.map(
    (at, index): Handle => ({
      at: pair(at),
      corner: index < draft.corners,
      chosen: index === draft.chosen,
    }),
  )
  const line = (id: string, data: [number, number][][], width: number) =>
    new PathLayer<[number, number][]>({
      id,
      data,
      getPath: (held) => held,
      getColor: rgb(palette.accent),
      getWidth: width,
      widthUnits: 'pixels',
      jointRounded: true,
    })
  return [
    new SolidPolygonLayer<[number, number][][]>({
      id: 'draft-area',
      data: draft.rings.length > 0 ? [draft.rings.map((ring) => ring.map(pair))] : [],
      getPolygon: (held) => held as never,
      getFillColor: rgb(palette.accent, 40),
    }),
    line('draft-outline', outlines, 2.5),
    line('draft-path', draft.path.length > 1 ? [draft.path.map(pair)] : [], 1.5),
    new ScatterplotLayer<Handle>({
      id: 'draft-handles',
      data: handles,
      getPosition: (held) => held.at,
      getRadius: (held) => (held.corner ? 5.5 : 3.5),
      radiusUnits: 'pixels',
      getFillColor: (held) => rgb(held.chosen ? palette.accent : palette.halo),
      stroked: true,
      getLineColor: rgb(palette.accent),
      getLineWidth: 2,
      lineWidthUnits: 'pixels',
    }),
  ]
}
