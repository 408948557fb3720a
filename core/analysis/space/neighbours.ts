/**
 * Who is whose neighbour, as two arrays: the neighbours of place i are list[start[i]] … list[start[i + 1] − 1],
 * ascending. A place is never its own neighbour here; a statistic that counts it in adds it itself.
 */
import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { cellNeighbours, cellWidth, rowStep, sideNeighbours } from './grid.ts'
import { bucketPlaces } from './place-buckets.ts'

export interface Neighbours {
  readonly start: Int32Array
  readonly list: Int32Array
}

/** More than this would not fit beside the data (4 bytes each). */
export const MAXIMUM_NEIGHBOURS = 60_000_000

/** Distances a hair beyond the band, by rounding, are in it: one part in a thousand million. */
const TOLERANCE = 1 + 1e-9

/**
 * All places within a distance, its edge in.
 *
 * @param x eastings and `y` northings, metres, all finite
 * @param band metres, at least 0
 * @throws InputError E-MTH-NEIGHBOURS (more than 60 million neighbours)
 * Cost: O(n + pairs looked at), at most nine buckets of the band's width a place.
 */
export function neighboursWithin(
  x: Float64Array,
  y: Float64Array,
  band: number,
  control?: Control,
): Neighbours {
  const { side, columns, west, south, start: from, order } = bucketPlaces(x, y, band)
  const n = x.length
  const limit = band * band * TOLERANCE * TOLERANCE
  const start = new Int32Array(n + 1)
  let list = new Int32Array(0)
  // Twice: first to count, then to fill.
  for (let pass = 0; pass < 2; pass++) {
    let at = 0
    for (let i = 0; i < n; i++) {
      if ((i & 1023) === 0) control?.tick((pass + i / n) / 2, 'Finding neighbours')
      const first = at
      const bucket = (Math.floor((y[i] - south) / side) + 1) * columns + Math.floor((x[i] - west) / side) + 1
      for (let row = bucket - columns - 1; row <= bucket + columns - 1; row += columns)
        for (let k = from[row]; k < from[row + 3]; k++) {
          const j = order[k]
          const dx = x[j] - x[i]
          const dy = y[j] - y[i]
          if (j === i || dx * dx + dy * dy > limit) continue
          if (pass === 1) list[at] = j
          at++
        }
      if (pass === 0) {
        start[i + 1] = at
        if (at > MAXIMUM_NEIGHBOURS) refuseSoMany(`a distance band of ${Math.round(band)} m`)
      } else list.subarray(first, at).sort()
    }
    if (pass === 0) list = new Int32Array(at)
  }
  return { start, list }
}

/**
 * The k nearest places of each. Of places equally far (to the thousandth of a square metre) those with the lower
 * number come first. Not symmetric: the nearest of a place on the rim may have nearer ones of its own.
 *
 * @param k at least 1; where there are no more than k others, all others
 * Cost: about O(n·k), by rings of buckets around each place.
 */
export function nearestNeighbours(
  x: Float64Array,
  y: Float64Array,
  k: number,
  control?: Control,
): Neighbours {
  const n = x.length
  const wanted = Math.max(0, Math.min(k, n - 1))
  if (n * wanted > MAXIMUM_NEIGHBOURS) refuseSoMany(`${k} nearest neighbours`)
  const buckets = bucketPlaces(x, y, bucketSide(x, y, Math.max(1, wanted / 4)))
  const start = new Int32Array(n + 1)
  const list = new Int32Array(n * wanted)
  const squares = new Float64Array(wanted)
  const nearest = new Int32Array(wanted)
  for (let i = 0; i < n; i++) {
    if ((i & 1023) === 0) control?.tick(i / n, 'Finding neighbours')
    findNearest(x, y, i, buckets, nearest, squares)
    list.set(nearest.sort(), i * wanted)
    start[i + 1] = (i + 1) * wanted
  }
  return { start, list }
}

/** Side of buckets that hold about `each` places where places are spread evenly. */
function bucketSide(x: Float64Array, y: Float64Array, each: number): number {
  const { side, columns, rows } = bucketPlaces(x, y, 0)
  return Math.sqrt(((columns - 2) * side * (rows - 2) * side * each) / Math.max(1, x.length))
}

