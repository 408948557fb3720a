/**
 * The Mann–Kendall test of a trend that only goes up or only goes down, for values in order of time, and the slope of
 * Theil and Sen.
 *
 *     S   = Σ_{i<j} sign(x_j − x_i)
 *     var = (n(n − 1)(2n + 5) − Σ_t t(t − 1)(2t + 5)) / 18,  t the sizes of groups of equal values
 *     z   = (S − sign(S)) / √var;  p two-sided from the normal distribution;  tau = S / (n(n − 1)/2)
 *     slope = median of (x_j − x_i) / (j − i) over all pairs, per step of time
 *
 * Values are one per equal step of time; NaN is a gap: it is no value, and the steps on either side keep their
 * distance, as in pyMannKendall.
 * z, p and slope are NaN with fewer than 2 values; z and p also when all values are equal. p is rough below 10 values.
 *
 * Neighbouring values are taken as independent: a series whose values carry over shows a trend too easily.
 *
 * @see Mann (1945) Econometrica 13, 245–259; Kendall (1975) Rank Correlation Methods; Sen (1968) JASA 63, 1379–1389.
 */
import { normalTwoSided } from '../support/normal.ts'

export interface MannKendallTest {
  /** Values that are not gaps. */
  readonly n: number
  readonly s: number
  readonly variance: number
  readonly z: number
  readonly pValue: number
  readonly tau: number
}

/** Cost: n²/2 comparisons and one sort. */
export function mannKendallTest(values: ArrayLike<number>): MannKendallTest {
  const known = new Float64Array(values.length)
  let n = 0
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) known[n++] = values[i]
  let s = 0
  for (let i = 0; i < n; i++) {
    const value = known[i]
    for (let j = i + 1; j < n; j++) {
      if (known[j] > value) s++
      else if (known[j] < value) s--
    }
  }
  const sorted = known.subarray(0, n).sort()
  let ties = 0
  for (let i = 0; i < n; ) {
    let t = 1
    while (i + t < n && sorted[i + t] === sorted[i]) t++
    ties += t * (t - 1) * (2 * t + 5)
    i += t
  }
  const variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
  const z = n > 1 && variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : Number.NaN
  return { n, s, variance, z, pValue: normalTwoSided(z), tau: n > 1 ? s / ((n * (n - 1)) / 2) : Number.NaN }
}

/** The median slope per step; NaN with fewer than two values. Cost: n²/2 slopes, one sort of them. */
export function senSlope(values: ArrayLike<number>): number {
  const slopes: number[] = []
  for (let i = 0; i < values.length; i++)
    for (let j = i + 1; j < values.length; j++) {
      const slope = (values[j] - values[i]) / (j - i)
      if (!Number.isNaN(slope)) slopes.push(slope)
    }
  if (slopes.length === 0) return Number.NaN
  const sorted = Float64Array.from(slopes).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
