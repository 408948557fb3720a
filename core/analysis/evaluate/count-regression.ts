import type { Control } from '#core/contract/method.ts'
import { cholesky, solveCholesky } from './cholesky.ts'

/**
 * Counts and what they are explained by. Each row of the design has few entries: `perRow` pairs of a column and a
 * value, from `row * perRow`; an entry of value 0 is none.
 */
export interface CountDesign {
  readonly rows: number
  readonly columns: number
  readonly perRow: number
  readonly index: Int32Array
  readonly value: Float64Array
  readonly counts: Float64Array
  /** Logarithm of the exposure of each row. */
  readonly offset: Float64Array
}

export interface CountFit {
  readonly coefficients: Float64Array
  readonly fitted: Float64Array
  /** Cholesky factor of XᵀWX. */
  readonly factor: Float64Array
  /** Size of the negative binomial; Infinity for Poisson. */
  readonly theta: number
  readonly deviance: number
  /** Σ (y − μ)²/V(μ) over (rows − columns): 1 when the counts vary as the model says. */
  readonly dispersion: number
  readonly converged: boolean
}

const MOST_STEPS = 100
const TOLERANCE = 1e-12
/** A fitted count below this stands for a coefficient that runs away to −∞. */
const VANISHED = 1e-9

/**
 * Maximum likelihood for counts with a log link: log μ = Xβ + offset, variance μ + μ²/θ (θ = Infinity: Poisson), by
 * iteratively reweighted least squares.
 *
 * @returns null when a column of the design repeats others. `converged` is false when the likelihood has no maximum
 *   (a group without any count): coefficients are then not to be used.
 * Cost: rows·perRow² + columns³/3 a step, about ten steps.
 * @see McCullagh and Nelder (1989) Generalized Linear Models; the numbers equal R's glm and MASS glm.nb.
 */
export function fitCounts(design: CountDesign, theta: number, control: Control): CountFit | null {
  const { rows, columns, perRow, index, value, counts, offset } = design
  const fitted = Float64Array.from(counts, (y) => y + 0.1)
  const eta = fitted.map(Math.log)
  const normal = new Float64Array(columns * columns)
  const right = new Float64Array(columns)
  let coefficients: Float64Array = new Float64Array(columns)
  let factor: Float64Array = new Float64Array(0)
  let deviance = devianceOf(counts, fitted, theta)
  let settled = 0
  const rounding = 1e-14 * counts.reduce((sum, y) => sum + y, 0)
  for (let step = 0; step < MOST_STEPS && settled < 2; step++) {
    control.tick(step / MOST_STEPS, 'Fitting')
    normal.fill(0)
    right.fill(0)
    for (let row = 0; row < rows; row++) {
      const mu = fitted[row]
      const weight = mu / (1 + mu / theta)
      const working = eta[row] - offset[row] + (counts[row] - mu) / mu
      const start = row * perRow
      for (let a = start; a < start + perRow; a++) {
        if (value[a] === 0) continue
        const scaled = weight * value[a]
        right[index[a]] += scaled * working
        for (let b = start; b < start + perRow; b++)
          if (value[b] !== 0) normal[index[a] * columns + index[b]] += scaled * value[b]
      }
    }
    const found = cholesky(normal, columns)
    if (found === null)
      // A design that was sound at first has lost a column to vanishing weights: no maximum.
      return step === 0
        ? null
        : { coefficients, fitted, factor, theta, deviance, dispersion: Number.NaN, converged: false }
    factor = found
    let aim = solveCholesky(factor, columns, right)
    let next = Infinity
    for (let halving = 0; halving < 30; halving++) {
      predict(design, aim, eta, fitted)
      next = devianceOf(counts, fitted, theta)
      if (Number.isFinite(next) && (step === 0 || next <= deviance + 1e-7 * (Math.abs(deviance) + 1))) break
      const from = coefficients
      aim = aim.map((each, k) => (each + from[k]) / 2)
    }
    // The deviance settles at the square of the coefficients' distance: one more step brings these home too.
    const still = step > 0 && Math.abs(next - deviance) <= TOLERANCE * (Math.abs(next) + 0.1) + rounding
    settled = still ? settled + 1 : 0
    coefficients = aim
    deviance = next
  }
  let pearson = 0
  let vanished = false
  for (let row = 0; row < rows; row++) {
    const mu = fitted[row]
    pearson += (counts[row] - mu) ** 2 / (mu + (mu * mu) / theta)
    if (mu < VANISHED) vanished = true
  }
  return {
    coefficients,
    fitted,
    factor,
    theta,
    deviance,
    dispersion: rows > columns ? pearson / (rows - columns) : Number.NaN,
    converged: settled === 2 && !vanished,
  }
}

/** Writes Xβ + offset to `eta` and its exponential to `fitted`. */
function predict(design: CountDesign, beta: Float64Array, eta: Float64Array, fitted: Float64Array): void {
  const { rows, perRow, index, value, offset } = design
  for (let row = 0; row < rows; row++) {
    let sum = offset[row]
    for (let a = row * perRow; a < (row + 1) * perRow; a++) sum += value[a] * beta[index[a]]
    eta[row] = sum
    fitted[row] = Math.exp(sum)
  }
}

function devianceOf(counts: Float64Array, fitted: Float64Array, theta: number): number {
  let sum = 0
  for (let row = 0; row < counts.length; row++) {
    const y = counts[row]
    const mu = fitted[row]
    const own = y > 0 ? y * Math.log(y / mu) : 0
    // (y + θ)·log((y + θ)/(μ + θ)), which tends to y − μ.
    const spread = theta === Infinity ? y - mu : (y + theta) * Math.log1p((y - mu) / (mu + theta))
    sum += 2 * (own - spread)
  }
  return sum
}
