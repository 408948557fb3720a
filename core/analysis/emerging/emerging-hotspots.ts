import type { Caveat } from '#core/contract/caveat.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { cellX, cellY } from '../space/grid.ts'
import { layStudyGrid } from '../space/study-grid.ts'
import { caveat } from '../support/caveats.ts'
import { type Adjustment, adjustP } from '../support/false-discovery.ts'
import { normalTwoSided } from '../support/normal.ts'
import { fillCube, gistarOfCube } from './cube.ts'
import { emergingClass, emergingClasses, plainClass, plainClasses } from './emerging-class.ts'
import { emergingHotspotsCard, type emergingParameters } from './emerging-hotspots-card.ts'
import { mannKendallTest, senSlope } from './mann-kendall-values.ts'
import { timeStepCaveats } from './time-step-caveats.ts'
import {
  layTimeSteps,
  type StepUnit,
  stepEnd,
  stepStart,
  stepsOfIncidents,
  type TimeSteps,
} from './time-steps.ts'

export interface EmergingSummary {
  readonly grid: GridSpec
  readonly from: string
  readonly to: string
  readonly tested: number
  readonly steps: number
  /** Steps that are gaps. */
  readonly gaps: number
  readonly incidents: number
  readonly mean: number
  readonly deviation: number
  readonly distanceBand: number
  readonly adjustment: string
  readonly hotBins: number
  readonly coldBins: number
  /** Mann–Kendall test of all incidents together, and the median change per step. */
  readonly overallZ: number
  readonly overallP: number
  readonly overallSlope: number
  readonly classes: readonly { readonly class: string; readonly hot: number; readonly cold: number }[]
  readonly noPattern: number
  readonly plain: readonly { readonly class: string; readonly cells: number }[]
}

/** Fewer steps than this have no pattern to name: one hot step would already be a tenth. */
const LEAST_STEPS = 10
/** Bins whose z, p and q fit beside the data. */
const MOST_BINS = 20_000_000

/**
 * Which hot cells are new, growing, always there, fading or gone?
 *
 * Incidents are counted in a cube of cells × time steps counted back from the end of the period. Gi* of each bin over
 * the cells around it, in its own and `earlierSteps` steps before (`gistarOfCube`), with the mean and variance of the
 * whole cube; p two-sided, adjusted over all bins; hot or cold where the adjusted p is at most `level`. Mann–Kendall
 * on the z of each cell gives its trend, significant where p is at most `trendLevel`; `emergingClass` names the story.
 *
 * A step that touches a month no file covers is a gap: no bin, no neighbour, in no share. z is NaN, and every class 0,
 * where all bins hold the same; the trend is NaN where z is constant.
 *
 * Deterministic. Cost: bins × neighbours, one sort of the bins, and for each cell the square of its steps; 30 bytes a bin.
 * Errors: E-MTH-STEPS (fewer than 10 that are not gaps), E-MTH-CELLS (fewer than 3), E-MTH-BINS, E-MTH-TIME,
 * E-MTH-PERIOD, E-GRID-BOX, E-GRID-SIZE, E-GRID-EMPTY.
 * @see Ord and Getis (1995); Kendall (1975); the z values equal spdep `localG` on the same neighbours.
 */
export const emergingHotspots: Method<typeof emergingParameters, EmergingSummary> = {
  card: emergingHotspotsCard,

  run(incidents, params, context, control) {
    const timeSteps = layTimeSteps(incidents, context, params.step as StepUnit)
    const held = timeSteps.present.reduce((sum, one) => sum + one, 0)
    if (held < LEAST_STEPS)
      throw new InputError(
        'E-MTH-STEPS',
        `Emerging hotspots need at least ${LEAST_STEPS} time steps that the files hold; there are ${held}.`,
        { column: 'step', cure: 'Choose a shorter step or a longer period.' },
      )
    const told = stepsOfIncidents(incidents, incidents.mask, timeSteps, control)
    const study = layStudyGrid(incidents, incidents.mask, params, context, control)
    const cells =
      params.tested === 'occupied' ? study.cells.filter((cell) => study.counts[cell] > 0) : study.cells
    refuse(cells.length, timeSteps)
    const { cube, counted, inGaps } = fillCube(study.grid, cells, timeSteps, study.cellOf, told.stepOf)
    const statistic = gistarOfCube(cube, params.distanceBand, params.earlierSteps, control)
    control.tick(0.6, 'Adjusting for the number of tests')
    const state = statesOf(statistic.z, params.adjustment as Adjustment, params.level)

    const width = cells.length
    const columns = {
      cell: cells,
      x: new Float64Array(width),
      y: new Float64Array(width),
      count: new Uint32Array(width),
      emergingClass: new Int8Array(width),
      plainClass: new Uint8Array(width),
      hotSteps: new Int32Array(width),
      coldSteps: new Int32Array(width),
      lastZ: new Float64Array(width),
      trendZ: new Float64Array(width),
      trendP: new Float64Array(width),
    }
    const series = new Float64Array(cube.steps)
    const states = new Float64Array(cube.steps)
    for (let k = 0; k < width; k++) {
      if ((k & 63) === 0) control.tick(0.7 + (0.3 * k) / width, 'Naming patterns')
      columns.x[k] = cellX(study.grid, cells[k])
      columns.y[k] = cellY(study.grid, cells[k])
      columns.lastZ[k] = Number.NaN
      for (let t = 0; t < cube.steps; t++) {
        const bin = t * width + k
        const gap = cube.present[t] === 0
        series[t] = gap ? Number.NaN : statistic.z[bin]
        states[t] = gap ? Number.NaN : state[bin]
        columns.count[k] += cube.counts[bin]
        if (gap) continue
        columns.lastZ[k] = series[t]
        if (states[t] > 0) columns.hotSteps[k]++
        else if (states[t] < 0) columns.coldSteps[k]++
      }
      const trend = mannKendallTest(series)
      columns.trendZ[k] = trend.z
      columns.trendP[k] = trend.pValue
      const direction = trend.pValue <= params.trendLevel ? Math.sign(trend.z) : 0
      columns.emergingClass[k] = emergingClass(states, direction)
      columns.plainClass[k] = plainClass(states)
    }
    const totals = totalsOf(cube.counts, width, timeSteps)
    const overall = mannKendallTest(totals)
    const every = study.caveats.concat(timeStepCaveats(timeSteps, told))
    return {
      summary: {
        grid: study.grid,
        from: stepStart(timeSteps, 0),
        to: stepEnd(timeSteps, timeSteps.count - 1),
        tested: width,
        steps: timeSteps.count,
        gaps: timeSteps.count - held,
        incidents: counted,
        mean: statistic.mean,
        deviation: statistic.deviation,
        distanceBand: statistic.distanceBand,
        adjustment: params.adjustment,
        hotBins: state.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0),
        coldBins: state.reduce((sum, one) => sum + (one < 0 ? 1 : 0), 0),
        overallZ: overall.z,
        overallP: overall.pValue,
        overallSlope: senSlope(totals),
        classes: emergingClasses.map((name, at) => ({
          class: name,
          hot: countOf(columns.emergingClass, at + 1),
          cold: countOf(columns.emergingClass, -at - 1),
        })),
        noPattern: countOf(columns.emergingClass, 0),
        plain: plainClasses.map((name, at) => ({ class: name, cells: countOf(columns.plainClass, at) })),
      },
      columns,
      caveats: [...every, ...caveatsOf(statistic, timeSteps, inGaps, params)],
    }
  },
}

