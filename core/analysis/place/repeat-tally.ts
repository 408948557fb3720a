import { NO_TIME, precisions, timePrecisions } from '#core/contract/incident.ts'
import type { Control, Incidents } from '#core/contract/method.ts'
import type { HarmOfIncidents } from '../support/harm.ts'
import { MINUTES_PER_DAY } from '../support/wall-clock.ts'
import type { PlaceKeys } from './place-keys.ts'

const SNAPPED = precisions.indexOf('snapped')
const NO_DATE = timePrecisions.indexOf('none')

/** What the incidents of each place add up to. */
export interface PlaceTally {
  readonly count: Uint32Array
  /** Σ weight over incidents with one; NaN where the place has none. */
  readonly harm: Float64Array
  readonly recency: Float64Array
  /** Earliest and latest `occurredFrom`, `NO_TIME` where no incident has a date. */
  readonly first: Int32Array
  readonly last: Int32Array
  readonly snapped: number
  readonly undated: number
  readonly afterPeriod: number
  readonly unweighted: number
}

/**
 * Adds up the incidents of each place (or victim). Recency weighs by `0.5^(days/halfLife)`, times the harm of each
 * incident where `recencyByHarm`; what has no date, lies after `endDay` or then has no weight adds nothing.
 *
 * @param placeOf number of the place of each incident, −1 for none; `endDay` days since 1970
 */
export function tallyPlaces(
  incidents: Incidents,
  mask: Uint8Array,
  { placeOf, places }: Pick<PlaceKeys, 'placeOf' | 'places'>,
  harmWeights: HarmOfIncidents | null,
  endDay: number,
  halfLife: number,
  recencyByHarm: boolean,
  control: Control,
): PlaceTally {
  const { length, from, precision, timePrecision } = incidents
  const count = new Uint32Array(places)
  const harm = new Float64Array(places).fill(Number.NaN)
  const recency = new Float64Array(places).fill(Number.NaN)
  const first = new Int32Array(places).fill(NO_TIME)
  const last = new Int32Array(places).fill(NO_TIME)
  const codes = harmWeights?.codes ?? null
  const weights = harmWeights?.weights ?? null
  let snapped = 0
  let undated = 0
  let afterPeriod = 0
  let unweighted = 0
  for (let row = 0; row < length; row++) {
    if ((row & 0x7fff) === 0) control.tick(0.5 + (0.5 * row) / length, 'Adding up places')
    const place = placeOf[row]
    if (mask[row] === 0 || place < 0) continue
    count[place]++
    if (precision[row] === SNAPPED) snapped++
    if (codes !== null && weights !== null) {
      const weight = weights[codes[row]]
      if (Number.isNaN(weight)) unweighted++
      else harm[place] = Number.isNaN(harm[place]) ? weight : harm[place] + weight
    }
    const minutes = from[row]
    if (minutes === NO_TIME || timePrecision[row] === NO_DATE) {
      undated++
      continue
    }
    if (first[place] === NO_TIME || minutes < first[place]) first[place] = minutes
    if (minutes > last[place]) last[place] = minutes
    const days = endDay - Math.floor(minutes / MINUTES_PER_DAY)
    if (days < 0) {
      afterPeriod++
      continue
    }
    const own = !recencyByHarm ? 1 : codes !== null && weights !== null ? weights[codes[row]] : Number.NaN
    if (Number.isNaN(own)) continue
    const weight = own * 0.5 ** (days / halfLife)
    recency[place] = Number.isNaN(recency[place]) ? weight : recency[place] + weight
  }
  return { count, harm, recency, first, last, snapped, undated, afterPeriod, unweighted }
}
