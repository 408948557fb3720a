import { useMemo, useState } from 'react'
import type { Box, Rings } from '#core/contract/geometry.ts'
import type { AreaFeature, BasemapFeature } from '#core/contract/layer.ts'
import { boxOf, type Camera, metresPerPixel } from './camera.ts'
import { cssColour, darkPalette, lightPalette } from './colours.ts'
import { DeckCanvas, type DeckCanvasProps, type Picked } from './DeckCanvas.tsx'
import { basemapLayers } from './layers/basemap-layers.ts'
import { type CellData, cellLayer } from './layers/cell-layer.ts'
import { densityLayers, type SurfaceData } from './layers/density-layers.ts'
import { type Draft, draftLayers } from './layers/draft-layers.ts'
import { type Label, labelLayer, placedLabels } from './layers/label-layer.ts'
import { type Mark, markLayers } from './layers/mark-layer.ts'
import { boundaryLayer, hotspotLayers, type MapHotspot } from './layers/outline-layers.ts'
import { type PointData, pointLayer } from './layers/point-layer.ts'
import { type ResultData, resultLayers } from './layers/result-layer.ts'

export interface AnalystMapProps {
  readonly dark: boolean
  readonly points: PointData | null
  readonly cells: CellData | null
  readonly surface: SurfaceData | null
  /** Class edges of `cells`. */
  readonly edges: readonly number[]
  readonly result: ResultData | null
  readonly hotspots: readonly MapHotspot[]
  readonly hotspot: string | null
  readonly boundaries: readonly {
    readonly id: string
    readonly strong: boolean
    readonly areas: readonly AreaFeature[]
  }[]
  readonly basemap: readonly BasemapFeature[]
  readonly labels: readonly Label[]
  /** Shapes of the filter, degrees. */
  readonly shapes: readonly Rings[]
  /** Index in `shapes` of the one being changed, which the draft is drawn in place of. */
  readonly editedShape: number
  readonly draft: Draft
  /** A place that was looked for. */
  readonly mark: Mark | null
  readonly drawing: boolean
  readonly goTo: { readonly box: Box } | null
  readonly zoomBy: { readonly steps: number } | null
  readonly onCamera: (camera: Camera, box: Box, metresPerPixel: number) => void
  readonly onClick: (picked: Picked) => void
  readonly onCorner: DeckCanvasProps['onCorner']
  readonly onGrab: DeckCanvasProps['onGrab']
  readonly onDrag: DeckCanvasProps['onDrag']
  readonly onPointer: (picked: Picked | null) => void
}

/** The map of the workbench: plain data in, what was pointed at out. */
export function AnalystMap(props: AnalystMapProps) {
  const palette = props.dark ? darkPalette : lightPalette
  const [zoom, setZoom] = useState(8)
  const {
    basemap,
    boundaries,
    cells,
    edges,
    points,
    surface,
    result,
    hotspots,
    hotspot,
    labels,
    shapes,
    editedShape,
    draft,
    drawing,
    mark,
  } = props

  // Streets must show through once one is close enough to name them.
  const seeThrough = zoom > 13 ? 0.5 : 1

  const ground = useMemo(() => basemapLayers(basemap, palette), [basemap, palette])
  const counts = useMemo(
    () => (cells ? [cellLayer(cells, edges, palette.scale, seeThrough)] : []),
    [cells, edges, palette, seeThrough],
  )
  const dots = useMemo(() => (points ? [pointLayer(points, palette.point)] : []), [points, palette])
  const density = useMemo(() => (surface ? densityLayers(surface, palette.scale) : []), [surface, palette])
  const answered = useMemo(() => (result ? resultLayers(result, palette) : []), [result, palette])
  const lines = useMemo(
    () => boundaries.map((held) => boundaryLayer(held.id, held.areas, palette, held.strong)),
    [boundaries, palette],
  )
  const chosen = useMemo(
    () =>
      shapes.flatMap((rings, index) =>
        index === editedShape
          ? []
          : [
              boundaryLayer(
                `shape-${index}`,
                [{ rings }],
                { ...palette, boundary: palette.accent },
                true,
                true,
              ),
            ],
      ),
    [shapes, editedShape, palette],
  )
  const outlines = useMemo(
    () => hotspotLayers(hotspots, hotspot, palette, zoom),
    [hotspots, hotspot, palette, zoom],
  )
  const words = useMemo(
    () => (labels.length ? [labelLayer(placedLabels(labels, zoom), palette)] : []),
    [labels, zoom, palette],
  )
  const drawn = useMemo(() => (drawing ? draftLayers(draft, palette) : []), [draft, drawing, palette])
  const marked = useMemo(() => (mark ? markLayers(mark, palette) : []), [mark, palette])
  const layers = useMemo(
    () => [
      ...ground,
      ...density,
      ...counts,
      ...dots,
      ...answered,
      ...lines,
      ...chosen,
      ...words,
      ...outlines,
      ...marked,
      ...drawn,
    ],
    [ground, density, counts, dots, answered, lines, chosen, words, outlines, marked, drawn],
  )

  return (
    <DeckCanvas
      layers={layers}
      background={cssColour(palette.background)}
      goTo={props.goTo}
      zoomBy={props.zoomBy}
      drawing={drawing}
      onCamera={(camera, width, height) => {
        if (!width || !height) return
        setZoom(Math.round(camera.zoom * 2) / 2)
        props.onCamera(camera, boxOf(camera, width, height), metresPerPixel(camera))
      }}
      onClick={props.onClick}
      handles={draft.handles}
      onCorner={props.onCorner}
      onGrab={props.onGrab}
      onDrag={props.onDrag}
      onHover={props.onPointer}
    />
  )
}
