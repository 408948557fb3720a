import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { dateLabel, dateOf, MINUTES_PER_DAY, minutesOf } from '../support/wall-clock.ts'
import type { Period } from './periods.ts'
import { refuseMonthOnly } from './periods.ts'

const UNDATED = timePrecisions.indexOf('none')

/** One step of a series: minutes [from, to) and its first day. */
export interface Slice {
  readonly from: number
  readonly to: number
  readonly days: number
  readonly label: string
  readonly after: boolean
}

export const stepParameter = {
  type: 'choice',
  title: 'Step of the series',
  options: [
    { value: 'month', title: 'Months' },
    { value: 'week', title: 'Weeks of seven days, counted from the change' },
  ],
  default: 'month',
  why: 'Months hold enough incidents in most places; weeks show more where there are many.',
} as const

/**
 * The steps of the period before and of the period after. Weeks are counted from the end of the first and from the
 * beginning of the second; days left over lie at the far ends and are not used.
 *
 * @throws InputError E-EVL-STEP when months are asked for and a period cuts one; E-EVL-MONTH-ONLY
 */
export function slicesOf(step: string, before: Period, after: Period, incidents: Incidents): Slice[] {
  if (step === 'month') return [...monthsOf(before, false), ...monthsOf(after, true)]
  refuseMonthOnly(incidents, 'Weeks are asked for')
  return [...weeksOf(before, false), ...weeksOf(after, true)]
}

function monthsOf({ from, to }: Period, after: boolean): Slice[] {
  if (dateOf(from).day !== 1 || dateOf(to).day !== 1)
    throw new InputError(
      'E-EVL-STEP',
      `The period ${dateLabel(from)} to ${dateLabel(to - 1)} begins or ends inside a month.`,
      { cure: 'Begin and end periods on the first of a month, or choose weeks.' },
    )
  const slices: Slice[] = []
  for (let start = from; start < to; ) {
    const { year, month } = dateOf(start)
    const end = month === 12 ? minutesOf(year + 1, 1, 1) : minutesOf(year, month + 1, 1)
    slices.push(slice(start, end, after))
    start = end
  }
  return slices
}

function weeksOf({ from, to, days }: Period, after: boolean): Slice[] {
  const weeks = Math.floor(days / 7)
  const week = 7 * MINUTES_PER_DAY
  const first = after ? from : to - weeks * week
  return Array.from({ length: weeks }, (_, k) => slice(first + k * week, first + (k + 1) * week, after))
}

function slice(from: number, to: number, after: boolean): Slice {
  return { from, to, days: (to - from) / MINUTES_PER_DAY, label: dateLabel(from), after }
}

/**
 * Selected incidents per unit and slice, `unit * slices + slice`.
 *
 * @param unitOf unit of each incident, −1 for none
 */
export function countSlices(
  incidents: Incidents,
  unitOf: Int32Array,
  units: number,
  slices: readonly Slice[],
  control: Control,
): Float64Array {
  const { length, mask, from, timePrecision } = incidents
  const counts = new Float64Array(units * slices.length)
  if (slices.length === 0) return counts
  const firstDay = Math.floor(slices[0].from / MINUTES_PER_DAY)
  const days = slices[slices.length - 1].to / MINUTES_PER_DAY - firstDay
  const sliceOfDay = new Int32Array(days).fill(-1)
  slices.forEach((each, index) => {
    sliceOfDay.fill(index, each.from / MINUTES_PER_DAY - firstDay, each.to / MINUTES_PER_DAY - firstDay)
  })
  for (let row = 0; row < length; row++) {
    if ((row & 0x3ffff) === 0) control.tick(row / length, 'Counting')
    if (mask[row] === 0 || unitOf[row] < 0 || from[row] === NO_TIME || timePrecision[row] === UNDATED)
      continue
    const day = Math.floor(from[row] / MINUTES_PER_DAY) - firstDay
    if (day < 0 || day >= days || sliceOfDay[day] < 0) continue
    counts[unitOf[row] * slices.length + sliceOfDay[day]]++
  }
  return counts
}
