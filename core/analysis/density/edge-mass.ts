/**
 * How much of a kernel lies inside the study area: the divisor of an edge correction. The area is its cells (those
 * with their centre inside), the mass a sum over cell centres, divided by the same sum without a boundary: exactly 1
 * where the kernel does not reach the boundary, whatever the cell size.
 */
import type { GridSpec } from '#core/contract/grid.ts'
import { InputError } from '#core/contract/problem.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import { type Kernel, kernelReach, kernelShape } from './kernels.ts'

/** The inside cells of each row as runs of columns [from, to), one after another; shared between workers. */
export interface InsideRuns {
  readonly start: Int32Array
  readonly runs: Int32Array
}

/** A kernel row by row: `cumulative[dy][k]` sums its first k columns, from −reach. Shared between workers. */
export interface MassProfile {
  /** Cells the kernel reaches in every direction. */
  readonly reach: number
  readonly cumulative: Float64Array
  readonly total: number
}

/** A profile of a wider kernel would not fit beside the data. */
const WIDEST = 1500

/** @param inside 1 per cell */
export function insideRuns({ columns, rows }: GridSpec, inside: Uint8Array): InsideRuns {
  const start = sharedInt32(rows + 1)
  let count = 0
  for (let cell = 0; cell < inside.length; cell++)
    if (inside[cell] === 1 && (cell % columns === 0 || inside[cell - 1] === 0)) count++
  const runs = sharedInt32(2 * count)
  let at = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (inside[row * columns + column] === 0) continue
      runs[at++] = column
      while (column < columns && inside[row * columns + column] === 1) column++
      runs[at++] = column
    }
    start[row + 1] = at
  }
  return { start, runs }
}

/**
 * @param bandwidth metres
 * @throws InputError E-MTH-EDGE (the kernel reaches more than 1,500 cells)
 * Cost: 8 bytes × twice the square of the reach in cells, 36 MB at most.
 */
export function massProfile(kernel: Kernel, bandwidth: number, size: number): MassProfile {
  const reach = Math.ceil(kernelReach(kernel, bandwidth) / size)
  if (reach > WIDEST)
    throw new InputError(
      'E-MTH-EDGE',
      `The kernel reaches ${reach.toLocaleString('en-GB')} cells: too many to correct for the boundary.`,
      { cure: 'Choose larger cells, a smaller bandwidth, or no correction.' },
    )
  const width = 2 * reach + 2
  const cumulative = sharedFloat64((reach + 1) * width)
  let total = 0
  for (let dy = 0; dy <= reach; dy++) {
    for (let k = 0; k <= 2 * reach; k++) {
      const square = ((k - reach) ** 2 + dy ** 2) * (size / bandwidth) ** 2
      cumulative[dy * width + k + 1] = cumulative[dy * width + k] + kernelShape(kernel, square)
    }
    total += (dy === 0 ? 1 : 2) * cumulative[dy * width + width - 1]
  }
  return { reach, cumulative, total }
}

/** Share of a kernel centred on a cell that lies inside, in (0, 1] for a cell that is inside itself. */
export function massInside(
  { rows, columns }: GridSpec,
  { start, runs }: InsideRuns,
  { reach, cumulative, total }: MassProfile,
  cell: number,
): number {
  const row = Math.floor(cell / columns)
  const column = cell - row * columns
  const width = 2 * reach + 2
  let mass = 0
  let whole = true
  for (let r = row - reach; r <= row + reach; r++) {
    const base = Math.abs(r - row) * width
    const full = cumulative[base + width - 1]
    let found = 0
    if (r >= 0 && r < rows)
      for (let k = start[r]; k < start[r + 1]; k += 2) {
        const from = Math.max(0, runs[k] - column + reach)
        const to = Math.min(width - 1, runs[k + 1] - column + reach)
        if (from < to) found += cumulative[base + to] - cumulative[base + from]
      }
    if (found !== full) whole = false
    mass += found
  }
  return whole ? 1 : mass / total
}

/** As `massInside`, for a kernel with a bandwidth of its own: summed cell by cell, no profile needed. */
export function massInsideOf(
  kernel: Kernel,
  bandwidth: number,
  { rows, columns, size }: GridSpec,
  { start, runs }: InsideRuns,
  cell: number,
): number {
  const reach = Math.ceil(kernelReach(kernel, bandwidth) / size)
  const row = Math.floor(cell / columns)
  const column = cell - row * columns
  if (isDeep(rows, { start, runs }, row, column, reach)) return 1
  const scale = (size / bandwidth) ** 2
  let mass = 0
  let total = 0
  for (let dy = -reach; dy <= reach; dy++) {
    const r = row + dy
    for (let dx = -reach; dx <= reach; dx++) total += kernelShape(kernel, (dx * dx + dy * dy) * scale)
    if (r < 0 || r >= rows) continue
    for (let k = start[r]; k < start[r + 1]; k += 2) {
      const last = Math.min(reach, runs[k + 1] - 1 - column)
      for (let dx = Math.max(-reach, runs[k] - column); dx <= last; dx++)
        mass += kernelShape(kernel, (dx * dx + dy * dy) * scale)
    }
  }
  return mass / total
}

/** True when the square of cells around a cell lies inside. */
function isDeep(
  rows: number,
  { start, runs }: InsideRuns,
  row: number,
  column: number,
  reach: number,
): boolean {
  if (row - reach < 0 || row + reach >= rows) return false
  for (let r = row - reach; r <= row + reach; r++) {
    let covered = false
    for (let k = start[r]; k < start[r + 1] && !covered; k += 2)
      covered = runs[k] <= column - reach && runs[k + 1] > column + reach
    if (!covered) return false
  }
  return true
}
