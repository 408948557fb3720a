import type { GridSpec } from '#core/contract/grid.ts'
import { sideNeighbours } from '../space/grid.ts'

/**
 * Makes hotspots of the best cells, walking down the list: a cell that shares a side with a hotspot that still has
 * room joins it (of several, the one started first); any other starts a hotspot of its own. The walk ends at the first
 * cell that would start one more than `wanted`. So a hotspot holds only cells that are better than any cell left out,
 * and grows no further than the data carry it: eighteen hotspots are the eighteen best places, not the best place
 * eighteen times drawn out.
 *
 * @param ranked numbers of the top cells, best first: the order decides all ties
 * @param wanted hotspots at most
 * @param maximum cells in a hotspot at most
 * @returns the cells of each hotspot, in the order they joined; hotspots in the order of their best cell
 * Cost: cells walked × neighbours.
 */
export function mergeCells(
  grid: GridSpec,
  ranked: readonly number[],
  wanted: number,
  maximum: number,
): number[][] {
  const hotspots: number[][] = []
  const hotspotOf = new Map<number, number>()
  for (const cell of ranked) {
    let target = -1
    for (const neighbour of sideNeighbours(grid, cell)) {
      const near = hotspotOf.get(neighbour)
      if (near === undefined || hotspots[near].length >= maximum) continue
      if (target < 0 || near < target) target = near
    }
    if (target < 0) {
      if (hotspots.length === wanted) break
      target = hotspots.push([]) - 1
    }
    hotspots[target].push(cell)
    hotspotOf.set(cell, target)
  }
  return hotspots
}
