import { nelderMead } from './nelder-mead.ts'
import { carriedOn, type SmoothingSettings, type SmoothingState, smooth } from './smoothing-state.ts'

export interface SmoothingModel {
  /** As ETS names them: ANN, AAdN, ANA, AAdA. */
  readonly name: string
  readonly settings: SmoothingSettings
  readonly start: SmoothingState
  readonly end: SmoothingState
  readonly sumOfSquares: number
  /** Error variance, allowing for what was fitted. */
  readonly variance: number
  readonly aicc: number
}

/** The bounds usual in ETS: α and γ in (0, 1), β under α, γ under 1 − α, φ between 0.8 and 0.98. */
const LEAST = 1e-4
const LEAST_PHI = 0.8
const MOST_PHI = 0.98
/** Keeps states that the values have long forgotten at 0. */
const RIDGE = 1e-10

/**
 * Fits one model by least squares. Errors are linear in the first state, so for every α, β, γ, φ the best first state is
 * solved for, and only these few numbers are searched.
 *
 *     AICc = n·ln Σe² + 2p + 2p(p + 1)/(n − p − 1),  p = settings + first states + 1
 *
 * @param period 0 for no season
 * @param tick called at every trial
 * @returns null when the values are too few for the model (n ≤ p + 1)
 */
export function fitSmoothing(
  values: Float64Array,
  trend: boolean,
  period: number,
  tick: () => void,
): SmoothingModel | null {
  const known = values.filter((value) => !Number.isNaN(value))
  const settingsCount = 1 + (trend ? 2 : 0) + (period > 0 ? 1 : 0)
  const p = settingsCount + 1 + (trend ? 1 : 0) + Math.max(0, period - 1) + 1
  if (known.length <= p + 1) return null
  // Around 0 a forgotten level costs nothing.
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const centred = values.map((value) => value - mean)
  const read = (at: readonly number[]): SmoothingSettings => {
    const inside = (u: number, low: number, high: number): number => low + (high - low) / (1 + Math.exp(-u))
    const alpha = inside(at[0], LEAST, 1 - LEAST)
    return {
      alpha,
      beta: trend ? inside(at[1], LEAST * alpha, alpha) : 0,
      phi: trend ? inside(at[2], LEAST_PHI, MOST_PHI) : 1,
      gamma: period > 0 ? inside(at[settingsCount - 1], LEAST * (1 - alpha), 1 - alpha) : 0,
    }
  }
  const errors = new Float64Array(values.length)
  const costOf = (at: readonly number[]): number => {
    tick()
    const settings = read(at)
    return squares(centred, settings, bestStart(centred, settings, trend, period), errors)
  }
  // From the two best of a coarse row of α: there may be several hollows.
  const starts = [-6, -4, -3, -2, -1, 0, 1, 2, 3, 5]
    .map((alpha) => [alpha, ...(trend ? [-2, 0] : []), ...(period > 0 ? [-2] : [])])
    .map((at) => ({ at, cost: costOf(at) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 2)
    .map(({ at }) => at)
  const found = starts
    .map((start) => nelderMead(costOf, start, 1, 120))
    .reduce((best, each) => (each.value < best.value ? each : best))
  const settings = read(found.at)
  const first = bestStart(centred, settings, trend, period)
  const start = { ...first, level: first.level + mean }
  const end = smooth(values, settings, start, errors)
  const sumOfSquares = sumSquares(errors)
  const n = known.length
  return {
    name: `A${trend ? 'Ad' : 'N'}${period > 0 ? 'A' : 'N'}`,
    settings,
    start,
    end,
    sumOfSquares,
    variance: sumOfSquares / (n - p),
    aicc: n * Math.log(Math.max(sumOfSquares, Number.MIN_VALUE)) + 2 * p + (2 * p * (p + 1)) / (n - p - 1),
  }
}

/** Mean and standard error of the next steps: Var = σ²·(1 + Σ c_j²), c_j = α + β·(φ + … + φ^j) + γ·[j is a whole season]. */
export function smoothingForecast(
  { settings, end, variance }: SmoothingModel,
  horizon: number,
): { readonly mean: Float64Array; readonly error: Float64Array } {
  const { alpha, beta, gamma, phi } = settings
  const error = new Float64Array(horizon)
  let sum = 1
  let damped = 0
  let power = 1
  for (let h = 0; h < horizon; h++) {
    error[h] = Math.sqrt(variance * sum)
    power *= phi
    damped += power
    const season = end.season.length > 0 && (h + 1) % end.season.length === 0 ? gamma : 0
    sum += (alpha + beta * damped + season) ** 2
  }
  return { mean: carriedOn(end, phi, horizon), error }
}

function squares(
  values: Float64Array,
  settings: SmoothingSettings,
  start: SmoothingState,
  errors: Float64Array,
): number {
  smooth(values, settings, start, errors)
  return sumSquares(errors)
}

function sumSquares(errors: Float64Array): number {
  let sum = 0
  for (const error of errors) if (!Number.isNaN(error)) sum += error * error
  return sum
}

/** The first state with the least squares, its season adding up to 0. */
function bestStart(
  values: Float64Array,
  settings: SmoothingSettings,
  trend: boolean,
  period: number,
): SmoothingState {
  const zero = { level: 0, trend: 0, season: new Float64Array(period) }
  const bases: SmoothingState[] = [{ ...zero, level: 1 }]
  if (trend) bases.push({ ...zero, trend: 1 })
  for (let k = 0; k + 1 < period; k++) {
    const season = new Float64Array(period)
    season[k] = 1
    season[period - 1] = -1
    bases.push({ ...zero, season })
  }
  const n = values.length
  const base = new Float64Array(n)
  smooth(values, settings, zero, base)
  const nil = values.map((value) => (Number.isNaN(value) ? Number.NaN : 0))
  const columns = bases.map((basis) => {
    const errors = new Float64Array(n)
    smooth(nil, settings, basis, errors)
    return errors
  })
  const count = bases.length
  const matrix = columns.map(() => new Float64Array(count))
  const right = new Float64Array(count)
  for (let t = 0; t < n; t++) {
    if (Number.isNaN(base[t])) continue
    for (let i = 0; i < count; i++) {
      right[i] -= columns[i][t] * base[t]
      for (let j = 0; j <= i; j++) matrix[i][j] += columns[i][t] * columns[j][t]
    }
  }
  const x = solved(matrix, right)
  const season = new Float64Array(period)
  for (let k = 0; k + 1 < period; k++) {
    season[k] = x[count - period + 1 + k]
    season[period - 1] -= season[k]
  }
  return { level: x[0], trend: trend ? x[1] : 0, season }
}

/** Cholesky of the lower triangle with a ridge relative to its largest diagonal; the matrix is written over. */
function solved(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const n = right.length
  let largest = 0
  for (let i = 0; i < n; i++) largest = Math.max(largest, matrix[i][i])
  for (let i = 0; i < n; i++) matrix[i][i] += RIDGE * largest
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i][j]
      for (let k = 0; k < j; k++) sum -= matrix[i][k] * matrix[j][k]
      matrix[i][j] = i === j ? Math.sqrt(Math.max(sum, RIDGE * RIDGE * largest)) : sum / matrix[j][j]
    }
  const x = right.slice()
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= matrix[i][k] * x[k]
    x[i] /= matrix[i][i]
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= matrix[k][i] * x[k]
    x[i] /= matrix[i][i]
  }
  return x
}
