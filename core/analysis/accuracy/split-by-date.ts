import type { Caveat } from '#core/contract/caveat.ts'
import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { dateLabel, dateOf, minutesOf, minutesOfDate, monthIndex, monthLabel } from '../support/wall-clock.ts'
import { monthSpans, periodGiven, periodOfSpan, spanOfDates } from '../time/month-tally.ts'

const NONE = timePrecisions.indexOf('none')
const MONTH = timePrecisions.indexOf('month')

/** The incidents before and from a day on. Minutes of the wall clock, [from, split) and [split, to). */
export interface DateSplit {
  readonly before: Uint8Array
  readonly after: Uint8Array
  readonly from: number
  readonly split: number
  readonly to: number
  /** `2023-01-01 to 2023-12-31`, both days in. */
  readonly beforeLabel: string
  readonly afterLabel: string
  readonly caveats: readonly Caveat[]
}

/** Caveat codes of `splitByDate`. */
export const dateSplitCaveats = {
  undated: 'Incidents without a date were left out.',
  'months-missing': 'The files do not cover every month of the two periods, or cover one in part.',
} as const

/** The settings that go with it. */
export const dateSplitParameters = {
  splitDate: {
    type: 'date',
    title: 'First day of the later period',
    default: '',
    why: 'When not given, the first of the month nearest the middle of the period, so that both halves are long.',
  },
  untilDate: {
    type: 'date',
    title: 'First day no longer counted',
    default: '',
    why: 'When not given, the later period runs to the end of the data, or of the period selected.',
  },
} as const

/**
 * Splits the incidents of a mask by `occurredFrom`. The period is that of the selection, else the whole months of the
 * data. An incident without a date is in neither part. One known by its month alone stands at the first of the month,
 * so a split within a month is refused where there are such.
 *
 * @throws InputError E-DATE-ISO, E-MTH-PERIOD, E-MTH-SPLIT (outside the period), E-MTH-MONTHS (month-only incidents)
 */
export function splitByDate(
  incidents: Incidents,
  mask: Uint8Array,
  params: { readonly splitDate: string; readonly untilDate: string },
  context: Context,
): DateSplit {
  const period = context.period ? periodGiven(context.period) : periodOfSpan(spanOfDates(incidents))
  const to = params.untilDate === '' ? period.to : Math.min(period.to, minutesOfDate(params.untilDate))
  const split = params.splitDate === '' ? nearestMonth(period.from, to) : minutesOfDate(params.splitDate)
  if (!(split > period.from && split < to))
    throw new InputError(
      'E-MTH-SPLIT',
      `${dateLabel(split)} does not lie within the period ${dateLabel(period.from)} to ${dateLabel(to - 1)}: one of the two parts would be empty.`,
      { column: 'splitDate', cure: 'Choose a day inside the period.' },
    )
  const { length, from, timePrecision } = incidents
  const before = new Uint8Array(length)
  const after = new Uint8Array(length)
  const withinMonth = !isFirst(split) || (params.untilDate !== '' && !isFirst(to))
  let undated = 0
  for (let i = 0; i < length; i++) {
    if (mask[i] === 0) continue
    if (from[i] === NO_TIME || timePrecision[i] === NONE) undated++
    else if (from[i] >= period.from && from[i] < to) {
      if (withinMonth && timePrecision[i] === MONTH) refuseWithinMonth(split)
      if (from[i] < split) before[i] = 1
      else after[i] = 1
    }
  }
  const caveats: Caveat[] = []
  if (undated > 0)
    caveats.push(
      caveat(
        'undated',
        `${undated.toLocaleString('en-GB')} incidents have no date and are in neither period.`,
      ),
    )
  const gaps = [...(context.missingMonths ?? []), ...(context.partialMonths ?? [])]
    .filter(
      (month) => month >= monthLabel(monthIndex(period.from)) && month <= monthLabel(monthIndex(to - 1)),
    )
    .sort()
  if (gaps.length > 0)
    caveats.push(
      caveat(
        'months-missing',
        `The files do not hold, or hold only in part: ${monthSpans([...new Set(gaps)])}. What happened then is in neither period, and is not nothing.`,
      ),
    )
  return {
    before,
    after,
    from: period.from,
    split,
    to,
    beforeLabel: `${dateLabel(period.from)} to ${dateLabel(split - 1)}`,
    afterLabel: `${dateLabel(split)} to ${dateLabel(to - 1)}`,
    caveats,
  }
}

function refuseWithinMonth(split: number): never {
  throw new InputError(
    'E-MTH-MONTHS',
    `Some incidents are known by their month alone, and ${dateLabel(split)} or the end lies within a month: they cannot be told off to one side.`,
    { column: 'splitDate', cure: 'Choose the first of a month.' },
  )
}

function isFirst(minutes: number): boolean {
  return dateOf(minutes).day === 1
}

/** The first of the month nearest the middle, inside the period where there is one. */
function nearestMonth(from: number, to: number): number {
  const middle = (from + to) / 2
  let best = Number.NaN
  for (let month = monthIndex(from); month <= monthIndex(to - 1); month++) {
    const start = minutesOf(1970 + Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1)
    if (start <= from || start >= to) continue
    if (!(Math.abs(start - middle) >= Math.abs(best - middle))) best = start
  }
  if (Number.isNaN(best))
    throw new InputError('E-MTH-SPLIT', 'The period holds no first of a month to be split at.', {
      column: 'splitDate',
      cure: 'Give the first day of the later period.',
    })
  return best
}
