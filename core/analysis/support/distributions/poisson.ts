import { gammaLowerTail, gammaQuantile, gammaUpperQuantile, gammaUpperTail, poissonTerm } from './gamma.ts'
import { normalQuantile } from './normal-quantile.ts'
import { smallestCount } from './smallest-count.ts'

/** P(X = k) of a Poisson count; 0 for k that is negative or not whole. */
export function poissonProbability(k: number, mean: number): number {
  if (Number.isNaN(k) || !(mean >= 0)) return Number.NaN
  if (k < 0 || !Number.isInteger(k)) return 0
  return mean === 0 ? (k === 0 ? 1 : 0) : poissonTerm(k, mean)
}

/** P(X ≤ k). */
export function poissonLowerTail(k: number, mean: number): number {
  if (Number.isNaN(k) || !(mean >= 0)) return Number.NaN
  if (k < 0) return 0
  return mean === 0 ? 1 : gammaUpperTail(mean, Math.floor(k) + 1)
}

/** P(X ≥ k): k itself is in, as in a test for too many. */
export function poissonUpperTail(k: number, mean: number): number {
  if (Number.isNaN(k) || !(mean >= 0)) return Number.NaN
  const least = Math.ceil(k)
  if (least <= 0) return 1
  return mean === 0 ? 0 : gammaLowerTail(mean, least)
}

/** The smallest k with P(X ≤ k) ≥ p. Infinity at p = 1 (0 for mean 0). */
export function poissonQuantile(p: number, mean: number): number {
  if (!(p >= 0 && p <= 1 && mean >= 0)) return Number.NaN
  if (p === 0 || mean === 0) return 0
  if (p === 1) return Infinity
  const start = mean + normalQuantile(p) * Math.sqrt(mean)
  return smallestCount((k) => poissonLowerTail(k, mean) >= p, start)
}

/**
 * Exact interval of a Poisson mean of which `count` was seen: each tail holds at most (1 − level)/2.
 * @see Garwood, F. (1936) Biometrika 28, 437–442. Equal to R's poisson.test.
 */
export function poissonInterval(count: number, level = 0.95): { low: number; high: number } {
  if (!(count >= 0 && level > 0 && level < 1)) return { low: Number.NaN, high: Number.NaN }
  const tail = (1 - level) / 2
  return { low: count === 0 ? 0 : gammaQuantile(tail, count), high: gammaUpperQuantile(tail, count + 1) }
}
