import { binomialInterval, binomialTwoSided } from '../support/distributions/binomial.ts'
import { poissonDifference } from '../support/poisson-difference.ts'

export type RateTest = 'eTest' | 'conditional'

export interface ComparedRates {
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly pValue: number
}

const Z = 1.959963984540054

/**
 * Two counts and their exposures: ratio of the rates with its 95 % interval, and p that they are one rate.
 *
 * @param dispersion variance over mean; above 1 the test is the E-test with negative binomial counts, whatever `test` says
 * @returns all NaN when both counts are 0 or an exposure is; ratio NaN over b = 0, its high end Infinity printed as NaN
 */
export function compareRates(
  a: number,
  b: number,
  exposureA: number,
  exposureB: number,
  test: RateTest,
  dispersion: number,
): ComparedRates {
  const nothing = { ratio: Number.NaN, low: Number.NaN, high: Number.NaN, pValue: Number.NaN }
  if (!(a + b > 0 && exposureA > 0 && exposureB > 0)) return nothing
  const scale = exposureB / exposureA
  const ratio = b > 0 ? (a / b) * scale : Number.NaN
  if (dispersion > 1) {
    const spread = a > 0 && b > 0 ? Math.exp(Z * Math.sqrt(dispersion / a + dispersion / b)) : Number.NaN
    return {
      ratio,
      low: ratio / spread,
      high: ratio * spread,
      pValue: poissonDifference(a, b, { exposureA, exposureB, dispersion }),
    }
  }
  const share = binomialInterval(a, a + b)
  return {
    ratio,
    low: (share.low / (1 - share.low)) * scale,
    high: b > 0 ? (share.high / (1 - share.high)) * scale : Number.NaN,
    pValue:
      test === 'conditional'
        ? binomialTwoSided(a, a + b, exposureA / (exposureA + exposureB))
        : poissonDifference(a, b, { exposureA, exposureB }),
  }
}
