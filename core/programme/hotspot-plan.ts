import { cellsOutline } from '#core/analysis/space/outline.ts'
import { InputError } from '#core/contract/problem.ts'
import type { Hotspot, HotspotsSummary } from '#core/contract/results.ts'
import type { HotspotDecision } from '#core/contract/workspace.ts'

/** A hotspot after the analyst's decisions, under the name it carries on every page. */
export interface PlannedHotspot {
  readonly hotspot: Hotspot
  readonly name: string
}

export interface DroppedHotspot {
  readonly hotspot: Hotspot
  readonly reason: string
}

export interface PlannedHotspots {
  /** Ranked 1, 2, 3 … without gaps, in the order of the analysis; a joined hotspot takes the best rank of its parts. */
  readonly hotspots: readonly PlannedHotspot[]
  readonly dropped: readonly DroppedHotspot[]
  /** Shares of what is left, so that the headline is about the hotspots on the page. */
  readonly shareOfCount: number
  readonly shareOfHarm: number
  readonly shareOfArea: number
}

/**
 * Applies decisions to a run: dropped hotspots leave (each with its reason), joined ones become one (cells united,
 * counts and shares added, Gi* of the strongest cell), names replace the first name found. Decisions about hotspots
 * that are not in the run are refused: a plan made on other data must not be applied silently.
 *
 * @throws InputError E-PLN-UNKNOWN, E-PLN-REASON (dropped without a reason), E-PLN-JOIN (joined to itself, to one
 * that is dropped, or in a circle)
 */
export function applyDecisions(
  summary: HotspotsSummary,
  decisions: readonly HotspotDecision[],
): PlannedHotspots {
  const byId = new Map(summary.hotspots.map((hotspot) => [hotspot.id, hotspot]))
  const decided = new Map<string, HotspotDecision>()
  for (const decision of decisions) {
    if (!byId.has(decision.hotspot))
      throw new InputError(
        'E-PLN-UNKNOWN',
        `There is a decision about hotspot ${decision.hotspot}, which this run does not have.`,
        {
          cure: 'Run the hotspots again and decide anew; the data, the filter or the settings have changed.',
        },
      )
    if (decision.dropped !== undefined && decision.dropped.trim() === '')
      throw new InputError('E-PLN-REASON', `Hotspot ${decision.hotspot} is dropped without a reason.`, {
        cure: 'Say why; the reason is printed in the pack.',
      })
    decided.set(decision.hotspot, decision)
  }
  const parts = new Map<string, Hotspot[]>()
  const dropped: DroppedHotspot[] = []
  for (const hotspot of summary.hotspots) {
    const reason = decided.get(hotspot.id)?.dropped
    if (reason !== undefined) {
      dropped.push({ hotspot, reason })
      continue
    }
    const target = targetOf(hotspot.id, decided)
    parts.set(target, [...(parts.get(target) ?? []), hotspot])
  }
  const joined = [...parts].map(([target, members]) => {
    const hotspot = join(summary, byId.get(target) as Hotspot, members)
    return { hotspot, chosen: decided.get(target)?.name?.trim() }
  })
  joined.sort((a, b) => a.hotspot.rank - b.hotspot.rank)
  const names = firstNames(joined.map((each) => each.hotspot))
  const hotspots = joined.map(({ hotspot, chosen }, i) => ({
    hotspot: { ...hotspot, rank: i + 1 },
    name: chosen || names[i],
  }))
  const total = (pick: (hotspot: Hotspot) => number) =>
    hotspots.reduce((sum, each) => sum + pick(each.hotspot), 0)
  return {
    hotspots,
    dropped,
    shareOfCount: total((hotspot) => hotspot.shareOfCount),
    shareOfHarm: total((hotspot) => hotspot.shareOfHarm),
    shareOfArea: total((hotspot) => hotspot.shareOfArea),
  }
}

/** The hotspot a decision leads to, followed to its end. */
function targetOf(id: string, decided: ReadonlyMap<string, HotspotDecision>): string {
  const seen = new Set<string>()
  let at = id
  for (;;) {
    const next = decided.get(at)?.mergedInto
    if (next === undefined) return at
    seen.add(at)
    if (seen.has(next) || decided.get(next)?.dropped !== undefined)
      throw new InputError('E-PLN-JOIN', `Hotspot ${id} cannot be joined to ${next}.`, {
        cure: 'Join it to a hotspot that stays in the list.',
      })
    at = next
  }
}

function join(summary: HotspotsSummary, target: Hotspot, members: readonly Hotspot[]): Hotspot {
  if (members.length === 1) return members[0]
  const sum = (pick: (hotspot: Hotspot) => number) => members.reduce((total, each) => total + pick(each), 0)
  const cells = members.flatMap((each) => each.cells).sort((a, b) => a - b)
  const strongest = members.reduce((best, each) => (each.z > best.z ? each : best))
  return {
    ...target,
    rank: Math.min(...members.map((each) => each.rank)),
    cells,
    rings: cellsOutline(summary.grid, cells),
    x: sum((each) => each.x * each.areaKm2) / sum((each) => each.areaKm2),
    y: sum((each) => each.y * each.areaKm2) / sum((each) => each.areaKm2),
    areaKm2: sum((each) => each.areaKm2),
    count: sum((each) => each.count),
    harm: sum((each) => each.harm),
    shareOfCount: sum((each) => each.shareOfCount),
    shareOfHarm: sum((each) => each.shareOfHarm),
    shareOfArea: sum((each) => each.shareOfArea),
    score: sum((each) => each.score),
    byYear: target.byYear.map((_, year) => sum((each) => each.byYear[year])),
    yearsInTop: Math.max(...members.map((each) => each.yearsInTop)),
    z: strongest.z,
    qValue: strongest.qValue,
  }
}

/**
 * A first name for each hotspot: its commonest place; with its area where several share that ("On or near Shopping
 * Area, Castle"); with its id where that still does not tell them apart.
 */
function firstNames(hotspots: readonly Hotspot[]): string[] {
  const place = hotspots.map((each) => each.place || each.area || each.id)
  const within = hotspots.map((each, i) =>
    each.place && each.area ? `${each.place}, ${each.area}` : place[i],
  )
  const times = (names: readonly string[], name: string) => names.filter((each) => each === name).length
  const told = place.map((name, i) => (times(place, name) === 1 ? name : within[i]))
  return told.map((name, i) => (times(told, name) === 1 ? name : `${name} (${hotspots[i].id})`))
}
