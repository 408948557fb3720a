/**
 * Counts that vary more than Poisson: mean m, variance m + m²/size. `size` Infinity is Poisson.
 */
import { betaLowerTail, betaUpperTail, binomialTerm } from './beta.ts'
import { normalQuantile } from './normal-quantile.ts'
import { poissonLowerTail, poissonProbability, poissonQuantile, poissonUpperTail } from './poisson.ts'
import { smallestCount } from './smallest-count.ts'

/** P(X = k); 0 for k that is negative or not whole. */
export function negativeBinomialProbability(k: number, mean: number, size: number): number {
  if (Number.isNaN(k) || !(mean >= 0 && size > 0)) return Number.NaN
  if (size === Infinity) return poissonProbability(k, mean)
  if (k < 0 || !Number.isInteger(k)) return 0
  if (mean === 0) return k === 0 ? 1 : 0
  if (k === 0) return Math.exp(-size * Math.log1p(mean / size))
  return (size / (size + k)) * binomialTerm(k, size, mean / (size + mean), size / (size + mean))
}

/** P(X ≤ k). */
export function negativeBinomialLowerTail(k: number, mean: number, size: number): number {
  if (Number.isNaN(k) || !(mean >= 0 && size > 0)) return Number.NaN
  if (size === Infinity) return poissonLowerTail(k, mean)
  if (k < 0) return 0
  return betaLowerTail(size / (size + mean), size, Math.floor(k) + 1, mean / (size + mean))
}

/** P(X ≥ k): k itself is in. */
export function negativeBinomialUpperTail(k: number, mean: number, size: number): number {
  if (Number.isNaN(k) || !(mean >= 0 && size > 0)) return Number.NaN
  if (size === Infinity) return poissonUpperTail(k, mean)
  const least = Math.ceil(k)
  return least <= 0 ? 1 : betaUpperTail(size / (size + mean), size, least, mean / (size + mean))
}

/** The smallest k with P(X ≤ k) ≥ p. */
export function negativeBinomialQuantile(p: number, mean: number, size: number): number {
  if (!(p >= 0 && p <= 1 && mean >= 0 && size > 0)) return Number.NaN
  if (size === Infinity) return poissonQuantile(p, mean)
  if (p === 0 || mean === 0) return 0
  if (p === 1) return Infinity
  const start = mean + normalQuantile(p) * Math.sqrt(mean + (mean * mean) / size)
  return smallestCount((k) => negativeBinomialLowerTail(k, mean, size) >= p, start)
}
