import type { Caveat } from '#core/contract/caveat.ts'
import { timePrecisions } from '#core/contract/incident.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { dateOf, MINUTES_PER_DAY, minutesOfDate, monthIndex, monthLabel } from '../support/wall-clock.ts'
import { monthSpans, spanOfDates } from '../time/month-tally.ts'

const MONTH_ONLY = timePrecisions.indexOf('month')

/** Minutes [from, to) of the wall clock, and its length in days. */
export interface Period {
  readonly from: number
  readonly to: number
  readonly days: number
}

export const periodCaveats = {
  'months-partial': 'The files hold only part of some months: counts in them are too low.',
  'coverage-unknown': 'Which months the files cover is not known.',
} as const

/** A period of two dates. @throws InputError E-EVL-PERIOD, E-DATE-ISO */
export function readPeriod(from: string, to: string, what: string): Period {
  if (from === '' || to === '')
    throw new InputError('E-EVL-PERIOD', `The ${what} needs its first day and the day after its last.`, {
      cure: 'Give both dates as YYYY-MM-DD; the end day itself is not included.',
    })
  const start = minutesOfDate(from)
  const end = minutesOfDate(to)
  if (end <= start)
    throw new InputError('E-EVL-PERIOD', `The ${what} ends (${to}) before it begins (${from}).`, {
      cure: 'Give an end after the beginning; the end day itself is not included.',
    })
  return { from: start, to: end, days: (end - start) / MINUTES_PER_DAY }
}

/**
 * Refuses periods that overlap, that the files do not cover, or that cut a month where the incidents know only their
 * month: what is missing would be counted as a fall.
 *
 * @param periods in order of time
 * @throws InputError E-EVL-OVERLAP, E-EVL-MISSING, E-EVL-MONTH-ONLY
 */
export function checkPeriods(periods: readonly Period[], incidents: Incidents, context: Context): Caveat[] {
  for (let k = 1; k < periods.length; k++)
    if (periods[k].from < periods[k - 1].to)
      throw new InputError('E-EVL-OVERLAP', 'The period before must end before the period after begins.', {
        cure: 'Change the dates so that no day is in both.',
      })
  const missing = new Set(context.missingMonths)
  const partial = new Set(context.partialMonths)
  const span = spanOfDates(incidents)
  const firstHeld = span.earliest <= span.latest ? monthIndex(span.earliest) : Infinity
  const lastHeld = span.earliest <= span.latest ? monthIndex(span.latest) : -Infinity
  const lacking: string[] = []
  const inPart: string[] = []
  for (const { from, to } of periods)
    for (let month = monthIndex(from); month <= monthIndex(to - 1); month++) {
      const label = monthLabel(month)
      if (missing.has(label) || month < firstHeld || month > lastHeld) lacking.push(label)
      else if (partial.has(label)) inPart.push(label)
    }
  if (lacking.length > 0)
    throw new InputError(
      'E-EVL-MISSING',
      `The files do not cover ${monthSpans(lacking)}, which lies in the periods: missing is not nil, so nothing was compared.`,
      { column: 'occurredFrom', cure: 'Import the missing months, or choose other periods.' },
    )
  if (periods.some(({ from, to }) => dateOf(from).day !== 1 || dateOf(to).day !== 1))
    refuseMonthOnly(incidents, 'A period begins or ends inside a month')
  const caveats: Caveat[] = []
  if (inPart.length > 0)
    caveats.push(
      caveat(
        'months-partial',
        `The files hold only part of ${monthSpans(inPart)}: counts in these months are too low, and a difference with them may come from the files.`,
      ),
    )
  if (context.missingMonths === undefined)
    caveats.push(
      caveat(
        'coverage-unknown',
        'Which months the files cover is not known; only months before the first and after the last date of the data were ruled out.',
      ),
    )
  return caveats
}

/** @throws InputError E-EVL-MONTH-ONLY when a selected incident has no day */
export function refuseMonthOnly({ length, mask, timePrecision }: Incidents, why: string): void {
  for (let row = 0; row < length; row++)
    if (mask[row] === 1 && timePrecision[row] === MONTH_ONLY)
      throw new InputError(
        'E-EVL-MONTH-ONLY',
        `${why}, but incidents of this selection know only their month.`,
        {
          column: 'occurredFrom',
          cure: 'Use whole months, or data with the day of each incident.',
        },
      )
}
