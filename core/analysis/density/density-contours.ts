import type { Caveat } from '#core/contract/caveat.ts'
import type { Rings } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { cellArea } from '../space/grid.ts'
import { caveat } from '../support/caveats.ts'
import { methodInParts } from '../support/shared-work.ts'
import { beginDensity, type DensityState } from './begin-density.ts'
import { contourRings } from './contour-rings.ts'
import { incidentsWithin } from './incidents-within.ts'
import { levelOfShare } from './level-of-share.ts'
import { type BandTotals, type SurfaceState, surfacePart, surfaceTotals } from './surface.ts'
import { surfaceCaveatCodes } from './surface-caveats.ts'
import { surfaceParameters } from './surface-parameters.ts'

/** One contour. */
export interface ContourRow {
  /** The share asked for, %; NaN where a density was. */
  readonly share: number
  /** Density on the contour, in `unit`. */
  readonly density: number
  /** Incidents within, counted, and their share of those in the study area, %. */
  readonly incidents: number
  readonly shareOfIncidents: number
  readonly areaKm2: number
  readonly shareOfArea: number
  /** Separate pieces. */
  readonly pieces: number
  readonly rings: Rings
}

export interface DensityContoursSummary {
  readonly grid: GridSpec
  readonly bandwidth: number
  readonly kernel: string
  readonly unit: string
  /** Incidents in the study area, of which the shares are. */
  readonly incidents: number
  readonly areaKm2: number
  readonly rows: readonly ContourRow[]
}

const parameters = {
  by: {
    type: 'choice',
    title: 'Contours at',
    options: [
      { value: 'share', title: 'Shares of the surface (the 50% contour holds half)' },
      { value: 'density', title: 'Densities per km²' },
    ],
    default: 'share',
    why: 'A share says what a contour holds; densities make the contours of two periods comparable.',
  },
  shares: {
    type: 'numbers',
    title: 'Shares',
    unit: '%',
    minimum: 1,
    maximum: 99,
    increasing: true,
    default: [25, 50, 75],
    why: 'The smallest ground that holds a quarter, half and three quarters.',
  },
  densities: {
    type: 'numbers',
    title: 'Densities',
    unit: 'per km²',
    minimum: 1e-9,
    increasing: true,
    default: [],
    why: 'Read when contours are at densities; no density suits every place and offence.',
  },
  ...surfaceParameters,
} as const

/**
 * Outlines of a density surface: the smallest ground that holds a given share of it, or all ground above a density.
 *
 * The surface is that of `density`. The level of a share p is the highest at which the cells at or above it sum to p of
 * the surface inside the study area. Rings are marching squares between cell centres with the crossing interpolated;
 * at the boundary of the study area they keep to the cells' edges. Rings are even-odd, in metres.
 *
 * `incidents` are those within the rings, counted one by one, whatever their weight; `shareOfIncidents` is their share
 * of the incidents in cells inside the study area. It is usually somewhat more than the share of the surface, because
 * smoothing carries mass from the dense places outwards.
 *
 * Deterministic, on any number of workers. Cost: the surface, about 0.1 µs a cell and contour, 5 ns an incident and
 * contour. Errors: those of `density`, E-MTH-LEVELS (no level given), E-MTH-FEW (the surface is 0 everywhere).
 * @see Worton, B. J. (1989) Ecology 70 (contours by volume); Lorensen and Cline (1987) for marching squares.
 */
export const densityContours = methodInParts<
  typeof parameters,
  DensityContoursSummary,
  DensityState,
  BandTotals | null
