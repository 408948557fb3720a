import { binomialInterval, binomialLowerTail, binomialUpperTail } from '../support/distributions/binomial.ts'

/** A ratio with its exact 95% interval and p (two-sided: twice the smaller tail, at most 1). */
export interface RiskRatio {
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly pValue: number
}

const UNDEFINED: RiskRatio = { ratio: Number.NaN, low: Number.NaN, high: Number.NaN, pValue: Number.NaN }

/**
 * Share of `total` found in a part that holds `share` of the ground, over that share; interval of Clopper and Pearson.
 * NaN where the part holds nothing, or everything.
 */
export function ratioToShare(count: number, total: number, share: number): RiskRatio {
  if (!(total > 0 && share > 0 && share < 1)) return UNDEFINED
  const { low, high } = binomialInterval(count, total)
  return {
    ratio: count / total / share,
    low: low / share,
    high: high / share,
    pValue: twoSided(count, total, share),
  }
}

/**
 * (count/total)/(others/othersTotal), two Poisson counts: given their sum the first is binomial. NaN where both are 0;
 * the ratio and the upper end are NaN where `others` is 0.
 * @see R's poisson.test of two counts.
 */
export function ratioOfCounts(count: number, total: number, others: number, othersTotal: number): RiskRatio {
  const both = count + others
  if (!(both > 0 && total > 0 && othersTotal > 0)) return UNDEFINED
  const { low, high } = binomialInterval(count, both)
  const odds = (p: number): number => (p < 1 ? (p / (1 - p)) * (othersTotal / total) : Number.NaN)
  return {
    ratio: others > 0 ? count / total / (others / othersTotal) : Number.NaN,
    low: odds(low),
    high: odds(high),
    pValue: twoSided(count, both, total / (total + othersTotal)),
  }
}

function twoSided(count: number, total: number, chance: number): number {
  return Math.min(
    1,
    2 * Math.min(binomialLowerTail(count, total, chance), binomialUpperTail(count, total, chance)),
  )
}
