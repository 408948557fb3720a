import type { Control } from '#core/contract/method.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'

/**
 * Places in the order of square cells, row by row, so that what is near in space is near in memory, and the places
 * within `reach` of a place lie in a few runs of cells after it. In shared memory.
 */
export interface SpaceOrder {
  readonly x: Float64Array
  readonly y: Float64Array
  /** Position in the caller's order of each place. */
  readonly source: Int32Array
  readonly reach: number
  readonly manhattan: boolean
  readonly west: number
  readonly south: number
  /** Side of a cell. */
  readonly cell: number
  readonly columns: number
  readonly rows: number
  /** First place of each cell, and the end. */
  readonly start: Int32Array
}

/**
 * Puts places in order. Within a cell by x, y and then `tie` (a day): so everything that follows from the order is
 * the same however the rows of the data were ordered.
 *
 * @param x eastings, `y` northings, metres, finite
 * @param reach metres, above 0
 * Cost: O(n log n); 28 bytes a place and at most 20 for cells.
 */
export function orderInSpace(
  x: Float64Array,
  y: Float64Array,
  tie: ArrayLike<number>,
  reach: number,
  manhattan: boolean,
): SpaceOrder {
  const n = x.length
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < n; i++) {
    if (x[i] < west) west = x[i]
    if (x[i] > east) east = x[i]
    if (y[i] < south) south = y[i]
    if (y[i] > north) north = y[i]
  }
  // A quarter of the reach, so that few looks at places too far are in vain; no more than a few cells a place.
  const side = Math.sqrt(((east - west) * (north - south)) / (4 * n + 64))
  const cell = Math.max(reach / 4, side, (east - west) / 20000, (north - south) / 20000)
  const columns = n === 0 ? 0 : Math.floor((east - west) / cell) + 1
  const rows = n === 0 ? 0 : Math.floor((north - south) / cell) + 1
  const start = sharedInt32(columns * rows + 1)
  const cellOf = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    cellOf[i] = Math.floor((y[i] - south) / cell) * columns + Math.floor((x[i] - west) / cell)
    start[cellOf[i] + 1]++
  }
  for (let c = 0; c < columns * rows; c++) start[c + 1] += start[c]
  const source = sharedInt32(n)
  const next = start.slice(0, columns * rows)
  for (let i = 0; i < n; i++) source[next[cellOf[i]]++] = i
  const compare = (a: number, b: number): number => x[a] - x[b] || y[a] - y[b] || tie[a] - tie[b] || a - b
  for (let c = 0; c < columns * rows; c++)
    if (start[c + 1] - start[c] > 1) source.subarray(start[c], start[c + 1]).sort(compare)
  const sortedX = sharedFloat64(n)
  const sortedY = sharedFloat64(n)
  for (let p = 0; p < n; p++) {
    sortedX[p] = x[source[p]]
    sortedY[p] = y[source[p]]
  }
  return { x: sortedX, y: sortedY, source, reach, manhattan, west, south, cell, columns, rows, start }
}

/** Pairs handed over at once. */
export const PAIRS_AT_ONCE = 1024

/** Takes `count` pairs: places `a[k]` before `b[k]` in the order, `distance[k]` metres apart, at most the reach. */
export type TakePairs = (a: Int32Array, b: Int32Array, distance: Float64Array, count: number) => void

/**
 * Hands over every pair of places at most `reach` apart, each once, in the same order each time; none is kept.
 *
 * Cost: about 25 ns a pair where places are many.
 */
export function streamPairs(order: SpaceOrder, take: TakePairs, control: Control, stage: string): void {
  const { x, y, reach, manhattan, columns, rows, start } = order
  const a = new Int32Array(PAIRS_AT_ONCE)
  const b = new Int32Array(PAIRS_AT_ONCE)
  const distance = new Float64Array(PAIRS_AT_ONCE)
  const widths = widthsOfRows(order)
  const runFrom = new Int32Array(widths.length)
  const runTo = new Int32Array(widths.length)
  // By the square first, which is cheap; the root decides.
  const square = reach * reach * (1 + 1e-9)
  let count = 0
  let looked = 0
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const here = row * columns + column
      const end = start[here + 1]
      if (start[here] === end) continue
      let runs = 0
      let candidates = 0
      for (let up = 0; up < widths.length && row + up < rows; up++) {
        const line = (row + up) * columns
        const east = Math.min(columns - 1, column + widths[up])
        const west = up === 0 ? column : Math.max(0, column - widths[up])
        runFrom[runs] = start[line + west]
        runTo[runs] = start[line + east + 1]
        // Empty runs are common where places are few.
        if (runTo[runs] > runFrom[runs]) candidates += runTo[runs] - runFrom[runs++]
      }
      for (let p = start[here]; p < end; p++) {
        const px = x[p]
        const py = y[p]
        for (let run = 0; run < runs; run++) {
          const to = runTo[run]
          for (let q = run === 0 ? p + 1 : runFrom[run]; q < to; q++) {
            const dx = Math.abs(x[q] - px)
            const dy = Math.abs(y[q] - py)
            let d = dx + dy
            if (!manhattan) {
              if (dx * dx + dy * dy > square) continue
              d = Math.sqrt(dx * dx + dy * dy)
            }
            if (d > reach) continue
            a[count] = p
            b[count] = q
            distance[count++] = d
            if (count === PAIRS_AT_ONCE) {
              take(a, b, distance, count)
              count = 0
            }
          }
        }
      }
      looked += candidates * (end - start[here])
      if (looked > 500_000) {
        control.tick(end / x.length, stage)
        looked = 0
      }
    }
  if (count > 0) take(a, b, distance, count)
}

/** How many cells to either side can hold a place within reach, by rows of cells further up; a hair generous. */
function widthsOfRows({ reach, manhattan, cell }: SpaceOrder): Int32Array {
  const far = reach * (1 + 1e-9)
  const rows = Math.floor(far / cell) + 2
  const widths: number[] = []
  for (let up = 0; up < rows; up++) {
    const rise = Math.max(0, up - 1) * cell
    if (rise > far) break
    const left = manhattan ? far - rise : Math.sqrt(far * far - rise * rise)
    widths.push(Math.floor(left / cell) + 1)
  }
  return Int32Array.from(widths)
}
