import type { Rings } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { OutputColumn } from '#core/contract/method.ts'
import type { Columns } from '#renderer/api/columns.ts'

/** Columns that place a row rather than describe it. */
const places = new Set(['cell', 'row', 'x', 'y'])

/** How the rows of a result lie on the map. */
export type ResultShape =
  | { readonly kind: 'cells'; readonly grid: GridSpec; readonly cell: ArrayLike<number> }
  | { readonly kind: 'surface'; readonly grid: GridSpec }
  /** The outline of each row in degrees; null where the layer has no such area. */
  | { readonly kind: 'areas'; readonly rings: readonly (Rings | null)[] }
  | { readonly kind: 'points'; readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }

/**
 * Cells of a grid, a whole surface, areas of a layer, or points in metres; null when the rows have no place.
 *
 * @param areas outlines by code, degrees, of the layer the method was given
 */
export function shapeOf(
  summary: unknown,
  columns: Columns,
  areas?: ReadonlyMap<string, Rings>,
): ResultShape | null {
  const grid = (summary as { grid?: GridSpec } | null)?.grid
  const { cell, x, y } = columns.numbers
  if (columns.length === 0) return null
  if (grid && cell && cell[0] >= 0) return { kind: 'cells', grid, cell }
  if (grid && columns.length === grid.columns * grid.rows && grid.shape === 'square')
    return { kind: 'surface', grid }
  const codes = columns.words.unit ?? columns.words.code
  if (areas && codes?.some((code) => areas.has(code)))
    return { kind: 'areas', rings: codes.map((code) => areas.get(code) ?? null) }
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

/** Whether a list of the summary has rows with outlines: clusters, zones, contours. */
export function holdsOutlines(summary: unknown): boolean {
  return Object.values((summary ?? {}) as Record<string, unknown>).some(
    (list) =>
      Array.isArray(list) && list.some((row) => Array.isArray((row as { rings?: unknown } | null)?.rings)),
  )
}
