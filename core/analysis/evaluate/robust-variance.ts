import { solveCholesky } from './cholesky.ts'
import type { CountDesign, CountFit } from './count-regression.ts'

/** What each row adds to the estimate of one coefficient: (XᵀWX)⁻¹·x·(y − μ)/(1 + μ/θ). Sums to 0. */
export function influenceOf(design: CountDesign, fit: CountFit, column: number): Float64Array {
  const { rows, perRow, index, value, counts } = design
  const line = inverseColumn(design, fit, column)
  const influence = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let a = row * perRow; a < (row + 1) * perRow; a++) sum += value[a] * line[index[a]]
    const mu = fit.fitted[row]
    influence[row] = (sum * (counts[row] - mu)) / (1 + mu / fit.theta)
  }
  return influence
}

/** One column of (XᵀWX)⁻¹; its own entry is the variance the model itself claims. */
export function inverseColumn(design: CountDesign, fit: CountFit, column: number): Float64Array {
  const unit = new Float64Array(design.columns)
  unit[column] = 1
  return solveCholesky(fit.factor, design.columns, unit)
}

/**
 * Variance where rows of one cluster go together: Σ_g (Σ_{i in g} influence_i)² · G/(G − 1).
 * Equal to R's sandwich vcovCL for glm (HC0 with the cluster adjustment).
 */
export function clusterVariance(influence: Float64Array, cluster: Int32Array, clusters: number): number {
  const sums = new Float64Array(clusters)
  for (let row = 0; row < influence.length; row++) sums[cluster[row]] += influence[row]
  let sum = 0
  for (const each of sums) sum += each * each
  return clusters > 1 ? (sum * clusters) / (clusters - 1) : Number.NaN
}

/**
 * Variance where rows near in time go together (Newey and West): Σ_l w_l·γ_l, w_l = 1 − l/(lag + 1), both directions.
 * Equal to R's sandwich NeweyWest without prewhitening or adjustment.
 */
export function neweyWestVariance(influence: Float64Array, lag: number): number {
  let sum = 0
  for (let l = 0; l <= lag && l < influence.length; l++) {
    let product = 0
    for (let row = l; row < influence.length; row++) product += influence[row] * influence[row - l]
    sum += (l === 0 ? 1 : 2 * (1 - l / (lag + 1))) * product
  }
  return sum
}
