/**
 * A grid of equal cells on the National Grid. The origin is a round coordinate and does not move with the data, so
 * last year's cell is this year's cell.
 *
 * `square`: `size` is the side in metres. Cell (column, row) covers [originX + column·size, +size) × the same in y.
 * `hexagon`: `size` is the side in metres (200 m side = 0.1039 km², 346 m across flats). Pointy-top, odd rows moved
 * right by half a width; width = √3·size, row step = 1.5·size. A point belongs to the cell whose centre is nearest,
 * the lower index winning an exact tie, so every incident is in exactly one cell.
 *
 * A cell's number is `row · columns + column`; `columns` and `rows` bound the grid.
 */
export interface GridSpec {
  readonly shape: 'hexagon' | 'square'
  readonly size: number
  readonly originX: number
  readonly originY: number
  readonly columns: number
  readonly rows: number
}
