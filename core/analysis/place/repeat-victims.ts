import type { Caveat } from '#core/contract/caveat.ts'
import { MISSING_CODE, NO_TIME } from '#core/contract/incident.ts'
import type { Context, Incidents, Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { harmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import { dateLabel, MINUTES_PER_DAY, minutesOfDate } from '../support/wall-clock.ts'
import { type RepeatDistribution, repeatDistribution } from './repeat-distribution.ts'
import { timingCaveats } from './repeat-locations-caveats.ts'
import { lastDay } from './repeat-period.ts'
import { type PlaceTally, tallyPlaces } from './repeat-tally.ts'
import { type RepeatTiming, repeatTiming } from './repeat-timing.ts'
import { repeatVictimsCard } from './repeat-victims-card.ts'

/** Columns: the listed victims, when a list was asked for. */
export interface RepeatVictimsSummary {
  readonly rows: readonly {
    readonly victim: string
    readonly count: number
    readonly harm: number
    readonly first: string
    readonly last: string
    readonly recency: number
  }[]
  readonly distribution: readonly (Omit<RepeatDistribution, 'places'> & { readonly victims: number })[]
  readonly timeToRepeat: readonly RepeatTiming[]
  readonly victims: number
  readonly repeatVictims: number
  readonly shareRepeatVictims: number
  readonly incidents: number
  readonly shareOfIncidents: number
  readonly shareOfHarm: number
  readonly withoutReference: number
  readonly leftOut: number
}

/**
 * How much of the whole falls on the same victims, and how soon again.
 *
 * A victim is one reference in the data (pseudonymous, from the force's own record), whatever the incident's place.
 * Distribution, harm, recency and time to the next one as for `repeatLocations`; the shares are of incidents, or harm,
 * with a reference. References that stand for nobody (`notPeople`, the whole text, case ignored) are left out.
 *
 * Names nobody unless `list` is on: then the victims with `minimum` or more incidents, at most `top`, most incidents
 * first, then harm, then reference.
 *
 * Deterministic; the order of rows does not matter but in the last bits of harm. Cost: about 550 ns an incident.
 * Errors: E-MTH-VICTIM (no such column, or no reference in it), E-MTH-PERIOD, E-DATE-ISO.
 * @see Farrell and Pease (1993), Once Bitten, Twice Bitten, Home Office Crime Prevention Unit Paper 46.
 */
export const repeatVictims: Method<typeof repeatVictimsCard.parameters, RepeatVictimsSummary> = {
  card: repeatVictimsCard,

  run(incidents, params, context, control) {
    const { codes, words } = victimColumn(incidents, params.column)
    const weights = harmOfIncidents(incidents, context)
    const nobody = new Set(params.notPeople.map(plain))
    const isNobody = words.map((word) => nobody.has(plain(word)))
    const victimOf = new Int32Array(incidents.length).fill(-1)
    let withoutReference = 0
    let leftOut = 0
    for (let row = 0; row < incidents.length; row++) {
      if (incidents.mask[row] === 0) continue
      const code = codes[row]
      if (code === MISSING_CODE) withoutReference++
      else if (isNobody[code]) leftOut++
      else victimOf[row] = code
    }
    const keys = { placeOf: victimOf, places: words.length }
    const endDay = lastDay(incidents, context)
    const tally = tallyPlaces(
      incidents,
      incidents.mask,
      keys,
      weights,
      endDay,
      params.halfLife,
      false,
      control,
    )
    const timing = repeatTiming(incidents, incidents.mask, victimOf, endDay, params.limits, control)
    const distribution = repeatDistribution(tally.count, tally.harm)
    const sum = (name: 'places' | 'incidents'): number =>
      distribution.reduce((total, each) => total + each[name], 0)
    const [victims, placed] = [sum('places'), sum('incidents')]
    if (placed === 0 && withoutReference > 0)
      throw new InputError(
        'E-MTH-VICTIM',
        'None of the selected incidents has a victim reference, so repeats cannot be told.',
        {
          column: params.column,
          cure: 'Choose other incidents, or map the victim reference and import again.',
        },
      )
    const repeats = distribution.slice(1)
    const rows = params.list ? listed(tally, words, params) : []
    return {
      summary: {
        rows,
        distribution: distribution.map(({ places, ...each }) => ({ ...each, victims: places })),
        timeToRepeat: timing.rows,
        victims,
        repeatVictims: victims - distribution[0].places,
        shareRepeatVictims: (victims - distribution[0].places) / victims,
        incidents: placed,
        shareOfIncidents: (placed - distribution[0].incidents) / placed,
        shareOfHarm: addKnown(repeats.map((each) => each.shareOfHarm)),
        withoutReference,
        leftOut,
      },
      columns: {
        victim: rows.map((row) => row.victim),
        count: Uint32Array.from(rows, (row) => row.count),
        harm: Float64Array.from(rows, (row) => row.harm),
        first: rows.map((row) => row.first),
        last: rows.map((row) => row.last),
        recency: Float64Array.from(rows, (row) => row.recency),
      },
      caveats: [
        ...caveatsOf(withoutReference, leftOut, placed, params, context),
        ...(params.limits.length > 0 ? timingCaveats(timing) : []),
        ...(weights === null
          ? [caveat('no-weights', 'No table of harm weights is loaded, so harm is left blank.')]
          : unweightedCaveat(tally.unweighted, placed, weights)),
      ],
    }
  },
}

/** @throws InputError E-MTH-VICTIM */
function victimColumn({ dictionaries }: Incidents, column: string) {
  if (Object.hasOwn(dictionaries, column)) return dictionaries[column]
  throw new InputError(
    'E-MTH-VICTIM',
    `Repeat victims cannot be told: the data hold no column “${column}” with a reference for each victim.`,
    {
      column,
      cure: 'Import the files again with the victim reference mapped, or name the column that holds it.',
    },
  )
}

function plain(text: string): string {
  return text.trim().toLowerCase()
}

/** NaN when none of them is known. */
function addKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.length === 0 ? Number.NaN : known.reduce((sum, each) => sum + each, 0)
}

function listed(
  tally: PlaceTally,
  words: readonly string[],
  { minimum, top }: { readonly minimum: number; readonly top: number },
): RepeatVictimsSummary['rows'] {
  const rank = (harm: number): number => (Number.isNaN(harm) ? -1 : harm)
  return Array.from(tally.count.keys())
    .filter((code) => tally.count[code] >= minimum)
    .sort(
      (a, b) =>
        tally.count[b] - tally.count[a] ||
        rank(tally.harm[b]) - rank(tally.harm[a]) ||
        (words[a] < words[b] ? -1 : 1),
    )
    .slice(0, top)
    .map((code) => ({
      victim: words[code],
      count: tally.count[code],
      harm: tally.harm[code],
      first: tally.first[code] === NO_TIME ? '' : dateLabel(tally.first[code]),
      last: tally.last[code] === NO_TIME ? '' : dateLabel(tally.last[code]),
      recency: tally.recency[code],
    }))
}

function caveatsOf(
  withoutReference: number,
  leftOut: number,
  placed: number,
  params: { readonly list: boolean; readonly notPeople: readonly string[] },
  context: Context,
): Caveat[] {
  const caveats: Caveat[] = []
  const number = (value: number): string => value.toLocaleString('en-GB')
  const all = placed + withoutReference + leftOut
  if (placed === 0) caveats.push(caveat('none-selected', 'No incident with a victim is selected.'))
  if (withoutReference > 0)
    caveats.push(
      caveat(
        'victim-unknown',
        `${number(withoutReference)} of ${number(all)} incidents have no victim reference: repeats among them are not seen.`,
      ),
    )
  if (leftOut > 0)
    caveats.push(
      caveat(
        'victim-nobody',
        `${number(leftOut)} incidents have a reference that stands for nobody (${params.notPeople.join(', ')}) and are left out.`,
      ),
    )
  const days = context.period
    ? (minutesOfDate(context.period.to) - minutesOfDate(context.period.from)) / MINUTES_PER_DAY
    : Number.NaN
  if (!(days >= 365 && days <= 366))
    caveats.push(
      caveat(
        'not-a-year',
        'The period is not twelve months, the usual time for a repeat: in a longer one more victims are repeats.',
      ),
    )
  if (params.list)
    caveats.push(
      caveat(
        'victims-named',
        'This result lists references of victims: handle it as personal data, and give it to those who protect them alone.',
      ),
    )
  return caveats
}
