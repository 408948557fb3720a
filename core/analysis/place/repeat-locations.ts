import { NO_TIME, precisions, timePrecisions } from '#core/contract/incident.ts'
import type { Context, Control, Incidents, Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { RepeatLocationsSummary } from '#core/contract/results.ts'
import { matchingWords } from '../hotspot/place-words.ts'
import { type HarmOfIncidents, harmOfIncidents } from '../support/harm.ts'
import { MINUTES_PER_DAY } from '../support/wall-clock.ts'
import { periodGiven, spanOfDates } from '../time/month-tally.ts'
import { type PlaceKeys, placeKeys } from './place-keys.ts'
import { repeatLocationsCard } from './repeat-locations-card.ts'
import { repeatLocationsCaveats } from './repeat-locations-caveats.ts'
import { repeatRows } from './repeat-rows.ts'

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
 * Places where it happens again and again, and how much of the whole they hold.
 *
 *     recency(place) = Σ 0.5^(days / halfLife),  days = whole days from the incident to the last day of the period
 *     share          = incidents of the place / incidents with a place
 *     shareAtRepeatPlaces = incidents at places with 2 or more / incidents with a place
 *
 * What one place is: see `placeKeys` (address key, else location text and coordinates to the metre). The period's
 * last day is that of `context.period`, else the last date of the data. An incident without a date, or after the
 * period, counts but has no recency; a place with none that has is NaN there. A month-only record stands at the first
 * of its month. Harm is NaN without weights, and for a place none of whose offences has one.
 *
 * Institutions (`institutions`, matched by `matchingWords` in location type and text) are taken out first and counted.
 * Only places with `minimum` or more incidents are listed, at most `top`; the distribution is over all.
 * Order: as chosen, then incidents, then key, so that the order never depends on the order of the rows.
 * Location of a row: the most frequent text at the place; offence likewise, first by name among equals.
 *
 * Deterministic. Cost: about 450 ns an incident where most places are distinct; some 13 bytes an incident and 50 a place.
 * Errors: E-MTH-PLACE (the data hold neither places nor location texts), E-MTH-WEIGHTS (order by harm without
 * weights), E-MTH-PERIOD, E-DATE-ISO.
 * @see Farrell and Pease (1993), Once Bitten, Twice Bitten, Home Office Crime Prevention Unit Paper 46.
 */
export const repeatLocations: Method<typeof repeatLocationsCard.parameters, RepeatLocationsSummary> = {
  card: repeatLocationsCard,

  run(incidents, params, context, control) {
    refuseWithoutPlaces(incidents)
    const weights = harmOfIncidents(incidents, context, params.order === 'harm', 'The order by harm')
    const institutions = params.excludeInstitutions ? institutionWords(incidents, params.institutions) : []
    const mask = incidents.mask.slice()
    const excludedInstitutions = takeOut(mask, institutions)
    const keys = placeKeys(incidents, mask, control)
    const endDay = lastDay(incidents, context)
    const tally = tallyPlaces(incidents, mask, keys, weights, endDay, params.halfLife, control)

    let placed = 0
    const placesOf = [0, 0, 0, 0]
    const incidentsOf = [0, 0, 0, 0]
    for (const count of tally.count) {
      placed += count
      placesOf[Math.min(count, 4) - 1]++
      incidentsOf[Math.min(count, 4) - 1] += count
    }
    const rows = repeatRows(incidents, keys, tally, placed, params)
    return {
      summary: {
        rows,
        distribution: ['1', '2', '3', '4 or more'].map((times, at) => ({
          times,
          places: placesOf[at],
          incidents: incidentsOf[at],
          share: incidentsOf[at] / placed,
        })),
        incidents: placed,
        places: keys.places,
        shareAtRepeatPlaces: (placed - incidentsOf[0]) / placed,
        basis: basisOf(keys, placed),
        excludedInstitutions,
        unplaced: keys.unplaced,
      },
      columns: {
        location: rows.map((row) => row.location),
        key: rows.map((row) => row.key),
        count: Uint32Array.from(rows, (row) => row.count),
        harm: Float64Array.from(rows, (row) => row.harm),
        share: Float64Array.from(rows, (row) => row.share),
        easting: Float64Array.from(rows, (row) => row.easting),
        northing: Float64Array.from(rows, (row) => row.northing),
        first: rows.map((row) => row.first),
        last: rows.map((row) => row.last),
        recency: Float64Array.from(rows, (row) => row.recency),
        offence: rows.map((row) => row.offence),
      },
      caveats: repeatLocationsCaveats({
        keys,
        tally,
        placed,
        excludedInstitutions,
        institutionsSought: params.excludeInstitutions && params.institutions.length > 0,
        institutionsHeld: institutions.length > 0,
        weights,
        context,
        words: params.institutions,
      }),
    }
  },
}

function refuseWithoutPlaces({ length, x, dictionaries }: Incidents): void {
  if (length === 0 || Object.hasOwn(dictionaries, 'locationId')) return
  for (let row = 0; row < length; row++) if (Number.isFinite(x[row])) return
  throw new InputError(
    'E-MTH-PLACE',
    'Repeat locations cannot be found: no incident has coordinates or an address key.',
    {
      column: 'location',
      cure: 'Import the files again with the coordinates, or the address key (UPRN), mapped.',
    },
  )
}

interface InstitutionColumn {
  readonly codes: Uint16Array | Uint32Array
  /** −1 where the word is not an institution. */
  readonly match: Int32Array
}

function institutionWords(incidents: Incidents, institutions: readonly string[]): InstitutionColumn[] {
  const columns: InstitutionColumn[] = []
  if (institutions.length === 0) return columns
  for (const name of ['locationType', 'location'] as const) {
    if (!Object.hasOwn(incidents.dictionaries, name)) continue
    const { codes, words } = incidents.dictionaries[name]
    columns.push({ codes, match: matchingWords(words, institutions, name) })
  }
  return columns
}

/** Clears the incidents at institutions from the mask, and says how many they are. */
function takeOut(mask: Uint8Array, institutions: readonly InstitutionColumn[]): number {
  let out = 0
  for (const { codes, match } of institutions)
    for (let row = 0; row < mask.length; row++)
      if (mask[row] === 1 && match[codes[row]] >= 0) {
        mask[row] = 0
        out++
      }
  return out
}

/** Day number of the last day of the period; NaN when neither a period nor a date is known. */
function lastDay(incidents: Incidents, context: Context): number {
  if (context.period) return Math.floor((periodGiven(context.period).to - 1) / MINUTES_PER_DAY)
  const { latest } = spanOfDates(incidents)
  return Number.isFinite(latest) ? Math.floor(latest / MINUTES_PER_DAY) : Number.NaN
}

function tallyPlaces(
  incidents: Incidents,
  mask: Uint8Array,
  { placeOf, places }: PlaceKeys,
  harmWeights: HarmOfIncidents | null,
  endDay: number,
  halfLife: number,
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
    const weight = 0.5 ** (days / halfLife)
    recency[place] = Number.isNaN(recency[place]) ? weight : recency[place] + weight
  }
  return { count, harm, recency, first, last, snapped, undated, afterPeriod, unweighted }
}

function basisOf({ byAddressKey }: PlaceKeys, placed: number): string {
  if (placed === 0) return 'No place'
  if (byAddressKey === placed) return 'Address key'
  const spot = 'location text and coordinates to the metre'
  if (byAddressKey === 0) return `Same ${spot}`
  const share = ((100 * byAddressKey) / placed).toFixed(1)
  return `Address key (${share}% of incidents), else same ${spot}`
}
