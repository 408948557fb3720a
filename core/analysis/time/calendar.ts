import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { chiSquareLowerTail, chiSquareUpperQuantile } from '../support/distributions/chi-square.ts'
import { negativeBinomialUpperTail } from '../support/distributions/negative-binomial.ts'
import { adjustP } from '../support/false-discovery.ts'
import { civilOf } from '../support/wall-clock.ts'
import { bankHolidays, FIRST_YEAR, weekday } from './bank-holidays.ts'
import { referencesOf } from './day-effects.ts'
import { readSeries, seriesCaveatCodes } from './series.ts'

export interface CalendarSummary {
  readonly from: string
  readonly to: string
  readonly days: number
  readonly incidents: number
  readonly mean: number
  readonly most: number
  readonly daysWithNone: number
  readonly dispersion: number
  readonly busiest: readonly {
    readonly date: string
    readonly day: string
    readonly count: number
    readonly usual: number
    readonly qValue: number
    readonly holiday: string
  }[]
}

const names = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

/** Mean of the lowest 95 % of χ² with one degree of freedom: P(χ²₃ < 3.8415)/0.95. */
const MEAN_OF_LOWEST = chiSquareLowerTail(chiSquareUpperQuantile(0.05, 1), 3) / 0.95

/** Fewer days of the weekday nearby are too few. */
const FEWEST = 4

const parameters = {
  listed: {
    type: 'integer',
    title: 'Busiest days listed',
    minimum: 1,
    maximum: 100,
    default: 10,
    why: 'As many as can be looked into one by one.',
  },
} as const

/**
 * How many incidents on every day, for a calendar, and which days stand out from their weekday.
 *
 *     usual = mean of the nearest m ≤ 8 days of the same weekday within 12 weeks (at least 4)
 *     p = P(X ≥ count), X negative binomial with mean usual and variance φ·usual·(1 + 1/m)
 *     φ = mean of the lowest 95 % of (count − usual)²/(usual·(1 + 1/m)) over 0.7587, at least 1: days that stand out do
 *         not hide themselves
 *
 * q adjusts over all days (Benjamini–Hochberg). A day of a missing or partial month is NaN.
 *
 * Errors: E-MTH-PERIOD, E-MTH-DAY (records by the month), E-MTH-FEW. Deterministic. Cost: 30 ns an incident.
 * @see Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289–300.
 */
