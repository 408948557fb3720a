import { SolidPolygonLayer } from '@deck.gl/layers'
import type { GridSpec } from '#core/contract/grid.ts'
import { classOf, colourIndex } from '../breaks.ts'
import type { Rgba } from '../colours.ts'
import { degreesOf } from '../screen-grid.ts'

export interface CellData {
  readonly length: number
  readonly grid: GridSpec
  readonly cell: ArrayLike<number>
  readonly count: ArrayLike<number>
  /** Centres in degrees. */
  readonly longitude: ArrayLike<number>
  readonly latitude: ArrayLike<number>
}

/** Counted cells as filled polygons, coloured by class; drawn from flat arrays with the triangles given. */
export function cellLayer(data: CellData, edges: readonly number[], colours: readonly Rgba[]) {
  const corners = data.grid.shape === 'hexagon' ? 6 : 4
  const vertices = corners + 1
  const positions = new Float64Array(data.length * vertices * 2)
  const fill = new Uint8Array(data.length * vertices * 4)
  const indices = new Uint32Array(data.length * (corners - 2) * 3)
  const startIndices = new Uint32Array(data.length + 1)
  const [east, north] = cornerOffsets(data.grid)
  const [eastStep, northStep] = degreeSteps(data)
  for (let i = 0; i < data.length; i++) {
    const at = classOf(data.count[i], edges)
    const colour = colours[colourIndex(at, edges.length, colours.length)]
    for (let v = 0; v < vertices; v++) {
      const k = v % corners
      const p = i * vertices + v
      positions[p * 2] = data.longitude[i] + east[k] * eastStep[0] + north[k] * northStep[0]
      positions[p * 2 + 1] = data.latitude[i] + east[k] * eastStep[1] + north[k] * northStep[1]
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
    pickable: true,
    autoHighlight: true,
    highlightColor: [11, 83, 170, 120],
  })
}

function cornerOffsets({ shape, size }: GridSpec): [number[], number[]] {
  const east: number[] = []
  const north: number[] = []
  const corners = shape === 'hexagon' ? 6 : 4
  const reach = shape === 'hexagon' ? size : size / Math.SQRT2
  for (let k = 0; k < corners; k++) {
    const angle = ((shape === 'hexagon' ? 30 : 45) + (360 / corners) * k) * (Math.PI / 180)
    east.push(reach * Math.cos(angle))
    north.push(reach * Math.sin(angle))
  }
  return [east, north]
}

/** Degrees for one metre east and one north at the middle cell: grid north is not true north. */
function degreeSteps(data: CellData): [number[], number[]] {
  const { grid } = data
  const x = grid.originX + (grid.columns * grid.size * (grid.shape === 'hexagon' ? Math.sqrt(3) : 1)) / 2
  const y = grid.originY + (grid.rows * grid.size * (grid.shape === 'hexagon' ? 1.5 : 1)) / 2
  const centre = degreesOf(x, y)
  const east = degreesOf(x + 1000, y)
  const north = degreesOf(x, y + 1000)
  return [
    [(east[0] - centre[0]) / 1000, (east[1] - centre[1]) / 1000],
    [(north[0] - centre[0]) / 1000, (north[1] - centre[1]) / 1000],
  ]
}
