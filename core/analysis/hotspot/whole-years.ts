import { NO_TIME } from '#core/contract/incident.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import {
  civilOf,
  dateLabel,
  dateOf,
  daysOf,
  isDate,
  MINUTES_PER_DAY,
  minutesOf,
  minutesOfDate,
  monthIndex,
  monthOfLabel,
} from '../support/wall-clock.ts'

/** Whole years that end with the period, oldest first; times in wall-clock minutes, [from, to). */
export interface WholeYears {
  readonly labels: readonly string[]
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Index of the year of each day since 1970 from `firstDay` on; −1 for a day in none of them. */
  readonly firstDay: number
  readonly yearOfDay: Int8Array
  /** Years that had to be left out because a month is not held. */
  readonly notHeld: readonly string[]
  /** Years kept though a month is held in part. */
  readonly heldInPart: readonly string[]
}

/**
 * The last `most` whole years of the period, counted back from its end. Without a period asked for, the period runs
 * from the first day of the first month with an incident of the mask to the last day of the last. A year with a
 * month the files do not hold is left out, not counted as quiet.
 */
export function wholeYears(
  incidents: Incidents,
  mask: Uint8Array,
  context: Context,
  most: number,
): WholeYears {
  const span = context.period
    ? { from: minutesOfDate(context.period.from), to: minutesOfDate(context.period.to) }
    : spanOf(incidents, mask)
  const years: { label: string; from: number; to: number }[] = []
  const notHeld: string[] = []
  const heldInPart: string[] = []
  if (span !== null)
    for (let back = 0; back < most; back++) {
      const from = yearsBefore(span.to, back + 1)
      const to = yearsBefore(span.to, back)
      if (from < span.from) break
      const label = yearLabel(from, to)
      if (anyMonth(context.missingMonths, from, to)) notHeld.unshift(label)
      else {
        years.unshift({ label, from, to })
        if (anyMonth(context.partialMonths, from, to)) heldInPart.unshift(label)
      }
    }
  return {
    labels: years.map(({ label }) => label),
    from: years.map(({ from }) => from),
    to: years.map(({ to }) => to),
    ...daysOfYears(years),
    notHeld,
    heldInPart,
  }
}

function spanOf(incidents: Incidents, mask: Uint8Array): { from: number; to: number } | null {
  let first = Infinity
  let last = -Infinity
  for (let i = 0; i < incidents.length; i++) {
    if (mask[i] === 0 || incidents.from[i] === NO_TIME) continue
    if (incidents.from[i] < first) first = incidents.from[i]
    if (incidents.from[i] > last) last = incidents.from[i]
  }
  if (first > last) return null
  const start = dateOf(first)
  const end = dateOf(last)
  return {
    from: minutesOf(start.year, start.month, 1),
    to: end.month === 12 ? minutesOf(end.year + 1, 1, 1) : minutesOf(end.year, end.month + 1, 1),
  }
}

/** The same day some years before; 29 February becomes 28 February where there is none. */
function yearsBefore(minutes: number, years: number): number {
  const { year, month, day } = civilOf(Math.floor(minutes / MINUTES_PER_DAY))
  const kept = isDate(year - years, month, day) ? day : day - 1
  return daysOf(year - years, month, kept) * MINUTES_PER_DAY
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2024`, or `Apr 2024 – Mar 2025`, or the two days when the year does not start with a month. */
function yearLabel(from: number, to: number): string {
  const start = dateOf(from)
  const end = dateOf(to - 1)
  if (start.day !== 1) return `${dateLabel(from)} to ${dateLabel(to - 1)}`
  if (start.month === 1) return String(start.year)
  return `${monthNames[start.month - 1]} ${start.year} – ${monthNames[end.month - 1]} ${end.year}`
}

function anyMonth(months: readonly string[] | undefined, from: number, to: number): boolean {
  const first = monthIndex(from)
  const last = monthIndex(to - 1)
  return (months ?? []).some((label) => monthOfLabel(label) >= first && monthOfLabel(label) <= last)
}

/** A table by day: years start at midnight, and a look-up costs less than comparing with each of them. */
function daysOfYears(years: readonly { readonly from: number; readonly to: number }[]): {
  firstDay: number
  yearOfDay: Int8Array
} {
  if (years.length === 0) return { firstDay: 0, yearOfDay: new Int8Array(0) }
  const firstDay = years[0].from / MINUTES_PER_DAY
  const yearOfDay = new Int8Array(years[years.length - 1].to / MINUTES_PER_DAY - firstDay).fill(-1)
  years.forEach(({ from, to }, year) => {
    yearOfDay.fill(year, from / MINUTES_PER_DAY - firstDay, to / MINUTES_PER_DAY - firstDay)
  })
  return { firstDay, yearOfDay }
}
