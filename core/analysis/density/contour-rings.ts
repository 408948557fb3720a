import { contours } from 'd3-contour'
import type { Position } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { signedArea } from '../space/polygon.ts'

/** One contour: outer rings with their holes, and all of them as even-odd rings, in metres, not closed. */
export interface Contour {
  readonly rings: readonly (readonly Position[])[]
  /** Of the outer rings less their holes, m². */
  readonly area: number
  readonly parts: number
}

/**
 * The outline of where a surface of squares is at least `level`: marching squares between the centres of cells, with
 * the crossing interpolated. Cells with NaN (outside the study area) and beyond the grid are below every level, and
 * there the outline keeps to the edge of the cell, for there is nothing to interpolate with.
 *
 * @param surface one value per cell, row by row from the south-west
 * Cost: about 30 ns a cell, and more for long outlines.
 */
export function contourRings(grid: GridSpec, surface: Float64Array, level: number): Contour {
  const { columns, rows, size, originX, originY } = grid
  const values = surface as unknown as number[]
  const { coordinates } = contours().size([columns, rows]).smooth(false).contour(values, level)
  const rings: Position[][] = []
  let area = 0
  for (const polygon of coordinates)
    polygon.forEach((ring, k) => {
      const metres: Position[] = []
      for (let p = 0; p + 1 < ring.length; p++) {
        const [x, y] = ring[p]
        const column = Math.floor(x)
        const row = Math.floor(y)
        const cell = row * columns + column
        // A point lies on the edge between two cells, at a whole number across it.
        const cx =
          column === x && x > 0 && x < columns ? x + crossing(surface[cell - 1], surface[cell], level) : x
        const cy =
          row === y && y > 0 && y < rows ? y + crossing(surface[cell - columns], surface[cell], level) : y
        metres.push([originX + cx * size, originY + cy * size])
      }
      area += (k === 0 ? 1 : -1) * Math.abs(signedArea(metres))
      rings.push(metres)
    })
  return { rings, area, parts: coordinates.length }
}

/** Where the level is met between two centres, in cells from the edge between them. */
function crossing(before: number, after: number, level: number): number {
  const share = (level - before) / (after - before)
  return share >= 0 && share <= 1 ? share - 0.5 : 0
}
