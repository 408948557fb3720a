import type { Method } from '#core/contract/method.ts'
import type { DensitySummary } from '#core/contract/results.ts'
import { cellArea } from '../space/grid.ts'
import { methodInParts } from '../support/shared-work.ts'
import { beginDensity, type DensityState } from './begin-density.ts'
import { type BandTotals, surfacePart, surfaceTotals } from './surface.ts'
import { surfaceCaveatCodes } from './surface-caveats.ts'
import { surfaceParameters } from './surface-parameters.ts'

/** Columns: density (rows × columns, row by row from the south-west; NaN outside the study area). */
export interface DensityResult extends DensitySummary {
  readonly neighbours: number
  readonly edge: string
}

const parameters = {
  ...surfaceParameters,
  unit: {
    type: 'choice',
    title: 'Unit of the surface',
    options: [
      { value: 'perKm2', title: 'Per km²' },
      { value: 'relative', title: 'Relative to the mean of the study area' },
      { value: 'probability', title: 'Probability (all cells sum to 1)' },
      { value: 'raw', title: 'Sum of kernel weights (1 at a lone incident)' },
    ],
    default: 'perKm2',
    why: 'A density per km² can be compared between maps of any cell size and bandwidth.',
  },
} as const

/**
 * Where incidents are dense: a smooth surface of incidents (or harm) per km².
 *
 * density(cell) = Σ w_i · K(|centre of the cell − place of i|), for squares of side `cellSize`; K integrates to 1
 * (`kernels.ts`), h = `bandwidth`. w_i is 1, or the harm of the offence. Sums are exact, incident by incident, in
 * float64. Incidents anywhere within reach of the grid take part, inside the study area or not.
 *
 * `adaptive`: each incident has its own h, the distance to its `neighbours`-th nearest other one, at least
 * `minimumBandwidth`. `edge`: uniform divides each cell by the mass of a kernel at its centre that lies inside the
 * study area; diggle divides each incident by the mass of its kernel (at its cell's centre). Both leave out incidents
 * in cells outside. Masses are sums over cell centres.
 *
 * `unit`: relative = density over the mean density of the cells inside; probability = density over its sum over the
 * cells inside; raw = Σ w_i · K(d)/K(0).
 *
 * The grid covers the study area, or without one the incidents and the reach of the (least) kernel around them. Cells
 * whose centre is outside the study area are NaN. Relative and probability are NaN where the surface is 0 everywhere.
 * Levels are the maximum divided by 32, 16, 8, 4 and 2, to two figures.
 *
 * `integral` = Σ density × cell area over the cells inside, in incidents (or harm); NaN for raw.
 *
 * Deterministic, also when split over workers. Cost: about 1.5 ns per incident and cell in reach; 8 bytes a cell.
 * Errors: E-GRID-BOX, E-GRID-SIZE, E-MTH-BANDWIDTH, E-MTH-WEIGHTS, E-MTH-EDGE, E-MTH-NEIGHBOURS.
 * @see Silverman, B. W. (1986) Density Estimation for Statistics and Data Analysis, eq. 3.31 and 4.5; Diggle, P. J.
 * (1985) Applied Statistics 34; Jones, M. C. (1993) Statistics and Computing 3. Oracle: spatstat density.ppp.
 */
