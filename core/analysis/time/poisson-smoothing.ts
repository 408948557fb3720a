import {
  negativeBinomialProbability,
  negativeBinomialQuantile,
} from '../support/distributions/negative-binomial.ts'

export interface PoissonLevel {
  /** Gamma distribution of the rate after the last value: shape and exposure. */
  readonly shape: number
  readonly exposure: number
  /** How much of the past is kept from one step to the next, 0 to 1. */
  readonly discount: number
  readonly logLikelihood: number
}

/** Discounts tried; 1 is a rate that never moves. */
const FIRST = 0.3
const STEPS = 70

/**
 * Exponential smoothing of counts: a rate that drifts, known as a gamma distribution that forgets.
 *
 *     before step t: shape ω·a, exposure ω·b;  count_t is negative binomial, mean e_t·a/b, size ω·a
 *     after it:      a = ω·a + count_t,  b = ω·b + e_t
 *
 * ω is the value of 0.30, 0.31 … 1.00 with the largest likelihood of the counts, each foreseen from those before. A blank
 * (NaN) forgets and learns nothing.
 *
 * @param exposures e_t: days times season factor
 * @returns null when fewer than three counts, or none above 0
 * @see Harvey, A. C. and Fernandes, C. (1989), Time series models for count or qualitative observations, Journal of
 *      Business and Economic Statistics 7, 407–417.
 */
export function fitPoissonLevel(
  counts: Float64Array,
  exposures: Float64Array,
  tick: () => void,
): PoissonLevel | null {
  let known = 0
  let total = 0
  for (const count of counts)
    if (!Number.isNaN(count)) {
      known++
      total += count
    }
  if (known < 3 || total === 0) return null
  let best: PoissonLevel | null = null
  for (let k = 0; k <= STEPS; k++) {
    tick()
    const fit = filtered(counts, exposures, FIRST + k / 100)
    // Of equals the larger discount, the steadier rate.
    if (best === null || fit.logLikelihood >= best.logLikelihood) best = fit
  }
  return best
}

function filtered(counts: Float64Array, exposures: Float64Array, discount: number): PoissonLevel {
  let shape = 0
  let exposure = 0
  let logLikelihood = 0
  for (let t = 0; t < counts.length; t++) {
    shape *= discount
    exposure *= discount
    if (Number.isNaN(counts[t])) continue
    // Until something was seen there is nothing to foresee from.
    if (shape > 0)
      logLikelihood += Math.log(
        negativeBinomialProbability(counts[t], (exposures[t] * shape) / exposure, shape),
      )
    shape += counts[t]
    exposure += exposures[t]
  }
  return { shape, exposure, discount, logLikelihood }
}

/** Mean and quantiles of the count `ahead` steps on (1 = the next), over this exposure. */
export function poissonForecast(
  { shape, exposure, discount }: PoissonLevel,
  ahead: number,
  stepExposure: number,
): { readonly mean: number; readonly quantile: (p: number) => number } {
  const mean = (stepExposure * shape) / exposure
  const size = shape * discount ** ahead
  return { mean, quantile: (p) => negativeBinomialQuantile(p, mean, size) }
}
