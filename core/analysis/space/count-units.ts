import type { Control } from '#core/contract/method.ts'
import { ROWS_PER_TICK } from './study-grid.ts'

/** Incidents of a mask per unit. */
export function countUnits(
  unitOf: Int32Array,
  units: number,
  mask: Uint8Array,
  control: Control,
): Uint32Array<ArrayBuffer> {
  const counts = new Uint32Array(units)
  for (let i = 0; i < unitOf.length; i++) {
    if ((i & (ROWS_PER_TICK - 1)) === 0) control.tick(i / unitOf.length, 'Counting incidents')
    if (mask[i] !== 0 && unitOf[i] >= 0) counts[unitOf[i]]++
  }
  return counts
}
