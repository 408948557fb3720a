import { normalQuantile } from '../support/distributions/normal-quantile.ts'
import { normalLowerTail } from '../support/normal.ts'

/** The p-quantile of sorted values, between neighbours in proportion (type 7 of R); NaN when there is none. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0 || Number.isNaN(p)) return Number.NaN
  const at = Math.min(1, Math.max(0, p)) * (sorted.length - 1)
  const low = Math.floor(at)
  const high = Math.min(sorted.length - 1, low + 1)
  return sorted[low] + (at - low) * (sorted[high] - sorted[low])
}

/** The middle `level` of bootstrap values, by percentiles; NaN when there is none, or one is undefined. */
export function percentileInterval(values: Float64Array, level = 0.95): { low: number; high: number } {
  if (values.some(Number.isNaN)) return { low: Number.NaN, high: Number.NaN }
  const sorted = values.slice().sort()
  return { low: quantileOfSorted(sorted, (1 - level) / 2), high: quantileOfSorted(sorted, (1 + level) / 2) }
}

/**
 * The bias-corrected and accelerated bootstrap interval: percentiles moved by how far the bootstrap's middle lies
 * from the estimate (z₀) and by how the spread changes with it (a, of the jackknife). NaN where it is undefined.
 *
 * @param values bootstrap values, and `estimate` that of the data
 * @param left the value with one unit left out, and `times` how many units give that value
 * @see Efron (1987) J. Amer. Statist. Assoc. 82, 171–185
 */
export function bcaInterval(
  values: Float64Array,
  estimate: number,
  left: Float64Array,
  times: Float64Array,
  level = 0.95,
): { low: number; high: number } {
  const undefinedInterval = { low: Number.NaN, high: Number.NaN }
  if (values.length === 0 || Number.isNaN(estimate) || values.some(Number.isNaN)) return undefinedInterval
  const sorted = values.slice().sort()
  let below = 0
  for (let i = 0; i < sorted.length; i++) below += sorted[i] < estimate ? 1 : sorted[i] === estimate ? 0.5 : 0
  const z0 = normalQuantile(below / sorted.length)
  let units = 0
  let mean = 0
  for (let k = 0; k < left.length; k++) {
    units += times[k]
    mean += times[k] * left[k]
  }
  mean /= units
  let squares = 0
  let cubes = 0
  for (let k = 0; k < left.length; k++) {
    const d = mean - left[k]
    squares += times[k] * d * d
    cubes += times[k] * d * d * d
  }
  const a = squares > 0 ? cubes / (6 * squares ** 1.5) : 0
  const moved = (p: number): number => {
    const z = z0 + normalQuantile(p)
    return normalLowerTail(z0 + z / (1 - a * z))
  }
  if (!Number.isFinite(z0) || Number.isNaN(a)) return undefinedInterval
  return {
    low: quantileOfSorted(sorted, moved((1 - level) / 2)),
    high: quantileOfSorted(sorted, moved((1 + level) / 2)),
  }
}
