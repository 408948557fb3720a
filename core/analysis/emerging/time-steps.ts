/**
 * Time cut into equal steps, counted back from the end of the period: the latest step is always whole, for it is the
 * one that is acted on. What is left at the beginning (and, for months, a month cut by the end) is in no step.
 */
import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Context, Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import {
  civilOf,
  dateLabel,
  daysOf,
  MINUTES_PER_DAY,
  monthIndex,
  monthLabel,
  monthOfLabel,
} from '../support/wall-clock.ts'
import { periodGiven, periodOfSpan, spanOfDates } from '../time/month-tally.ts'

export type StepUnit = 'day' | 'week' | 'fourWeeks' | 'month'

/** The setting of every method that works in time steps. */
export const stepOptions = [
  { value: 'day', title: 'Days' },
  { value: 'week', title: 'Weeks (7 days)' },
  { value: 'fourWeeks', title: 'Four weeks (28 days)' },
  { value: 'month', title: 'Calendar months' },
] as const

/** One step in the singular, for sentences. */
export const stepWord: Readonly<Record<StepUnit, string>> = {
  day: 'day',
  week: 'week',
  fourWeeks: 'four weeks',
  month: 'month',
}

/** Length of a step in days; a month at its mean length. */
export const stepDays: Readonly<Record<StepUnit, number>> = {
  day: 1,
  week: 7,
  fourWeeks: 28,
  month: 30.436875,
}

export interface TimeSteps {
  readonly unit: StepUnit
  readonly count: number
  /** Day (since 1970-01-01) each step begins, and after the last the day it ends: `count + 1` ascending days. */
  readonly starts: Int32Array
  /** 1 where the files hold the whole step; 0 where it touches a month that no file covers. */
  readonly present: Uint8Array
  /** Days of each step that lie in months the files cover. */
  readonly coveredDays: Float64Array
  /** Days of the period before the first step, and after the last. */
  readonly daysBefore: number
  readonly daysAfter: number
  /** True when no period was stated and the dates of the data stand in for it. */
  readonly fromData: boolean
  /** Months of the steps covered in part. */
  readonly partialMonths: readonly string[]
  readonly missingMonths: readonly string[]
}

/** More steps than this is a slip (days over a century), not a question. */
const MAXIMUM_STEPS = 20_000

/**
 * Steps over `context.period`, else over the dates of the whole data (for months: the whole months they lie in).
 *
 * @throws InputError E-MTH-PERIOD (no date and no period, or reversed), E-MTH-STEPS (not one whole step, or too many)
 */
export function layTimeSteps(incidents: Incidents, context: Context, unit: StepUnit): TimeSteps {
  const { from, to } = context.period ? periodGiven(context.period) : periodOfData(incidents, unit)
  const first = Math.floor(from / MINUTES_PER_DAY)
  const last = Math.floor(to / MINUTES_PER_DAY)
  const starts = unit === 'month' ? monthStarts(first, last) : equalStarts(first, last, stepDays[unit])
  const count = starts.length - 1
  if (count < 1 || count > MAXIMUM_STEPS)
    throw new InputError(
      'E-MTH-STEPS',
      count < 1
        ? `The period (${last - first} days) does not hold one whole step of a ${stepWord[unit]}.`
        : `The period holds ${count.toLocaleString('en-GB')} steps, more than ${MAXIMUM_STEPS.toLocaleString('en-GB')}.`,
      {
        column: 'step',
        cure: count < 1 ? 'Choose a shorter step or a longer period.' : 'Choose a longer step.',
      },
    )
  const missing = new Set(context.missingMonths)
  const partial = new Set(context.partialMonths)
  const present = new Uint8Array(count).fill(1)
  const coveredDays = new Float64Array(count)
  const found = { missing: new Set<string>(), partial: new Set<string>() }
  for (let step = 0; step < count; step++)
    for (let day = starts[step]; day < starts[step + 1]; day++) {
      const label = monthLabel(monthIndex(day * MINUTES_PER_DAY))
      if (partial.has(label)) found.partial.add(label)
      if (missing.has(label)) {
        present[step] = 0
        found.missing.add(label)
      } else coveredDays[step]++
    }
  return {
    unit,
    count,
    starts,
    present,
    coveredDays,
    daysBefore: starts[0] - first,
    daysAfter: last - starts[count],
    fromData: context.period === undefined,
    partialMonths: inOrder(found.partial),
    missingMonths: inOrder(found.missing),
  }
}

