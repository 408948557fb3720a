import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Context, Control, Incidents, Values } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { cellX, cellY } from '../space/grid.ts'
import { harmPerCell, layStudyGrid, studyGridCaveats } from '../space/study-grid.ts'
import { harmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import { layAreas } from './areas-as-units.ts'
import type { unitParameters } from './unit-parameters.ts'

export type UnitChoice = Values<typeof unitParameters>

/** Places that are compared with their neighbours: cells of a grid, or areas of a layer. Arrays in shared memory. */
export interface Units {
  readonly kind: 'cells' | 'areas'
  /** Numbers of the cells, or positions of the areas in the layer; ascending. */
  readonly index: Int32Array
  /** Centres, metres. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Incidents of each. */
  readonly count: Int32Array
  /** What is compared: count, harm or rate. All finite. */
  readonly value: Float64Array
  /** Of cells. */
  readonly grid?: GridSpec
  readonly counted: number
  readonly caveats: readonly Caveat[]
}

/** Caveat codes of `layUnits`. */
export const unitCaveats = {
  ...studyGridCaveats,
  'harm-unweighted': 'Some offences have no harm weight and are left out of harm.',
  'harm-by-group': 'Some incidents have only the weight of their sub-group.',
  'outside-areas': 'Incidents with a place outside the areas of the layer were left out.',
  'areas-without-extent': 'Areas without a shape were left out.',
  'no-denominator': 'Areas without a number above 0 in the column of the rate were left out.',
  'small-denominator': 'Rates of areas with few people are unsteady.',
  'rate-of-residents': 'A rate per resident says little where people come from elsewhere.',
} as const

/**
 * Lays the cells or areas that are to be compared, with the incidents, harm or rate of each.
 *
 * @param fewest units needed
 * @throws InputError E-GRID-*, E-MTH-WEIGHTS, E-MTH-RATE (no areas, or no such column), E-MTH-CELLS (too few units)
 */
export function layUnits(
  incidents: Incidents,
  params: UnitChoice,
  context: Context,
  control: Control,
  title: string,
  fewest: number,
): Units {
  const layer = context.layers?.areas
  if (params.value === 'rate' && layer === undefined)
    throw new InputError('E-MTH-RATE', `${title}: a rate needs areas with a population; cells have none.`, {
      column: 'areas',
      cure: 'Choose a layer of areas that holds a population, or compare counts.',
    })
  const units = layer
    ? layAreas(incidents, layer, params, context, control, title)
    : layCells(incidents, params, context, control, title)
  if (units.index.length < fewest)
    throw new InputError(
      'E-MTH-CELLS',
      `${title} needs at least ${fewest} ${units.kind}; ${units.kind === 'cells' ? 'the study area' : 'the layer'} has ${units.index.length}.`,
      {
        cure:
          units.kind === 'cells'
            ? 'Choose a smaller cell or a larger study area.'
            : 'Choose a layer with more areas, or cells.',
      },
    )
  return units
}

function layCells(
  incidents: Incidents,
  params: UnitChoice,
  context: Context,
  control: Control,
  title: string,
): Units {
  const weights =
    params.value === 'harm' ? harmOfIncidents(incidents, context, true, `${title} of harm`) : null
  const study = layStudyGrid(incidents, incidents.mask, params, context, control)
  const tally = weights && harmPerCell(study.cellOf, weights, study.counts.length, control)
  const n = study.cells.length
  const units = {
    index: sharedInt32(n),
    x: sharedFloat64(n),
    y: sharedFloat64(n),
    count: sharedInt32(n),
    value: sharedFloat64(n),
  }
  for (let i = 0; i < n; i++) {
    const cell = study.cells[i]
    units.index[i] = cell
    units.x[i] = cellX(study.grid, cell)
    units.y[i] = cellY(study.grid, cell)
    units.count[i] = study.counts[cell]
    units.value[i] = tally ? tally.harm[cell] : study.counts[cell]
  }
  const caveats = [...study.caveats]
  if (weights && tally) caveats.push(...unweightedCaveat(tally.unweighted, study.counted, weights))
  return { kind: 'cells', ...units, grid: study.grid, counted: study.counted, caveats }
}
