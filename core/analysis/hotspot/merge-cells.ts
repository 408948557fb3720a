import type { GridSpec } from '#core/contract/grid.ts'
import { sideNeighbours } from '../space/grid.ts'

/**
 * Joins top cells that share a side into hotspots of at most `maximum` cells. The best cell left starts a hotspot;
 * the best top cell that shares a side with it joins, until it is full or has no such neighbour; and so on. Every
 * top cell ends up in exactly one hotspot.
 *
 * @param ranked numbers of the top cells, best first: the order decides all ties
 * @returns the cells of each hotspot, in the order they joined
 * Cost: top cells × neighbours.
 */
export function mergeCells(grid: GridSpec, ranked: readonly number[], maximum: number): number[][] {
  const rankOf = new Map<number, number>()
  ranked.forEach((cell, rank) => {
    rankOf.set(cell, rank)
  })
  const hotspots: number[][] = []
  for (const seed of ranked) {
    if (!rankOf.delete(seed)) continue
    const cells = [seed]
    const candidates = new Set<number>()
    let newest = seed
    while (cells.length < maximum) {
      for (const neighbour of sideNeighbours(grid, newest))
        if (rankOf.has(neighbour)) candidates.add(neighbour)
      if (candidates.size === 0) break
      let best = -1
      for (const candidate of candidates)
        if (best === -1 || rankOf.get(candidate)! < rankOf.get(best)!) best = candidate
      candidates.delete(best)
      rankOf.delete(best)
      cells.push(best)
      newest = best
    }
    hotspots.push(cells)
  }
  return hotspots
}
