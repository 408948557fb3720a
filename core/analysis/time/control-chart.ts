import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { MINUTES_PER_DAY, minutesOfDate } from '../support/wall-clock.ts'
import { chartCaveats } from './chart-caveats.ts'
import { type Chart, chartLimits, dispersionOf } from './chart-limits.ts'
import { chartRules, ruleWords } from './chart-rules.ts'
import { readSeries, type Series, type Step, seriesCaveatCodes, stepParameter } from './series.ts'

export interface ControlChartSummary {
  readonly step: string
  readonly chart: string
  readonly baseline: {
    readonly from: string
    readonly to: string
    readonly steps: number
    readonly mean: number
  }
  readonly sigma: number
  /** Variance over mean in the baseline; 1 under Poisson. */
  readonly dispersion: number
  readonly dispersionP: number
  readonly judged: number
  readonly signals: readonly {
    readonly period: string
    readonly count: number
    readonly centre: number
    readonly lower: number
    readonly upper: number
    readonly direction: string
    readonly rules: string
  }[]
  readonly outliersInBaseline: number
}

/** Steps of a baseline when none is given: two years, half a year, eight weeks. */
const usual: Readonly<Record<Step, number>> = { month: 24, week: 26, day: 56 }
const FEWEST = 12

const parameters = {
  step: stepParameter,
  chart: {
    type: 'choice',
    title: 'Chart',
    options: [
      { value: 'auto', title: 'Chosen by the variation of the baseline' },
      { value: 'c', title: 'c: counts as Poisson' },
      { value: 'u', title: 'u: rates a day as Poisson (months of unequal length)' },
      { value: 'xmr', title: 'XmR: limits from the change between neighbours' },
    ],
    default: 'auto',
    why: 'Crime varies more than Poisson more often than not; c and u would then cry wolf.',
  },
  baselineFrom: {
    type: 'date',
    title: 'Baseline from (empty = first of the period)',
    default: '',
    why: 'The beginning of the period.',
  },
  baselineTo: {
    type: 'date',
    title: 'Baseline up to and including (empty = 24 months, 26 weeks or 56 days)',
    default: '',
    why: 'Long enough for stable limits; what comes after is judged, and is never in its own limits.',
  },
  limits: {
    type: 'choice',
    title: 'Limits of c and u',
    options: [
      { value: 'sigma', title: '3σ either side' },
      { value: 'exact', title: 'Exact Poisson, the same chance' },
    ],
    default: 'sigma',
    why: 'The limits every textbook has; exact ones are better where counts are under ten.',
  },
} as const

/**
 * Is this month (week, day) more than the usual ups and downs? Limits from a fixed baseline, judged on what follows.
 *
 * See `chartLimits` for centre and limits and `chartRules` for the four rules. Only steps after the last of the
 * baseline are judged, and runs begin with the first of them. `auto`: XmR when the baseline varies more than Poisson
 * (dispersion test p under 0.05), else u by month and c by week and day.
 *
 * NaN: count of a blank step. Errors: E-MTH-PERIOD, E-MTH-DAY, E-MTH-BASELINE (fewer than 12 steps with a count, ends
 * before it begins), E-MTH-FEW (no incident or no variation in it). Deterministic. Cost: 30 ns an incident.
 * @see Shewhart (1931); Western Electric (1956); Montgomery, D. C. (2009), Introduction to Statistical Quality Control, 6th ed.
 */
