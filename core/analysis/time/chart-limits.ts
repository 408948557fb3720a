import { chiSquareUpperTail } from '../support/distributions/chi-square.ts'
import { normalQuantile } from '../support/distributions/normal-quantile.ts'
import { poissonLowerTail, poissonQuantile, poissonUpperTail } from '../support/distributions/poisson.ts'

export type Chart = 'c' | 'u' | 'xmr'

export interface ChartLimits {
  readonly centre: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** Distance from the centre in σ; NaN for a blank. */
  readonly z: Float64Array
  /** σ of a step of mean length. */
  readonly sigma: number
}

/** One side of 3σ. */
const TAIL = 0.0013498980316300946
/** Mean of the range of two normal values, in σ. */
const RANGE_OF_TWO = 1.1283791670955126

/**
 * Variation of counts about a common rate, against Poisson.
 *
 *     statistic = Σ (x_i − r·e_i)² / (r·e_i),  r = Σx / Σe;  χ² with n − 1 degrees of freedom under Poisson
 *
 * @returns index statistic/(n − 1) and its upper-tail p; NaN for fewer than two counts or none above 0
 */
export function dispersionOf(
  counts: readonly number[],
  exposures: readonly number[],
): { readonly index: number; readonly pValue: number } {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const df = counts.length - 1
  if (df < 1 || total === 0) return { index: Number.NaN, pValue: Number.NaN }
  const rate = total / exposures.reduce((sum, exposure) => sum + exposure, 0)
  let statistic = 0
  counts.forEach((count, i) => {
    const expected = rate * exposures[i]
    statistic += (count - expected) ** 2 / expected
  })
  return { index: statistic / df, pValue: chiSquareUpperTail(statistic, df) }
}

/**
 * Centre and 3σ limits for every step from the steps of the baseline.
 *
 *     c:   centre = mean count, σ² = centre
 *     u:   centre_i = rate · days_i, σ_i² = centre_i
 *     XmR: centre = mean count, σ = mean |x_i − x_(i−1)| / 1.128, over neighbours in the baseline
 *
 * A lower limit below 0 is 0. `exact` (c and u): z is the normal value of the Poisson tail, P(X ≥ x) above and P(X ≤ x)
 * below the centre, and the limits are the last counts within 3σ of it.
 *
 * @param baseline 1 = the step is in the baseline; blanks (NaN) are skipped
 */
export function chartLimits(
  counts: Float64Array,
  days: Float64Array,
  baseline: Uint8Array,
  chart: Chart,
  exact: boolean,
): ChartLimits {
  const n = counts.length
  let total = 0
  let exposure = 0
  let steps = 0
  let ranges = 0
  let rangeCount = 0
  for (let i = 0; i < n; i++) {
    if (baseline[i] === 0 || Number.isNaN(counts[i])) continue
    total += counts[i]
    exposure += days[i]
    steps++
    if (i > 0 && baseline[i - 1] === 1 && !Number.isNaN(counts[i - 1])) {
      ranges += Math.abs(counts[i] - counts[i - 1])
      rangeCount++
    }
  }
  const mean = total / steps
  const moving = rangeCount > 0 ? ranges / rangeCount / RANGE_OF_TWO : Number.NaN
  const centre = new Float64Array(n)
  const lower = new Float64Array(n)
  const upper = new Float64Array(n)
  const z = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    centre[i] = chart === 'u' ? (total / exposure) * days[i] : mean
    const sigma = chart === 'xmr' ? moving : Math.sqrt(centre[i])
    if (exact && chart !== 'xmr') {
      upper[i] = poissonQuantile(1 - TAIL, centre[i])
      lower[i] = poissonQuantile(TAIL, centre[i])
      z[i] = exactZ(counts[i], centre[i])
    } else {
      upper[i] = centre[i] + 3 * sigma
      lower[i] = Math.max(0, centre[i] - 3 * sigma)
      z[i] = (counts[i] - centre[i]) / sigma
    }
  }
  return { centre, lower, upper, z, sigma: chart === 'xmr' ? moving : Math.sqrt(mean) }
}

function exactZ(count: number, centre: number): number {
  if (Number.isNaN(count)) return Number.NaN
  if (count === centre) return 0
  return count > centre
    ? Math.max(0, -normalQuantile(poissonUpperTail(count, centre)))
    : Math.min(0, normalQuantile(poissonLowerTail(count, centre)))
}
