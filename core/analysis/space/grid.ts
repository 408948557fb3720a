/**
 * Cells of a grid on the National Grid (`contract/grid.ts`): which cell a place is in, where a cell is, who its
 * neighbours are. Every vertex is made from whole numbers of half-widths and half-sides, so that two cells that
 * share a corner have the very same coordinates for it.
 */
import type { Box, Position } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { InputError } from '#core/contract/problem.ts'

const SQRT3 = Math.sqrt(3)

/** More cells than this would not fit beside the data; a coarser cell or a smaller area is the cure. */
export const MAXIMUM_CELLS = 30_000_000

/** Distance between the centres of two cells of a row, metres. */
export function cellWidth(grid: Pick<GridSpec, 'shape' | 'size'>): number {
  return grid.shape === 'square' ? grid.size : SQRT3 * grid.size
}

/** Distance between two rows of centres, metres. */
export function rowStep(grid: Pick<GridSpec, 'shape' | 'size'>): number {
  return grid.shape === 'square' ? grid.size : 1.5 * grid.size
}

/** Area of one cell, m². */
export function cellArea(grid: Pick<GridSpec, 'shape' | 'size'>): number {
  return grid.shape === 'square' ? grid.size * grid.size : 1.5 * SQRT3 * grid.size * grid.size
}

/**
 * The smallest grid that covers a box, its origin a whole number of cells (and, for hexagons, an even number of
 * rows) from the fixed origin: grids over different data share their cells.
 *
 * @param box west, south, east, north in metres; a box of no extent gives the cell or cells around it
 * @param size side of the square or hexagon, metres
 * @throws InputError E-GRID-BOX (not finite, or reversed), E-GRID-SIZE (not above 0, or more than 30 million cells)
 */
export function gridOver(
  box: Box,
  shape: GridSpec['shape'],
  size: number,
  originX = 0,
  originY = 0,
): GridSpec {
  const [west, south, east, north] = box
  if (!(west <= east && south <= north && Number.isFinite(east - west + north - south)))
    throw new InputError('E-GRID-BOX', 'There is no area to lay a grid over: no place has coordinates.', {
      cure: 'Choose incidents with coordinates, or load the boundary of the study area.',
    })
  if (!(size > 0 && Number.isFinite(size)))
    throw new InputError('E-GRID-SIZE', `A cell of ${size} m cannot be drawn.`, {
      cure: 'Give the side of a cell in metres, above 0.',
    })
  const width = cellWidth({ shape, size })
  const step = rowStep({ shape, size })
  // A hexagon reaches one side above and below its centre; a square starts at its lower edge.
  const reach = shape === 'square' ? 0 : size
  // A hair of slack: a place on the rim, less the origin, may round to the far side of a cell's edge.
  const slack = 1e-9
  let firstColumn = Math.floor((west - originX) / width - (shape === 'square' ? 0 : slack))
  while (originX + firstColumn * width > west) firstColumn--
  const lastColumn = Math.floor((east - originX) / width + slack) + (shape === 'square' ? 0 : 1)
  let firstRow: number
  if (shape === 'square') {
    firstRow = Math.floor((south - originY) / step)
    while (originY + firstRow * step > south) firstRow--
  } else firstRow = 2 * Math.floor(Math.ceil((south - originY - reach) / step - slack) / 2)
  const lastRow = Math.floor((north - originY + reach) / step + slack)
  const columns = lastColumn - firstColumn + 1
  const rows = lastRow - firstRow + 1
  if (!(columns * rows <= MAXIMUM_CELLS))
    throw new InputError(
      'E-GRID-SIZE',
      `Cells of ${size} m over this area would be ${Math.round(columns * rows).toLocaleString('en-GB')}, more than ${MAXIMUM_CELLS.toLocaleString('en-GB')}.`,
      { cure: 'Choose a larger cell, or a smaller study area; check for places far outside the force area.' },
    )
  return {
    shape,
    size,
    originX: originX + firstColumn * width,
    originY: originY + firstRow * step,
    columns,
    rows,
  }
}

/**
 * Number of the cell a place is in; −1 outside the grid or without coordinates. Squares: lower and left edges in.
 * Hexagons: the nearest centre, the lower number winning an exact tie.
 */
export function cellOf(grid: GridSpec, x: number, y: number): number {
  if (grid.shape === 'square') {
    const column = Math.floor((x - grid.originX) / grid.size)
    const row = Math.floor((y - grid.originY) / grid.size)
    return column >= 0 && column < grid.columns && row >= 0 && row < grid.rows
      ? row * grid.columns + column
      : -1
  }
  return hexagonOf(
    x - grid.originX,
    y - grid.originY,
    SQRT3 * grid.size,
    1.5 * grid.size,
    grid.columns,
    grid.rows,
  )
}

/**
 * Cells of many places at once, as `cellOf`; −1 also where `mask` is 0.
 *
 * @param x eastings and `y` northings, metres, NaN where there is no place
 * @param out one cell number per place, written whole
 */
