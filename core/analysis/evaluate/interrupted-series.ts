import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { dateOf, daysOf, MINUTES_PER_DAY } from '../support/wall-clock.ts'
import { confidence, figure } from './figures.ts'
import { interruptedSeriesCard, type parameters } from './interrupted-series-card.ts'
import { layPlaces, shapesOf } from './lay-places.ts'
import { checkPeriods, readPeriod } from './periods.ts'
import { fitSeries, type RatioEstimate, type Series, type SeriesOptions } from './series-fit.ts'
import { countSlices, type Slice, slicesOf } from './slices.ts'

export interface InterruptedSeriesSummary {
  readonly sentence: string
  readonly steps: { readonly before: number; readonly after: number }
  readonly level: RatioEstimate
  readonly slope: RatioEstimate
  readonly dispersion: number
  readonly autocorrelation: number
  readonly lag: number
  readonly alpha: number
}

const FEWEST_BEFORE = 12
const FEWEST_AFTER = 6
const TWO_YEARS = 730
const FEW_A_STEP = 5

/**
 * See the card for the formula; `fitSeries` for symbols, nulls and sources. Deterministic. Cost: a microsecond an
 * incident and a few milliseconds.
 * Errors: E-EVL-PERIOD, E-EVL-MISSING, E-EVL-MONTH-ONLY, E-EVL-STEP, E-EVL-NO-SHAPES, E-EVL-NONE, E-EVL-SERIES (too
 * short, or without incidents before or after).
 */
export const interruptedSeries: Method<typeof parameters, InterruptedSeriesSummary> = {
  card: interruptedSeriesCard,

  run(incidents, params, context, control) {
    const before = readPeriod(params.from, params.change, 'part before the change')
    const after = readPeriod(params.change, params.to, 'part after the change')
    const caveats: Caveat[] = [...checkPeriods([before, after], incidents, context)]
    const slices = slicesOf(params.step, before, after, incidents)
    let unitOf = new Int32Array(incidents.length)
    if (context.layers?.treated) {
      const zone = {
        name: 'treated',
        shapes: shapesOf(context.layers.treated, 'places'),
        distance: 0,
        farEdgeIn: true,
      }
      const laid = layPlaces(incidents, [zone], control)
      caveats.push(...laid.caveats)
      unitOf = Int32Array.from(laid.zone)
    }
    const counts = countSlices(incidents, unitOf, 1, slices, control)
    const series = seriesOf(counts, slices)
    const options = params as SeriesOptions
    const found = holdsBoth(series) ? fitSeries(series, options, control) : null
    if (found === null)
      throw new InputError(
        'E-EVL-SERIES',
        `The series of ${slices.length} steps is too short, or too empty, for its trend and season. Nothing was fitted.`,
        { cure: 'Take a longer period, fewer waves, longer steps or a wider selection.' },
      )
    caveats.push(...seriesCaveats(series, slices, before.days + after.days, params.season))
    if (Math.abs(found.autocorrelation) > 2 / Math.sqrt(counts.length))
      caveats.push(
        caveat(
          'autocorrelated',
          `One step goes with the next (correlation of residuals ${figure(found.autocorrelation, 2)})${params.errors === 'quasi' ? ': quasi-Poisson intervals are too narrow, choose Newey–West' : '; the intervals allow for it'}.`,
        ),
      )
    return {
      summary: {
        sentence: sentenceOf(found.level, found.slope, params.alpha, params.step),
        steps: { before: series.change, after: counts.length - series.change },
        level: found.level,
        slope: found.slope,
        dispersion: found.fit.dispersion,
        autocorrelation: found.autocorrelation,
        lag: found.lag,
        alpha: params.alpha,
      },
      columns: {
        step: slices.map(({ label }) => label),
        count: counts,
        fitted: found.fit.fitted,
        carriedOn: found.carriedOn,
      },
      caveats,
    }
  },
}

/** The series with its place in the year: the middle of each step, as a share of that year. */
function seriesOf(counts: Float64Array, slices: readonly Slice[]): Series {
  const change = slices.findIndex(({ after }) => after)
  const turn = Float64Array.from(slices, ({ from, to, days }) => {
    const { year, month } = dateOf(from)
    if (days > 7) return (month - 1) / 12
    const first = daysOf(year, 1, 1)
    return ((from + to) / 2 / MINUTES_PER_DAY - first) / (daysOf(year + 1, 1, 1) - first)
  })
  return {
    counts,
    days: Float64Array.from(slices, ({ days }) => days),
    change: change < 0 ? slices.length : change,
    turn,
    month: Int32Array.from(slices, ({ from }) => dateOf(from).month - 1),
  }
}

function holdsBoth({ counts, change }: Series): boolean {
  return (
    change >= 3 &&
    counts.length - change >= 2 &&
    counts.subarray(0, change).some((each) => each > 0) &&
    counts.subarray(change).some((each) => each > 0)
  )
}

function seriesCaveats(
  { counts, change }: Series,
  slices: readonly Slice[],
  asked: number,
  season: string,
): Caveat[] {
  const caveats: Caveat[] = [
    caveat(
      'no-comparison',
      'There are no comparison places: whatever else changed at the same time is in the figure too.',
    ),
  ]
  const days = (part: readonly Slice[]): number => part.reduce((sum, slice) => sum + slice.days, 0)
  const used = days(slices)
  if (used < asked)
    caveats.push(
      caveat('days-left-over', `${asked - used} days at the far ends fill no whole week and are not used.`),
    )
  const after = counts.length - change
  const shortYears = season !== 'none' && days(slices.slice(0, change)) < TWO_YEARS
  if (change < FEWEST_BEFORE || after < FEWEST_AFTER || shortYears)
    caveats.push(
      caveat(
        'series-short',
        `${change} steps before and ${after} after are few${shortYears ? ', and less than two years lie before the change: season, trend and change cannot be told apart well' : ''}.`,
      ),
    )
  const mean = counts.reduce((sum, each) => sum + each, 0) / counts.length
  if (mean < FEW_A_STEP)
    caveats.push(
      caveat('counts-few', `A step holds ${figure(mean, 1)} incidents on average: intervals are rough.`),
    )
  return caveats
}

function sentenceOf(level: RatioEstimate, slope: RatioEstimate, alpha: number, step: string): string {
  const percent = (ratio: number): string => figure(100 * (ratio - 1), 1)
  const told = ({ ratio, low, high }: RatioEstimate): string =>
    `${percent(ratio)} % (${confidence(alpha)} interval ${percent(low)} to ${percent(high)} %)`
  const clear = [level, slope].some(({ low, high }) => low > 1 || high < 1)
  const verdict = clear
    ? 'At least one of the two is more than chance would often give.'
    : 'Both intervals hold 0: chance may explain them.'
  return `At the date of the change, recorded incidents stepped by ${told(level)} against trend and season, and the slope changed by ${told(slope)} a ${step}. ${verdict} It does not show what caused it, nor that it would not have come anyway.`
}
