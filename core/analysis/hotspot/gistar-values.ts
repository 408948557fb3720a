/**
 * The Getis–Ord statistic itself, for places anywhere and for the cells of a grid. Binary weights: 1 for a neighbour
 * within the distance band (its edge in), else 0.
 *
 * Gi* (a place is its own neighbour), n places, W_i neighbours including i:
 *   z_i = (Σ_j w_ij x_j − W_i·x̄) / (s·√((n·W_i − W_i²)/(n − 1))),  s² = Σ(x − x̄)²/n.
 * Gi (it is not): the same with mean and variance over the other n − 1 places, and n − 1, n − 2 for n, n − 1.
 *
 * NaN where it is undefined: fewer than two places (Gi: three), all values equal, no neighbour, or every place is one.
 *
 * @see Getis and Ord (1992) Geographical Analysis 24, 189–206; Ord and Getis (1995) Geographical Analysis 27, 286–306.
 * The z values equal those of spdep `localG`.
 */
import KDBush from 'kdbush'
import type { GridSpec } from '#core/contract/grid.ts'
import { cellWidth, rowStep } from '../space/grid.ts'

/**
 * z of Gi* (or Gi, without `includeSelf`) at each place.
 *
 * @param x eastings, `y` northings (metres, finite) and `values` (finite, any sign), all of one length
 * @param distanceBand metres, at least 0; places at exactly this distance are neighbours
 * Cost: O(n log n) and the neighbour pairs.
 */
export function gistarValues(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  values: ArrayLike<number>,
  distanceBand: number,
  includeSelf = true,
): Float64Array {
  const n = values.length
  const z = new Float64Array(n).fill(Number.NaN)
  if (n < 2) return z
  const index = new KDBush(n)
  for (let i = 0; i < n; i++) index.add(x[i], y[i])
  index.finish()
  const { mean, squares } = moments(values)
  for (let i = 0; i < n; i++) {
    let sum = 0
    let weight = 0
    // Ascending order, so that the sum has the same bytes whatever the index's layout.
    for (const j of index.within(x[i], y[i], distanceBand).sort((a, b) => a - b)) {
      if (j === i && !includeSelf) continue
      sum += values[j] - mean
      weight++
    }
    z[i] = includeSelf ? zStar(sum, weight, squares, n) : zOthers(sum, weight, squares, values, mean, i)
  }
  return z
}

/** What `gistarOnGrid` used, for the summary. */
export interface GridStatistic {
  /** One per entry of `cells`. */
  readonly z: Float64Array
  readonly mean: number
  /** s of the formula. */
  readonly deviation: number
  readonly distanceBand: number
}

/** Centres a hair beyond the band, by rounding, are in it: one part in a thousand million. */
const TOLERANCE = 1 + 1e-9

/** The distance to the furthest of the cells around a cell: one ring of neighbours. */
export function oneRing(grid: Pick<GridSpec, 'shape' | 'size'>): number {
  return grid.shape === 'square' ? grid.size * Math.SQRT2 : cellWidth(grid)
}

/**
 * z of Gi* over cells of a grid, by the distance between centres; cells that are not tested are nobody's neighbour.
 *
 * @param cells numbers of the tested cells, ascending, and `inside` 1 for each of them per cell of the grid
 * @param values one per cell of the grid
 * @param distanceBand metres; 0 for one ring of neighbours
 * Cost: cells × cells within the band.
 */
export function gistarOnGrid(
  grid: GridSpec,
  cells: Int32Array,
  inside: Uint8Array,
  values: ArrayLike<number>,
  distanceBand = 0,
): GridStatistic {
  const band = distanceBand > 0 ? distanceBand : oneRing(grid)
  const tested = new Float64Array(cells.length)
  for (let i = 0; i < cells.length; i++) tested[i] = values[cells[i]]
  const { mean, squares } = moments(tested)
  const offsets = [offsetsWithin(grid, band, 0), offsetsWithin(grid, band, 1)]
  const z = new Float64Array(cells.length)
  const { columns, rows } = grid
  for (let i = 0; i < cells.length; i++) {
    const row = Math.floor(cells[i] / columns)
    const column = cells[i] - row * columns
    const steps = offsets[row & 1]
    let sum = 0
    let weight = 0
    for (let k = 0; k < steps.length; k += 2) {
      const r = row + steps[k]
      const c = column + steps[k + 1]
      if (r < 0 || r >= rows || c < 0 || c >= columns) continue
      const cell = r * columns + c
      if (inside[cell] === 0) continue
      sum += values[cell] - mean
      weight++
    }
    z[i] = zStar(sum, weight, squares, cells.length)
  }
  return { z, mean, deviation: Math.sqrt(squares / cells.length), distanceBand: band }
}

/** Row and column steps to all cells within the band of a cell in an even (0) or odd (1) row, itself included. */
function offsetsWithin(grid: GridSpec, band: number, parity: number): Int32Array {
  const width = cellWidth(grid)
  const step = rowStep(grid)
  const limit = band * band * TOLERANCE * TOLERANCE
  const reachRows = Math.min(grid.rows, Math.floor((band * TOLERANCE) / step))
  const reachColumns = Math.min(grid.columns, Math.ceil((band * TOLERANCE) / width) + 1)
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

/** Mean, and the sum of squares about it. */
function moments(values: ArrayLike<number>): { mean: number; squares: number } {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  const mean = sum / values.length
  let squares = 0
  let varies = false
  for (let i = 0; i < values.length; i++) {
    squares += (values[i] - mean) * (values[i] - mean)
    if (values[i] !== values[0]) varies = true
  }
  // Equal values whose mean is rounded leave a residue that is not a variance.
  return { mean, squares: varies ? squares : 0 }
}

/** `sum` of the neighbours' values less the mean, `squares` about the mean over all n. */
function zStar(sum: number, weight: number, squares: number, n: number): number {
  const variance = (squares / n) * ((n * weight - weight * weight) / (n - 1))
  return weight > 0 && variance > 0 ? sum / Math.sqrt(variance) : Number.NaN
}

/** Mean and sum of squares without the place itself follow from those with it. */
function zOthers(
  sum: number,
  weight: number,
  squares: number,
  values: ArrayLike<number>,
  mean: number,
  i: number,
) {
  const m = values.length - 1
  const own = values[i] - mean
  const meanOfOthers = -own / m
  let without = squares - own * own - m * meanOfOthers * meanOfOthers
  // One place far above all others: the difference is mostly rounding, so it is added up afresh.
  if (without < 1e-6 * squares) without = squaresOfOthers(values, i)
  const variance = (without / m) * ((m * weight - weight * weight) / (m - 1))
  return weight > 0 && variance > 0 ? (sum - weight * meanOfOthers) / Math.sqrt(variance) : Number.NaN
}

function squaresOfOthers(values: ArrayLike<number>, i: number): number {
  const others: number[] = []
  for (let j = 0; j < values.length; j++) if (j !== i) others.push(values[j])
  return moments(others).squares
}
