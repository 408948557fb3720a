import type { Control } from '#core/contract/method.ts'
import type { Units } from './units.ts'

/** The columns that say which unit a row is, for these units in this order. */
export function unitColumns(units: Units, order: ArrayLike<number>, control: Control) {
  const length = order.length
  const unit = new Array<string>(length)
  const cell = new Int32Array(length).fill(-1)
  const x = new Float64Array(length)
  const y = new Float64Array(length)
  for (let at = 0; at < length; at++) {
    if ((at & 0x1fff) === 0) control.tick(at / length, 'Naming')
    const which = order[at]
    unit[at] = units.label(which)
    x[at] = units.x[which]
    y[at] = units.y[which]
    if (units.cell !== null) cell[at] = units.cell[which]
  }
  return { unit, cell, x, y }
}
