import { civilOf, daysOf } from '#core/analysis/support/wall-clock.ts'
import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Incidents } from '#core/contract/method.ts'

const nothing = new Float64Array(0)

/** Incidents with these numbers on days (minutes since 1970 / 1440), at noon or by the month only. */
function incidentsOn(days: readonly number[], precision: 'minute' | 'month'): Incidents {
  const { length } = days
  return {
    length,
    mask: new Uint8Array(length).fill(1),
    x: nothing,
    y: nothing,
    precision: new Uint8Array(0),
    from: Int32Array.from(days, (day) => day * 1440 + (precision === 'minute' ? 720 : 0)),
    to: new Int32Array(length).fill(NO_TIME),
    timePrecision: new Uint8Array(length).fill(timePrecisions.indexOf(precision)),
    dictionaries: {},
    flags: {},
  }
}

/** Month-only incidents with these counts from January of `year` (or month `first`). */
export function monthsOf(counts: readonly number[], year: number, first = 1): Incidents {
  return incidentsOn(
    counts.flatMap((count, at) => {
      const month = first - 1 + at
      const day = daysOf(year + Math.floor(month / 12), (month % 12) + 1, 1)
      return Array.from({ length: count }, () => day)
    }),
    'month',
  )
}

/** Incidents at noon with these counts on the days from `date`. */
export function daysFrom(counts: readonly number[], date: readonly [number, number, number]): Incidents {
  const first = daysOf(...date)
  return incidentsOn(
    counts.flatMap((count, at) => Array.from({ length: count }, () => first + at)),
    'minute',
  )
}

/** `YYYY-MM-DD` of the day `after` days later. */
export function dateAfter(date: readonly [number, number, number], after: number): string {
  const { year, month, day } = civilOf(daysOf(...date) + after)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Code of what is refused, or `accepted`. */
export function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'accepted'
}