export const controlChart: Method<typeof parameters, ControlChartSummary> = {
  card: {
    id: 'controlChart',
    version: '1.0.0',
    title: 'Control chart',
    answers: 'Which months, weeks or days since the baseline lie outside the usual ups and downs?',
    references: [
      'Western Electric (1956). Statistical Quality Control Handbook.',
      'Nelson, L. S. (1984). The Shewhart control chart: tests for special causes. Journal of Quality Technology 16, 237–239.',
      'Montgomery, D. C. (2009). Introduction to Statistical Quality Control, 6th edition.',
    ],
    formula:
      'Centre ± 3σ; σ² is the mean (c), the rate times the days (u), or σ is the mean change between neighbours over 1.128 (XmR).',
    assumptions: [
      'The baseline was ordinary: nothing in it was exceptional.',
      'No season: a season makes summers signal. Decompose first, or take whole years as the baseline and read with care.',
      'Each rule gives a false signal now and then: about one point in a hundred with all four.',
    ],
    notShown: ['Why a point signals.', 'That a point within the limits is acceptable: it is only usual.'],
    compares: [
      'qcc and most packages put the point that is judged into its own limits; here the baseline is fixed.',
    ],
    caveats: {
      ...seriesCaveatCodes,
      'over-dispersed': 'The baseline varies more than Poisson: c and u limits are too narrow.',
      'baseline-outlier': 'Points of the baseline itself lie outside its limits, which are then too wide.',
      'baseline-short': 'Fewer than 20 steps in the baseline: the limits are uncertain.',
      'mean-small': 'Fewer than ten incidents a step: 3σ limits of a Poisson count are lopsided.',
      'low-limit-zero': 'The lower limit is 0: no single fall can signal.',
      'none-judged': 'Nothing lies after the baseline.',
    },
    parameters,
    summary: {
      step: 'Month, week or day',
      chart: 'Chart used',
      baseline: 'First and last step of the baseline, steps with a count, and their mean',
      sigma: 'σ of a step of mean length',
      dispersion: 'Variance over mean in the baseline, 1 under Poisson',
      dispersionP: 'Chance of so much variation under Poisson',
      judged: 'Steps judged',
      signals: 'Steps that break a rule',
      outliersInBaseline: 'Steps of the baseline beyond 3σ',
    },
    columns: [
      { name: 'period', title: 'Step', type: 'utf8' },
      { name: 'count', title: 'Incidents', type: 'float64' },
      { name: 'centre', title: 'Centre', type: 'float64' },
      { name: 'lower', title: 'Lower limit', type: 'float64' },
      { name: 'upper', title: 'Upper limit', type: 'float64' },
      { name: 'baseline', title: 'In the baseline', type: 'uint8' },
      { name: 'rules', title: 'Rules broken', type: 'utf8' },
    ],
    charts: [
      {
        title: 'Control chart',
        x: 'period',
        lines: ['count', 'centre'],
        band: ['lower', 'upper'],
        marks: 'rules',
      },
    ],
    needs: ['month'],
  },

  run(incidents, params, context, control) {
    const step = params.step as Step
    const series = readSeries(incidents, step, context, control)
    const { counts, days, labels } = series
    const { baseline, first, last } = baselineOf(series, params.baselineFrom, params.baselineTo)
    const base = Array.from(counts.keys()).filter((i) => baseline[i] === 1 && !Number.isNaN(counts[i]))
    if (base.length < FEWEST)
      throw new InputError(
        'E-MTH-BASELINE',
        `The baseline holds ${base.length} ${step}s with a count; ${FEWEST} are needed.`,
        {
          column: 'baselineTo',
          cure: 'Choose a longer baseline, or count by a shorter step.',
        },
      )
    const dispersion = dispersionOf(
      base.map((i) => counts[i]),
      base.map((i) => days[i]),
    )
    const wide = dispersion.pValue < 0.05
    const chart: Chart =
      params.chart === 'auto' ? (wide ? 'xmr' : step === 'month' ? 'u' : 'c') : (params.chart as Chart)
    const exact = params.limits === 'exact'
    const limits = chartLimits(counts, days, baseline, chart, exact)
    if (!(limits.sigma > 0))
      throw new InputError(
        'E-MTH-FEW',
        'The baseline holds no incident or never varies, so it has no limits.',
        {
          column: 'baselineTo',
          cure: 'Choose more incidents or another baseline.',
        },
      )
    const level = chart === 'u' ? counts.map((count, i) => count / days[i]) : counts
    const from = last + 1
    const broken = new Uint8Array(counts.length)
    broken.set(chartRules(limits.z.subarray(from), level.subarray(from)), from)
    const outliersInBaseline = base.filter((i) => Math.abs(limits.z[i]) > 3).length
    let judged = 0
    for (let i = from; i < counts.length; i++) if (!Number.isNaN(counts[i])) judged++
    const mean = base.reduce((sum, i) => sum + counts[i], 0) / base.length

    const signals = Array.from(counts.keys())
      .filter((i) => broken[i] !== 0)
      .map((i) => ({
        period: labels[i],
        count: counts[i],
        centre: limits.centre[i],
        lower: limits.lower[i],
        upper: limits.upper[i],
        direction: counts[i] > limits.centre[i] ? 'above' : 'below',
        rules: ruleWords(broken[i]),
      }))
    return {
      summary: {
        step,
        chart: chart === 'xmr' ? 'XmR' : chart,
        baseline: { from: labels[first], to: labels[last], steps: base.length, mean },
        sigma: limits.sigma,
        dispersion: dispersion.index,
        dispersionP: dispersion.pValue,
        judged,
        signals,
        outliersInBaseline,
      },
      columns: {
        period: labels,
        count: counts,
        centre: limits.centre,
        lower: limits.lower,
        upper: limits.upper,
        baseline,
        rules: Array.from(broken, ruleWords),
      },
      caveats: [
        ...series.caveats,
        ...chartCaveats({
          chart,
          exact,
          wide,
          dispersion,
          outliersInBaseline,
          steps: base.length,
          mean,
          lower: limits.lower,
          judged,
          step,
        }),
      ],
    }
  },
}

/** @throws InputError E-MTH-BASELINE */
function baselineOf(
  { firstDay, days, counts, step }: Series,
  fromDate: string,
  toDate: string,
): { readonly baseline: Uint8Array; readonly first: number; readonly last: number } {
  const day = (date: string): number => minutesOfDate(date) / MINUTES_PER_DAY
  const from = fromDate === '' ? firstDay[0] : day(fromDate)
  let first = 0
  while (first < counts.length && firstDay[first] < from) first++
  let last = first + usual[step] - 1
  if (toDate !== '') {
    const end = day(toDate) + 1
    last = first - 1
    while (last + 1 < counts.length && firstDay[last + 1] + days[last + 1] <= end) last++
  }
  // The usual baseline leaves a third of a short series to be judged.
  else if (last > counts.length - 1) last = first + Math.floor(((counts.length - first) * 2) / 3) - 1
  if (last < first)
    throw new InputError('E-MTH-BASELINE', `The baseline holds no whole ${step} of the period.`, {
      column: 'baselineFrom',
      cure: 'Give a first and a last day within the period, the last one after the first.',
    })
  const baseline = new Uint8Array(counts.length)
  baseline.fill(1, first, last + 1)
  return { baseline, first, last }
}
