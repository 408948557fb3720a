import type { Caveat } from '#core/contract/caveat.ts'
import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import {
  civilOf,
  dateLabel,
  daysOf,
  MINUTES_PER_DAY,
  minutesOfDate,
  monthIndex,
  monthLabel,
} from '../support/wall-clock.ts'
import { monthSpans, periodGiven, periodOfSpan, spanOfDates } from '../time/month-tally.ts'

const MONTH = timePrecisions.indexOf('month')
const NONE = timePrecisions.indexOf('none')

export const periodCaveatCodes = {
  'months-missing': 'Months that are missing, or held in part, are left out of both periods.',
  'periods-uneven': 'The periods are of different seasons or lengths, or have different gaps.',
  'periods-chosen':
    'No periods were stated; the last twelve whole months and the twelve before are compared.',
  undated: 'Incidents without a date are not counted.',
} as const

/** One of the two periods, by calendar month (the first and last may be cut). */
export interface PeriodSide {
  /** Day numbers, [from, to). */
  readonly from: number
  readonly to: number
  /** Month indexes. */
  readonly months: readonly number[]
  /** Covered days of each month within the period; 0 where it is left out. */
  readonly days: Float64Array
}

export interface ComparedPeriods {
  readonly later: PeriodSide
  readonly earlier: PeriodSide
  readonly laterDays: number
  readonly earlierDays: number
  /** Months that stand against each other, where the periods are equally many months; covered in both. */
  readonly pairs: readonly { readonly name: string; readonly later: number; readonly earlier: number }[]
  readonly caveats: readonly Caveat[]
}

interface Dates {
  readonly laterFrom: string
  readonly laterTo: string
  readonly earlierFrom: string
  readonly earlierTo: string
}

/** @throws InputError E-MTH-PERIOD, E-MTH-DAY */
export function comparedPeriods(incidents: Incidents, dates: Dates, context: Context): ComparedPeriods {
  const span = spanOfDates(incidents)
  const caveats: Caveat[] = []
  const day = (date: string): number => minutesOfDate(date) / MINUTES_PER_DAY
  let from: number
  let to: number
  if (dates.laterFrom === '' || dates.laterTo === '') {
    const known = context.period ? periodGiven(context.period) : periodOfSpan(span)
    const end = dates.laterTo === '' ? firstOfMonth(known.to / MINUTES_PER_DAY) : day(dates.laterTo) + 1
    to = end
    from = dates.laterFrom === '' ? monthsAway(end, -12) : day(dates.laterFrom)
  } else {
    from = day(dates.laterFrom)
    to = day(dates.laterTo) + 1
  }
  const earlierFrom = dates.earlierFrom === '' ? monthsAway(from, -12) : day(dates.earlierFrom)
  const earlierTo = dates.earlierTo === '' ? monthsAway(to, -12) : day(dates.earlierTo) + 1
  if (to <= from || earlierTo <= earlierFrom || earlierTo > from)
    throw new InputError(
      'E-MTH-PERIOD',
      `The periods ${label(earlierFrom)} to ${label(earlierTo - 1)} and ${label(from)} to ${label(to - 1)} cannot be compared: each must end after it begins, and the earlier before the later.`,
      {
        column: 'laterFrom',
        cure: 'Give the first and the last day of both; by default the earlier is a year before.',
      },
    )
  if (dates.laterFrom + dates.laterTo + dates.earlierFrom + dates.earlierTo === '')
    caveats.push(
      caveat(
        'periods-chosen',
        `No periods were stated: ${label(from)} to ${label(to - 1)} is compared with ${label(earlierFrom)} to ${label(earlierTo - 1)}.`,
      ),
    )
  checkPrecision(incidents, [from, to, earlierFrom, earlierTo], caveats)

  const later = sideOf(from, to)
  const earlier = sideOf(earlierFrom, earlierTo)
  const absent = absentMonths(span, context)
  const sameMonths =
    later.months.length === earlier.months.length &&
    (later.months[0] - earlier.months[0]) % 12 === 0 &&
    civilOf(from).day === civilOf(earlierFrom).day &&
    civilOf(to).day === civilOf(earlierTo).day
  const left = new Set<number>()
  for (const side of [later, earlier])
    side.months.forEach((month, at) => {
      if (!absent(month)) return
      left.add(month)
      side.days[at] = 0
      if (sameMonths) for (const each of [later, earlier]) each.days[at] = 0
    })
  if (left.size > 0)
    caveats.push(
      caveat(
        'months-missing',
        `The files do not hold the whole of ${monthSpans([...left].sort((a, b) => a - b).map(monthLabel))}; ${
          sameMonths ? 'these months are left out of both periods' : 'their days are left out'
        }.`,
      ),
    )
  if (!sameMonths)
    caveats.push(
      caveat(
        'periods-uneven',
        'The periods are not the same months of two years: a difference may be one of season.',
      ),
    )
  const laterDays = total(later.days)
  const earlierDays = total(earlier.days)
  if (laterDays === 0 || earlierDays === 0)
    throw new InputError('E-MTH-PERIOD', 'The files hold no month that both periods could be compared on.', {
      column: 'laterFrom',
      cure: 'Import the missing months or choose other periods.',
    })
  const pairs =
    later.months.length === earlier.months.length
      ? later.months.flatMap((month, at) =>
          later.days[at] > 0 && earlier.days[at] > 0
            ? [{ name: monthLabel(month), later: at, earlier: at }]
            : [],
        )
      : []
  return { later, earlier, laterDays, earlierDays, pairs, caveats }
}