export const calendar: Method<typeof parameters, CalendarSummary> = {
  card: {
    id: 'calendar',
    version: '1.0.0',
    title: 'Calendar',
    answers: 'How many incidents were there on every day, and which days stand out?',
    references: [
      'Benjamini, Y. and Hochberg, Y. (1995). Journal of the Royal Statistical Society B 57, 289–300.',
    ],
    formula: 'Each day against the mean of the eight nearest days of its weekday.',
    assumptions: [
      'An incident belongs to the day its earliest time lies in.',
      'The weeks around a day are like it: the first day of a spree stands out, its middle may not.',
    ],
    notShown: ['Why a day was busy.'],
    compares: [
      'A spreadsheet shows days that no file covers as 0; here they are blank.',
      'Calendar charts elsewhere colour by the count alone; here a Saturday is judged against Saturdays.',
    ],
    caveats: {
      ...seriesCaveatCodes,
      'first-of-month': 'Many incidents stand on the first of a month, as when only the month is known.',
      'no-usual': 'Days with too little beside them to be compared with.',
    },
    parameters,
    summary: {
      from: 'First day',
      to: 'Last day',
      days: 'Days with a count',
      incidents: 'Incidents on them',
      mean: 'Incidents a day',
      most: 'Largest number on a day',
      daysWithNone: 'Days without an incident',
      dispersion: 'Variance over mean about the weekday, at least 1',
      busiest: 'Busiest days with what is usual for their weekday',
    },
    columns: [
      { name: 'date', title: 'Date', type: 'utf8' },
      { name: 'day', title: 'Day (0 = Monday)', type: 'uint8' },
      { name: 'count', title: 'Incidents', type: 'float64' },
      { name: 'usual', title: 'Usual for the weekday at that time', type: 'float64' },
      { name: 'qValue', title: 'Adjusted p', type: 'float64' },
      { name: 'holiday', title: 'Bank holiday', type: 'utf8' },
    ],
    needs: ['month'],
  },

  run(incidents, params, context, control) {
    const series = readSeries(incidents, 'day', context, control)
    const { counts, firstDay, labels } = series
    const n = counts.length
    if (series.incidents === 0)
      throw new InputError('E-MTH-FEW', 'The selection holds no incident in this period.', {
        cure: 'Choose more incidents or another period.',
      })
    const day = Uint8Array.from(firstDay, weekday)
    const usual = new Float64Array(n)
    const squares: number[] = []
    const spread = new Float64Array(n)
    const all = new Uint8Array(n).fill(1)
    for (let i = 0; i < n; i++) {
      const near = referencesOf(counts, all, i)
      usual[i] = Number.NaN
      if (Number.isNaN(counts[i]) || near.length < FEWEST) continue
      let sum = 0
      for (const r of near) sum += counts[r]
      usual[i] = sum / near.length
      spread[i] = 1 + 1 / near.length
      if (usual[i] > 0) squares.push((counts[i] - usual[i]) ** 2 / (usual[i] * spread[i]))
    }
    const dispersion = trimmedDispersion(squares)
    control.tick(0.9, 'Comparing days')
    const pValue = usual.map((mean, i) => {
      const size = mean / (dispersion * spread[i] - 1)
      return mean > 0 ? negativeBinomialUpperTail(counts[i], mean, size) : Number.NaN
    })
    const qValue = adjustP(pValue, 'BH')
    const holidays = holidayNames(firstDay[0], firstDay[n - 1])
    const holiday = Array.from(firstDay, (each) => holidays.get(each) ?? '')
    const held = Array.from(counts.keys()).filter((i) => !Number.isNaN(counts[i]))
    const firsts = held.reduce((sum, i) => sum + (civilOf(firstDay[i]).day === 1 ? counts[i] : 0), 0)

    const caveats = [...series.caveats]
    if (series.incidents >= 50 && held.length > 60 && firsts > 0.1 * series.incidents)
      caveats.push(
        caveat(
          'first-of-month',
          `${((100 * firsts) / series.incidents).toFixed(0)}% of the incidents stand on the first of a month, as when only the month is known.`,
        ),
      )
    const alone = held.filter((i) => !(usual[i] > 0)).length
    if (alone > 0)
      caveats.push(
        caveat(
          'no-usual',
          `${alone} days have fewer than ${FEWEST} days of their weekday beside them, or only ones without incidents: nothing is said of them.`,
        ),
      )
    return {
      summary: {
        from: labels[0],
        to: labels[n - 1],
        days: held.length,
        incidents: series.incidents,
        mean: series.incidents / held.length,
        most: held.reduce((most, i) => Math.max(most, counts[i]), 0),
        daysWithNone: held.filter((i) => counts[i] === 0).length,
        dispersion,
        busiest: held
          .toSorted((a, b) => counts[b] - counts[a] || a - b)
          .slice(0, params.listed)
          .map((i) => ({
            date: labels[i],
            day: names[day[i]],
            count: counts[i],
            usual: usual[i],
            qValue: qValue[i],
            holiday: holiday[i],
          })),
      },
      columns: { date: labels, day, count: counts, usual, qValue, holiday },
      caveats,
    }
  },
}

/** Mean of squares without the largest twentieth, over what that is for one degree of freedom of χ²; at least 1. */
function trimmedDispersion(squares: readonly number[]): number {
  const kept = squares.toSorted((a, b) => a - b).slice(0, Math.ceil(0.95 * squares.length))
  if (kept.length === 0) return 1
  return Math.max(1, kept.reduce((sum, each) => sum + each, 0) / kept.length / MEAN_OF_LOWEST)
}

function holidayNames(first: number, last: number): Map<number, string> {
  const found = new Map<number, string>()
  for (let year = Math.max(FIRST_YEAR, civilOf(first).year); year <= civilOf(last).year; year++)
    for (const { day, name } of bankHolidays(year)) found.set(day, name)
  return found
}
