import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { seasonOf, strength, unscaled, unusualOf } from './decomposed-rows.ts'
import { longestRun, readSeries, type Series, type Step, seriesCaveatCodes, stepParameter } from './series.ts'
import { nextOdd, stl, usualTrendWindow } from './stl.ts'

export interface DecompositionSummary {
  readonly step: string
  /** Steps in one season: 12 months, 52 weeks or 7 days. */
  readonly period: number
  readonly from: string
  readonly to: string
  readonly steps: number
  readonly incidents: number
  readonly seasonalWindow: string
  readonly trendWindow: number
  /** 0 to 1; NaN where nothing varies. */
  readonly trendStrength: number
  readonly seasonalStrength: number
  readonly trendFirst: number
  readonly trendLast: number
  /** Mean season of each place in the period, largest first. */
  readonly season: readonly { readonly place: string; readonly effect: number }[]
  /** Steps furthest from trend and season. */
  readonly unusual: readonly {
    readonly period: string
    readonly observed: number
    readonly expected: number
    readonly remainder: number
  }[]
}

const periods: Readonly<Record<Step, number>> = { month: 12, week: 52, day: 7 }
/** The mean length of a month, which a daily rate is printed for. */
const MONTH_DAYS = 30.4375

const parameters = {
  step: stepParameter,
  seasonalWindow: {
    type: 'integer',
    title: 'Seasons smoothed over (odd; 0 = the same season every year)',
    minimum: 0,
    maximum: 999,
    default: 0,
    why: 'With three or four years there is too little to see a season change; 7 and more lets it change slowly.',
  },
  trendWindow: {
    type: 'integer',
    title: 'Steps the trend is smoothed over (odd; 0 = one and a half seasons)',
    minimum: 0,
    maximum: 9999,
    default: 0,
    why: 'One and a half seasons is what the authors advise; shorter follows noise.',
  },
  robust: {
    type: 'switch',
    title: 'Odd steps do not bend trend and season',
    default: true,
    why: 'A lockdown month or a festival should stand in the remainder, not in every such month to come.',
  },
  scale: {
    type: 'choice',
    title: 'What is decomposed',
    options: [
      { value: 'count', title: 'Incidents' },
      { value: 'even', title: 'Incidents, months made equally long' },
      { value: 'log', title: 'Logarithm of incidents (season as a percentage)' },
    ],
    default: 'count',
    why: 'The numbers as they are printed elsewhere.',
  },
} as const

/**
 * Season, trend and what is left of a series of counts (STL).
 *
 *     observed = trend + seasonal + remainder          (scale log: of ln observed)
 *     trendStrength    = max(0, 1 − Var(remainder) / Var(trend + remainder))
 *     seasonalStrength = max(0, 1 − Var(remainder) / Var(seasonal + remainder))
 *
 * See `stl` for the procedure. The longest stretch without a blank is used, the later of equals; outside it trend,
 * season and remainder are NaN. `even`: count / days of the month · 30.4375. Effects of `log` are percentages of the
 * trend, 100·(exp(seasonal) − 1), and `expected` is exp(trend + seasonal).
 *
 * Errors: E-MTH-PERIOD, E-MTH-DAY, E-MTH-STEPS (two seasons and one step are needed), E-MTH-FEW (no incident), E-MTH-ZERO
 * (logarithm of a nil). Deterministic. Cost: 30 ns an incident and a few ms.
 * @see Cleveland et al. (1990), Journal of Official Statistics 6, 3–73; Hyndman and Athanasopoulos (2021), Forecasting:
 *      Principles and Practice, 3rd ed., section 4.3 for the strengths.
 */