function refuse(cells: number, timeSteps: TimeSteps): void {
  if (cells < 3)
    throw new InputError('E-MTH-CELLS', `Emerging hotspots need at least 3 cells; there are ${cells}.`, {
      column: 'cellSize',
      cure: 'Choose a smaller cell or a larger study area.',
    })
  if (cells * timeSteps.count > MOST_BINS)
    throw new InputError(
      'E-MTH-BINS',
      `${cells.toLocaleString('en-GB')} cells in ${timeSteps.count} steps are more than ${MOST_BINS.toLocaleString('en-GB')} bins.`,
      { column: 'cellSize', cure: 'Choose larger cells, longer steps or occupied cells only.' },
    )
}

/** 1 hot, −1 cold, 0 neither or not tested. */
function statesOf(z: Float64Array, adjustment: Adjustment, level: number): Int8Array {
  const q = adjustP(z.map(normalTwoSided), adjustment)
  const state = new Int8Array(z.length)
  for (let bin = 0; bin < z.length; bin++) if (q[bin] <= level) state[bin] = z[bin] > 0 ? 1 : -1
  return state
}

/** Incidents of each step, NaN in gaps. */
function totalsOf(counts: Uint32Array, width: number, timeSteps: TimeSteps): Float64Array {
  return Float64Array.from({ length: timeSteps.count }, (_, t) => {
    if (timeSteps.present[t] === 0) return Number.NaN
    let sum = 0
    for (let bin = t * width; bin < (t + 1) * width; bin++) sum += counts[bin]
    return sum
  })
}

function countOf(classes: Int8Array | Uint8Array, wanted: number): number {
  let count = 0
  for (let k = 0; k < classes.length; k++) if (classes[k] === wanted) count++
  return count
}

function caveatsOf(
  statistic: { readonly mean: number; readonly deviation: number },
  timeSteps: TimeSteps,
  inGaps: number,
  params: { readonly adjustment: string; readonly shape: string; readonly earlierSteps: number },
): Caveat[] {
  const caveats: Caveat[] = []
  if (!(statistic.deviation > 0))
    caveats.push(caveat('emerging-undefined', 'Every cell and step holds the same: nothing can be tested.'))
  else {
    const around = (params.shape === 'square' ? 9 : 7) * (1 + params.earlierSteps)
    if (statistic.mean * around < 1)
      caveats.push(
        caveat(
          'emerging-sparse',
          `${(statistic.mean * around).toFixed(2)} incidents are expected in a cell, its neighbours and the steps before: p values are rough. Larger cells or longer steps are firmer.`,
        ),
      )
  }
  if (inGaps > 0)
    caveats.push(
      caveat(
        'in-gaps',
        `${inGaps.toLocaleString('en-GB')} incidents lie in steps the files do not hold whole and are left out.`,
      ),
    )
  if (timeSteps.present[timeSteps.count - 1] === 0)
    caveats.push(
      caveat(
        'last-step-missing',
        'The last step is a gap: “last” means the latest step that the files hold.',
      ),
    )
  if (params.adjustment === 'none')
    caveats.push(
      caveat(
        'emerging-unadjusted',
        'No allowance was made for testing many cells and steps: one in twenty is hot or cold by chance.',
      ),
    )
  return caveats
}
