/** The ways of looking ahead that are tried against one another. */
import { normalQuantile } from '../support/distributions/normal-quantile.ts'
import { fitPoissonLevel, poissonForecast } from './poisson-smoothing.ts'
import { seasonFactors } from './season-factors.ts'
import { fitSmoothing, type SmoothingModel, smoothingForecast } from './smoothing-fit.ts'

export const modelNames = ['seasonalNaive', 'smoothing', 'poisson'] as const
export type ModelName = (typeof modelNames)[number]

export interface Ahead {
  readonly mean: Float64Array
  readonly low80: Float64Array
  readonly high80: Float64Array
  readonly low95: Float64Array
  readonly high95: Float64Array
  /** What was fitted, in a few words. */
  readonly fitted: string
}

/** Longest season the smoothing model carries: 52 first states are too many for the years there are. */
const LONGEST_SEASON = 12

/**
 * The next `horizon` steps by one model, from counts alone.
 *
 * @param counts known steps, blanks NaN, the last one known
 * @param days of the known and the coming steps
 * @returns null when the counts are too few for the model
 */
export function lookAhead(
  model: ModelName,
  counts: Float64Array,
  days: Float64Array,
  period: number,
  horizon: number,
  tick: () => void,
): Ahead | null {
  if (model === 'seasonalNaive') return naive(counts, period, horizon)
  if (model === 'smoothing') return smoothing(counts, period, horizon, tick)
  return poisson(counts, days, period, horizon, tick)
}

/** The last known count of the same place in the season; error √(mean squared yearly change · seasons ahead). */
function naive(counts: Float64Array, period: number, horizon: number): Ahead | null {
  let sum = 0
  let pairs = 0
  for (let t = period; t < counts.length; t++) {
    const change = counts[t] - counts[t - period]
    if (Number.isNaN(change)) continue
    sum += change * change
    pairs++
  }
  if (pairs === 0) return null
  const mean = new Float64Array(horizon)
  const error = new Float64Array(horizon)
  for (let h = 0; h < horizon; h++) {
    let at = counts.length + h
    let seasons = 0
    do {
      at -= period
      seasons++
    } while (at >= 0 && (at >= counts.length || Number.isNaN(counts[at])))
    if (at < 0) return null
    mean[h] = counts[at]
    error[h] = Math.sqrt((sum / pairs) * seasons)
  }
  return normalBand(mean, error, 'the same step a season before')
}

function smoothing(counts: Float64Array, period: number, horizon: number, tick: () => void): Ahead | null {
  let best: SmoothingModel | null = null
  for (const trend of [false, true])
    for (const season of period <= LONGEST_SEASON ? [0, period] : [0]) {
      const fit = fitSmoothing(counts, trend, season, tick)
      if (fit && (best === null || fit.aicc < best.aicc)) best = fit
    }
  if (best === null) return null
  const { mean, error } = smoothingForecast(best, horizon)
  const { alpha } = best.settings
  return normalBand(
    mean.map((value) => Math.max(0, value)),
    error,
    `ETS(${best.name}), α ${alpha.toFixed(2)}`,
  )
}

function poisson(
  counts: Float64Array,
  days: Float64Array,
  period: number,
  horizon: number,
  tick: () => void,
): Ahead | null {
  const n = counts.length
  const factors = seasonFactors(counts, days, period)
  const exposures = days.map((each, t) => each * (factors ? factors[t % period] : 1))
  const found = fitPoissonLevel(counts, exposures, factors ? period - 1 : 0, tick)
  if (found === null) return null
  // A season factor is a median over n/period seasons, whose variance is π/2 of that of their mean.
  const level = factors
    ? { ...found, dispersion: found.dispersion * (1 + ((Math.PI / 2) * period) / n) }
    : found
  const out = {
    mean: new Float64Array(horizon),
    low80: new Float64Array(horizon),
    high80: new Float64Array(horizon),
    low95: new Float64Array(horizon),
    high95: new Float64Array(horizon),
  }
  for (let h = 0; h < horizon; h++) {
    const { mean, quantile } = poissonForecast(level, h + 1, exposures[n + h])
    out.mean[h] = mean
    out.low80[h] = quantile(0.1)
    out.high80[h] = quantile(0.9)
    out.low95[h] = quantile(0.025)
    out.high95[h] = quantile(0.975)
  }
  return {
    ...out,
    fitted: `discount ${level.discount.toFixed(2)}${factors ? ', season factors' : ', no season'}`,
  }
}

function normalBand(mean: Float64Array, error: Float64Array, fitted: string): Ahead {
  const side = (p: number): Float64Array =>
    mean.map((value, h) => Math.max(0, value + normalQuantile(p) * error[h]))
  return { mean, low80: side(0.1), high80: side(0.9), low95: side(0.025), high95: side(0.975), fitted }
}
