import type { Rings } from '#core/contract/geometry.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { cellArea, cellX, cellY, sideNeighbours } from '../space/grid.ts'
import { cellsOutline } from '../space/outline.ts'

export interface JoinedZone {
  readonly zone: number
  readonly cells: number
  readonly areaKm2: number
  readonly recent: number
  /** Σ of its cells' risk. */
  readonly risk: number
  /** Centre of its riskiest cell, metres. */
  readonly x: number
  readonly y: number
  readonly rings: Rings
}

/**
 * Marked cells that share a side, joined; numbered from the one with the riskiest cell.
 *
 * @param marked numbers of cells, riskiest first
 */
export function joinZones(
  grid: GridSpec,
  marked: readonly number[],
  risk: Float64Array,
  recent: Uint32Array,
): { readonly zones: readonly JoinedZone[]; readonly zoneOf: ReadonlyMap<number, number> } {
  const open = new Set(marked)
  const zoneOf = new Map<number, number>()
  const zones: JoinedZone[] = []
  for (const seed of marked) {
    if (!open.delete(seed)) continue
    const members = [seed]
    for (const cell of members)
      for (const next of sideNeighbours(grid, cell)) if (open.delete(next)) members.push(next)
    const zone = zones.length + 1
    for (const cell of members) zoneOf.set(cell, zone)
    zones.push({
      zone,
      cells: members.length,
      areaKm2: (members.length * cellArea(grid)) / 1e6,
      recent: members.reduce((sum, cell) => sum + recent[cell], 0),
      risk: members.reduce((sum, cell) => sum + risk[cell], 0),
      x: cellX(grid, seed),
      y: cellY(grid, seed),
      rings: cellsOutline(grid, members),
    })
  }
  return { zones, zoneOf }
}
