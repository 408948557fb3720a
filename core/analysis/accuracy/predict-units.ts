import type { Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { cellScores } from '../hotspot/cell-scores.ts'
import type { Units } from '../space/units.ts'
import { densityAtCells } from './density-at-cells.ts'

export const predictors = ['count', 'neighbours', 'density'] as const
export type Predictor = (typeof predictors)[number]

/**
 * What each unit is expected to hold, from the incidents of the earlier mask: their count; the count plus the mean of
 * the neighbouring cells; or the density at the centre of the cell times its area.
 *
 * @param counts incidents of the earlier mask per unit
 * @throws InputError E-MTH-PREDICTOR (neighbours or density without a grid)
 */
export function predictUnits(
  predictor: string,
  bandwidth: number,
  incidents: Incidents,
  earlier: Uint8Array,
  counts: Uint32Array,
  units: Units,
  control: Control,
): Float64Array {
  if (predictor === 'count') return Float64Array.from(counts)
  const { grid, cell, areaKm2 } = units
  if (grid === null || cell === null || areaKm2 === null)
    throw new InputError(
      'E-MTH-PREDICTOR',
      `Only cells of a grid have neighbours and a density; ${units.words[1]} are predicted by their own count.`,
      { column: 'predictor', cure: 'Predict by count, or count by cells of a grid.' },
    )
  let scores: Float64Array
  if (predictor === 'neighbours') {
    const inside = new Uint8Array(grid.columns * grid.rows)
    const values = new Uint32Array(inside.length)
    for (let unit = 0; unit < cell.length; unit++) {
      inside[cell[unit]] = 1
      values[cell[unit]] = counts[unit]
    }
    control.tick(0.5, 'Adding neighbours')
    scores = cellScores('countNeighbours', grid, cell, inside, values)
  } else scores = densityAtCells(incidents.x, incidents.y, earlier, grid, bandwidth, control)
  return Float64Array.from(cell, (number, unit) =>
    predictor === 'density' ? scores[number] * areaKm2[unit] : scores[number],
  )
}
