import { cholesky, solveCholesky } from './cholesky.ts'

/** Added to each diagonal element, relative to it: makes one answer of many equally good ones. */
const RIDGE = 1e-8
/** A weight may enter while it improves the fit by more than rounding would, in mean squares of a series. */
const ENOUGH = 1e-11

/**
 * Weights w ≥ 0 that sum to 1 and minimise Σ_t (target_t − Σ_j w_j·series_j,t)².
 *
 * Active sets: equal weights of a growing set of series are moved to the best weights of that set, series whose weight
 * would fall below 0 leave, and the series that improves most enters, until none does. With more series than steps
 * many weights fit equally well; a ridge of 1e-8 of each series' own square then chooses the most even ones.
 *
 * @param series one row per series of `target.length` steps; none may be 0 throughout
 * @see Lawson and Hanson (1974) Solving Least Squares Problems, chapter 23, with the sum as a further condition;
 *      Abadie, Diamond and Hainmueller (2010) Journal of the American Statistical Association 105, 493–505.
 */
export function simplexWeights(target: Float64Array, series: readonly Float64Array[]): Float64Array {
  const n = series.length
  const gram = new Float64Array(n * n)
  const cross = new Float64Array(n)
  let size = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(series[i], series[j])
      gram[i * n + j] = product
      gram[j * n + i] = product
    }
    cross[i] = dot(series[i], target)
    size += gram[i * n + i] / n
    gram[i * n + i] *= 1 + RIDGE
  }

  // Begin with the one series that is nearest by itself.
  let best = 0
  for (let i = 1; i < n; i++)
    if (gram[i * n + i] - 2 * cross[i] < gram[best * n + best] - 2 * cross[best]) best = i
  let weights = new Float64Array(n)
  weights[best] = 1
  const held = new Set([best])
  let entered = -1
  for (let round = 0; round < 20 * n + 100; round++) {
    weights = settle(gram, cross, weights, held)
    const next = mostUseful(gram, cross, weights, held, size)
    // What has just been let go would be taken up again only by rounding.
    if (next < 0 || next === entered) return weights
    held.add(next)
    entered = next
  }
  return weights
}

/** Moves to the best weights of the set, letting go of those that would turn negative. Changes `held`. */
function settle(
  gram: Float64Array,
  cross: Float64Array,
  from: Float64Array,
  held: Set<number>,
): Float64Array<ArrayBuffer> {
  const weights = Float64Array.from(from)
  for (;;) {
    const free = [...held].sort((a, b) => a - b)
    const aim = bestOfSet(gram, cross, free, weights.length)
    let step = 1
    let leaving = -1
    free.forEach((j, k) => {
      if (aim[k] >= 0) return
      const share = weights[j] / (weights[j] - aim[k])
      if (share < step || (share === step && leaving < 0)) {
        step = share
        leaving = j
      }
    })
    free.forEach((j, k) => {
      weights[j] += step * (aim[k] - weights[j])
    })
    if (leaving < 0) return weights
    weights[leaving] = 0
    held.delete(leaving)
  }
}

/** Least squares over the set with the weights summing to 1, whatever their signs. */
function bestOfSet(
  gram: Float64Array,
  cross: Float64Array,
  free: readonly number[],
  n: number,
): Float64Array {
  const m = free.length
  const inner = new Float64Array(m * m)
  for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) inner[a * m + b] = gram[free[a] * n + free[b]]
  const factor = cholesky(inner, m)
  if (factor === null) throw new Error('A series is 0 throughout.')
  const x = solveCholesky(
    factor,
    m,
    Float64Array.from(free, (j) => cross[j]),
  )
  const u = solveCholesky(factor, m, new Float64Array(m).fill(1))
  const excess = (sum(x) - 1) / sum(u)
  return x.map((each, k) => each - excess * u[k])
}

/** The series outside the set whose entry lowers the error most steeply; −1 when none does. */
function mostUseful(
  gram: Float64Array,
  cross: Float64Array,
  weights: Float64Array,
  held: ReadonlySet<number>,
  size: number,
): number {
  const n = weights.length
  const gradient = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let own = -cross[i]
    for (let j = 0; j < n; j++) own += gram[i * n + j] * weights[j]
    gradient[i] = own
  }
  let level = 0
  for (const j of held) level += gradient[j] * weights[j]
  let best = -1
  let lowest = level - ENOUGH * size
  for (let i = 0; i < n; i++)
    if (!held.has(i) && gradient[i] < lowest) {
      lowest = gradient[i]
      best = i
    }
  return best
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let t = 0; t < a.length; t++) total += a[t] * b[t]
  return total
}

function sum(values: Float64Array): number {
  let total = 0
  for (const each of values) total += each
  return total
}