/** First day of a step, and its last, `YYYY-MM-DD`. */
export function stepStart(steps: TimeSteps, step: number): string {
  return dateLabel(steps.starts[step] * MINUTES_PER_DAY)
}

export function stepEnd(steps: TimeSteps, step: number): string {
  return dateLabel((steps.starts[step + 1] - 1) * MINUTES_PER_DAY)
}

/** The step of each incident by its earliest time, and why others have none. */
export interface StepsOfIncidents {
  /** −1: not selected, no date, a month where a day is needed, or in no step. */
  readonly stepOf: Int32Array
  readonly selected: number
  readonly undated: number
  readonly monthOnly: number
  readonly outside: number
}

const NONE = timePrecisions.indexOf('none')
const MONTH = timePrecisions.indexOf('month')

/**
 * @param mask 1 = asked for
 * @throws InputError E-MTH-TIME when only months are known and the steps are shorter
 * Cost: about 10 ns an incident; 4 bytes each.
 */
export function stepsOfIncidents(
  incidents: Incidents,
  mask: Uint8Array,
  steps: TimeSteps,
  control: Control,
): StepsOfIncidents {
  const { length, from, timePrecision } = incidents
  const { starts, count } = steps
  const origin = starts[0]
  const stepOfDay = new Int32Array(starts[count] - origin)
  for (let step = 0; step < count; step++)
    stepOfDay.fill(step, starts[step] - origin, starts[step + 1] - origin)
  const needsDay = steps.unit !== 'month'
  const stepOf = new Int32Array(length).fill(-1)
  let [selected, undated, monthOnly, outside] = [0, 0, 0, 0]
  for (let row = 0; row < length; row++) {
    if ((row & 0x3ffff) === 0) control.tick(0, 'Sorting incidents into time steps')
    if (mask[row] === 0) continue
    selected++
    if (from[row] === NO_TIME || timePrecision[row] === NONE) undated++
    else if (needsDay && timePrecision[row] === MONTH) monthOnly++
    else {
      const day = Math.floor(from[row] / MINUTES_PER_DAY) - origin
      if (day >= 0 && day < stepOfDay.length) stepOf[row] = stepOfDay[day]
      else outside++
    }
  }
  if (monthOnly > 0 && monthOnly + undated === selected)
    throw new InputError('E-MTH-TIME', 'These incidents hold the month only, and the steps are shorter.', {
      column: 'step',
      cure: 'Choose calendar months as the time step.',
    })
  return { stepOf, selected, undated, monthOnly, outside }
}

/** Days of whole incidents; for months the whole months they lie in. */
function periodOfData(incidents: Incidents, unit: StepUnit): { from: number; to: number } {
  const span = spanOfDates(incidents)
  const months = periodOfSpan(span)
  if (unit === 'month') return months
  return {
    from: Math.floor(span.earliest / MINUTES_PER_DAY) * MINUTES_PER_DAY,
    to: (Math.floor(span.latest / MINUTES_PER_DAY) + 1) * MINUTES_PER_DAY,
  }
}

function equalStarts(first: number, last: number, days: number): Int32Array {
  const count = Math.max(0, Math.floor((last - first) / days))
  return Int32Array.from({ length: count + 1 }, (_, step) => last - (count - step) * days)
}

function monthStarts(first: number, last: number): Int32Array {
  const starts: number[] = []
  const { year, month } = civilOf(first)
  for (let k = 0; ; k++) {
    const day = daysOf(year + Math.floor((month - 1 + k) / 12), ((month - 1 + k) % 12) + 1, 1)
    if (day > last) break
    if (day >= first) starts.push(day)
  }
  return Int32Array.from(starts.length > 0 ? starts : [first])
}

function inOrder(labels: ReadonlySet<string>): string[] {
  return [...labels].sort((a, b) => monthOfLabel(a) - monthOfLabel(b))
}
