import type { GridSpec } from '#core/contract/grid.ts'
import { cellWidth, rowStep } from './grid.ts'

/**
 * A stable name for a cell: shape, side, and column and row counted from the fixed origin, e.g. `HX200-412-333`. The
 * same piece of ground keeps its name whatever area the grid was laid over. A grid shifted off the national grid's
 * own origin names the shift too (`HX200+115+0-412-333`), because its cells are other cells.
 */
export function cellName(grid: GridSpec, cell: number): string {
  const row = Math.floor(cell / grid.columns)
  const across = fromOrigin(grid.originX, cellWidth(grid))
  const up = fromOrigin(grid.originY, rowStep(grid))
  const shift = across.shift === 0 && up.shift === 0 ? '' : `+${across.shift}+${up.shift}`
  const prefix = grid.shape === 'hexagon' ? 'HX' : 'SQ'
  return `${prefix}${grid.size}${shift}-${across.cells + cell - row * grid.columns}-${up.cells + row}`
}

/** Whole cells and remaining metres (to the millimetre) of a grid's origin. */
function fromOrigin(origin: number, step: number): { cells: number; shift: number } {
  const cells = Math.floor(origin / step + 1e-6)
  return { cells, shift: Math.round((origin - cells * step) * 1000) / 1000 + 0 }
}
