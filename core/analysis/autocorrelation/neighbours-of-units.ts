import type { Context, Control } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { type NeighbourSums, oneRing, sumsOfNeighbours, sumsOnGrid } from '../hotspot/gistar-values.ts'
import {
  type GridSteps,
  type Neighbours,
  nearestNeighbours,
  neighboursOnGrid,
  neighboursWithin,
  stepsOfTouching,
  stepsWithin,
} from '../space/neighbours.ts'
import { touchingAreas } from '../space/touching-areas.ts'
import type { UnitChoice, Units } from './units.ts'

/** Neighbours as the parameters ask; `distanceBand` NaN where none was used. */
export function neighboursOfUnits(
  units: Units,
  params: UnitChoice,
  context: Context,
  control: Control,
): { readonly neighbours: Neighbours; readonly distanceBand: number } {
  const { grid, index, x, y } = units
  if (params.neighbours === 'nearest')
    return { neighbours: nearestNeighbours(x, y, params.nearest, control), distanceBand: Number.NaN }
  if (grid) {
    const { steps, distanceBand } = stepsOfChoice(units, params)
    return { neighbours: neighboursOnGrid(grid, index, steps), distanceBand }
  }
  if (params.neighbours === 'distance') {
    const distanceBand = params.distanceBand > 0 ? params.distanceBand : bandForAll(x, y)
    return { neighbours: neighboursWithin(x, y, distanceBand, control), distanceBand }
  }
  const shapes = context.layers?.areas.shapes ?? []
  const rings = Array.from(index, (k) => ({ rings: shapes[k].rings ?? [] }))
  return { neighbours: touchingAreas(rings, params.neighbours === 'sides'), distanceBand: Number.NaN }
}

/** What the neighbours of each unit add up to; on a grid without a list of them, however long the band. */
export function sumsOfUnits(
  units: Units,
  params: UnitChoice,
  context: Context,
  control: Control,
): { readonly sums: NeighbourSums; readonly distanceBand: number } {
  const { grid, index, value } = units
  if (grid && params.neighbours !== 'nearest') {
    const inside = new Uint8Array(grid.columns * grid.rows)
    const values = new Float64Array(inside.length)
    for (let i = 0; i < index.length; i++) {
      inside[index[i]] = 1
      values[index[i]] = value[i]
    }
    const { steps, distanceBand } = stepsOfChoice(units, params)
    return { sums: sumsOnGrid(grid, index, inside, values, steps), distanceBand }
  }
  const { neighbours, distanceBand } = neighboursOfUnits(units, params, context, control)
  return { sums: sumsOfNeighbours(value, neighbours), distanceBand }
}

function stepsOfChoice(
  { grid }: Units,
  params: UnitChoice,
): { readonly steps: GridSteps; readonly distanceBand: number } {
  if (grid === undefined) throw new Error('Steps are of a grid')
  if (params.neighbours !== 'distance')
    return { steps: stepsOfTouching(grid, params.neighbours === 'sides'), distanceBand: Number.NaN }
  const distanceBand = params.distanceBand > 0 ? params.distanceBand : oneRing(grid)
  return { steps: stepsWithin(grid, distanceBand), distanceBand }
}

/** The shortest band at which every place has a neighbour: the longest distance to a nearest neighbour. */
function bandForAll(x: Float64Array, y: Float64Array): number {
  const { start, list } = nearestNeighbours(x, y, 1)
  let longest = 0
  for (let i = 0; i + 1 < start.length; i++) {
    const j = list[start[i]]
    longest = Math.max(longest, Math.hypot(x[j] - x[i], y[j] - y[i]))
  }
  if (!(longest > 0))
    throw new InputError('E-MTH-BAND', 'All areas have the same centre: no distance tells them apart.', {
      column: 'areas',
      cure: 'Choose another layer, or neighbours that touch.',
    })
  return longest
}
