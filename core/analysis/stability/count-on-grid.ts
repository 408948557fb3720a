import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { locateCells } from '../space/grid.ts'
import { ROWS_PER_TICK } from '../space/study-grid.ts'

/** Where chosen ground ended up on another grid; one number per chosen cell. */
export interface ChosenOnGrid {
  /** Share of its incidents in the top cells. */
  readonly covered: Float64Array
  /** Rank of the cell that holds most of them, ties in rank sharing the best. */
  readonly rank: Float64Array
}

/**
 * Counts places on a grid and looks up chosen ones. Memory goes by the places, not by the cells.
 *
 * @param chosenOf number of the chosen cell each place belongs to, −1 for none
 * @param top cells with fewer fuller ones than this are the top
 */
export function countOnGrid(
  grid: GridSpec,
  x: Float64Array,
  y: Float64Array,
  chosenOf: Int32Array,
  chosen: number,
  top: number,
  control: Control,
): ChosenOnGrid {
  const n = x.length
  const cellOf = new Int32Array(n)
  for (let from = 0; from < n; from += ROWS_PER_TICK) {
    locateCells(grid, x, y, undefined, cellOf, from, Math.min(n, from + ROWS_PER_TICK))
    control.tick(from / n, 'Moving the grid')
  }
  const sorted = cellOf.slice().sort()
  let cells = 0
  for (let i = 0; i < n; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) cells++
  const number = new Int32Array(cells)
  const count = new Int32Array(cells)
  for (let i = 0, at = -1; i < n; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) number[++at] = sorted[i]
    count[at]++
  }
  const ranked = count.slice().sort()
  const rankOf = (value: number): number => cells - firstAbove(ranked, value) + 1

  const all = new Float64Array(chosen)
  const inTop = new Float64Array(chosen)
  const most = new Float64Array(chosen)
  const rank = new Float64Array(chosen).fill(Number.NaN)
  const held = new Map<number, number>()
  for (let i = 0; i < n; i++) {
    const which = chosenOf[i]
    if (which < 0) continue
    if ((i & 0x3fff) === 0) control.tick(i / n, 'Moving the grid')
    const at = firstAbove(number, cellOf[i]) - 1
    const place = rankOf(count[at])
    all[which]++
    if (place <= top) inTop[which]++
    const key = which * cells + at
    const here = (held.get(key) ?? 0) + 1
    held.set(key, here)
    // Of two cells that hold as much of it the better placed.
    if (here > most[which] || (here === most[which] && place < rank[which])) {
      most[which] = here
      rank[which] = place
    }
  }
  return { covered: inTop.map((inside, which) => inside / all[which]), rank }
}

/** Position of the first of sorted values above this one. */
function firstAbove(sorted: Int32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] <= value) low = middle + 1
    else high = middle
  }
  return low
}
