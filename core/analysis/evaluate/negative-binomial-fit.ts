import type { Control } from '#core/contract/method.ts'
import { type CountDesign, type CountFit, fitCounts } from './count-regression.ts'

/** A size beyond this cannot be told from Poisson. */
const LARGEST = 1e6
const MOST_ROUNDS = 200

/**
 * Negative binomial regression, the size θ by maximum likelihood: coefficients for a given θ and θ for given fitted
 * counts by turns, until neither moves. θ is Infinity, and the fit Poisson's, when the counts vary no more than Poisson.
 *
 * @returns null when a column of the design repeats others
 * @see Venables and Ripley (2002) Modern Applied Statistics with S, 7.4; the numbers equal MASS glm.nb.
 */
export function fitNegativeBinomial(design: CountDesign, control: Control): CountFit | null {
  let fit = fitCounts(design, Infinity, control)
  if (fit === null || !fit.converged) return fit
  // How many counts exceed k: Σ_i Σ_{k < y_i} 1/(θ + k) without going through every count.
  const exceeding = new Float64Array(design.counts.reduce((most, y) => Math.max(most, y), 0))
  for (const y of design.counts) for (let k = 0; k < y; k++) exceeding[k]++
  let theta = Infinity
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = bestSize(design.counts, fit.fitted, exceeding)
    if (next === Infinity) return fitCounts(design, Infinity, control)
    const moved = Math.abs(next - theta) / next
    theta = next
    fit = fitCounts(design, theta, control)
    if (fit === null || !fit.converged || moved < 1e-10) return fit
  }
  return { ...fit, converged: false }
}

/** The θ at which the likelihood stops rising, by halving the interval of its logarithm. */
function bestSize(counts: Float64Array, fitted: Float64Array, exceeding: Float64Array): number {
  if (slope(LARGEST, counts, fitted, exceeding) >= 0) return Infinity
  let low = Math.log(1e-6)
  let high = Math.log(LARGEST)
  for (let k = 0; k < 200 && high - low > 1e-14; k++) {
    const middle = (low + high) / 2
    if (slope(Math.exp(middle), counts, fitted, exceeding) > 0) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}

/** Derivative of the log-likelihood by θ. */
function slope(theta: number, counts: Float64Array, fitted: Float64Array, exceeding: Float64Array): number {
  let sum = 0
  for (let k = 0; k < exceeding.length; k++) sum += exceeding[k] / (theta + k)
  for (let row = 0; row < counts.length; row++) {
    const mu = fitted[row]
    sum += (mu - counts[row]) / (mu + theta) + Math.log1p(-mu / (theta + mu))
  }
  return sum
}
