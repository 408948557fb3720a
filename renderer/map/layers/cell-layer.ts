import { SolidPolygonLayer } from '@deck.gl/layers'
import type { GridSpec } from '#core/contract/grid.ts'
import { classOf, colourIndex } from '../breaks.ts'
import type { Rgba } from '../colours.ts'

export interface CellData {
  readonly length: number
  readonly grid: GridSpec
  readonly cell: ArrayLike<number>
  readonly count: ArrayLike<number>
  /** Centres in degrees. */
  readonly longitude: ArrayLike<number>
  readonly latitude: ArrayLike<number>
  /** Corners in degrees as the core gives them: longitude then latitude of each. */
  readonly corners: readonly ArrayLike<number>[]
}

/** Counted cells as filled polygons, coloured by class; drawn from flat arrays with the triangles given. */
export function cellLayer(
  data: CellData,
  edges: readonly number[],
  colours: readonly Rgba[],
  opacity: number,
) {
  const corners = data.corners.length / 2
  const vertices = corners + 1
  const positions = new Float64Array(data.length * vertices * 2)
  const fill = new Uint8Array(data.length * vertices * 4)
  const indices = new Uint32Array(data.length * (corners - 2) * 3)
  const startIndices = new Uint32Array(data.length + 1)
  for (let i = 0; i < data.length; i++) {
    const at = classOf(data.count[i], edges)
    const colour = colours[colourIndex(at, edges.length, colours.length)]
    for (let v = 0; v < vertices; v++) {
      const k = v % corners
      const p = i * vertices + v
      positions[p * 2] = data.corners[k * 2][i]
      positions[p * 2 + 1] = data.corners[k * 2 + 1][i]
      fill[p * 4] = colour[0]
      fill[p * 4 + 1] = colour[1]
      fill[p * 4 + 2] = colour[2]
      fill[p * 4 + 3] = at < 0 ? 0 : colour[3]
    }
    for (let t = 0; t < corners - 2; t++) {
      const q = (i * (corners - 2) + t) * 3
      indices[q] = i * vertices
      indices[q + 1] = i * vertices + t + 1
      indices[q + 2] = i * vertices + t + 2
    }
    startIndices[i] = i * vertices
  }
  startIndices[data.length] = data.length * vertices
  return new SolidPolygonLayer({
    id: 'cells',
    data: {
      length: data.length,
      startIndices,
      attributes: {
        getPolygon: { value: positions, size: 2 },
        getFillColor: { value: fill, size: 4, normalized: true },
        indices: { value: indices, size: 1 },
      },
    },
    _normalize: false,
    positionFormat: 'XY',
    opacity,
    pickable: true,
    autoHighlight: true,
    highlightColor: [11, 83, 170, 120],
  })
}
