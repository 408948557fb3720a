import { normalTwoSided } from '../support/normal.ts'

/**
 * Two-sided p that `a` of `totalA` and `b` of `totalB` are the same proportion: Pearson's chi-square times (N − 1)/N,
 * one degree of freedom. NaN where neither holds any, or both hold nothing else. Equal to sppt's `Chi2_Nmin1`.
 * @see Campbell (2007) Statistics in Medicine 26, 3661–3675
 */
export function proportionTest(a: number, totalA: number, b: number, totalB: number): number {
  const both = a + b
  const rest = totalA + totalB - both
  if (!(both > 0 && rest > 0 && totalA > 0 && totalB > 0)) return Number.NaN
  const difference = a * totalB - b * totalA
  return normalTwoSided(
    Math.abs(difference) * Math.sqrt((totalA + totalB - 1) / totalA / totalB / both / rest),
  )
}

/** Tables as probable as this one, but for rounding, count as extreme: R's own slack. */
const SLACK = 1 + 1e-7

/**
 * Fisher's exact test of the same question, two-sided: the probability, totals held fixed, of all tables no more
 * probable than this one. NaN where neither holds any. Equal to R's `fisher.test`. Cost: a + b steps.
 */
export function exactProportionTest(a: number, totalA: number, b: number, totalB: number): number {
  const both = a + b
  if (!(both > 0 && totalA > 0 && totalB > 0)) return Number.NaN
  const least = Math.max(0, both - totalB)
  const most = Math.min(both, totalA)
  // Weights relative to the most probable table, so that nothing underflows where it matters.
  const mode = Math.min(
    most,
    Math.max(least, Math.floor(((both + 1) * (totalA + 1)) / (totalA + totalB + 2))),
  )
  const weight = new Float64Array(most - least + 1)
  weight[mode - least] = 1
  for (let k = mode + 1; k <= most; k++)
    weight[k - least] =
      (weight[k - 1 - least] * (both - k + 1) * (totalA - k + 1)) / (k * (totalB - both + k))
  for (let k = mode - 1; k >= least; k--)
    weight[k - least] =
      (weight[k + 1 - least] * (k + 1) * (totalB - both + k + 1)) / ((both - k) * (totalA - k))
  const limit = weight[a - least] * SLACK
  let extreme = 0
  let whole = 0
  for (let k = 0; k < weight.length; k++) {
    whole += weight[k]
    if (weight[k] <= limit) extreme += weight[k]
  }
  return Math.min(1, extreme / whole)
}
