import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { type Adjustment, adjustP } from '../support/false-discovery.ts'
import { dateLabel, MINUTES_PER_DAY } from '../support/wall-clock.ts'
import { compareRates, type RateTest } from './compare-rates.ts'
import { comparedPeriods, periodCaveatCodes } from './compared-periods.ts'
import { groupsOf } from './comparison-groups.ts'
import { pairDispersion } from './pair-dispersion.ts'
import { rowsOf, sum, tallyPeriods } from './period-tally.ts'

export interface RateComparisonSummary {
  readonly later: {
    readonly from: string
    readonly to: string
    readonly days: number
    readonly count: number
  }
  readonly earlier: {
    readonly from: string
    readonly to: string
    readonly days: number
    readonly count: number
  }
  readonly ratio: number
  readonly ratioLow: number
  readonly ratioHigh: number
  readonly changePercent: number
  readonly pValue: number
  /** Variance over mean between paired months; NaN where it cannot be known. */
  readonly dispersion: number
  readonly dispersionP: number
  readonly test: string
  readonly adjustment: string
  readonly groups: number
  readonly rising: number
  readonly falling: number
}

/** A percentage of fewer than this is a headline about chance. */
const SMALLEST_BASE = 50
const LEVEL = 0.05

const parameters = {
  groups: {
    type: 'choice',
    title: 'Compared',
    options: [
      { value: 'all', title: 'All together' },
      { value: 'month', title: 'Each month with the same month before' },
      { value: 'column', title: 'Each word of a column' },
      { value: 'area', title: 'Each area of the study area' },
    ],
    default: 'all',
    why: 'The first question is whether anything changed at all.',
  },
  column: {
    type: 'text',
    title: 'Column, for each word of a column',
    default: 'offence',
    why: 'The kinds of offence move apart.',
  },
  laterFrom: {
    type: 'date',
    title: 'Later period from',
    default: '',
    why: 'Empty: the last twelve whole months.',
  },
  laterTo: {
    type: 'date',
    title: 'Later period up to and including',
    default: '',
    why: 'Empty: the end of the last whole month.',
  },
  earlierFrom: {
    type: 'date',
    title: 'Earlier period from',
    default: '',
    why: 'Empty: a year before the later one.',
  },
  earlierTo: {
    type: 'date',
    title: 'Earlier period up to and including',
    default: '',
    why: 'Empty: a year before the later one.',
  },
  test: {
    type: 'choice',
    title: 'Test',
    options: [
      { value: 'auto', title: 'E-test; allows for over-dispersion where there is evidence of it' },
      { value: 'eTest', title: 'E-test, Poisson' },
      { value: 'conditional', title: 'Exact conditional (binomial), Poisson' },
      { value: 'overDispersed', title: 'E-test, negative binomial with the estimated variation' },
    ],
    default: 'auto',
    why: 'The E-test has more power than the exact one; counts that vary more than Poisson would make it cry wolf.',
  },
  adjustment: {
    type: 'choice',
    title: 'Allowance for comparing many groups',
    options: [
      { value: 'BH', title: 'False discovery rate (Benjamini–Hochberg)' },
      { value: 'BY', title: 'False discovery rate under any dependence (Benjamini–Yekutieli)' },
      { value: 'none', title: 'None' },
    ],
    default: 'BH',
    why: 'Of a hundred wards that did not change, five would be “significant” without it.',
  },
} as const

/**
 * Did the rate change between two periods, in all or in each month, kind or area?
 *
 *     ratio = (a/m) / (b/n),   a, b incidents and m, n covered days of the later and earlier period
 *     Poisson: interval from Clopper and Pearson's for a in a + b (as R's poisson.test); p by the E-test or exactly
 *     φ > 1:   interval exp(ln ratio ± 1.96·√(φ/a + φ/b)); p by the E-test with negative binomial counts of variance φ·mean
 *     φ = Σ (x − k·p)²/(k·p·(1 − p)) / degrees of freedom, over months paired within groups (see `pairDispersion`)
 *
 * `auto` uses φ when its χ² p is under 0.05. A month that one period lacks is left out of the other too where the two
 * are the same months of different years. q values adjust over all groups with incidents.
 *
 * NaN: every figure of a group with no incident in either period; ratio ends without a, b; percent on a base under 50; φ
 * without three paired months. Errors: E-MTH-PERIOD, E-MTH-DAY (month-only records and a period of parts of months),
 * E-MTH-COLUMN, E-MTH-AREA, E-MTH-FEW. Deterministic. Cost: 30 ns an incident, 1 ms a group.
 * @see Krishnamoorthy and Thomson (2004), Journal of Statistical Planning and Inference 119, 23–35; Przyborowski and
 *      Wilenski (1940), Biometrika 31, 313–323.
 */
