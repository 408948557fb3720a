/**
 * Two criteria for the bandwidth of a gaussian kernel, each over a row of standard deviations σ.
 *
 * Likelihood cross-validation (spatstat's bw.ppl without edge correction): CV(σ) = Σ_i log λ₋ᵢ(xᵢ), λ₋ᵢ(xᵢ) =
 * Σ_{j≠i} e^(−d²/2σ²)/(2πσ²), highest best.
 *
 * Berman and Diggle (spatstat's bw.diggle, K without edge correction): M(r) = (1/λ − 2K(r))/(πr²) + J(r)/(πr²)² with
 * J(r) = ∫₀²ʳ A(r, t) dK(t), A the area two discs of radius r share at distance t; lowest best; σ = r/2.
 */
import type { Control } from '#core/contract/method.ts'

/** The σ tried: halved every fourth step, so that most exponentials are squares of others. */
export function triedDeviations(highest: number): Float64Array {
  return Float64Array.from({ length: 33 }, (_, k) => highest * 2 ** (-k / 4))
}

/** Below this a square would be lost or slow; what is left out is far below rounding. */
const NOTHING = 1e-150

/**
 * Adds Σ log λ₋ᵢ of the places [from, to) to `out`, one number per σ of `triedDeviations`.
 * Cost: about 30 ns a pair.
 */
export function addLogLikelihood(
  x: Float64Array,
  y: Float64Array,
  deviations: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
  control: Control,
): void {
  const n = x.length
  const count = deviations.length
  const sums = new Float64Array(count)
  // σ² halves every second step: two chains of squares.
  const even = -0.5 / (deviations[0] * deviations[0])
  const odd = -0.5 / (deviations[1] * deviations[1])
  for (let i = from; i < to; i++) {
    if ((i & 31) === 0) control.tick(i / n, 'Trying bandwidths')
    sums.fill(0)
    for (let j = 0; j < n; j++) {
      if (j === i) continue
      const square = (x[j] - x[i]) * (x[j] - x[i]) + (y[j] - y[i]) * (y[j] - y[i])
      for (let k = 0, e = Math.exp(even * square); k < count && e > NOTHING; k += 2, e *= e) sums[k] += e
      for (let k = 1, e = Math.exp(odd * square); k < count && e > NOTHING; k += 2, e *= e) sums[k] += e
    }
    for (let k = 0; k < count; k++)
      out[k] += Math.log(sums[k] / (2 * Math.PI * deviations[k] * deviations[k]))
  }
}

/** Steps of distance in which K is counted. */
export const DIGGLE_STEPS = 512

/** The largest distance of K: what spatstat takes. */
export function diggleReach(x: Float64Array, y: Float64Array): number {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < x.length; i++) {
    west = Math.min(west, x[i])
    east = Math.max(east, x[i])
    south = Math.min(south, y[i])
    north = Math.max(north, y[i])
  }
  const area = (east - west) * (north - south)
  return Math.min(Math.sqrt((1000 * area) / (Math.PI * x.length)), Math.min(east - west, north - south) / 4)
}

/** Ordered pairs (i, j), i in [from, to), by distance: count k holds (k − 1, k] steps of reach/511; 0 holds none apart. */
export function pairsByDistance(
  x: Float64Array,
  y: Float64Array,
  reach: number,
  from: number,
  to: number,
  control: Control,
): Float64Array {
  const counts = new Float64Array(DIGGLE_STEPS)
  const step = reach / (DIGGLE_STEPS - 1)
  for (let i = from; i < to; i++) {
    if ((i & 127) === 0) control.tick(i / x.length, 'Counting pairs')
    for (let j = 0; j < x.length; j++) {
      if (j === i) continue
      const dx = x[j] - x[i]
      const dy = y[j] - y[i]
      const square = dx * dx + dy * dy
      if (square <= reach * reach) counts[Math.min(DIGGLE_STEPS - 1, Math.ceil(Math.sqrt(square) / step))]++
    }
  }
  return counts
}

/**
 * M at r = 1 … 255 steps, as a share of the area of the study (by which it only scales).
 *
 * @param counts of `pairsByDistance`, all of them
 */
export function diggleCriterion(
  counts: Float64Array,
  reach: number,
  n: number,
): { readonly deviations: Float64Array; readonly values: Float64Array } {
  const step = reach / (DIGGLE_STEPS - 1)
  const k = new Float64Array(DIGGLE_STEPS)
  let sum = 0
  for (let m = 0; m < DIGGLE_STEPS; m++) {
    sum += counts[m]
    k[m] = sum / (n * (n - 1))
  }
  const tried = DIGGLE_STEPS / 2 - 1
  const deviations = new Float64Array(tried)
  const values = new Float64Array(tried)
  for (let m = 1; m <= tried; m++) {
    const r = m * step
    let j = 0
    // The integral by the distances at the steps' lower ends, as the peer has it.
    for (let t = 0; t < 2 * m; t++) j += sharedByDiscs(r, t * step) * (k[t + 1] - k[t])
    const disc = Math.PI * r * r
    deviations[m - 1] = r / 2
    values[m - 1] = (1 / n - 2 * k[m]) / disc + j / (disc * disc)
  }
  return { deviations, values }
}

/** Area that two discs of radius r share when their centres are t apart. */
function sharedByDiscs(r: number, t: number): number {
  if (t >= 2 * r) return 0
  const half = Math.acos(t / (2 * r))
  return r * r * (2 * half - Math.sin(2 * half))
}
