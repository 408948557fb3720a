/** How a grid's rows are cut into bands, each a part of the work. By the question alone, never by who does it. */
import type { GridSpec } from '#core/contract/grid.ts'
import type { RowCounts } from './place-strips.ts'

/** Nanoseconds: an incident in a row's reach, a cell, and what a part should take. */
const PER_VISIT = 1.5
const PER_CELL = 1
const PER_PART = 8e6
const MOST_PARTS = 32

/** An adaptive kernel is wide where incidents are few: every row is about as much work. */
export function bandsOfEqualHeight({ rows }: GridSpec): Int32Array {
  const bands = Math.min(MOST_PARTS, rows)
  return Int32Array.from({ length: bands + 1 }, (_, band) => Math.round((band * rows) / bands))
}

/** Cuts the rows where about as many incidents are in reach; bands much shorter than the kernel visit most twice. */
export function bandsOfEqualWork(
  { below, pad }: RowCounts,
  { rows, columns, size }: GridSpec,
  reach: number,
): Int32Array {
  const across = Math.min(columns, (Math.PI / 2) * (reach / size))
  const cost = new Float64Array(rows)
  let total = 0
  for (let row = 0; row < rows; row++) {
    cost[row] = (below[row + 2 * pad + 1] - below[row]) * across * PER_VISIT + columns * PER_CELL
    total += cost[row]
  }
  const target = total / Math.min(MOST_PARTS, Math.max(1, Math.ceil(total / PER_PART)))
  const cuts = [0]
  let gathered = 0
  for (let row = 0; row < rows; row++) {
    gathered += cost[row]
    if (gathered >= target && row + 1 - cuts[cuts.length - 1] >= pad / 2 && row + 1 < rows) {
      cuts.push(row + 1)
      gathered = 0
    }
  }
  return Int32Array.from([...cuts, rows])
}
