import type { Caveat } from '#core/contract/caveat.ts'
import { caveat } from '../support/caveats.ts'
import { monthSpans } from '../time/month-tally.ts'
import { type StepsOfIncidents, stepEnd, stepStart, stepWord, type TimeSteps } from './time-steps.ts'

/** Caveat codes of methods that work in time steps. */
export const timeStepCaveatCodes = {
  'period-from-data': 'No period was stated; the steps end with the latest date of the data.',
  'steps-cut': 'Days at the ends of the period that do not fill a step are in no step.',
  'missing-months': 'Steps that touch a month no file covers are gaps, not zeros.',
  'partial-months': 'Some months are covered in part: their counts are too low.',
  undated: 'Incidents without a date were left out.',
  'month-only': 'Incidents of which only the month is known were left out.',
  'outside-period': 'Incidents outside the steps were left out.',
} as const

/** What a reader must know of the steps and of the incidents that are in none. */
export function timeStepCaveats(steps: TimeSteps, told: StepsOfIncidents): Caveat[] {
  const of = (count: number): string =>
    `${count.toLocaleString('en-GB')} of ${told.selected.toLocaleString('en-GB')} incidents`
  const caveats: Caveat[] = []
  if (steps.fromData)
    caveats.push(
      caveat(
        'period-from-data',
        `No period was stated: steps run over the dates of the data and end on ${stepEnd(steps, steps.count - 1)}.`,
      ),
    )
  const cut = steps.daysBefore + steps.daysAfter
  if (cut > 0)
    caveats.push(
      caveat(
        'steps-cut',
        `${cut} ${cut === 1 ? 'day' : 'days'} of the period fill no step of a ${stepWord[steps.unit]}; steps run from ${stepStart(steps, 0)} to ${stepEnd(steps, steps.count - 1)}.`,
      ),
    )
  if (steps.missingMonths.length > 0)
    caveats.push(
      caveat(
        'missing-months',
        `No file covers ${monthSpans(steps.missingMonths)}: steps that touch these months are gaps, not zeros.`,
      ),
    )
  if (steps.partialMonths.length > 0)
    caveats.push(
      caveat(
        'partial-months',
        `Covered in part: ${monthSpans(steps.partialMonths)}. Counts of these months are too low.`,
      ),
    )
  if (told.undated > 0) caveats.push(caveat('undated', `${of(told.undated)} have no date and are left out.`))
  if (told.monthOnly > 0)
    caveats.push(caveat('month-only', `Of ${of(told.monthOnly)} only the month is known; they are left out.`))
  if (told.outside > 0)
    caveats.push(caveat('outside-period', `${of(told.outside)} lie outside the time steps and are left out.`))
  return caveats
}
