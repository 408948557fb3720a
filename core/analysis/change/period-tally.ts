import type { Incidents } from '#core/contract/method.ts'
import { type ComparedPeriods, dayOfPeriods } from './compared-periods.ts'

export interface GroupCounts {
  readonly name: string
  readonly later: number
  readonly earlier: number
  readonly laterDays: number
  readonly earlierDays: number
}

export interface Tally {
  /** Incidents by group and month of the period: group × months. */
  readonly later: Float64Array
  readonly earlier: Float64Array
}

/** Incidents of both periods by group and month; those in no group, period or covered month are left out. */
export function tallyPeriods(
  { length, mask, from, timePrecision }: Incidents,
  periods: ComparedPeriods,
  groupOf: Int32Array | null,
  groups: number,
  tick: (done: number) => void,
): Tally {
  const later = new Float64Array(groups * periods.later.months.length)
  const earlier = new Float64Array(groups * periods.earlier.months.length)
  for (let row = 0; row < length; row++) {
    if ((row & 0x3ffff) === 0) tick(row / length)
    if (mask[row] === 0) continue
    const group = groupOf ? groupOf[row] : 0
    if (group < 0) continue
    const place = dayOfPeriods(periods, from[row], timePrecision[row])
    if (place === null) continue
    const side = place.later ? later : earlier
    side[group * (side.length / groups) + place.month]++
  }
  return { later, earlier }
}

/** One row a group, or one a pair of months. */
export function rowsOf(
  names: readonly string[],
  byMonth: boolean,
  tally: Tally,
  periods: ComparedPeriods,
): GroupCounts[] {
  if (byMonth)
    return periods.pairs.map(({ name, later, earlier }) => ({
      name,
      later: tally.later[later],
      earlier: tally.earlier[earlier],
      laterDays: periods.later.days[later],
      earlierDays: periods.earlier.days[earlier],
    }))
  const [m, n] = [periods.later.months.length, periods.earlier.months.length]
  return names.map((name, group) => ({
    name,
    later: sum(tally.later.subarray(group * m, (group + 1) * m)),
    earlier: sum(tally.earlier.subarray(group * n, (group + 1) * n)),
    laterDays: periods.laterDays,
    earlierDays: periods.earlierDays,
  }))
}

export function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
