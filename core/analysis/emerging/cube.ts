import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { oneRing } from '../hotspot/gistar-values.ts'
import { cellWidth, rowStep } from '../space/grid.ts'
import type { TimeSteps } from './time-steps.ts'

/** Incidents by cell and time step. */
export interface Cube {
  readonly grid: GridSpec
  /** Cells that are tested, ascending. */
  readonly cells: Int32Array
  readonly steps: number
  /** 1 where the files hold the step; other steps are gaps. */
  readonly present: Uint8Array
  /** Count of cell k of `cells` in step t at `t · cells.length + k`. */
  readonly counts: Uint32Array
}

/** Counts of tested cells; `cellOf` and `stepOf` are −1 for incidents that are not counted. */
export function fillCube(
  grid: GridSpec,
  cells: Int32Array,
  timeSteps: TimeSteps,
  cellOf: Int32Array,
  stepOf: Int32Array,
): { readonly cube: Cube; readonly counted: number; readonly inGaps: number } {
  const place = new Int32Array(grid.columns * grid.rows).fill(-1)
  for (let k = 0; k < cells.length; k++) place[cells[k]] = k
  const counts = new Uint32Array(cells.length * timeSteps.count)
  let [counted, inGaps] = [0, 0]
  for (let row = 0; row < cellOf.length; row++) {
    if (cellOf[row] < 0 || stepOf[row] < 0 || place[cellOf[row]] < 0) continue
    if (timeSteps.present[stepOf[row]] === 0) {
      inGaps++
      continue
    }
    counts[stepOf[row] * cells.length + place[cellOf[row]]]++
    counted++
  }
  return {
    cube: { grid, cells, steps: timeSteps.count, present: timeSteps.present, counts },
    counted,
    inGaps,
  }
}

export interface CubeStatistic {
  /** z of each bin, laid out as the counts; NaN in gaps and where it is undefined. */
  readonly z: Float64Array
  /** Bins that are not gaps. */
  readonly bins: number
  readonly mean: number
  readonly deviation: number
  readonly distanceBand: number
}

/**
 * Gi* of every bin of a cube: its neighbours are the tested cells within the distance band, itself included, in its
 * own step and in `earlier` steps before it. The mean and variance are those of the whole cube, so that a cell may be
 * hot in a busy year and not in a quiet one.
 *
 *     z = (Σ_j x_j − W·x̄) / (s·√((n·W − W²)/(n − 1))),  s² = Σ(x − x̄)²/n over the n bins that are not gaps
 *
 * A step that is a gap is nobody's neighbour: the bin after it has fewer.
 *
 * @param distanceBand metres between centres; 0 for one ring
 * Cost: bins × neighbours in space; 8 bytes a bin and two rows of cells.
 */
export function gistarOfCube(
  cube: Cube,
  distanceBand: number,
  earlier: number,
  control: Control,
): CubeStatistic {
  const { grid, cells, steps, present, counts } = cube
  const band = distanceBand > 0 ? distanceBand : oneRing(grid)
  const width = cells.length
  const z = new Float64Array(counts.length).fill(Number.NaN)
  const { bins, mean, squares } = momentsOf(cube)
  const { start, list } = neighboursOf(grid, cells, band)
  const deviation = Math.sqrt(squares / bins)
  const statistic = { z, bins, mean, deviation, distanceBand: band }
  if (bins < 2 || !(deviation > 0)) return statistic
  // Sums over the neighbours in space, one row for each step still needed.
  const sums = Array.from({ length: earlier + 1 }, () => new Float64Array(width))
  for (let step = 0; step < steps; step++) {
    control.tick(step / steps, 'Testing cells and steps')
    if (present[step] === 0) continue
    const own = sums[step % (earlier + 1)]
    const row = step * width
    for (let k = 0; k < width; k++) {
      let sum = 0
      for (let at = start[k]; at < start[k + 1]; at++) sum += counts[row + list[at]]
      own[k] = sum
    }
    for (let k = 0; k < width; k++) {
      let sum = 0
      let layers = 0
      for (let back = 0; back <= earlier && back <= step; back++) {
        if (present[step - back] === 0) continue
        sum += sums[(step - back) % (earlier + 1)][k]
        layers++
      }
      const weight = layers * (start[k + 1] - start[k])
      const spread = (bins * weight - weight * weight) / (bins - 1)
      if (spread > 0) z[row + k] = (sum - weight * mean) / (deviation * Math.sqrt(spread))
    }
  }
  return statistic
}

function momentsOf({ cells, steps, present, counts }: Cube): { bins: number; mean: number; squares: number } {
  const width = cells.length
  let bins = 0
  let sum = 0
  let sumOfSquares = 0
  for (let step = 0; step < steps; step++) {
    if (present[step] === 0) continue
    bins += width
    for (let at = step * width; at < (step + 1) * width; at++) {
      sum += counts[at]
      sumOfSquares += counts[at] * counts[at]
    }
  }
  // Counts are whole numbers: both sums are exact, and equal counts leave exactly nothing.
  return { bins, mean: sum / bins, squares: (bins * sumOfSquares - sum * sum) / bins }
}

/** Rounded centres a hair beyond the band are in it. */
const TOLERANCE = 1 + 1e-9

/** Positions in `cells` of the tested cells within the band of each, itself included. */
function neighboursOf(
  grid: GridSpec,
  cells: Int32Array,
  band: number,
): { readonly start: Int32Array; readonly list: Int32Array } {
  const { columns, rows } = grid
  const place = new Int32Array(columns * rows).fill(-1)
  for (let k = 0; k < cells.length; k++) place[cells[k]] = k
  const offsets = [offsetsWithin(grid, band, 0), offsetsWithin(grid, band, 1)]
  const start = new Int32Array(cells.length + 1)
  const found: number[] = []
  for (let k = 0; k < cells.length; k++) {
    const row = Math.floor(cells[k] / columns)
    const column = cells[k] - row * columns
    const steps = offsets[row & 1]
    for (let at = 0; at < steps.length; at += 2) {
      const r = row + steps[at]
      const c = column + steps[at + 1]
      if (r < 0 || r >= rows || c < 0 || c >= columns) continue
      const neighbour = place[r * columns + c]
      if (neighbour >= 0) found.push(neighbour)
    }
    start[k + 1] = found.length
  }
  return { start, list: Int32Array.from(found) }
}

/** Row and column steps to the cells within the band of a cell in an even (0) or odd (1) row, itself included. */
function offsetsWithin(grid: GridSpec, band: number, parity: number): Int32Array {
  const width = cellWidth(grid)
  const step = rowStep(grid)
  const limit = (band * TOLERANCE) ** 2
  const reachRows = Math.min(grid.rows, Math.floor((band * TOLERANCE) / step))
  const reachColumns = Math.min(grid.columns, Math.ceil(band / width) + 1)
  const found: number[] = []
  for (let r = -reachRows; r <= reachRows; r++) {
    // Odd rows of hexagons lie half a width to the right of even ones.
    const shift = grid.shape === 'square' || (r & 1) === 0 ? 0 : parity === 0 ? 0.5 : -0.5
    for (let c = -reachColumns; c <= reachColumns; c++) {
      const dx = (c + shift) * width
      const dy = r * step
      if (dx * dx + dy * dy <= limit) found.push(r, c)
    }
  }
  return Int32Array.from(found)
}
