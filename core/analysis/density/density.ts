import type { Caveat } from '#core/contract/caveat.ts'
import type { Box } from '#core/contract/geometry.ts'
import type { Context, Incidents, Method } from '#core/contract/method.ts'
import type { DensitySummary } from '#core/contract/results.ts'
import { areaOfCells } from '../space/area-of-cells.ts'
import { cellArea, gridOver } from '../space/grid.ts'
import { boxOfPlaces, studyAreaBox } from '../space/study-grid.ts'
import { caveat } from '../support/caveats.ts'
import { harmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import { bandwidthByRule } from './bandwidth.ts'
import { densityBand, type Kernel, kernelReach, sortByRow } from './density-band.ts'

const parameters = {
  cellSize: {
    type: 'number',
    title: 'Side of a cell',
    unit: 'm',
    minimum: 10,
    maximum: 5000,
    default: 100,
    why: 'Fine enough to draw a street corner; the cell changes the look of a surface, hardly its ranking.',
  },
  bandwidth: {
    type: 'number',
    title: 'Bandwidth (0 = by rule)',
    unit: 'm',
    minimum: 0,
    maximum: 20000,
    default: 0,
    why: "The rule (Silverman's, robust, both axes averaged) is a neutral start; the value used is shown so that it can be changed.",
  },
  kernel: {
    type: 'choice',
    title: 'Kernel',
    options: [
      { value: 'quartic', title: 'Quartic (ends at the bandwidth)' },
      { value: 'gaussian', title: 'Gaussian (bandwidth is its standard deviation)' },
    ],
    default: 'quartic',
    why: 'An incident then matters within the bandwidth and not beyond it, which is easy to explain.',
  },
  weight: {
    type: 'choice',
    title: 'Weight of an incident',
    options: [
      { value: 'count', title: 'Every incident counts 1' },
      { value: 'harm', title: 'By harm of the offence' },
    ],
    default: 'count',
    why: 'Counts need no table of weights.',
  },
} as const

/**
 * Where incidents are dense: a smooth surface of incidents (or harm) per km².
 *
 * density(cell) = Σ w_i · K(|centre of the cell − place of i|), for squares of side `cellSize`, K integrating to 1:
 * quartic K(d) = 3/(πh²)·(1 − (d/h)²)² for d < h, h = `bandwidth` the support radius; gaussian with standard deviation
 * h, cut at 4h and divided by the mass inside the cut (1 − e⁻⁸). w_i is 1, or the harm of the offence. Sums are exact,
 * incident by incident, in float64. Incidents anywhere within reach of the grid take part, inside the study area or not.
 *
 * The grid covers the study area, or without one the incidents and the reach of the kernel around them. Cells whose
 * centre is outside the study area are NaN. No edge correction: a caveat says that cells near the boundary read low.
 * Levels are the maximum divided by 32, 16, 8, 4 and 2, to two figures.
 *
 * `integral` = Σ density × cell area over the cells inside, in incidents (or harm).
 *
 * Deterministic, also when split over workers (`densityBand`). Cost: about 1.5 ns per incident and cell in reach.
 * Errors: E-GRID-BOX, E-GRID-SIZE, E-MTH-BANDWIDTH (no rule possible), E-MTH-WEIGHTS (harm without weights).
 * @see Silverman, B. W. (1986) Density Estimation for Statistics and Data Analysis, eq. 3.31 and 4.5.
 */
export const density: Method<typeof parameters, DensitySummary> = {
  card: {
    id: 'density',
    version: '1.0.0',
    title: 'Density surface',
    answers: 'Where are incidents, or harm, dense?',
    references: [
      'Silverman, B. W. (1986) Density Estimation for Statistics and Data Analysis. Chapman and Hall.',
      'Chainey, S. and Ratcliffe, J. (2005) GIS and Crime Mapping. Wiley.',
    ],
    assumptions: [
      'An incident says something about the ground around it, equally in all directions and across rivers and railways.',
      'Nothing is corrected at the boundary.',
      'A surface shows where incidents are dense, not where they are more than chance would give: for that use Gi*.',
    ],
    compares: [
      'QGIS up to 3.40.3 and SpatialKDE scale the quartic 7.25 times too high; sfhotspot and QGIS raw give the sum of weights, not a density.',
      'sfhotspot takes its bandwidth from the eastings alone.',
    ],
    caveats: {
      'density-edge':
        'Cells within reach of the boundary read low, because incidents beyond it are not held.',
      'bandwidth-rule': 'The bandwidth was worked out by rule.',
      'bandwidth-fine': 'The bandwidth is less than two cells: the surface is coarse.',
      'harm-unweighted': 'Some offences have no harm weight and are left out.',
      unlocated: 'Incidents without coordinates were left out.',
    },
    parameters,
    summary: {
      grid: 'The grid of squares',
      bandwidth: 'Bandwidth used, m',
      kernel: 'Kernel used',
      unit: 'Unit of the surface',
      incidents: 'Incidents that take part',
      maximum: 'Highest value of a cell',
      integral: 'Incidents (or harm) under the surface inside the study area',
      levels: 'Colour steps of the legend',
    },
    columns: [{ name: 'density', title: 'Density', unit: 'per km²', type: 'float64' }],
    needs: ['place'],
  },

  run(incidents, params, context, control) {
    const kernel: Kernel = params.kernel === 'gaussian' ? 'gaussian' : 'quartic'
    const byHarm = params.weight === 'harm'
    const weights = byHarm ? harmOfIncidents(incidents, context, true, 'A density of harm') : null
    const bandwidth =
      params.bandwidth > 0
        ? params.bandwidth
        : bandwidthByRule(incidents.x, incidents.y, incidents.mask, kernel)
    const reach = kernelReach(kernel, bandwidth)
    const grid = gridOver(boxToCover(incidents, context, reach), 'square', params.cellSize)
    const sorted = sortByRow(incidents.x, incidents.y, incidents.mask, weights, grid, reach, control)

    const surface = new Float64Array(grid.columns * grid.rows)
    // Bands of about 10 ms; not shorter than the kernel, whose incidents at the rim are visited by both neighbours.
    const cellsInReach = Math.PI * (reach / params.cellSize) ** 2
    const workPerRow = (sorted.used / grid.rows) * cellsInReach
    const band = Math.max(Math.ceil(reach / params.cellSize), Math.round(5e6 / Math.max(1, workPerRow)), 1)
    for (let row = 0; row < grid.rows; row += band) {
      densityBand(sorted, grid, kernel, bandwidth, row, Math.min(grid.rows, row + band), surface)
      control.tick(Math.min(1, (row + band) / grid.rows), 'Adding up the surface')
    }

    const areas = context.studyArea ? areaOfCells(grid, context.studyArea.areas) : null
    let maximum = Number.NaN
    let sum = 0
    for (let cell = 0; cell < surface.length; cell++) {
      if (areas !== null && areas[cell] < 0) surface[cell] = Number.NaN
      else {
        sum += surface[cell]
        if (!(surface[cell] <= maximum)) maximum = surface[cell]
      }
    }
    return {
      summary: {
        grid,
        bandwidth,
        kernel,
        unit: byHarm ? `${context.weights?.unit ?? 'harm'} per km²` : 'incidents per km²',
        incidents: sorted.used,
        maximum,
        integral: (sum * cellArea(grid)) / 1e6,
        levels: levelsOf(maximum),
      },
      columns: { density: surface },
      caveats: caveatsOf(incidents, context, params, weights, bandwidth, reach),
    }
  },
}

function boxToCover(incidents: Incidents, context: Context, reach: number): Box {
  if (context.studyArea) return studyAreaBox(context.studyArea)
  const [west, south, east, north] = boxOfPlaces(incidents, incidents.mask)
  return [west - reach, south - reach, east + reach, north + reach]
}

/** Halves of the maximum: densities fall off steeply, so equal steps would show the peak alone. */
function levelsOf(maximum: number): number[] {
  if (!(maximum > 0)) return []
  return [32, 16, 8, 4, 2].map((part) => Number((maximum / part).toPrecision(2)))
}

function caveatsOf(
  incidents: Incidents,
  context: Context,
  params: { readonly bandwidth: number; readonly cellSize: number },
  weights: {
    readonly codes: Uint32Array | Uint16Array
    readonly weights: Float64Array
    readonly table: string
  } | null,
  bandwidth: number,
  reach: number,
): Caveat[] {
  let selected = 0
  let unlocated = 0
  let unweighted = 0
  for (let i = 0; i < incidents.length; i++) {
    if (incidents.mask[i] === 0) continue
    selected++
    if (!(Number.isFinite(incidents.x[i]) && Number.isFinite(incidents.y[i]))) unlocated++
    if (weights && Number.isNaN(weights.weights[weights.codes[i]])) unweighted++
  }
  const caveats: Caveat[] = []
  if (context.studyArea)
    caveats.push(
      caveat(
        'density-edge',
        `Within ${Math.round(reach).toLocaleString('en-GB')} m of the boundary the surface reads low where incidents beyond it are not held; nothing is corrected.`,
      ),
    )
  if (params.bandwidth === 0)
    caveats.push(
      caveat(
        'bandwidth-rule',
        `The bandwidth of ${Math.round(bandwidth).toLocaleString('en-GB')} m was worked out by rule; for a whole force area the rule draws wide, so try smaller values.`,
      ),
    )
  if (reach < 2 * params.cellSize)
    caveats.push(
      caveat(
        'bandwidth-fine',
        `The kernel reaches ${Math.round(reach)} m, less than two cells of ${params.cellSize} m: the surface depends on where cell centres fall. Choose smaller cells.`,
      ),
    )
  if (unlocated > 0)
    caveats.push(
      caveat(
        'unlocated',
        `${unlocated.toLocaleString('en-GB')} of ${selected.toLocaleString('en-GB')} incidents have no coordinates and are left out.`,
      ),
    )
  if (weights) caveats.push(...unweightedCaveat(unweighted, selected, weights.table))
  return caveats
}