export const density: Method<typeof parameters, DensityResult> = methodInParts(
  {
    id: 'density',
    version: '1.1.0',
    title: 'Density surface',
    answers: 'Where are incidents, or harm, dense?',
    references: [
      'Silverman, B. W. (1986) Density Estimation for Statistics and Data Analysis. Chapman and Hall.',
      'Diggle, P. J. (1985) A kernel method for smoothing point process data. Applied Statistics 34, 138–147.',
      'Jones, M. C. (1993) Simple boundary correction for kernel density estimation. Statistics and Computing 3, 135–146.',
      'Chainey, S. and Ratcliffe, J. (2005) GIS and Crime Mapping. Wiley.',
    ],
    formula:
      'density(cell) = Σ w · K(d), d the distance from the centre of the cell to the incident, w its weight. With u = d/h: quartic K = 3/(πh²)·(1 − u²)², Epanechnikov 2/(πh²)·(1 − u²), triangular 3/(πh²)·(1 − u), uniform 1/(πh²), all for u < 1; Gaussian e^(−u²/2)/(2πh²), cut at u = 4.',
    assumptions: [
      'An incident says something about the ground around it, equally in all directions and across rivers and railways.',
      'Nothing is corrected at the boundary unless asked for.',
      'With an adaptive bandwidth dense places are drawn sharp and sparse ones wide, so a peak is partly made by the method.',
    ],
    notShown: [
      'A surface shows where incidents are dense, not where they are more than chance would give: for that use Gi*.',
    ],
    compares: [
      'QGIS up to 3.40.3 and SpatialKDE scale the quartic 7.25 times too high; sfhotspot, open_cp and QGIS raw give the sum of kernel weights, not a density: that is the unit “raw” (QGIS multiplies it by 15/16).',
      'sfhotspot takes its bandwidth from the eastings alone; here both axes are averaged.',
      'CrimeStat: its absolute density is ours in the area unit it was given, its relative density is ours times the area of a cell, its probability is ours. Our “relative” is relative to the mean.',
      'spatstat gives density per square unit of its coordinates (here metres: 10⁶ times less), moves incidents to pixel centres, scales each kernel to sum to 1 over the pixels, does not cut the Gaussian, and takes as sigma the standard deviation of any kernel: a quartic of our bandwidth h is its sigma h/√8. Its edge = TRUE, diggle = FALSE is our “divide by the share of the kernel inside”.',
      'ArcGIS gives no value where no incident is in reach; here that is 0.',
    ],
    caveats: surfaceCaveatCodes,
    parameters,
    summary: {
      grid: 'The grid of squares',
      bandwidth: 'Bandwidth used, m (the least one where adaptive)',
      neighbours: 'Neighbour whose distance is the bandwidth; 0 where it is fixed',
      kernel: 'Kernel used',
      edge: 'Correction at the boundary',
      unit: 'Unit of the surface',
      incidents: 'Incidents that take part',
      maximum: 'Highest value of a cell',
      integral: 'Incidents (or harm) under the surface inside the study area',
      levels: 'Colour steps of the legend',
    },
    // Its unit is the one asked for, in the summary.
    columns: [{ name: 'density', title: 'Density', type: 'float64' }],
    needs: ['place'],
  },
  {
    begin: (incidents, params, context, control) =>
      beginDensity(incidents, params, params.unit === 'raw', context, control),
    part: (state: DensityState, index, control) => surfacePart(state.surface, index, control),
    finish(state, parts: readonly (BandTotals | null)[], _incidents, params, context, control) {
      const { surface, grid, strips, bandwidth, neighbours, kernel, edge } = state.surface
      const { maximum, sum, cells } = surfaceTotals(parts)
      const divisor = params.unit === 'relative' ? sum / cells : params.unit === 'probability' ? sum : 1
      if (divisor !== 1)
        for (let row = 0; row < grid.rows; row++) {
          control.tick(row / grid.rows, 'Changing the unit')
          // Undefined, not infinite, where there is nothing to divide by.
          for (let cell = row * grid.columns; cell < (row + 1) * grid.columns; cell++)
            surface[cell] = divisor > 0 ? surface[cell] / divisor : Number.NaN
        }
      const highest = divisor > 0 ? maximum / divisor : Number.NaN
      return {
        summary: {
          grid,
          bandwidth,
          neighbours,
          kernel,
          edge,
          unit: unitOf(
            params.unit,
            params.weight === 'harm' ? (context.weights?.unit ?? 'harm') : 'incidents',
          ),
          incidents: strips.used,
          maximum: highest,
          integral: params.unit === 'raw' ? Number.NaN : (sum * cellArea(grid)) / 1e6,
          levels: levelsOf(highest),
        },
        columns: { density: surface },
        caveats: state.caveats,
      }
    },
  },
)

function unitOf(unit: string, what: string): string {
  if (unit === 'relative') return 'times the mean'
  if (unit === 'probability') return 'share of all'
  return unit === 'raw' ? `${what}, kernel-weighted` : `${what} per km²`
}

/** Halves of the maximum: densities fall off steeply, so equal steps would show the peak alone. */
function levelsOf(maximum: number): number[] {
  if (!(maximum > 0)) return []
  return [32, 16, 8, 4, 2].map((part) => Number((maximum / part).toPrecision(2)))
}
