import { useMemo } from 'react'
import type { Filter, PolygonClause } from '#core/contract/filter.ts'
import type { MapHotspot } from '#renderer/map/layers/outline-layers.ts'
import { degreesOf, ringsToDegrees } from '#renderer/map/screen-grid.ts'
import { decidedHotspots } from '#renderer/state/decided-hotspots.ts'
import { useHotspots } from '#renderer/state/hotspots.ts'
import { useWorkspace } from '#renderer/state/workspace.ts'

/** Hotspots of the plan as the analyst left them, in degrees. */
export function useMapHotspots(): readonly MapHotspot[] {
  const summary = useHotspots((store) => store.result?.summary)
  const decisions = useWorkspace((store) => store.state.plan?.decisions)
  return useMemo(() => {
    if (!summary || !decisions) return []
    return decidedHotspots(summary, decisions).kept.map((held) => ({
      id: held.id,
      rank: held.rank,
      name: held.name,
      rings: ringsToDegrees(held.rings),
      centre: degreesOf(held.x, held.y),
    }))
  }, [summary, decisions])
}

/** Drawn areas of the filter. */
export function usePolygons(filter: Filter): readonly PolygonClause[] {
  return useMemo(() => filter.clauses.filter((clause) => clause.kind === 'polygon'), [filter])
}
