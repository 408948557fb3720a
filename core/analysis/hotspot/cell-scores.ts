import type { GridSpec } from '#core/contract/grid.ts'
import { cellNeighbours } from '../space/grid.ts'

export const scoreKinds = ['count', 'harm', 'countNeighbours', 'harmNeighbours'] as const
export type ScoreKind = (typeof scoreKinds)[number]

/** True where a score is made of harm and so needs weights. */
export function needsHarm(kind: ScoreKind): boolean {
  return kind === 'harm' || kind === 'harmNeighbours'
}

/**
 * What cells are ranked by: `count`; `harm`; `countNeighbours` = count + mean of the neighbours' counts;
 * `harmNeighbours` = √(harm + mean of the neighbours' harm). Neighbours are the six cells around a hexagon or the
 * eight around a square that lie inside the study area; a cell without any has its own value only.
 *
 * @param values counts or harm, one per cell of the grid
 * @returns scores, one per cell of the grid, 0 outside the study area
 * @see hexseg (Agar): `count_plus_mean`, `weight_plus_mean_sqrt`
 */
export function cellScores(
  kind: ScoreKind,
  grid: GridSpec,
  cells: Int32Array,
  inside: Uint8Array,
  values: ArrayLike<number>,
): Float64Array {
  const scores = new Float64Array(inside.length)
  if (kind === 'count' || kind === 'harm') {
    for (const cell of cells) scores[cell] = values[cell]
    return scores
  }
  for (const cell of cells) {
    let sum = 0
    let neighbours = 0
    for (const neighbour of cellNeighbours(grid, cell)) {
      if (inside[neighbour] === 0) continue
      sum += values[neighbour]
      neighbours++
    }
    const total = values[cell] + (neighbours > 0 ? sum / neighbours : 0)
    scores[cell] = kind === 'harmNeighbours' ? Math.sqrt(total) : total
  }
  return scores
}

/**
 * Which cells are in the top `percent` of the tested cells: 1 where fewer than ⌈percent · n / 100⌉ cells score
 * more, so ties at the threshold are all in. A score of 0 is never in the top.
 *
 * @returns one per cell of the grid
 */
export function topCells(scores: Float64Array, cells: Int32Array, percent: number): Uint8Array {
  const top = new Uint8Array(scores.length)
  // Cells of score 0 are never in the top, and on a force area are most of them: they need no sorting.
  let scoring = 0
  for (let i = 0; i < cells.length; i++) if (scores[cells[i]] > 0) scoring++
  const positive = new Float64Array(scoring)
  for (let i = 0, at = 0; i < cells.length; i++) if (scores[cells[i]] > 0) positive[at++] = scores[cells[i]]
  positive.sort()
  const wanted = Math.max(1, Math.ceil((percent / 100) * cells.length - 1e-9))
  const threshold = positive.length > wanted ? positive[positive.length - wanted] : 0
  for (let i = 0; i < cells.length; i++)
    if (scores[cells[i]] > 0 && scores[cells[i]] >= threshold) top[cells[i]] = 1
  return top
}
