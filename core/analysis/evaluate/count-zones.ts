import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Control, Incidents } from '#core/contract/method.ts'
import type { HarmOfIncidents } from '../support/harm.ts'
import { type BeforeAfter, sideOf } from './before-after.ts'
import type { PlacesInZones } from './zone-of-places.ts'

const UNDATED = timePrecisions.indexOf('none')

export interface ZoneCounts {
  /** Incidents by zone and period: `[zone * 2]` before, `[zone * 2 + 1]` after. */
  readonly counts: Float64Array
  /** The same by kind of harm weight, `(code * zones + zone) * 2 + side`; null without weights. */
  readonly byWeight: Float64Array | null
}

/** Selected incidents of each zone in each period, by `occurredFrom`. */
export function countZones(
  incidents: Incidents,
  places: PlacesInZones,
  zones: number,
  periods: BeforeAfter,
  harm: HarmOfIncidents | null,
  control: Control,
): ZoneCounts {
  const { length, from, timePrecision } = incidents
  const counts = new Float64Array(zones * 2)
  const byWeight = harm ? new Float64Array(harm.weights.length * zones * 2) : null
  for (let row = 0; row < length; row++) {
    if ((row & 0x3ffff) === 0) control.tick(row / length, 'Counting')
    const zone = places.zone[row]
    if (zone < 0 || from[row] === NO_TIME || timePrecision[row] === UNDATED) continue
    const side = sideOf(from[row], periods)
    if (side === 0) continue
    counts[zone * 2 + side - 1]++
    if (harm && byWeight) byWeight[(harm.codes[row] * zones + zone) * 2 + side - 1]++
  }
  return { counts, byWeight }
}