/** Where a date falls: which period and which of its months; null outside both, or where the month is left out. */
export function dayOfPeriods(
  { later, earlier }: ComparedPeriods,
  minutes: number,
  precision: number,
): { readonly later: boolean; readonly month: number } | null {
  if (minutes === NO_TIME || precision === NONE) return null
  const day = Math.floor(minutes / MINUTES_PER_DAY)
  const side =
    day >= later.from && day < later.to ? later : day >= earlier.from && day < earlier.to ? earlier : null
  if (!side) return null
  const month = monthIndex(minutes) - side.months[0]
  return side.days[month] > 0 ? { later: side === later, month } : null
}

function sideOf(from: number, to: number): PeriodSide {
  const first = monthIndex(from * MINUTES_PER_DAY)
  const last = monthIndex((to - 1) * MINUTES_PER_DAY)
  const months = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const days = Float64Array.from(
    months,
    (month) => Math.min(to, monthStart(month + 1)) - Math.max(from, monthStart(month)),
  )
  return { from, to, months, days }
}

function absentMonths(
  span: { readonly earliest: number; readonly latest: number },
  context: Context,
): (month: number) => boolean {
  const partial = new Set(context.partialMonths)
  const missing = context.missingMonths ? new Set(context.missingMonths) : null
  return (month) =>
    partial.has(monthLabel(month)) ||
    (missing
      ? missing.has(monthLabel(month))
      : month < monthIndex(span.earliest) || month > monthIndex(span.latest))
}

function checkPrecision(
  { length, mask, from, timePrecision }: Incidents,
  bounds: readonly number[],
  caveats: Caveat[],
): void {
  let undated = 0
  let coarse = 0
  for (let row = 0; row < length; row++) {
    if (mask[row] === 0) continue
    if (from[row] === NO_TIME || timePrecision[row] === NONE) undated++
    else if (timePrecision[row] === MONTH) coarse++
  }
  if (coarse > 0 && bounds.some((day) => civilOf(day).day !== 1))
    throw new InputError(
      'E-MTH-DAY',
      `${coarse.toLocaleString('en-GB')} of the incidents are dated by the month only, and a period begins or ends within a month.`,
      {
        column: 'laterFrom',
        cure: 'Compare whole months.',
      },
    )
  if (undated > 0)
    caveats.push(
      caveat(
        'undated',
        `${undated.toLocaleString('en-GB')} of the incidents selected have no date and are in neither period.`,
      ),
    )
}

function monthStart(month: number): number {
  const year = Math.floor(month / 12)
  return daysOf(1970 + year, month - 12 * year + 1, 1)
}

/** The first of the month a day lies in. */
function firstOfMonth(day: number): number {
  return monthStart(monthIndex(day * MINUTES_PER_DAY))
}

/** The same day so many months away; the 29th to 31st become the first of the next month where there is none. */
function monthsAway(day: number, months: number): number {
  const start = firstOfMonth(day)
  const moved = monthIndex(start * MINUTES_PER_DAY) + months
  return Math.min(monthStart(moved) + (day - start), monthStart(moved + 1))
}

function label(day: number): string {
  return dateLabel(day * MINUTES_PER_DAY)
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}