>(
  {
    id: 'densityContours',
    version: '1.0.0',
    title: 'Contours of a density surface',
    answers: 'What is the smallest ground that holds a half, or another share, of the incidents?',
    references: [
      'Worton, B. J. (1989) Kernel methods for estimating the utilization distribution in home-range studies. Ecology 70, 164–168.',
      'Chainey, S. and Ratcliffe, J. (2005) GIS and Crime Mapping. Wiley.',
    ],
    formula:
      'Level of share p: the highest L with Σ{density(cell) : density(cell) ≥ L} ≥ p·Σ density(cell), over the cells inside the study area.',
    assumptions: [
      'Those of the density surface.',
      'A share of the surface is not a share of incidents: smoothing carries them outwards, so a contour usually holds somewhat more incidents than surface. Both are given, the second counted within the rings.',
    ],
    notShown: [
      'A contour has no meaning of chance: half of any pattern, even a random one, lies within some contour.',
    ],
    compares: [
      'Contours by volume as in home-range work (adehabitatHR); QGIS and ArcGIS draw contours at values of the surface, which is “densities” here.',
    ],
    caveats: {
      ...surfaceCaveatCodes,
      'contour-empty': 'Nothing lies above some of the densities asked for.',
      'contour-pieces': 'A contour falls into very many pieces.',
    },
    parameters,
    summary: {
      grid: 'The grid of squares',
      bandwidth: 'Bandwidth used, m',
      kernel: 'Kernel used',
      unit: 'Unit of the densities',
      incidents: 'Incidents in the study area',
      areaKm2: 'Area of the study area (or grid), km²',
      rows: 'One row a contour: share asked for (%), density, incidents within and their share (%), area (km²) and its share (%), pieces, rings (m)',
    },
    columns: [],
    needs: ['place'],
  },
  {
    begin(incidents, params, context, control) {
      if (params[params.by === 'share' ? 'shares' : 'densities'].length === 0)
        throw new InputError('E-MTH-LEVELS', 'No contour is asked for.', {
          column: params.by === 'share' ? 'shares' : 'densities',
          cure: 'Give at least one share or density.',
        })
      return beginDensity(incidents, params, false, context, control)
    },
    part: (state, index, control) => surfacePart(state.surface, index, control),
    finish(state, parts, incidents, params, context, control) {
      const { surface, grid, bandwidth, kernel } = state.surface
      const { sum, maximum, cells } = surfaceTotals(parts)
      if (!(sum > 0))
        throw new InputError(
          'E-MTH-FEW',
          'No incident reaches the study area: there is nothing to outline.',
          {
            cure: 'Select incidents with a place in the study area.',
          },
        )
      const inside = countInside(incidents, state.surface)
      const areaKm2 = (cells * cellArea(grid)) / 1e6
      const asked = params.by === 'share' ? params.shares : params.densities
      const rows = asked.map((value): ContourRow => {
        const density =
          params.by === 'share' ? levelOfShare(surface, value / 100, sum, maximum, control) : value
        const { rings, area, parts: pieces } = contourRings(grid, surface, density)
        const within = incidentsWithin(incidents, grid, surface, density, rings, control)
        return {
          share: params.by === 'share' ? value : Number.NaN,
          density,
          incidents: within,
          shareOfIncidents: inside > 0 ? (100 * within) / inside : Number.NaN,
          areaKm2: area / 1e6,
          shareOfArea: (100 * area) / 1e6 / areaKm2,
          pieces,
          rings,
        }
      })
      const what = params.weight === 'harm' ? (context.weights?.unit ?? 'harm') : 'incidents'
      return {
        summary: { grid, bandwidth, kernel, unit: `${what} per km²`, incidents: inside, areaKm2, rows },
        columns: {},
        caveats: [...state.caveats, ...contourCaveats(rows)],
      }
    },
  },
)

/** Incidents in cells inside the study area, or of the grid. */
function countInside({ length, x, y, mask }: Incidents, { grid, inside }: SurfaceState): number {
  const { originX, originY, size, columns, rows } = grid
  let count = 0
  for (let i = 0; i < length; i++) {
    if (mask[i] === 0) continue
    const column = Math.floor((x[i] - originX) / size)
    const row = Math.floor((y[i] - originY) / size)
    if (!(column >= 0 && column < columns && row >= 0 && row < rows)) continue
    if (inside === null || inside[row * columns + column] === 1) count++
  }
  return count
}

function contourCaveats(rows: readonly ContourRow[]): Caveat[] {
  const caveats: Caveat[] = []
  const empty = rows.filter(({ rings }) => rings.length === 0)
  if (empty.length > 0)
    caveats.push(
      caveat(
        'contour-empty',
        `Nothing lies above ${empty.map(({ density }) => density).join(', ')} per km²: those contours are empty.`,
      ),
    )
  const most = Math.max(...rows.map(({ pieces }) => pieces))
  if (most > 500)
    caveats.push(
      caveat(
        'contour-pieces',
        `A contour falls into ${most.toLocaleString('en-GB')} pieces: the bandwidth is small for so few incidents, and most pieces are single places.`,
      ),
    )
  return caveats
}
