import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { fUpperTail } from '../support/distributions/f.ts'
import { type Adjustment, adjustP } from '../support/false-discovery.ts'
import { civilOf } from '../support/wall-clock.ts'
import { weekday } from './bank-holidays.ts'
import { byWeekday, dayEffects, ordinaryDays } from './day-effects.ts'
import { type MultinomialStatistic, multinomialTest } from './multinomial-test.ts'
import { readSeries, seriesCaveatCodes } from './series.ts'
import { specialDays } from './special-days.ts'

export interface CalendarEffectsSummary {
  readonly days: number
  readonly incidents: number
  readonly weekdays: readonly {
    readonly day: string
    readonly days: number
    readonly incidents: number
    readonly perDay: number
    /** Mean of this weekday over the mean day. */
    readonly ratio: number
  }[]
  readonly weekdayTest: {
    readonly statistic: number
    readonly pValue: number
    readonly how: string
    /** Variance over mean of the days of one weekday. */
    readonly dispersion: number
    /** p allowing for that variation (F test); NaN where every weekday came less than twice. */
    readonly pValueDispersed: number
  }
  readonly dispersion: number
}

const names = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
/** Four of each day of the week. */
const FEWEST_DAYS = 28

const parameters = {
  statistic: {
    type: 'choice',
    title: 'Test of the days of the week',
    options: [
      { value: 'G', title: 'G (likelihood ratio)' },
      { value: 'chiSquare', title: 'χ²' },
      { value: 'kuiper', title: 'Kuiper (a stretch of the week)' },
      { value: 'ks', title: 'Kolmogorov–Smirnov' },
    ],
    default: 'G',
    why: 'Has the most power against single days that stand out.',
  },
  terms: {
    type: 'text',
    title: 'School terms (2024-01-08/2024-03-28, …)',
    default: '',
    why: 'Term dates differ between councils; without them school holidays are not looked at.',
  },
  ownDays: {
    type: 'text',
    title: 'Days of your own (2024-02-14, 2024-06-01 …)',
    default: '',
    why: 'Home matches, carnivals, results days.',
  },
  adjustment: {
    type: 'choice',
    title: 'Allowance for looking at many kinds of day',
    options: [
      { value: 'BH', title: 'False discovery rate (Benjamini–Hochberg)' },
      { value: 'BY', title: 'False discovery rate under any dependence (Benjamini–Yekutieli)' },
      { value: 'none', title: 'None' },
    ],
    default: 'BH',
    why: 'A dozen kinds of day are looked at.',
  },
  seed: {
    type: 'integer',
    title: 'Seed of the draws',
    minimum: 0,
    maximum: 2147483647,
    default: 1,
    why: 'The same draws every time.',
  },
} as const

/**
 * Which days of the week, bank holidays, paydays and feasts have more or fewer incidents than ordinary days?
 *
 * Days of the week: `multinomialTest` of the seven counts against the number of each weekday in the period, exact where
 * counts are few; beside it, as days are not independent, F = (Σ (x_k − e_k)²/e_k / 6)/φ with φ the Pearson dispersion of
 * days within their weekday. Special days: `dayEffects`, each against ordinary days of the same weekday nearby.
 *
 * NaN: effects expected to hold fewer than 5 incidents, ratios over 0. Errors: E-MTH-PERIOD, E-MTH-DAY (records by the month),
 * E-MTH-DAYS (fewer than 28 days), E-MTH-FEW, E-MTH-DATES, E-MTH-YEAR (before 1978). Seeded. Cost: 30 ns an incident, up to
 * half a second for the exact test.
 * @see Wheeler, A. P. (2016), Tests of significance for small samples of crimes by day of week; R package ptools;
 *      https://www.gov.uk/bank-holidays.
 */
