import type { Incidents, Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { RepeatLocationsSummary } from '#core/contract/results.ts'
import { matchingWords } from '../hotspot/place-words.ts'
import { harmOfIncidents } from '../support/harm.ts'
import { type PlaceKeys, placeKeys } from './place-keys.ts'
import { type RepeatDistribution, repeatDistribution } from './repeat-distribution.ts'
import { repeatLocationsCard } from './repeat-locations-card.ts'
import { repeatLocationsCaveats } from './repeat-locations-caveats.ts'
import { lastDay } from './repeat-period.ts'
import { repeatRows } from './repeat-rows.ts'
import { tallyPlaces } from './repeat-tally.ts'
import { type RepeatTiming, repeatTiming } from './repeat-timing.ts'

/** What the pack reads, and the harm of the distribution and the time to a repeat. */
export interface RepeatLocationsFullSummary extends RepeatLocationsSummary {
  readonly distribution: readonly RepeatDistribution[]
  readonly timeToRepeat: readonly RepeatTiming[]
}

/**
 * Places where it happens again and again, and how much of the whole they hold.
 *
 *     recency(place) = Σ w·0.5^(days / halfLife),  days = whole days from the incident to the last day of the period,
 *                      w = 1 or the incident's harm
 *     share          = incidents of the place / incidents with a place
 *     shareAtRepeatPlaces = incidents at places with 2 or more / incidents with a place
 *
 * What one place is: see `placeKeys` (address key, else location text and coordinates to the metre). The period's
 * last day is that of `context.period`, else the last date of the data. An incident without a date, or after the
 * period, counts but has no recency; a place with none that has is NaN there. A month-only record stands at the first
 * of its month. Harm is NaN without weights, and for a place none of whose offences has one.
 *
 * How soon the next one follows: see `repeatTiming`. Its numbers need days; without any they are NaN.
 *
 * Institutions (`institutions`, matched by `matchingWords` in location type and text) are taken out first and counted.
 * Only places with `minimum` or more incidents are listed, at most `top`; the distribution is over all.
 * Order: as chosen, then incidents, then key, so that the order never depends on the order of the rows.
 * Location of a row: the most frequent text at the place; offence likewise, first by name among equals.
 *
 * Deterministic. Cost: about 0.8 µs an incident where most places are distinct; some 25 bytes an incident and 50 a place.
 * Errors: E-MTH-PLACE (the data hold neither places nor location texts), E-MTH-WEIGHTS (order or recency by
 * harm without weights), E-MTH-PERIOD, E-DATE-ISO.
 * @see Farrell and Pease (1993), Once Bitten, Twice Bitten, Home Office Crime Prevention Unit Paper 46.
 */
export const repeatLocations: Method<typeof repeatLocationsCard.parameters, RepeatLocationsFullSummary> = {
  card: repeatLocationsCard,

  run(incidents, params, context, control) {
    refuseWithoutPlaces(incidents)
    const recencyByHarm = params.recencyOf === 'harm'
    const weights = harmOfIncidents(
      incidents,
      context,
      params.order === 'harm' || recencyByHarm,
      params.order === 'harm' ? 'The order by harm' : 'Recency of harm',
    )
    const institutions = params.excludeInstitutions ? institutionWords(incidents, params.institutions) : []
    const mask = incidents.mask.slice()
    const excludedInstitutions = takeOut(mask, institutions)
    const keys = placeKeys(incidents, mask, control)
    const endDay = lastDay(incidents, context)
    const tally = tallyPlaces(incidents, mask, keys, weights, endDay, params.halfLife, recencyByHarm, control)
    const timing = repeatTiming(incidents, mask, keys.placeOf, endDay, params.limits, control)
    const distribution = repeatDistribution(tally.count, tally.harm)
    const placed = distribution.reduce((sum, each) => sum + each.incidents, 0)
    const rows = repeatRows(incidents, keys, tally, placed, params)
    return {
      summary: {
        rows,
        distribution,
        timeToRepeat: timing.rows,
        incidents: placed,
        places: keys.places,
        shareAtRepeatPlaces: (placed - distribution[0].incidents) / placed,
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
        timing: params.limits.length > 0 ? timing : null,
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

function basisOf({ byAddressKey }: PlaceKeys, placed: number): string {
  if (placed === 0) return 'No place'
  if (byAddressKey === placed) return 'Address key'
  const spot = 'location text and coordinates to the metre'
  if (byAddressKey === 0) return `Same ${spot}`
  const share = ((100 * byAddressKey) / placed).toFixed(1)
  return `Address key (${share}% of incidents), else same ${spot}`
}
