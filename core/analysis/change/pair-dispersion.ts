import { chiSquareUpperTail } from '../support/distributions/chi-square.ts'
import type { ComparedPeriods } from './compared-periods.ts'

/** Fewer degrees of freedom say nothing of variation. */
const FEWEST = 2

/**
 * How much counts vary beyond Poisson, from months of one period paired with those of the other within each group, so
 * that neither season, group nor the change itself counts as variation.
 *
 *     φ = Σ_g Σ_t (x_gt − k·p)² / (k·p·(1 − p)) / Σ_g (months_g − 1),   k = x + y, p = m·A/(m·A + n·B)
 *
 * x, y the counts of a pair, m, n its days, A, B the group's incidents a day over its pairs. Pairs without an incident
 * and groups with incidents on one side only tell nothing. Equal to the dispersion of R's
 * glm(count ~ group:month + group:period, quasipoisson) for months of equal length.
 *
 * @returns NaN with fewer than 2 degrees of freedom
 */
export function pairDispersion(
  later: Float64Array,
  earlier: Float64Array,
  periods: ComparedPeriods,
): { readonly index: number; readonly pValue: number } {
  const { pairs } = periods
  const [m, n] = [periods.later.months.length, periods.earlier.months.length]
  const groups = later.length / m
  let statistic = 0
  let df = 0
  for (let group = 0; group < groups; group++) {
    let a = 0
    let b = 0
    let daysA = 0
    let daysB = 0
    let used = 0
    for (const pair of pairs) {
      const x = later[group * m + pair.later]
      const y = earlier[group * n + pair.earlier]
      a += x
      b += y
      daysA += periods.later.days[pair.later]
      daysB += periods.earlier.days[pair.earlier]
      if (x + y > 0) used++
    }
    if (a === 0 || b === 0 || used < 2) continue
    for (const pair of pairs) {
      const x = later[group * m + pair.later]
      const k = x + earlier[group * n + pair.earlier]
      if (k === 0) continue
      const first = (periods.later.days[pair.later] * a) / daysA
      const p = first / (first + (periods.earlier.days[pair.earlier] * b) / daysB)
      statistic += (x - k * p) ** 2 / (k * p * (1 - p))
    }
    df += used - 1
  }
  if (df < FEWEST) return { index: Number.NaN, pValue: Number.NaN }
  return { index: statistic / df, pValue: chiSquareUpperTail(statistic, df) }
}
