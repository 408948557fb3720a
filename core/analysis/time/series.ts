/** Counts by month, week or day over a period, with blanks where no file covers the time. */
import type { Caveat } from '#core/contract/caveat.ts'
import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Context, Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { dateLabel, daysOf, MINUTES_PER_DAY, monthIndex, monthLabel } from '../support/wall-clock.ts'
import { monthSpans, periodGiven, periodOfSpan, spanOfDates } from './month-tally.ts'

const MONTH = timePrecisions.indexOf('month')
const NONE = timePrecisions.indexOf('none')

export type Step = 'month' | 'week' | 'day'

export const stepParameter = {
  type: 'choice',
  title: 'Counted by',
  options: [
    { value: 'month', title: 'Month' },
    { value: 'week', title: 'Week (Monday to Sunday)' },
    { value: 'day', title: 'Day' },
  ],
  default: 'month',
  why: 'Published data hold the month only, and most decisions are taken by the month.',
} as const

/** Caveats of every series: code and when. */
export const seriesCaveatCodes = {
  'months-missing': 'Months no file covers are blank, not nil.',
  'months-partial': 'Months covered in part are left blank, for their counts are too low.',
  'period-cut': 'A month or week at an end of the period is not whole and is left out.',
  'month-only': 'Incidents dated by the month only are not counted by week or day.',
  undated: 'Incidents without a date are not counted.',
  'outside-period': 'Incidents outside the period are not counted.',
  'period-from-data': 'No period was stated; it is taken from the dates of the data.',
} as const

export interface Series {
  readonly step: Step
  /** `YYYY-MM` of a month, `YYYY-MM-DD` of a day or of a week's Monday. */
  readonly labels: readonly string[]
  /** Day number (since 1970-01-01) each step begins on. */
  readonly firstDay: Int32Array
  /** Days in each step. */
  readonly days: Float64Array
  /** Incidents of the selection; NaN where not covered. */
  readonly counts: Float64Array
  /** Σ of the counts that are not blank. */
  readonly incidents: number
  readonly caveats: readonly Caveat[]
}

/**
 * The selected incidents by whole steps of `context.period`, else of the dates of the whole data, by `occurredFrom`.
 * A step with a day in a missing or partial month is NaN. Where coverage is not known, months beyond the data's own
 * dates count as missing.
 *
 * @throws InputError E-MTH-PERIOD (no dates, no whole step), E-MTH-DAY (days or weeks of records that hold the month only)
 */
export function readSeries(incidents: Incidents, step: Step, context: Context, control: Control): Series {
  const span = spanOfDates(incidents)
  const caveats: Caveat[] = []
  const period = periodOf(span, step, context)
  if (!context.period)
    caveats.push(
      caveat(
        'period-from-data',
        `No period was stated: it runs over the dates of the data, ${dateLabel(span.earliest)} to ${dateLabel(span.latest)}.`,
      ),
    )
  const firstOfPeriod = Math.floor(period.from / MINUTES_PER_DAY)
  const endOfPeriod = Math.ceil(period.to / MINUTES_PER_DAY)
  const edges = edgesOf(step, firstOfPeriod, endOfPeriod)
  const length = edges.length - 1
  if (length < 1)
    throw new InputError(
      'E-MTH-PERIOD',
      `The period ${dateLabel(period.from)} to ${dateLabel(period.to - 1)} holds no whole ${step}.`,
      { column: 'occurredFrom', cure: 'State a longer period, or count by a shorter step.' },
    )
  if (edges[0] > firstOfPeriod || edges[length] < endOfPeriod)
    caveats.push(
      caveat(
        'period-cut',
        `The period runs from ${dateLabel(period.from)} to ${dateLabel(period.to - 1)}; only its whole ${step}s, ${dayLabel(edges[0])} to ${dayLabel(edges[length] - 1)}, are used.`,
      ),
    )
  const counts = tally(incidents, step, edges, period, control, caveats)
  blank(counts, edges, span, context, caveats)
  let sum = 0
  for (const count of counts) if (!Number.isNaN(count)) sum += count
  return {
    step,
    labels: Array.from({ length }, (_, at) =>
      step === 'month' ? monthLabel(monthIndex(edges[at] * MINUTES_PER_DAY)) : dayLabel(edges[at]),
    ),
    firstDay: edges.subarray(0, length),
    days: Float64Array.from({ length }, (_, at) => edges[at + 1] - edges[at]),
    counts,
    incidents: sum,
    caveats,
  }
}

/** First and length of the longest stretch without a blank, the later of equals. */
export function longestRun(counts: Float64Array): { first: number; length: number } {
  let best = { first: 0, length: 0 }
  for (let at = 0; at < counts.length; ) {
    let end = at
    while (end < counts.length && !Number.isNaN(counts[end])) end++
    if (end - at > 0 && end - at >= best.length) best = { first: at, length: end - at }
    at = end + 1
  }
  return best
}

