import type { Context, Incidents } from '#core/contract/method.ts'
import { MINUTES_PER_DAY } from '../support/wall-clock.ts'
import { periodGiven, spanOfDates } from '../time/month-tally.ts'

/** Day number of the last day of the period; NaN when neither a period nor a date is known. */
export function lastDay(incidents: Incidents, context: Context): number {
  if (context.period) return Math.floor((periodGiven(context.period).to - 1) / MINUTES_PER_DAY)
  const { latest } = spanOfDates(incidents)
  return Number.isFinite(latest) ? Math.floor(latest / MINUTES_PER_DAY) : Number.NaN
}