export function locateCells(
  grid: GridSpec,
  x: Float64Array,
  y: Float64Array,
  mask: Uint8Array | undefined,
  out: Int32Array,
  from = 0,
  to = x.length,
): void {
  const { originX, originY, columns, rows, size } = grid
  const square = grid.shape === 'square'
  const width = SQRT3 * size
  const step = 1.5 * size
  for (let i = from; i < to; i++) {
    if (mask !== undefined && mask[i] === 0) {
      out[i] = -1
    } else if (square) {
      const column = Math.floor((x[i] - originX) / size)
      const row = Math.floor((y[i] - originY) / size)
      out[i] = column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : -1
    } else {
      out[i] = hexagonOf(x[i] - originX, y[i] - originY, width, step, columns, rows)
    }
  }
}

/**
 * Up to half a side above a row of centres a hexagon is as wide as its cell, so the nearest centre is of that row;
 * above it, the row above is tried too. No other row can be nearer: its centres are a whole row step further away.
 */
function hexagonOf(
  px: number,
  py: number,
  width: number,
  step: number,
  columns: number,
  rows: number,
): number {
  // Far away, and no place at all: before whole numbers are made of them.
  if (!(px >= -width && px <= (columns + 1) * width && py >= -step && py <= (rows + 1) * step)) return -1
  const half = width / 2
  let row = Math.floor(py / step)
  const shift = (row & 1) * half
  // Half up to the lower column: an exact tie within a row goes to the lower number.
  let column = Math.ceil((px - shift) / width - 0.5)
  const dy = py - row * step
  if (dy * 3 > step) {
    const dx = px - shift - column * width
    const above = Math.ceil((px - half + shift) / width - 0.5)
    const dxAbove = px - half + shift - above * width
    const dyAbove = dy - step
    if (dxAbove * dxAbove + dyAbove * dyAbove < dx * dx + dy * dy) {
      column = above
      row++
    }
  }
  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : -1
}

/** Easting of a cell's centre. */
export function cellX(grid: GridSpec, cell: number): number {
  const row = Math.floor(cell / grid.columns)
  const column = cell - row * grid.columns
  if (grid.shape === 'square') return grid.originX + (column + 0.5) * grid.size
  return grid.originX + (2 * column + (row & 1)) * (SQRT3 * grid.size * 0.5)
}

/** Northing of a cell's centre. */
export function cellY(grid: GridSpec, cell: number): number {
  const row = Math.floor(cell / grid.columns)
  return grid.originY + (grid.shape === 'square' ? (row + 0.5) * grid.size : 3 * row * (grid.size * 0.5))
}

/** Corners of a cell as whole numbers [i, j, i, j, …], counter-clockwise; `latticePoint` turns one into metres. */
export function cellLattice(grid: GridSpec, cell: number): number[] {
  const row = Math.floor(cell / grid.columns)
  const column = cell - row * grid.columns
  if (grid.shape === 'square') return [column, row, column + 1, row, column + 1, row + 1, column, row + 1]
  const i = 2 * column + (row & 1)
  const j = 3 * row
  return [i, j - 2, i + 1, j - 1, i + 1, j + 1, i, j + 2, i - 1, j + 1, i - 1, j - 1]
}

/** Metres of a corner given in whole numbers by `cellLattice`. */
export function latticePoint(grid: GridSpec, i: number, j: number): Position {
  return grid.shape === 'square'
    ? [grid.originX + i * grid.size, grid.originY + j * grid.size]
    : [grid.originX + i * (SQRT3 * grid.size * 0.5), grid.originY + j * (grid.size * 0.5)]
}

/** Corners of a cell in metres, counter-clockwise, not closed; neighbours share them to the last bit. */
export function cellCorners(grid: GridSpec, cell: number): Position[] {
  const lattice = cellLattice(grid, cell)
  const corners: Position[] = []
  for (let k = 0; k < lattice.length; k += 2) corners.push(latticePoint(grid, lattice[k], lattice[k + 1]))
  return corners
}

/** Numbers of the cells around a cell, ascending: six around a hexagon, eight around a square, fewer at the rim. */
export function cellNeighbours(grid: GridSpec, cell: number): number[] {
  return around(grid, cell, grid.shape === 'square' ? queenSteps : null)
}

/** Numbers of the cells that share a side, ascending: six for a hexagon, four for a square, fewer at the rim. */
export function sideNeighbours(grid: GridSpec, cell: number): number[] {
  return around(grid, cell, grid.shape === 'square' ? rookSteps : null)
}

/** Row step, column step. */
const rookSteps = [-1, 0, 0, -1, 0, 1, 1, 0]
const queenSteps = [-1, -1, -1, 0, -1, 1, 0, -1, 0, 1, 1, -1, 1, 0, 1, 1]
const evenRowSteps = [-1, -1, -1, 0, 0, -1, 0, 1, 1, -1, 1, 0]
const oddRowSteps = [-1, 0, -1, 1, 0, -1, 0, 1, 1, 0, 1, 1]

function around(grid: GridSpec, cell: number, steps: readonly number[] | null): number[] {
  const row = Math.floor(cell / grid.columns)
  const column = cell - row * grid.columns
  const chosen = steps ?? ((row & 1) === 0 ? evenRowSteps : oddRowSteps)
  const found: number[] = []
  for (let k = 0; k < chosen.length; k += 2) {
    const r = row + chosen[k]
    const c = column + chosen[k + 1]
    if (r >= 0 && r < grid.rows && c >= 0 && c < grid.columns) found.push(r * grid.columns + c)
  }
  return found
}
