import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { GistarSummary } from '#core/contract/results.ts'
import { cellX, cellY } from '../space/grid.ts'
import { gridParameters } from '../space/grid-parameters.ts'
import { harmPerCell, layStudyGrid, studyGridCaveats } from '../space/study-grid.ts'
import { type Adjustment, adjustP } from '../support/false-discovery.ts'
import { harmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import { normalTwoSided } from '../support/normal.ts'
import { testCaveats } from './gistar-caveats.ts'
import { gistarOnGrid } from './gistar-values.ts'

const parameters = {
  ...gridParameters,
  value: {
    type: 'choice',
    title: 'What is tested',
    options: [
      { value: 'count', title: 'Incidents' },
      { value: 'harm', title: 'Harm' },
    ],
    default: 'count',
    why: 'Counts need no table of weights.',
  },
  distanceBand: {
    type: 'number',
    title: 'Distance band (0 = one ring of neighbours)',
    unit: 'm',
    minimum: 0,
    maximum: 20000,
    default: 0,
    why: 'The cells that touch a cell are the smallest neighbourhood that can show a cluster.',
  },
  adjustment: {
    type: 'choice',
    title: 'Allowance for testing many cells',
    options: [
      { value: 'BH', title: 'False discovery rate (Benjamini–Hochberg)' },
      { value: 'BY', title: 'False discovery rate under any dependence (Benjamini–Yekutieli)' },
      { value: 'none', title: 'None' },
    ],
    default: 'BH',
    why: 'Thousands of cells are tested: without an allowance one cell in twenty is “significant” by chance alone.',
  },
} as const

/**
 * Which cells hold more (or fewer) incidents, with their neighbours, than the study area's average would explain.
 *
 * z = (Σ_j w_ij x_j − W_i·x̄) / (s·√((n·W_i − W_i²)/(n − 1))), w binary within `distanceBand` of the centres, self
 * included, s² = Σ(x − x̄)²/n over all n tested cells, empty ones too. p is two-sided from the normal distribution;
 * q adjusts over all tested cells. Class 3, 2, 1 (hot) or −3, −2, −1 (cold): q at most 0.01, 0.05, 0.10; 0 otherwise.
 *
 * z, p and q are NaN, and the class 0, when every cell holds the same or every cell is a neighbour of every other.
 *
 * Deterministic. Cost: 30 ns an incident, cells × neighbours, one sort of the p values.
 * Errors: E-GRID-BOX, E-GRID-SIZE, E-GRID-EMPTY, E-MTH-WEIGHTS, E-MTH-CELLS (fewer than 3 cells).
 * @see Ord and Getis (1995) Geographical Analysis 27, 286–306; the z values equal spdep `localG` with self included.
 */
export const gistar: Method<typeof parameters, GistarSummary> = {
  card: {
    id: 'gistar',
    version: '1.0.0',
    title: 'Hot and cold cells (Getis–Ord Gi*)',
    answers: 'Which cells, with their neighbours, hold more or fewer incidents than chance would put there?',
    references: [
      'Getis, A. and Ord, J. K. (1992) Geographical Analysis 24, 189–206.',
      'Ord, J. K. and Getis, A. (1995) Geographical Analysis 27, 286–306.',
      'Benjamini, Y. and Hochberg, Y. (1995) Journal of the Royal Statistical Society B 57, 289–300.',
    ],
    assumptions: [
      'Values could have fallen in any cell of the study area: empty cells count, and so does farmland.',
      'The normal distribution describes the sum over a neighbourhood; where incidents are few it is rough.',
      'A hot cell is a place with many incidents; it says nothing of why, or of who is there.',
    ],
    compares: [
      'Equal to spdep localG with self included; esda in its row-standardised form gives other, wrong values.',
      'ArcGIS adjusts by false discovery rate as here; sfhotspot does not adjust unless asked.',
    ],
    caveats: {
      ...studyGridCaveats,
      'harm-unweighted': 'Some offences have no harm weight and are left out of harm.',
      'gistar-undefined': 'All cells hold the same, or all are neighbours: nothing can be tested.',
      'gistar-sparse': 'Fewer than one incident is expected per neighbourhood: p values are rough.',
      'gistar-few-cells': 'Fewer than 30 cells were tested: p values are rough.',
      'gistar-unadjusted': 'No allowance was made for testing many cells.',
    },
    parameters,
    summary: {
      grid: 'The grid: shape, side, origin, columns and rows',
      tested: 'Cells tested',
      mean: 'Mean of a cell',
      deviation: 'Standard deviation of a cell (divisor n)',
      distanceBand: 'Distance band used, m',
      adjustment: 'Allowance for testing many cells',
      hot: 'Hot cells at 99, 95 and 90 %, each cell counted once',
      cold: 'Cold cells at 99, 95 and 90 %, each cell counted once',
    },
    columns: [
      { name: 'cell', title: 'Cell', type: 'int32' },
      { name: 'x', title: 'Easting of the centre', unit: 'm', type: 'float64' },
      { name: 'y', title: 'Northing of the centre', unit: 'm', type: 'float64' },
      { name: 'count', title: 'Incidents', type: 'uint32' },
      { name: 'z', title: 'Gi* z', type: 'float64' },
      { name: 'pValue', title: 'p (two-sided)', type: 'float64' },
      { name: 'qValue', title: 'Adjusted p', type: 'float64' },
      { name: 'gistarClass', title: 'Class', type: 'int8' },
    ],
    needs: ['place'],
  },

  run(incidents, params, context, control) {
    const byHarm = params.value === 'harm'
    const weights = byHarm ? harmOfIncidents(incidents, context, true, 'Gi* of harm') : null
    const study = layStudyGrid(incidents, incidents.mask, params, context, control)
    const { grid, cells } = study
    if (cells.length < 3)
      throw new InputError('E-MTH-CELLS', `Gi* needs at least 3 cells; the study area has ${cells.length}.`, {
        cure: 'Choose a smaller cell or a larger study area.',
      })
    const tally = weights && harmPerCell(study.cellOf, weights, study.counts.length, control)
    control.tick(0.5, 'Testing cells')
    const statistic = gistarOnGrid(
      grid,
      cells,
      study.inside,
      tally ? tally.harm : study.counts,
      params.distanceBand,
    )
    control.tick(0.8, 'Adjusting for the number of cells')
    const pValue = statistic.z.map(normalTwoSided)
    const qValue = adjustP(pValue, params.adjustment as Adjustment)

    const columns = {
      cell: cells,
      x: new Float64Array(cells.length),
      y: new Float64Array(cells.length),
      count: new Uint32Array(cells.length),
      z: statistic.z,
      pValue,
      qValue,
      gistarClass: new Int8Array(cells.length),
    }
    const hot = { p99: 0, p95: 0, p90: 0 }
    const cold = { p99: 0, p95: 0, p90: 0 }
    for (let i = 0; i < cells.length; i++) {
      columns.x[i] = cellX(grid, cells[i])
      columns.y[i] = cellY(grid, cells[i])
      columns.count[i] = study.counts[cells[i]]
      const level = levelOf(qValue[i])
      if (level === 0) continue
      const side = statistic.z[i] > 0 ? hot : cold
      columns.gistarClass[i] = statistic.z[i] > 0 ? level : -level
      if (level === 3) side.p99++
      else if (level === 2) side.p95++
      else side.p90++
    }
    const caveats: Caveat[] = [...study.caveats]
    if (weights && tally) caveats.push(...unweightedCaveat(tally.unweighted, study.counted, weights.table))
    caveats.push(...testCaveats(statistic.z, study.counted, grid.shape, params.adjustment))
    return {
      summary: {
        grid,
        tested: cells.length,
        mean: statistic.mean,
        deviation: statistic.deviation,
        distanceBand: statistic.distanceBand,
        adjustment: params.adjustment,
        hot,
        cold,
      },
      columns,
      caveats,
    }
  },
}

/** 3, 2, 1 for 99, 95 and 90 %; 0 for none, and for what could not be tested. */
function levelOf(q: number): number {
  return q <= 0.01 ? 3 : q <= 0.05 ? 2 : q <= 0.1 ? 1 : 0
}
