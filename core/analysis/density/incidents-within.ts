import type { Rings } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Control, Incidents } from '#core/contract/method.ts'
import { locateAreas } from '../space/polygon.ts'
import { ROWS_PER_TICK } from '../space/study-grid.ts'

/**
 * How many incidents lie within a contour. A place is surely in, or out, when the four cell centres around it are all
 * at the level, or all below it; only the others are tested against the rings.
 */
export function incidentsWithin(
  incidents: Incidents,
  { originX, originY, size, columns, rows }: GridSpec,
  surface: Float64Array,
  level: number,
  rings: Rings,
  control: Control,
): number {
  const { x, y, mask } = incidents
  const unsureX: number[] = []
  const unsureY: number[] = []
  let within = 0
  for (let i = 0; i < incidents.length; i++) {
    if ((i & (ROWS_PER_TICK - 1)) === 0) control.tick(i / incidents.length, 'Counting within contours')
    if (mask[i] === 0) continue
    const column = Math.floor((x[i] - originX) / size - 0.5)
    const row = Math.floor((y[i] - originY) / size - 0.5)
    // Also without coordinates.
    if (!(column >= -1 && column < columns && row >= -1 && row < rows)) continue
    let above = 0
    let known = 0
    for (let r = row; r <= row + 1; r++)
      for (let c = column; c <= column + 1; c++) {
        if (r < 0 || c < 0 || r >= rows || c >= columns) continue
        known++
        if (surface[r * columns + c] >= level) above++
      }
    if (above === 4) within++
    else if (above > 0 && known > 0) {
      unsureX.push(x[i])
      unsureY.push(y[i])
    }
  }
  const areas = [{ rings }]
  for (let from = 0; from < unsureX.length; from += 5000) {
    control.tick(from / unsureX.length, 'Counting within contours')
    const found = locateAreas(
      areas,
      Float64Array.from(unsureX.slice(from, from + 5000)),
      Float64Array.from(unsureY.slice(from, from + 5000)),
    )
    for (const area of found) if (area === 0) within++
  }
  return within
}