export const rateComparison: Method<typeof parameters, RateComparisonSummary> = {
  card: {
    id: 'rateComparison',
    version: '1.0.0',
    title: 'Two periods compared',
    answers: 'Did the rate change between two periods, and where or in which kinds of offence?',
    references: [
      'Krishnamoorthy, K. and Thomson, J. (2004). A more powerful test for comparing two Poisson means. Journal of Statistical Planning and Inference 119, 23–35.',
      'Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from Poisson series. Biometrika 31, 313–323.',
      'Benjamini, Y. and Hochberg, Y. (1995). Journal of the Royal Statistical Society B 57, 289–300.',
    ],
    formula: 'Ratio of incidents a day, later over earlier; both counts have the same rate under the null.',
    assumptions: [
      'Incidents are independent but for what the variation φ tells.',
      'The same recording rules held in both periods.',
      'Periods of different seasons differ by season alone.',
    ],
    notShown: [
      'Why a rate changed.',
      'Regression to the mean: an area chosen for its high count falls by itself.',
    ],
    compares: [
      'Conditional: the p value and interval of poisson.test in R. E-test: crimepy, ptools and SciPy.',
    ],
    caveats: {
      ...periodCaveatCodes,
      'over-dispersed': 'Counts vary more than Poisson; says whether it was allowed for.',
      'dispersion-unknown': 'Too few paired months to know the variation; Poisson is assumed.',
      'group-missing': 'Incidents without a word, or outside all areas, are in no group.',
      'base-small': 'The earlier period has fewer than 50 incidents, too few for a percentage.',
      unadjusted: 'No allowance was made for comparing many groups.',
    },
    parameters,
    summary: {
      later: 'Later period, covered days and incidents',
      earlier: 'Earlier period, covered days and incidents',
      ratio: 'Rate later over earlier',
      ratioLow: 'Lower end of the 95 % interval',
      ratioHigh: 'Upper end of the 95 % interval',
      changePercent: 'Change in percent',
      pValue: 'Chance of so large a difference if nothing had changed',
      dispersion: 'Variance over mean, 1 under Poisson',
      dispersionP: 'Chance of so much variation under Poisson',
      test: 'Test used',
      adjustment: 'Allowance for many groups',
      groups: 'Groups compared',
      rising: 'Groups that rose (adjusted p at most 0.05)',
      falling: 'Groups that fell (adjusted p at most 0.05)',
    },
    columns: [
      { name: 'group', title: 'Group', type: 'utf8' },
      { name: 'later', title: 'Later', type: 'float64' },
      { name: 'earlier', title: 'Earlier', type: 'float64' },
      { name: 'laterDays', title: 'Days, later', type: 'float64' },
      { name: 'earlierDays', title: 'Days, earlier', type: 'float64' },
      { name: 'ratio', title: 'Rate, later over earlier', type: 'float64' },
      { name: 'low', title: 'Lower end, 95 %', type: 'float64' },
      { name: 'high', title: 'Upper end, 95 %', type: 'float64' },
      { name: 'pValue', title: 'p', type: 'float64' },
      { name: 'qValue', title: 'Adjusted p', type: 'float64' },
    ],
    needs: ['month'],
  },

  run(incidents, params, context, control) {
    const periods = comparedPeriods(incidents, params, context)
    const byMonth = params.groups === 'month'
    const held = groupsOf(incidents, params.groups, params.column, context)
    const tally = tallyPeriods(incidents, periods, held.groupOf, held.names.length, (done) =>
      control.tick(done, 'Counting'),
    )
    const later = sum(tally.later)
    const earlier = sum(tally.earlier)
    if (later + earlier === 0)
      throw new InputError('E-MTH-FEW', 'Neither period holds an incident of the selection.', {
        column: 'laterFrom',
        cure: 'Choose other periods or more incidents.',
      })
    const dispersion = pairDispersion(tally.later, tally.earlier, periods)
    const evidence = dispersion.pValue < LEVEL
    const allow = params.test === 'overDispersed' || (params.test === 'auto' && evidence)
    const phi = allow && dispersion.index > 1 ? dispersion.index : 1
    const test: RateTest = params.test === 'conditional' ? 'conditional' : 'eTest'

    const rows = rowsOf(held.names, byMonth, tally, periods)
    const compared = rows.map((row) =>
      compareRates(row.later, row.earlier, row.laterDays, row.earlierDays, test, phi),
    )
    const whole = compareRates(later, earlier, periods.laterDays, periods.earlierDays, test, phi)
    const pValue = Float64Array.from(compared, ({ pValue }) => pValue)
    const qValue = adjustP(pValue, params.adjustment as Adjustment)
    control.tick(1)
    const significant = (side: (ratio: number) => boolean): number =>
      compared.filter(({ ratio }, i) => qValue[i] <= LEVEL && side(ratio)).length

    const caveats: Caveat[] = [...periods.caveats, ...held.caveats]
    if (Number.isNaN(dispersion.index))
      caveats.push(
        caveat(
          'dispersion-unknown',
          'Too few months can be paired to know how much counts vary; they are taken as Poisson, which makes p values too small for most crime.',
        ),
      )
    else if (evidence)
      caveats.push(
        caveat(
          'over-dispersed',
          `Counts of paired months vary ${dispersion.index.toFixed(1)} times as much as Poisson; ${
            phi > 1
              ? 'intervals and p values allow for it'
              : 'the test chosen does not allow for it, so p values are too small and intervals too narrow'
          }.`,
        ),
      )
    if (earlier < SMALLEST_BASE)
      caveats.push(
        caveat(
          'base-small',
          `The earlier period holds ${earlier} incidents; under ${SMALLEST_BASE} a percentage says little and is not given.`,
        ),
      )
    if (params.adjustment === 'none' && rows.length > 1)
      caveats.push(
        caveat(
          'unadjusted',
          `No allowance was made for comparing ${rows.length} groups: one in twenty that did not change will look as if it had.`,
        ),
      )
    return {
      summary: {
        later: { ...spanOf(periods.later), days: periods.laterDays, count: later },
        earlier: { ...spanOf(periods.earlier), days: periods.earlierDays, count: earlier },
        ratio: whole.ratio,
        ratioLow: whole.low,
        ratioHigh: whole.high,
        changePercent: earlier < SMALLEST_BASE ? Number.NaN : 100 * (whole.ratio - 1),
        pValue: whole.pValue,
        dispersion: dispersion.index,
        dispersionP: dispersion.pValue,
        test:
          phi > 1
            ? 'E-test, negative binomial'
            : test === 'conditional'
              ? 'exact conditional'
              : 'E-test, Poisson',
        adjustment: params.adjustment,
        groups: rows.length,
        rising: significant((ratio) => ratio > 1),
        falling: significant((ratio) => ratio < 1),
      },
      columns: {
        group: rows.map(({ name }) => name),
        later: Float64Array.from(rows, (row) => row.later),
        earlier: Float64Array.from(rows, (row) => row.earlier),
        laterDays: Float64Array.from(rows, (row) => row.laterDays),
        earlierDays: Float64Array.from(rows, (row) => row.earlierDays),
        ratio: Float64Array.from(compared, ({ ratio }) => ratio),
        low: Float64Array.from(compared, ({ low }) => low),
        high: Float64Array.from(compared, ({ high }) => high),
        pValue,
        qValue,
      },
      caveats,
    }
  },
}

function spanOf(side: { readonly from: number; readonly to: number }): { from: string; to: string } {
  return { from: dateLabel(side.from * MINUTES_PER_DAY), to: dateLabel((side.to - 1) * MINUTES_PER_DAY) }
}
