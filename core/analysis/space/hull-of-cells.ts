import type { Position } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { cellX, cellY } from './grid.ts'

/**
 * The convex outline of the centres of the occupied cells: a stand-in for the study area where no boundary is
 * loaded. Counter-clockwise, not closed, without corners on a straight side (Andrew's monotone chain over the first
 * and last occupied cell of each row).
 *
 * @param occupied one number per cell of the grid, above 0 where the cell counts
 * @returns no corner when nothing is occupied; one or two when the centres lie in one place or on one line
 */
export function hullOfCells(grid: GridSpec, occupied: ArrayLike<number>): Position[] {
  const ends: Position[] = []
  for (let row = 0; row < grid.rows; row++) {
    const base = row * grid.columns
    let first = 0
    while (first < grid.columns && !(occupied[base + first] > 0)) first++
    if (first === grid.columns) continue
    let last = grid.columns - 1
    while (!(occupied[base + last] > 0)) last--
    ends.push([cellX(grid, base + first), cellY(grid, base + first)])
    if (last > first) ends.push([cellX(grid, base + last), cellY(grid, base + last)])
  }
  ends.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  if (ends.length < 3) return ends
  const lower = chain(ends)
  const upper = chain([...ends].reverse())
  return [...lower.slice(0, -1), ...upper.slice(0, -1)]
}

function chain(points: readonly Position[]): Position[] {
  const kept: Position[] = []
  for (const point of points) {
    while (kept.length >= 2 && !turnsLeft(kept[kept.length - 2], kept[kept.length - 1], point)) kept.pop()
    kept.push(point)
  }
  return kept
}

function turnsLeft(a: Position, b: Position, c: Position): boolean {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
}
