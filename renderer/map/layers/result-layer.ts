import { PathLayer, ScatterplotLayer, SolidPolygonLayer } from '@deck.gl/layers'
import type { Rings } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { classOf } from '../breaks.ts'
import type { MapPalette, Rgba } from '../colours.ts'
import type { ResultShape } from '../result-shape.ts'
import { degreesOf } from '../screen-grid.ts'
import { densityLayers } from './density-layers.ts'

/** A column of a result with its classes: `edges[k]` is the lower edge of the class coloured `colours[k]`. */
export interface ResultData {
  readonly shape: ResultShape | null
  readonly values: ArrayLike<number>
  readonly edges: readonly number[]
  readonly colours: readonly Rgba[]
  /** Shapes of the summary, degrees. */
  readonly outlines: readonly Rings[]
}

/** One column of a result over the map; rows whose value is undefined are not drawn. */
export function resultLayers(data: ResultData, palette: MapPalette) {
  return [...filled(data), ...(data.outlines.length > 0 ? [outlines(data.outlines, palette)] : [])]
}

function filled({ shape, values, edges, colours }: ResultData) {
  if (!shape) return []
  if (shape.kind === 'surface')
    return densityLayers({ grid: shape.grid, density: values, levels: edges }, colours)
  if (shape.kind === 'areas') return [areas(shape.rings, values, edges, colours)]
  if (shape.kind === 'points') return [dots(shape.x, shape.y, values, edges, colours)]
  return [cells(shape.grid, shape.cell, values, edges, colours)]
}

function cells(
  grid: GridSpec,
  cell: ArrayLike<number>,
  values: ArrayLike<number>,
  edges: readonly number[],
  colours: readonly Rgba[],
) {
  const rows: { readonly ring: [number, number][]; readonly colour: Rgba; readonly row: number }[] = []
  for (let row = 0; row < cell.length; row++) {
    const at = Number.isFinite(values[row]) ? classOf(values[row], edges) : -1
    if (at < 0 || colours[at][3] === 0) continue
    rows.push({ ring: ringOf(grid, cell[row]), colour: colours[at], row })
  }
  return new SolidPolygonLayer<(typeof rows)[number]>({
    id: 'result-cells',
    data: rows,
    getPolygon: (held) => held.ring,
    getFillColor: (held) => [...held.colour] as [number, number, number, number],
    opacity: 0.85,
    pickable: true,
  })
}

/** Whole areas by their value. Rings are filled even-odd one by one: holes are other areas' ground and drawn over. */
function areas(
  rings: readonly (Rings | null)[],
  values: ArrayLike<number>,
  edges: readonly number[],
  colours: readonly Rgba[],
) {
  const rows: { readonly polygon: [number, number][]; readonly colour: Rgba }[] = []
  rings.forEach((shape, row) => {
    const at = Number.isFinite(values[row]) ? classOf(values[row], edges) : -1
    if (!shape || at < 0 || colours[at][3] === 0) return
    for (const ring of shape)
      rows.push({ polygon: ring.map(([x, y]) => [x, y] as [number, number]), colour: colours[at] })
  })
  return new SolidPolygonLayer<(typeof rows)[number]>({
    id: 'result-areas',
    data: rows,
    getPolygon: (held) => held.polygon,
    getFillColor: (held) => [...held.colour] as [number, number, number, number],
    opacity: 0.75,
  })
}

/** Corners of a cell in degrees. Hexagons stand on a corner, their origin a centre; odd rows lie half a width east. */
function ringOf(grid: GridSpec, cell: number): [number, number][] {
  const row = Math.floor(cell / grid.columns)
  const column = cell - row * grid.columns
  const { size, originX, originY } = grid
  if (grid.shape === 'square') {
    const x = originX + column * size
    const y = originY + row * size
    return [
      [x, y],
      [x + size, y],
      [x + size, y + size],
      [x, y + size],
    ].map(([east, north]) => [...degreesOf(east, north)] as [number, number])
  }
  const width = Math.sqrt(3) * size
  const x = originX + (column + (row % 2 === 0 ? 0 : 0.5)) * width
  const y = originY + row * 1.5 * size
  return Array.from({ length: 6 }, (_, k) => {
    const angle = (Math.PI / 180) * (60 * k + 30)
    return [...degreesOf(x + size * Math.cos(angle), y + size * Math.sin(angle))] as [number, number]
  })
}

function dots(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  values: ArrayLike<number>,
  edges: readonly number[],
  colours: readonly Rgba[],
) {
  const rows: { readonly at: [number, number]; readonly colour: Rgba }[] = []
  for (let row = 0; row < x.length; row++) {
    if (!Number.isFinite(x[row]) || !Number.isFinite(values[row])) continue
    const at = classOf(values[row], edges)
    if (at >= 0) rows.push({ at: [...degreesOf(x[row], y[row])] as [number, number], colour: colours[at] })
  }
  return new ScatterplotLayer<(typeof rows)[number]>({
    id: 'result-points',
    data: rows,
    getPosition: (held) => held.at,
    getFillColor: (held) => [...held.colour] as [number, number, number, number],
    getRadius: 5,
    radiusUnits: 'pixels',
    stroked: true,
    getLineColor: [40, 40, 40, 200],
    lineWidthMinPixels: 0.5,
  })
}

function outlines(shapes: readonly Rings[], palette: MapPalette) {
  const lines = shapes.flatMap((rings) =>
    rings.map((ring) => [...ring, ring[0]].map(([x, y]) => [x, y] as [number, number])),
  )
  return new PathLayer<[number, number][]>({
    id: 'result-outlines',
    data: lines,
    getPath: (line) => line,
    getColor: [...palette.accent] as [number, number, number, number],
    getWidth: 2.2,
    widthUnits: 'pixels',
    jointRounded: true,
  })
}
