import { dateLabel, MINUTES_PER_DAY } from '../support/wall-clock.ts'
import { type IncidentLinks, NEAR_REPEAT, REPEAT } from './link-incidents.ts'
import type { SpaceOrder } from './space-order.ts'

/** Incidents linked to one another, directly or through others. */
export interface Chain {
  readonly chain: number
  readonly incidents: number
  readonly repeats: number
  readonly nearRepeats: number
  readonly first: string
  readonly last: string
  readonly days: number
  /** Mean place, metres. */
  readonly x: number
  readonly y: number
  /** Diagonal of the box around it, metres. */
  readonly width: number
  readonly active: boolean
}

/**
 * The chains of two and more, most incidents first, then by number; and the number of each incident's chain, 0 where
 * it is alone. Numbers count up with the first incident of each chain.
 *
 * @param activeDays a chain whose last incident is nearer than this to the last day of all is active
 */
export function gatherChains(
  { chain, label }: IncidentLinks,
  { x, y }: SpaceOrder,
  minutes: Float64Array,
  activeDays: number,
): { readonly chains: readonly Chain[]; readonly numberOf: Int32Array } {
  const n = chain.length
  const members = new Map<number, number[]>()
  let lastDay = -Infinity
  for (let p = 0; p < n; p++) {
    const held = members.get(chain[p])
    if (held) held.push(p)
    else members.set(chain[p], [p])
    lastDay = Math.max(lastDay, Math.floor(minutes[p] / MINUTES_PER_DAY))
  }
  const firsts = [...members.keys()]
    .filter((first) => members.get(first)!.length > 1)
    .sort((a, b) => minutes[a] - minutes[b] || x[a] - x[b] || y[a] - y[b] || a - b)
  const numberOf = new Int32Array(n)
  const chains = firsts.map((first, at): Chain => {
    const held = members.get(first)!
    let [sumX, sumY, repeats, nearRepeats, latest] = [0, 0, 0, 0, minutes[first]]
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (const p of held) {
      numberOf[p] = at + 1
      sumX += x[p]
      sumY += y[p]
      if (label[p] === REPEAT) repeats++
      else if (label[p] === NEAR_REPEAT) nearRepeats++
      latest = Math.max(latest, minutes[p])
      west = Math.min(west, x[p])
      south = Math.min(south, y[p])
      east = Math.max(east, x[p])
      north = Math.max(north, y[p])
    }
    const [firstDay, finalDay] = [minutes[first], latest].map((each) => Math.floor(each / MINUTES_PER_DAY))
    return {
      chain: at + 1,
      incidents: held.length,
      repeats,
      nearRepeats,
      first: dateLabel(minutes[first]),
      last: dateLabel(latest),
      days: finalDay - firstDay,
      x: sumX / held.length,
      y: sumY / held.length,
      width: Math.hypot(east - west, north - south),
      active: lastDay - finalDay < activeDays,
    }
  })
  return { chains: chains.sort((a, b) => b.incidents - a.incidents || a.chain - b.chain), numberOf }
}
