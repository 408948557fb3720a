import type { Hotspot, HotspotsSummary } from '#core/contract/results.ts'
import type { HotspotDecision } from '#core/contract/workspace.ts'

/** A hotspot as the analyst left it: named, with those merged into it, under its new rank. */
export interface DecidedHotspot extends Hotspot {
  readonly name: string
  readonly merged: readonly string[]
}

export interface DroppedHotspot {
  readonly id: string
  readonly name: string
  readonly reason: string
}

export interface DecidedSet {
  readonly kept: readonly DecidedHotspot[]
  readonly dropped: readonly DroppedHotspot[]
  readonly shareOfCount: number
  readonly shareOfHarm: number
  readonly shareOfArea: number
}

/** Before the analyst names it: the most frequent place inside, else the area, else its id. */
export function firstName(hotspot: Hotspot): string {
  return hotspot.place || hotspot.area || hotspot.id
}

/**
 * Applies decisions to a computed set: drops, merges (cells are disjoint, so counts, harm, areas and shares add up),
 * names, and ranks anew by the best computed rank among those joined. Pure: the computed set stays as it was.
 */
export function decidedHotspots(summary: HotspotsSummary, decisions: readonly HotspotDecision[]): DecidedSet {
  const byId = new Map(decisions.map((held) => [held.hotspot, held]))
  const present = new Map(summary.hotspots.map((held) => [held.id, held]))
  const nameOf = (hotspot: Hotspot) => byId.get(hotspot.id)?.name || firstName(hotspot)
  const dropped: DroppedHotspot[] = []
  const hosts: Hotspot[] = []
  const guests = new Map<string, Hotspot[]>()
  for (const hotspot of summary.hotspots) {
    const decision = byId.get(hotspot.id)
    if (decision?.dropped) {
      dropped.push({ id: hotspot.id, name: nameOf(hotspot), reason: decision.dropped })
      continue
    }
    const host = decision?.mergedInto ? hostOf(decision.mergedInto, hotspot.id, byId, present) : null
    if (host) guests.set(host, [...(guests.get(host) ?? []), hotspot])
    else hosts.push(hotspot)
  }
  const kept = hosts
    .map((host) => joined(host, guests.get(host.id) ?? [], nameOf(host)))
    .sort((a, b) => a.rank - b.rank)
    .map((held, index) => ({ ...held, rank: index + 1 }))
  const sum = (share: (hotspot: Hotspot) => number) => kept.reduce((total, held) => total + share(held), 0)
  return {
    kept,
    dropped,
    shareOfCount: sum((held) => held.shareOfCount),
    shareOfHarm: sum((held) => held.shareOfHarm ?? Number.NaN),
    shareOfArea: sum((held) => held.shareOfArea),
  }
}

/** Follows merges to their end; a circle, a dropped or an unknown host means: not merged. */
function hostOf(
  id: string,
  from: string,
  byId: ReadonlyMap<string, HotspotDecision>,
  present: ReadonlyMap<string, Hotspot>,
): string | null {
  const seen = new Set([from])
  let host = id
  for (;;) {
    if (seen.has(host) || !present.has(host) || byId.get(host)?.dropped) return null
    seen.add(host)
    const next = byId.get(host)?.mergedInto
    if (!next) return host
    host = next
  }
}

function joined(host: Hotspot, guests: readonly Hotspot[], name: string): DecidedHotspot {
  const all = [host, ...guests]
  const add = (value: (hotspot: Hotspot) => number) =>
    all.reduce((total, held) => total + (value(held) ?? Number.NaN), 0)
  const strongest = all.reduce((best, held) => (held.z > best.z ? held : best), host)
  return {
    ...host,
    rank: Math.min(...all.map((held) => held.rank)),
    name,
    merged: guests.map((guest) => guest.id),
    cells: all.flatMap((held) => held.cells),
    rings: all.flatMap((held) => held.rings),
    areaKm2: add((held) => held.areaKm2),
    z: strongest.z,
    qValue: strongest.qValue,
    count: add((held) => held.count),
    harm: add((held) => held.harm),
    shareOfCount: add((held) => held.shareOfCount),
    shareOfHarm: add((held) => held.shareOfHarm),
    shareOfArea: add((held) => held.shareOfArea),
    byYear: host.byYear.map((_, year) => all.reduce((total, held) => total + (held.byYear[year] ?? 0), 0)),
  }
}
