import { betaLowerTail, betaQuantile, betaUpperQuantile, betaUpperTail, binomialTerm } from './beta.ts'
import { normalQuantile } from './normal-quantile.ts'
import { smallestCount } from './smallest-count.ts'

/** P(X = k) of k successes in n trials; 0 for k outside 0 … n or not whole. */
export function binomialProbability(k: number, n: number, chance: number): number {
  if (Number.isNaN(k) || !(n >= 0 && chance >= 0 && chance <= 1)) return Number.NaN
  if (k < 0 || k > n || !Number.isInteger(k)) return 0
  return binomialTerm(k, n - k, chance, 1 - chance)
}

/** P(X ≤ k). */
export function binomialLowerTail(k: number, n: number, chance: number): number {
  if (Number.isNaN(k) || !(n >= 0 && chance >= 0 && chance <= 1)) return Number.NaN
  const most = Math.floor(k)
  if (most < 0) return 0
  return most >= n ? 1 : betaUpperTail(chance, most + 1, n - most)
}

/** P(X ≥ k): k itself is in. */
export function binomialUpperTail(k: number, n: number, chance: number): number {
  if (Number.isNaN(k) || !(n >= 0 && chance >= 0 && chance <= 1)) return Number.NaN
  const least = Math.ceil(k)
  if (least <= 0) return 1
  return least > n ? 0 : betaLowerTail(chance, least, n - least + 1)
}

/** The smallest k with P(X ≤ k) ≥ p. */
export function binomialQuantile(p: number, n: number, chance: number): number {
  if (!(p >= 0 && p <= 1 && n >= 0 && chance >= 0 && chance <= 1)) return Number.NaN
  if (p === 0) return 0
  if (p === 1) return chance === 0 ? 0 : n
  const start = n * chance + normalQuantile(p) * Math.sqrt(n * chance * (1 - chance))
  return smallestCount((k) => binomialLowerTail(k, n, chance) >= p, start, n)
}

/**
 * P of an outcome no more likely than k, two-sided: Σ of all probabilities up to that of k (with R's allowance of
 * 1e-7 for ties). Equal to R's binom.test.
 */
export function binomialTwoSided(k: number, n: number, chance: number): number {
  const own = binomialProbability(k, n, chance)
  if (Number.isNaN(own)) return own
  if (chance === 0 || chance === 1) return k === n * chance ? 1 : 0
  const ceiling = own * (1 + 1e-7)
  const mean = n * chance
  if (k === mean) return 1
  if (k < mean) {
    const far = smallestCount(
      (j) => binomialProbability(j, n, chance) <= ceiling && j >= mean,
      Math.ceil(2 * mean - k),
      n + 1,
    )
    return Math.min(1, binomialLowerTail(k, n, chance) + binomialUpperTail(far, n, chance))
  }
  // Seen from the other end, so that the first count not too likely is again searched upwards.
  const far = smallestCount(
    (j) => binomialProbability(n - j, n, chance) <= ceiling && n - j <= mean,
    Math.ceil(n - (2 * mean - k)),
    n + 1,
  )
  return Math.min(1, binomialUpperTail(k, n, chance) + binomialLowerTail(n - far, n, chance))
}

/**
 * Exact interval of a share of which k in n was seen.
 * @see Clopper and Pearson (1934) Biometrika 26, 404–413. Equal to R's binom.test.
 */
export function binomialInterval(k: number, n: number, level = 0.95): { low: number; high: number } {
  if (!(k >= 0 && n >= k && n > 0 && level > 0 && level < 1)) return { low: Number.NaN, high: Number.NaN }
  const tail = (1 - level) / 2
  return {
    low: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    high: k === n ? 1 : betaUpperQuantile(tail, k + 1, n - k),
  }
}
