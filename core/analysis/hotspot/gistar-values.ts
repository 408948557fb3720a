/**
 * The Getis–Ord statistic itself, for places anywhere and for the cells of a grid. Binary weights: 1 for a neighbour,
 * else 0.
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
import type { GridSpec } from '#core/contract/grid.ts'
import { cellWidth } from '../space/grid.ts'
import { type GridSteps, type Neighbours, neighboursWithin, stepsWithin } from '../space/neighbours.ts'

/** What the neighbours of each place add up to; the place itself is not among them. */
export interface NeighbourSums {
  readonly degree: Int32Array
  readonly sum: Float64Array
}

/**
 * z of Gi* (or Gi, without `includeSelf`) at each place.
 *
 * @param x eastings, `y` northings (metres, finite) and `values` (finite, any sign), all of one length
 * @param distanceBand metres, at least 0; places at exactly this distance are neighbours
 * Cost: O(n) and the neighbour pairs.
 */
export function gistarValues(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  values: ArrayLike<number>,
  distanceBand: number,
  includeSelf = true,
): Float64Array {
  const neighbours = neighboursWithin(Float64Array.from(x), Float64Array.from(y), distanceBand)
  return gistarOfSums(values, sumsOfNeighbours(values, neighbours), includeSelf).z
}

/** z of Gi* (or Gi) from what the neighbours add up to. NaN where undefined. O(n). */
export function gistarOfSums(
  values: ArrayLike<number>,
  { degree, sum }: NeighbourSums,
  includeSelf: boolean,
): { readonly z: Float64Array; readonly mean: number; readonly deviation: number } {
  const n = values.length
  const { mean, squares } = moments(values)
  const z = new Float64Array(n).fill(Number.NaN)
  for (let i = 0; i < n; i++)
    if (n > 1 && (includeSelf || degree[i] > 0))
      z[i] = includeSelf
        ? zStar(sum[i] + values[i] - (degree[i] + 1) * mean, degree[i] + 1, squares, n)
        : zOthers(sum[i], degree[i], squares, values, mean, i)
  return { z, mean, deviation: Math.sqrt(squares / n) }
}

/** Sums over neighbours given as a list. */
export function sumsOfNeighbours(values: ArrayLike<number>, { start, list }: Neighbours): NeighbourSums {
  const n = start.length - 1
  const degree = new Int32Array(n)
  const sum = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let total = 0
    for (let k = start[i]; k < start[i + 1]; k++) total += values[list[k]]
    sum[i] = total
    degree[i] = start[i + 1] - start[i]
  }
  return { degree, sum }
}

/**
 * Sums over the neighbours of cells of a grid, without a list of them; cells that are not tested are nobody's
 * neighbour.
 *
 * @param cells numbers of the tested cells, ascending, and `inside` 1 for each of them per cell of the grid
 * @param values one per cell of the grid
 * Cost: cells × steps.
 */
export function sumsOnGrid(
  grid: GridSpec,
  cells: Int32Array,
  inside: Uint8Array,
  values: ArrayLike<number>,
  steps: GridSteps,
): NeighbourSums {
  const { columns, rows } = grid
  const degree = new Int32Array(cells.length)
  const sum = new Float64Array(cells.length)
  for (let i = 0; i < cells.length; i++) {
    const row = Math.floor(cells[i] / columns)
    const column = cells[i] - row * columns
    const moves = steps[row & 1]
    let total = 0
    let count = 0
    for (let k = 0; k < moves.length; k += 2) {
      const r = row + moves[k]
      const c = column + moves[k + 1]
      if (r < 0 || r >= rows || c < 0 || c >= columns) continue
      const cell = r * columns + c
      if (inside[cell] === 0) continue
      total += values[cell]
      count++
    }
    sum[i] = total
    degree[i] = count
  }
  return { degree, sum }
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

/** The distance to the furthest of the cells around a cell: one ring of neighbours. */
export function oneRing(grid: Pick<GridSpec, 'shape' | 'size'>): number {
  return grid.shape === 'square' ? grid.size * Math.SQRT2 : cellWidth(grid)
}

/**
 * z of Gi* over cells of a grid, by the distance between centres.
 *
 * @param cells, inside, values as in `sumsOnGrid`
 * @param distanceBand metres; 0 for one ring of neighbours
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
  const sums = sumsOnGrid(grid, cells, inside, values, stepsWithin(grid, band))
  return { ...gistarOfSums(tested, sums, true), distanceBand: band }
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

/** Mean and sum of squares without the place itself follow from those with it; `sum` of the neighbours' values. */
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
  let meanOfOthers = mean - own / m
  let without = squares - own * own - (own * own) / m
  // One place far above all others: the difference is mostly rounding, so it is added up afresh.
  if (without < 1e-6 * squares) ({ mean: meanOfOthers, squares: without } = momentsOfOthers(values, i))
  const variance = (without / m) * ((m * weight - weight * weight) / (m - 1))
  return variance > 0 ? (sum - weight * meanOfOthers) / Math.sqrt(variance) : Number.NaN
}

function momentsOfOthers(values: ArrayLike<number>, i: number): { mean: number; squares: number } {
  const others: number[] = []
  for (let j = 0; j < values.length; j++) if (j !== i) others.push(values[j])
  return moments(others)
}