export const calendarEffects: Method<typeof parameters, CalendarEffectsSummary> = {
  card: {
    id: 'calendarEffects',
    version: '1.0.0',
    title: 'Days of the week, holidays and paydays',
    answers:
      'Do some days of the week, bank holidays, paydays or feasts have more incidents than ordinary days?',
    references: [
      'Wheeler, A. P. (2016). Tests of significance for small sample data: days of the week. R package ptools.',
      'Banking and Financial Dealings Act 1971; bank holidays of England and Wales at https://www.gov.uk/bank-holidays.',
    ],
    formula: 'Incidents on special days over those on ordinary days of the same weekday within twelve weeks.',
    assumptions: [
      'An incident belongs to the day its earliest time lies in; the night after a feast is the next day.',
      'Bank holidays are those of England and Wales, by rule, with the moved and single ones proclaimed up to 2025.',
      'The weeks around a special day are like it but for being special.',
    ],
    notShown: ['Why a day differs: more people about, more calls, or more officers to record.'],
    compares: ['The exact tests give the p values of small_samptest in the R package ptools.'],
    caveats: {
      ...seriesCaveatCodes,
      'over-dispersed': 'Days of one weekday vary more than Poisson; read the p value that allows for it.',
      'effect-few': 'Kinds of day with too few incidents expected are not tested.',
      'no-terms': 'No school terms were given.',
      'holidays-new': 'The period runs beyond the years whose proclaimed holidays are known.',
    },
    parameters,
    summary: {
      days: 'Days with a count',
      incidents: 'Incidents on them',
      weekdays: 'Each weekday: days, incidents, incidents a day, ratio to the mean day',
      weekdayTest:
        'Test that all weekdays have one rate; as independent incidents, and allowing for variation between days',
      dispersion: 'Variance over mean of ordinary days about those nearby, used for the effects',
    },
    columns: [
      { name: 'effect', title: 'Kind of day', type: 'utf8' },
      { name: 'days', title: 'Days', type: 'int32' },
      { name: 'observed', title: 'Incidents', type: 'float64' },
      { name: 'expected', title: 'Expected of ordinary days', type: 'float64' },
      { name: 'ratio', title: 'Ratio', type: 'float64' },
      { name: 'low', title: 'Lower end, 95 %', type: 'float64' },
      { name: 'high', title: 'Upper end, 95 %', type: 'float64' },
      { name: 'pValue', title: 'p', type: 'float64' },
      { name: 'qValue', title: 'Adjusted p', type: 'float64' },
    ],
    needs: ['month'],
  },

  run(incidents, params, context, control) {
    const series = readSeries(incidents, 'day', context, control)
    const { counts, firstDay } = series
    const first = firstDay[0]
    const last = first + counts.length - 1
    const covered = counts.filter((count) => !Number.isNaN(count)).length
    if (covered < FEWEST_DAYS)
      throw new InputError(
        'E-MTH-DAYS',
        `Days can be compared over ${FEWEST_DAYS} days or more; here are ${covered}.`,
        {
          column: 'occurredFrom',
          cure: 'Choose a longer period.',
        },
      )
    if (series.incidents === 0)
      throw new InputError('E-MTH-FEW', 'The selection holds no incident in this period.', {
        cure: 'Choose more incidents or another period.',
      })
    const kinds = specialDays(first, last, params.terms, params.ownDays)
    control.tick(0.7, 'Comparing days')
    const week = byWeekday(counts, first)
    const shares = week.days.map((days) => days / covered)
    const test = multinomialTest(
      week.incidents,
      shares,
      params.statistic as MultinomialStatistic,
      params.seed,
      () => control.tick(0.8, 'Comparing days'),
    )
    const within = dispersionWithin(counts, first, week)
    control.tick(0.9, 'Comparing days')
    const ordinary = ordinaryDays(first, counts.length, kinds, (day) => {
      const { month, day: date } = civilOf(day)
      return (month === 12 && date >= 24) || (month === 1 && date <= 2)
    })
    const { effects, dispersion } = dayEffects(counts, first, kinds, ordinary)
    const pValue = Float64Array.from(effects, (effect) => effect.pValue)

    const caveats: Caveat[] = [...series.caveats]
    if (within.index > 1.2)
      caveats.push(
        caveat(
          'over-dispersed',
          `Days of one weekday vary ${within.index.toFixed(1)} times as much as Poisson: read the p value that allows for it, not the exact one.`,
        ),
      )
    const untested = effects.filter((effect) => effect.days > 0 && Number.isNaN(effect.pValue))
    if (untested.length > 0)
      caveats.push(
        caveat(
          'effect-few',
          `Too few incidents are expected to test: ${untested.map(({ name }) => name).join(', ')}.`,
        ),
      )
    if (params.terms === '')
      caveats.push(
        caveat(
          'no-terms',
          'No school terms were given, so school holidays are not looked at and stand among ordinary days.',
        ),
      )
    if (civilOf(last).year > 2025)
      caveats.push(
        caveat(
          'holidays-new',
          `Bank holidays of ${civilOf(last).year} are those of the rule; a day moved or proclaimed since 2025 is not known.`,
        ),
      )
    return {
      summary: {
        days: covered,
        incidents: series.incidents,
        weekdays: names.map((day, k) => ({
          day,
          days: week.days[k],
          incidents: week.incidents[k],
          perDay: week.incidents[k] / week.days[k],
          ratio: (week.incidents[k] / week.days[k] / series.incidents) * covered,
        })),
        weekdayTest: { ...test, dispersion: within.index, pValueDispersed: within.pValue },
        dispersion,
      },
      columns: {
        effect: effects.map(({ name }) => name),
        days: Int32Array.from(effects, ({ days }) => days),
        observed: Float64Array.from(effects, ({ observed }) => observed),
        expected: Float64Array.from(effects, ({ expected }) => expected),
        ratio: Float64Array.from(effects, ({ ratio }) => ratio),
        low: Float64Array.from(effects, ({ low }) => low),
        high: Float64Array.from(effects, ({ high }) => high),
        pValue,
        qValue: adjustP(pValue, params.adjustment as Adjustment),
      },
      caveats,
    }
  },
}

/** Pearson dispersion of days within their weekday, and the F test of one rate for all weekdays. */
function dispersionWithin(
  counts: Float64Array,
  first: number,
  week: { readonly days: readonly number[]; readonly incidents: readonly number[] },
): { readonly index: number; readonly pValue: number } {
  const days = week.days.reduce((sum, each) => sum + each, 0)
  const total = week.incidents.reduce((sum, each) => sum + each, 0)
  let inside = 0
  counts.forEach((count, at) => {
    const k = weekday(first + at)
    const mean = week.incidents[k] / week.days[k]
    if (!Number.isNaN(count) && mean > 0) inside += (count - mean) ** 2 / mean
  })
  let between = 0
  week.incidents.forEach((count, k) => {
    const expected = (total * week.days[k]) / days
    between += (count - expected) ** 2 / expected
  })
  const df = days - 7
  const index = inside / df
  return { index, pValue: index > 0 ? fUpperTail(between / 6 / index, 6, df) : Number.NaN }
}
