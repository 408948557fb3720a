import { civilOf } from '#core/analysis/support/wall-clock.ts'
import type { Incidents } from '#core/contract/method.ts'
import { makeIncidents, type Row } from '../select/make-incidents.ts'

/** Day number 0 of the tests: 2020-01-01. */
const FIRST = 18262

/** A row at a place on a day, counted from 2020-01-01. */
export function onDay(x: number, y: number, day: number, more: Partial<Row> = {}): Row {
  const { year, month, day: date } = civilOf(FIRST + day)
  const two = (value: number): string => String(value).padStart(2, '0')
  return { at: [x, y], from: `${year}-${two(month)}-${two(date)}`, ...more }
}

export function incidentsOn(x: ArrayLike<number>, y: ArrayLike<number>, day: ArrayLike<number>): Incidents {
  return makeIncidents(Array.from({ length: x.length }, (_, i) => onDay(x[i], y[i], day[i])))
}

/** The code a refusal carries. */
export function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
  return 'accepted'
}

export function codes(result: { readonly caveats: readonly { readonly code: string }[] }): string[] {
  return result.caveats.map(({ code }) => code)
}
