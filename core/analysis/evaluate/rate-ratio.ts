import { binomialInterval, binomialTwoSided } from '../support/distributions/binomial.ts'

export interface RateRatio {
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly pValue: number
}

/**
 * Ratio of two Poisson rates, y/n against yc/nc, with the exact conditional interval: given y + yc incidents in all,
 * y is binomial with chance n·RR/(n·RR + nc), whose Clopper–Pearson limits are turned back into ratios. p is that of
 * the exact binomial test of RR = 1.
 *
 * NaN for the ratio and its upper limit where yc is 0; all NaN where both are 0 or an exposure is not above 0.
 * Equal to R's poisson.test(c(y, yc), c(n, nc)).
 */
export function rateRatio(y: number, n: number, yc: number, nc: number, alpha: number): RateRatio {
  if (!(n > 0 && nc > 0 && y + yc > 0))
    return { ratio: Number.NaN, low: Number.NaN, high: Number.NaN, pValue: Number.NaN }
  const { low, high } = binomialInterval(y, y + yc, 1 - alpha)
  const turned = (chance: number): number => (chance < 1 ? ((chance / (1 - chance)) * nc) / n : Number.NaN)
  return {
    ratio: yc > 0 ? y / n / (yc / nc) : Number.NaN,
    low: turned(low),
    high: turned(high),
    pValue: binomialTwoSided(y, y + yc, n / (n + nc)),
  }
}