/** `YYYY-MM-DD` of a day number. */
export function dayLabel(day: number): string {
  return dateLabel(day * MINUTES_PER_DAY)
}

function periodOf(
  span: { readonly earliest: number; readonly latest: number },
  step: Step,
  context: Context,
): { readonly from: number; readonly to: number } {
  if (context.period) return periodGiven(context.period)
  const whole = periodOfSpan(span)
  if (step === 'month') return whole
  return {
    from: Math.floor(span.earliest / MINUTES_PER_DAY) * MINUTES_PER_DAY,
    to: (Math.floor(span.latest / MINUTES_PER_DAY) + 1) * MINUTES_PER_DAY,
  }
}

/** First days of the whole steps in [from, to) days, and the end of the last. */
function edgesOf(step: Step, from: number, to: number): Int32Array {
  const edges: number[] = []
  if (step === 'month') {
    const first = monthIndex(from * MINUTES_PER_DAY)
    for (let month = first; ; month++) {
      const day = daysOf(1970 + Math.floor(month / 12), month - 12 * Math.floor(month / 12) + 1, 1)
      if (day > to) break
      if (day >= from) edges.push(day)
    }
  } else {
    const width = step === 'week' ? 7 : 1
    // Day 4 was a Monday.
    const start = step === 'week' ? from + ((((4 - from) % 7) + 7) % 7) : from
    for (let day = start; day <= to; day += width) edges.push(day)
  }
  return Int32Array.from(edges)
}

function tally(
  { length, mask, from, timePrecision }: Incidents,
  step: Step,
  edges: Int32Array,
  period: { readonly from: number; readonly to: number },
  control: Control,
  caveats: Caveat[],
): Float64Array {
  const steps = edges.length - 1
  const first = edges[0]
  const stepOfDay = new Int32Array(edges[steps] - first)
  for (let at = 0; at < steps; at++) stepOfDay.fill(at, edges[at] - first, edges[at + 1] - first)
  const counts = new Float64Array(steps)
  let undated = 0
  let outside = 0
  let coarse = 0
  let selected = 0
  for (let row = 0; row < length; row++) {
    if ((row & 0x3ffff) === 0) control.tick(row / length, 'Counting')
    if (mask[row] === 0) continue
    selected++
    const minutes = from[row]
    const precision = timePrecision[row]
    if (minutes === NO_TIME || precision === NONE) undated++
    else if (precision === MONTH && step !== 'month') coarse++
    else if (minutes < period.from || minutes >= period.to) outside++
    else {
      const day = Math.floor(minutes / MINUTES_PER_DAY) - first
      if (day >= 0 && day < stepOfDay.length) counts[stepOfDay[day]]++
    }
  }
  if (coarse > 0 && coarse === selected - undated)
    throw new InputError(
      'E-MTH-DAY',
      `Nothing can be counted by ${step}: these incidents are dated by the month only.`,
      {
        column: 'occurredFrom',
        cure: 'Count by month, or import records that hold the day (published police data hold the month only).',
      },
    )
  const told = (code: keyof typeof seriesCaveatCodes, many: number, what: string): void => {
    if (many > 0)
      caveats.push(caveat(code, `${many.toLocaleString('en-GB')} of the incidents selected ${what}.`))
  }
  told('undated', undated, 'have no date and are not counted')
  told('outside-period', outside, 'lie outside the period and are not counted')
  told('month-only', coarse, `are dated by the month only and are in no ${step}: the counts are too low`)
  return counts
}

/** Writes NaN where the files do not cover a step. */
function blank(
  counts: Float64Array,
  edges: Int32Array,
  span: { readonly earliest: number; readonly latest: number },
  context: Context,
  caveats: Caveat[],
): void {
  const monthOf = (day: number): number => monthIndex(day * MINUTES_PER_DAY)
  const first = monthOf(edges[0])
  const months = Array.from(
    { length: monthOf(edges[edges.length - 1] - 1) - first + 1 },
    (_, at) => first + at,
  )
  const missing = new Set(
    context.missingMonths ??
      months
        .filter((month) => month < monthIndex(span.earliest) || month > monthIndex(span.latest))
        .map(monthLabel),
  )
  const partial = new Set(context.partialMonths)
  for (let at = 0; at < counts.length; at++)
    for (let month = monthOf(edges[at]); month <= monthOf(edges[at + 1] - 1); month++)
      if (missing.has(monthLabel(month)) || partial.has(monthLabel(month))) counts[at] = Number.NaN
  const labels = months.map(monthLabel)
  const none = labels.filter((label) => missing.has(label))
  const part = labels.filter((label) => partial.has(label) && !missing.has(label))
  if (none.length > 0)
    caveats.push(
      caveat('months-missing', `No file covers ${monthSpans(none)}: left blank, which is not nil.`),
    )
  if (part.length > 0)
    caveats.push(
      caveat(
        'months-partial',
        `The files hold only part of ${monthSpans(part)}: left blank, for the counts are too low.`,
      ),
    )
}
