import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import {
  dateLabel,
  dateOf,
  isDate,
  MINUTES_PER_DAY,
  minutesOf,
  monthIndex,
  monthOfLabel,
} from '../support/wall-clock.ts'
import { periodGiven, periodOfSpan, spanOfDates } from '../time/month-tally.ts'

const NONE = timePrecisions.indexOf('none')
const MONTH = timePrecisions.indexOf('month')

/** Periods of so many months, oldest first; minutes of the wall clock, [from, to). */
export interface MonthPeriods {
  readonly labels: readonly string[]
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Period of each incident of the mask, −1 for none. */
  readonly periodOf: Int16Array
  readonly undated: number
  /** Periods left out because the files do not hold a month of them, and those kept though held in part. */
  readonly notHeld: readonly string[]
  readonly heldInPart: readonly string[]
}

/**
 * The last `most` whole periods of `months` months, counted back from the end of the period selected, else of the
 * last month of the data. What is left at the beginning is not used. A period with a month the files do not hold is
 * left out, not counted as quiet.
 *
 * @throws InputError E-MTH-PERIOD (no date), E-MTH-MONTHS (month-only incidents and a period that ends within a month)
 */
export function monthPeriods(
  incidents: Incidents,
  context: Context,
  months: number,
  most: number,
): MonthPeriods {
  const { length, from, timePrecision, mask } = incidents
  const span = context.period ? periodGiven(context.period) : periodOfSpan(spanOfDates(incidents))
  const found: { label: string; from: number; to: number }[] = []
  const notHeld: string[] = []
  const heldInPart: string[] = []
  for (let back = 0; back < most; back++) {
    const end = monthsBefore(span.to, back * months)
    const start = monthsBefore(span.to, (back + 1) * months)
    if (start < span.from) break
    const label = periodLabel(start, end)
    if (anyMonth(context.missingMonths, start, end)) notHeld.unshift(label)
    else {
      found.unshift({ label, from: start, to: end })
      if (anyMonth(context.partialMonths, start, end)) heldInPart.unshift(label)
    }
  }
  const periodOf = new Int16Array(length).fill(-1)
  const withinMonth = found.some((each) => dateOf(each.from).day !== 1 || dateOf(each.to).day !== 1)
  const table = periodOfDays(found)
  let undated = 0
  for (let i = 0; i < length; i++) {
    if (mask[i] === 0) continue
    if (from[i] === NO_TIME || timePrecision[i] === NONE) {
      undated++
      continue
    }
    const day = Math.floor(from[i] / MINUTES_PER_DAY) - table.firstDay
    if (day < 0 || day >= table.period.length) continue
    if (withinMonth && timePrecision[i] === MONTH)
      throw new InputError(
        'E-MTH-MONTHS',
        'Some incidents are known by their month alone, and the periods begin within a month: they cannot be told off.',
        { column: 'occurredFrom', cure: 'Select a period that ends with a month.' },
      )
    periodOf[i] = table.period[day]
  }
  return {
    labels: found.map(({ label }) => label),
    from: found.map((each) => each.from),
    to: found.map((each) => each.to),
    periodOf,
    undated,
    notHeld,
    heldInPart,
  }
}

/** The same day some months before; the 29th to 31st become the last day of a shorter month. */
function monthsBefore(minutes: number, months: number): number {
  const { day } = dateOf(minutes)
  const month = monthIndex(minutes) - months
  const year = 1970 + Math.floor(month / 12)
  const inYear = month - (year - 1970) * 12 + 1
  let kept = day
  while (!isDate(year, inYear, kept)) kept--
  return minutesOf(year, inYear, kept)
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function periodLabel(from: number, to: number): string {
  const start = dateOf(from)
  const end = dateOf(to - 1)
  if (start.day !== 1) return `${dateLabel(from)} to ${dateLabel(to - 1)}`
  const first = `${monthNames[start.month - 1]} ${start.year}`
  if (start.year === end.year && start.month === end.month) return first
  if (start.month === 1 && end.month === 12 && start.year === end.year) return String(start.year)
  return `${first} – ${monthNames[end.month - 1]} ${end.year}`
}

function anyMonth(months: readonly string[] | undefined, from: number, to: number): boolean {
  const first = monthIndex(from)
  const last = monthIndex(to - 1)
  return (months ?? []).some((label) => monthOfLabel(label) >= first && monthOfLabel(label) <= last)
}

function periodOfDays(periods: readonly { readonly from: number; readonly to: number }[]) {
  if (periods.length === 0) return { firstDay: 0, period: new Int16Array(0) }
  const firstDay = Math.floor(periods[0].from / MINUTES_PER_DAY)
  const lastDay = Math.floor(periods[periods.length - 1].to / MINUTES_PER_DAY)
  const period = new Int16Array(lastDay - firstDay).fill(-1)
  periods.forEach(({ from, to }, at) => {
    period.fill(
      at,
      Math.floor(from / MINUTES_PER_DAY) - firstDay,
      Math.floor(to / MINUTES_PER_DAY) - firstDay,
    )
  })
  return { firstDay, period }
}
