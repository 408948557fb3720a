import type { GridSpec } from '#core/contract/grid.ts'
import type { OutputColumn } from '#core/contract/method.ts'
import type { Columns } from '#renderer/api/columns.ts'

/** Columns that place a row rather than describe it. */
const places = new Set(['cell', 'row', 'x', 'y'])

/** How the rows of a result lie on the map. */
export type ResultShape =
  | { readonly kind: 'cells'; readonly grid: GridSpec; readonly cell: ArrayLike<number> }
  | { readonly kind: 'surface'; readonly grid: GridSpec }
  | { readonly kind: 'points'; readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }

/** Cells of a grid, a whole surface, or points in metres; null when the rows have no place. */
export function shapeOf(summary: unknown, columns: Columns): ResultShape | null {
  const grid = (summary as { grid?: GridSpec } | null)?.grid
  const { cell, x, y } = columns.numbers
  if (columns.length === 0) return null
  if (grid && cell) return { kind: 'cells', grid, cell }
  if (grid && columns.length === grid.columns * grid.rows && grid.shape === 'square')
    return { kind: 'surface', grid }
  return x && y ? { kind: 'points', x, y } : null
}

/** The columns of a result that can be drawn, the most telling first. */
export function drawable(
  summary: unknown,
  columns: Columns,
  outputs: readonly OutputColumn[],
): readonly OutputColumn[] {
  if (!shapeOf(summary, columns)) return []
  const held = outputs.filter(({ name }) => columns.numbers[name] && !places.has(name))
  const rank = ({ name }: OutputColumn) =>
    /class|quadrant/i.test(name) ? 0 : /^(z|ratio|density|share)/i.test(name) ? 1 : 2
  return [...held].sort((a, b) => rank(a) - rank(b))
}
