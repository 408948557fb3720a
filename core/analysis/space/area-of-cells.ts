import type { Rings } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { cellWidth, cellX, rowStep } from './grid.ts'
import { leftOfEdge, ringsBox } from './polygon.ts'

/**
 * Index of the area that holds the centre of each cell, −1 for none; where areas overlap, the first of the list.
 * The same answer as `pointInRings` at every centre, found a row at a time: an edge changes the state of all
 * centres to its left, so each row costs its edges and its cells and not their product.
 *
 * @param areas rings in metres
 * @returns one index per cell of the grid, by cell number
 */
export function areaOfCells(grid: GridSpec, areas: readonly { readonly rings: Rings }[]): Int32Array {
  const found = new Int32Array(grid.rows * grid.columns).fill(-1)
  const step = rowStep(grid)
  const flips = new Uint8Array(grid.columns + 1)
  areas.forEach(({ rings }, area) => {
    const [, south, , north] = ringsBox(rings)
    if (!(south <= north)) return
    const first = Math.max(0, Math.floor((south - grid.originY) / step) - 1)
    const last = Math.min(grid.rows - 1, Math.ceil((north - grid.originY) / step) + 1)
    const edges = edgesByRow(rings, grid, first, last)
    for (let row = first; row <= last; row++) {
      const listed = edges.start[row - first + 1] - edges.start[row - first]
      if (listed === 0) continue
      flips.fill(0)
      for (let k = edges.start[row - first]; k < edges.start[row - first + 1]; k++)
        flips[columnsLeftOf(grid, row, edges.flat, edges.list[k] * 4)] ^= 1
      let inside = 0
      for (let column = grid.columns; column > 0; column--) {
        inside ^= flips[column]
        const cell = row * grid.columns + column - 1
        if (inside === 1 && found[cell] === -1) found[cell] = area
      }
    }
  })
  return found
}

interface EdgesByRow {
  readonly start: Int32Array
  readonly list: Int32Array
  readonly flat: Float64Array
}

/** The edges that cross each row of centres, lower end in, upper end out. */
function edgesByRow(rings: Rings, grid: GridSpec, first: number, last: number): EdgesByRow {
  let corners = 0
  for (const ring of rings) corners += ring.length
  const flat = new Float64Array(corners * 4)
  const from = new Int32Array(corners)
  const to = new Int32Array(corners)
  const start = new Int32Array(Math.max(0, last - first + 1) + 1)
  let count = 0
  for (const ring of rings) {
    let previous = ring[ring.length - 1]
    for (const point of ring) {
      const [low, high] = previous[1] <= point[1] ? [previous, point] : [point, previous]
      const lowRow = Math.max(first, firstRowAtOrAbove(grid, low[1]))
      const highRow = Math.min(last + 1, firstRowAtOrAbove(grid, high[1]))
      if (lowRow < highRow) {
        flat.set([low[0], low[1], high[0], high[1]], count * 4)
        from[count] = lowRow - first
        to[count] = highRow - first
        for (let row = from[count]; row < to[count]; row++) start[row + 1]++
        count++
      }
      previous = point
    }
  }
  for (let row = 0; row + 1 < start.length; row++) start[row + 1] += start[row]
  const list = new Int32Array(start[start.length - 1])
  const next = start.slice()
  for (let edge = 0; edge < count; edge++)
    for (let row = from[edge]; row < to[edge]; row++) list[next[row]++] = edge
  return { start, list, flat }
}

/** Northing of a row of centres, the very value `cellY` gives. */
function rowY(grid: GridSpec, row: number): number {
  return grid.originY + (grid.shape === 'square' ? (row + 0.5) * grid.size : 3 * row * (grid.size * 0.5))
}

function firstRowAtOrAbove(grid: GridSpec, y: number): number {
  let row = Math.floor((y - grid.originY) / rowStep(grid)) - 1
  while (rowY(grid, row) < y) row++
  return row
}

/** How many centres of a row lie left of a rising edge: a guess from the crossing, put right by the exact test. */
function columnsLeftOf(grid: GridSpec, row: number, flat: Float64Array, e: number): number {
  const x1 = flat[e]
  const y1 = flat[e + 1]
  const x2 = flat[e + 2]
  const y2 = flat[e + 3]
  const y = rowY(grid, row)
  const base = row * grid.columns
  const crossing = x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)
  const guess = Math.ceil((crossing - cellX(grid, base)) / cellWidth(grid))
  let columns = Math.max(0, Math.min(grid.columns, guess))
  while (columns > 0 && !leftOfEdge(x1, y1, x2, y2, cellX(grid, base + columns - 1), y)) columns--
  while (columns < grid.columns && leftOfEdge(x1, y1, x2, y2, cellX(grid, base + columns), y)) columns++
  return columns
}
