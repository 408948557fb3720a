import { negativeBinomialQuantile } from '../support/distributions/negative-binomial.ts'
import { poissonQuantile } from '../support/distributions/poisson.ts'

export interface PoissonLevel {
  /** Gamma distribution of the rate after the last value: shape and exposure. */
  readonly shape: number
  readonly exposure: number
  /** How much of the past is kept from one step to the next, 0 to 1. */
  readonly discount: number
  /** Poisson deviance of the counts, each foreseen from those before. */
  readonly deviance: number
  /** Variance of the counts over what the level alone gives, at least 1. */
  readonly dispersion: number
}

/** Discounts tried; 1 is a rate that never moves. */
const FIRST = 0.1
const STEPS = 90

/**
 * Exponential smoothing of counts: a rate that drifts, known as a gamma distribution that forgets.
 *
 *     before step t: shape ω·a, exposure ω·b;  mean m = e_t·a/b, variance φ·(m + m²/(ω·a))
 *     after it:      a = ω·a + count_t,  b = ω·b + e_t
 *     φ = max(1, Σ (count − m)²/(m + m²/(ω·a)) / (counts foreseen − 1 − fitted))
 *
 * ω is the value of 0.10, 0.11 … 1.00 with the least Poisson deviance of the counts, each foreseen from those before. A
 * blank (NaN) forgets and learns nothing.
 *
 * @param exposures e_t: days times season factor
 * @param fitted numbers the exposures were fitted with: season factors less one, 0 without
 * @returns null when fewer than three counts, or none above 0
 * @see Harvey, A. C. and Fernandes, C. (1989), Time series models for count or qualitative observations, Journal of
 *      Business and Economic Statistics 7, 407–417; the scale φ as in quasi-Poisson models.
 */
export function fitPoissonLevel(
  counts: Float64Array,
  exposures: Float64Array,
  fitted: number,
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
    const fit = filtered(counts, exposures, fitted, FIRST + k / 100)
    // Of equals the larger discount, the steadier rate.
    if (best === null || fit.deviance <= best.deviance) best = fit
  }
  return best
}

function filtered(
  counts: Float64Array,
  exposures: Float64Array,
  fitted: number,
  discount: number,
): PoissonLevel {
  let shape = 0
  let exposure = 0
  let deviance = 0
  let squares = 0
  let foreseen = 0
  for (let t = 0; t < counts.length; t++) {
    shape *= discount
    exposure *= discount
    const count = counts[t]
    if (Number.isNaN(count)) continue
    // Until something was seen there is nothing to foresee from.
    if (shape > 0) {
      const mean = (exposures[t] * shape) / exposure
      deviance += 2 * ((count > 0 ? count * Math.log(count / mean) : 0) - (count - mean))
      squares += (count - mean) ** 2 / (mean + (mean * mean) / shape)
      foreseen++
    }
    shape += count
    exposure += exposures[t]
  }
  const freedom = Math.max(1, foreseen - 1 - fitted)
  return { shape, exposure, discount, deviance, dispersion: Math.max(1, squares / freedom) }
}

/** Mean and quantiles of the count `ahead` steps on (1 = the next), over this exposure; negative binomial. */
export function poissonForecast(
  { shape, exposure, discount, dispersion }: PoissonLevel,
  ahead: number,
  stepExposure: number,
): { readonly mean: number; readonly quantile: (p: number) => number } {
  const mean = (stepExposure * shape) / exposure
  const variance = dispersion * (mean + (mean * mean) / (shape * discount ** ahead))
  const beyond = variance - mean
  return {
    mean,
    quantile: (p) =>
      beyond > 1e-9 * mean
        ? negativeBinomialQuantile(p, mean, (mean * mean) / beyond)
        : poissonQuantile(p, mean),
  }
}
