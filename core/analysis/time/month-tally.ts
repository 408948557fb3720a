/** The months of a period: which minutes they span, how many incidents fall in each, and how to name a set of them. */
import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import {
  dateOf,
  MINUTES_PER_DAY,
  minutesOf,
  minutesOfDate,
  monthIndex,
  monthLabel,
  monthOfLabel,
} from '../support/wall-clock.ts'

const NONE = timePrecisions.indexOf('none')

/** Earliest and latest `occurredFrom` of all incidents, selected or not; ±Infinity when none has a date. */
export interface DateSpan {
  readonly earliest: number
  readonly latest: number
}

export function spanOfDates({ length, from, timePrecision }: Incidents): DateSpan {
  let earliest = Infinity
  let latest = -Infinity
  for (let row = 0; row < length; row++) {
    const minutes = from[row]
    if (minutes === NO_TIME || timePrecision[row] === NONE) continue
    if (minutes < earliest) earliest = minutes
    if (minutes > latest) latest = minutes
  }
  return { earliest, latest }
}

/** Minutes [from, to). @throws InputError E-DATE-ISO, E-MTH-PERIOD */
export function periodGiven(period: { readonly from: string; readonly to: string }): {
  from: number
  to: number
} {
  const from = minutesOfDate(period.from)
  const to = minutesOfDate(period.to)
  if (to <= from)
    throw new InputError(
      'E-MTH-PERIOD',
      `The period ends (${period.to}) before it begins (${period.from}).`,
      {
        column: 'occurredFrom',
        cure: 'Give an end after the beginning; the end day itself is not included.',
      },
    )
  return { from, to }
}

/** The whole months the dates lie in. @throws InputError E-MTH-PERIOD when there is no date */
export function periodOfSpan({ earliest, latest }: DateSpan): { from: number; to: number } {
  if (earliest > latest)
    throw new InputError(
      'E-MTH-PERIOD',
      'None of the incidents has a date, so there are no months to count.',
      {
        column: 'occurredFrom',
        cure: 'Map the date column and import again, or state a period.',
      },
    )
  const first = dateOf(earliest)
  const last = dateOf(latest)
  return {
    from: minutesOf(first.year, first.month, 1),
    to: last.month === 12 ? minutesOf(last.year + 1, 1, 1) : minutesOf(last.year, last.month + 1, 1),
  }
}

/**
 * Selected incidents per month of [from, to) minutes, by `occurredFrom`.
 *
 * @param first month index of the first month; `months` how many there are
 */
export function tallyMonths(
  incidents: Incidents,
  from: number,
  to: number,
  first: number,
  months: number,
  control: Control,
): { tally: Float64Array; undated: number; outside: number } {
  const { length, mask, timePrecision } = incidents
  const occurred = incidents.from
  const firstDay = Math.floor(from / MINUTES_PER_DAY)
  const monthOfDay = new Int32Array(Math.ceil((to - from) / MINUTES_PER_DAY))
  for (let day = 0; day < monthOfDay.length; day++)
    monthOfDay[day] = monthIndex((firstDay + day) * MINUTES_PER_DAY) - first
  const tally = new Float64Array(months)
  let undated = 0
  let outside = 0
  for (let row = 0; row < length; row++) {
    if ((row & 0x3ffff) === 0) control.tick(row / length, 'Counting months')
    if (mask[row] === 0) continue
    const minutes = occurred[row]
    if (minutes === NO_TIME || timePrecision[row] === NONE) undated++
    else if (minutes < from || minutes >= to) outside++
    else tally[monthOfDay[Math.floor(minutes / MINUTES_PER_DAY) - firstDay]]++
  }
  return { tally, undated, outside }
}

/** `2020-01 to 2020-03, 2021-05` for labels in order of time. */
export function monthSpans(labels: readonly string[]): string {
  const spans: string[] = []
  for (let at = 0; at < labels.length; ) {
    const start = monthOfLabel(labels[at])
    let length = 1
    while (at + length < labels.length && monthOfLabel(labels[at + length]) === start + length) length++
    const end = monthLabel(start + length - 1)
    spans.push(length === 1 ? labels[at] : `${labels[at]} to ${end}`)
    at += length
  }
  return spans.join(', ')
}