export const decomposition: Method<typeof parameters, DecompositionSummary> = {
  card: {
    id: 'decomposition',
    version: '1.0.0',
    title: 'Trend and season (STL)',
    answers: 'What is the season, what is the trend, and which months fit neither?',
    references: [
      'Cleveland, R. B., Cleveland, W. S., McRae, J. E. and Terpenning, I. (1990). STL: a seasonal-trend decomposition procedure based on loess. Journal of Official Statistics 6, 3–73.',
      'Hyndman, R. J. and Athanasopoulos, G. (2021). Forecasting: Principles and Practice, 3rd edition.',
    ],
    formula: 'Observed = trend + season + remainder, trend and season by local regression.',
    assumptions: [
      'The season repeats with the same length; a feast that moves (Easter) goes into the remainder.',
      'Recording was the same throughout.',
    ],
    notShown: ['Why a month is unusual.', 'Whether a trend will go on.'],
    compares: [
      'Equal to stl in R with the same windows. For some robust series with an even number of steps R takes a value that is not the median of the remainders, and differs; statsmodels and this product take the median.',
    ],
    caveats: {
      ...seriesCaveatCodes,
      'run-used': 'Blank steps cut the series; only the longest stretch is decomposed.',
      'seasons-few': 'Fewer than three seasons: season and trend can hardly be told apart.',
      'counts-few': 'Fewer than five incidents a step on average: the season is mostly chance.',
      'weeks-52': 'A year is a little more than 52 weeks, so a weekly season drifts by a day a year.',
    },
    parameters,
    summary: {
      step: 'Month, week or day',
      period: 'Steps in one season',
      from: 'First step decomposed',
      to: 'Last step decomposed',
      steps: 'Steps decomposed',
      incidents: 'Incidents in them',
      seasonalWindow: 'Seasons smoothed over',
      trendWindow: 'Steps the trend is smoothed over',
      trendStrength: 'Strength of the trend, 0 to 1',
      seasonalStrength: 'Strength of the season, 0 to 1',
      trendFirst: 'Trend at the first step',
      trendLast: 'Trend at the last step',
      season: 'Effect of each month, week or day of the week, largest first (incidents; % for the logarithm)',
      unusual: 'The five steps furthest from trend and season',
    },
    columns: [
      { name: 'period', title: 'Step', type: 'utf8' },
      { name: 'observed', title: 'Incidents', type: 'float64' },
      { name: 'trend', title: 'Trend', type: 'float64' },
      { name: 'seasonal', title: 'Season', type: 'float64' },
      { name: 'remainder', title: 'Remainder', type: 'float64' },
      { name: 'weight', title: 'Robustness weight', type: 'float64' },
    ],
    charts: [
      { title: 'Incidents and their trend', x: 'period', lines: ['observed', 'trend'] },
      { title: 'Season', x: 'period', lines: ['seasonal'] },
      { title: 'Remainder', x: 'period', lines: ['remainder'] },
    ],
    needs: ['month'],
  },

  run(incidents, params, context, control) {
    const step = params.step as Step
    const series = readSeries(incidents, step, context, control)
    const period = periods[step]
    const run = longestRun(series.counts)
    const inRun = series.counts.subarray(run.first, run.first + run.length)
    let total = 0
    for (const count of inRun) total += count
    if (run.length <= 2 * period)
      throw new InputError(
        'E-MTH-STEPS',
        `A season can be seen in ${2 * period + 1} ${step}s without a gap or more; here are ${run.length}.`,
        {
          column: 'occurredFrom',
          cure: 'Choose a longer period, import the missing months, or count by a shorter step.',
        },
      )
    if (total === 0)
      throw new InputError('E-MTH-FEW', 'The selection holds no incident in these months.', {
        cure: 'Choose more incidents or another period.',
      })
    const values = scaled(series, run.first, inRun, params.scale)
    const window = params.seasonalWindow === 0 ? Infinity : Math.max(3, nextOdd(params.seasonalWindow))
    const trendWindow =
      params.trendWindow === 0
        ? usualTrendWindow(period, window === Infinity ? 10 * run.length + 1 : window)
        : Math.max(3, nextOdd(params.trendWindow))
    control.tick(0.9, 'Smoothing')
    const parts = stl(values, { period, seasonalWindow: window, trendWindow, robust: params.robust })

    const whole = (values: Float64Array): Float64Array => {
      const out = new Float64Array(series.counts.length).fill(Number.NaN)
      out.set(values, run.first)
      return out
    }
    const caveats: Caveat[] = [...series.caveats]
    if (run.length < series.counts.length)
      caveats.push(
        caveat(
          'run-used',
          `Blanks cut the series: only the longest stretch, ${series.labels[run.first]} to ${series.labels[run.first + run.length - 1]}, is decomposed.`,
        ),
      )
    if (run.length < 3 * period)
      caveats.push(
        caveat(
          'seasons-few',
          `Only ${run.length} ${step}s: with fewer than ${3 * period}, season and trend can hardly be told apart.`,
        ),
      )
    if (total < 5 * run.length)
      caveats.push(
        caveat(
          'counts-few',
          `Fewer than five incidents a ${step} on average: what looks like a season is mostly chance.`,
        ),
      )
    if (step === 'week')
      caveats.push(
        caveat(
          'weeks-52',
          'A year is a little more than 52 weeks, so the weekly season drifts by a day a year.',
        ),
      )
    return {
      summary: {
        step,
        period,
        from: series.labels[run.first],
        to: series.labels[run.first + run.length - 1],
        steps: run.length,
        incidents: total,
        seasonalWindow: window === Infinity ? 'the same every time' : String(window),
        trendWindow,
        trendStrength: strength(parts.trend, parts.remainder, values),
        seasonalStrength: strength(parts.seasonal, parts.remainder, values),
        trendFirst: unscaled(parts.trend[0], params.scale),
        trendLast: unscaled(parts.trend[run.length - 1], params.scale),
        season: seasonOf(series, run.first, parts, period, params.scale),
        unusual: unusualOf(series, run.first, parts, values, params.scale),
      },
      columns: {
        period: series.labels,
        observed: series.counts,
        trend: whole(parts.trend),
        seasonal: whole(parts.seasonal),
        remainder: whole(parts.remainder),
        weight: whole(parts.weights),
      },
      caveats,
    }
  },
}

function scaled(series: Series, first: number, counts: Float64Array, scale: string): Float64Array {
  if (scale === 'even') return counts.map((count, i) => (count / series.days[first + i]) * meanDays(series))
  if (scale !== 'log') return counts.slice()
  if (counts.includes(0))
    throw new InputError(
      'E-MTH-ZERO',
      `${series.labels[first + counts.indexOf(0)]} holds no incident, which has no logarithm.`,
      {
        column: 'scale',
        cure: 'Decompose the incidents themselves, or count by a longer step.',
      },
    )
  return counts.map(Math.log)
}

function meanDays(series: Series): number {
  return series.step === 'month' ? MONTH_DAYS : series.days[0]
}