/** Writes the nearest places to i, nearest first, with the squares of their distances in thousandths of m². */
function findNearest(
  x: Float64Array,
  y: Float64Array,
  i: number,
  { side, columns, rows, west, south, start, order }: ReturnType<typeof bucketPlaces>,
  nearest: Int32Array,
  squares: Float64Array,
): void {
  const wanted = nearest.length
  const column = Math.floor((x[i] - west) / side) + 1
  const row = Math.floor((y[i] - south) / side) + 1
  let found = 0
  for (let ring = 0; ring <= columns + rows; ring++) {
    // Nothing in this ring can be nearer than the places already found.
    const reach = (ring - 1) * side
    if (
      found === wanted &&
      (wanted === 0 || (ring > 0 && Math.round(reach * reach * 1000) > squares[found - 1]))
    )
      return
    for (let r = Math.max(0, row - ring); r <= Math.min(rows - 1, row + ring); r++) {
      const whole = Math.abs(r - row) === ring
      for (let c = column - ring; c <= column + ring; c += whole || ring === 0 ? 1 : 2 * ring) {
        if (c < 0 || c >= columns) continue
        for (let s = start[r * columns + c]; s < start[r * columns + c + 1]; s++) {
          const j = order[s]
          if (j === i) continue
          const square = Math.round(((x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2) * 1000)
          let at = found
          while (at > 0 && (squares[at - 1] > square || (squares[at - 1] === square && nearest[at - 1] > j)))
            at--
          if (at === wanted) continue
          if (found < wanted) found++
          for (let m = found - 1; m > at; m--) {
            squares[m] = squares[m - 1]
            nearest[m] = nearest[m - 1]
          }
          squares[at] = square
          nearest[at] = j
        }
      }
    }
  }
}

/** Row and column steps from a cell to its neighbours, those of even rows first, then those of odd rows. */
export type GridSteps = readonly [Int32Array, Int32Array]

/** The cells that touch a cell: all around it, or (squares only) those that share a side. */
export function stepsOfTouching(grid: GridSpec, sidesOnly: boolean): GridSteps {
  const five = { ...grid, columns: 5, rows: 6 }
  const around = sidesOnly ? sideNeighbours : cellNeighbours
  const steps = (row: number): Int32Array =>
    Int32Array.from(around(five, row * 5 + 2).flatMap((cell) => [Math.floor(cell / 5) - row, (cell % 5) - 2]))
  return [steps(2), steps(3)]
}

/** The cells whose centres lie within a distance, its edge in; the cell itself is not among them. */
export function stepsWithin(grid: GridSpec, band: number): GridSteps {
  const width = cellWidth(grid)
  const step = rowStep(grid)
  const limit = band * band * TOLERANCE * TOLERANCE
  const reachRows = Math.min(grid.rows, Math.floor((band * TOLERANCE) / step))
  const reachColumns = Math.min(grid.columns, Math.ceil((band * TOLERANCE) / width) + 1)
  const steps = (odd: boolean): Int32Array => {
    const found: number[] = []
    for (let r = -reachRows; r <= reachRows; r++) {
      // Odd rows of hexagons lie half a width to the right of even ones.
      const shift = grid.shape === 'square' || (r & 1) === 0 ? 0 : odd ? -0.5 : 0.5
      for (let c = -reachColumns; c <= reachColumns; c++) {
        const dx = (c + shift) * width
        const dy = r * step
        if ((r !== 0 || c !== 0) && dx * dx + dy * dy <= limit) found.push(r, c)
      }
    }
    return Int32Array.from(found)
  }
  return [steps(false), steps(true)]
}

/**
 * Neighbours among the tested cells of a grid, as places 0 … cells.length − 1 in the order of `cells`.
 *
 * @param cells numbers of the tested cells, ascending; cells that are not tested are nobody's neighbour
 * @throws InputError E-MTH-NEIGHBOURS
 */
export function neighboursOnGrid(grid: GridSpec, cells: Int32Array, steps: GridSteps): Neighbours {
  const { columns, rows } = grid
  const placeOf = new Int32Array(columns * rows).fill(-1)
  for (let i = 0; i < cells.length; i++) placeOf[cells[i]] = i
  const start = new Int32Array(cells.length + 1)
  let list = new Int32Array(0)
  for (let pass = 0; pass < 2; pass++) {
    let at = 0
    for (let i = 0; i < cells.length; i++) {
      const row = Math.floor(cells[i] / columns)
      const column = cells[i] - row * columns
      const moves = steps[row & 1]
      for (let k = 0; k < moves.length; k += 2) {
        const r = row + moves[k]
        const c = column + moves[k + 1]
        if (r < 0 || r >= rows || c < 0 || c >= columns) continue
        const j = placeOf[r * columns + c]
        if (j < 0) continue
        if (pass === 1) list[at] = j
        at++
      }
      if (pass === 0) {
        start[i + 1] = at
        if (at > MAXIMUM_NEIGHBOURS) refuseSoMany('these cells and this distance band')
      }
    }
    if (pass === 0) list = new Int32Array(at)
  }
  return { start, list }
}

function refuseSoMany(what: string): never {
  throw new InputError(
    'E-MTH-NEIGHBOURS',
    `With ${what} there would be more than ${MAXIMUM_NEIGHBOURS.toLocaleString('en-GB')} neighbours to hold.`,
    { cure: 'Choose a shorter distance band, fewer neighbours, or larger cells.' },
  )
}
