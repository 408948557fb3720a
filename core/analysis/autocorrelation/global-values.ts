/**
 * Moran's I, Geary's C and the general G of Getis and Ord, with their moments. n places, z = x − x̄, weights w,
 * S₀ = Σw, S₁ = ½Σ(w_ij + w_ji)², S₂ = Σ_i(Σ_j w_ij + Σ_j w_ji)², k = n·Σz⁴/(Σz²)²:
 *   I = (n/S₀)·Σ w_ij z_i z_j / Σz²,  E = −1/(n − 1)
 *   C = ((n − 1)/(2S₀))·Σ w_ij (x_i − x_j)² / Σz²,  E = 1
 *   G = Σ w_ij x_i x_j / Σ_{i≠j} x_i x_j,  E = S₀/(n(n − 1)), binary weights, no value below 0
 * Variances under normality and under randomisation (Cliff and Ord 1981; Getis and Ord 1992 with Getis and Ord's
 * correction of B₁). NaN where undefined.
 *
 * Equal to spdep 1.2.7 `moran.test`, `geary.test`, `globalG.test`.
 */
import type { Neighbours } from '../space/neighbours.ts'

export interface WeightSums {
  readonly n: number
  readonly s0: number
  readonly s1: number
  readonly s2: number
}

export interface Moments {
  readonly statistic: number
  readonly expected: number
  /** Under randomisation, and under normality (NaN where there is none). */
  readonly variance: number
  readonly varianceNormal: number
}

/** Sums of the weights: 1/number of neighbours of i (`byRow`), or 1. */
export function weightSums({ start, list }: Neighbours, byRow: boolean): WeightSums {
  const n = start.length - 1
  const columns = new Float64Array(n)
  const weight = (i: number): number => (byRow ? 1 / (start[i + 1] - start[i]) : 1)
  let s0 = 0
  let s1 = 0
  for (let i = 0; i < n; i++)
    for (let k = start[i]; k < start[i + 1]; k++) {
      const j = list[k]
      const w = weight(i)
      s0 += w
      columns[j] += w
      s1 += w * w + (holds(list, start[j], start[j + 1], i) ? w * weight(j) : 0)
    }
  let s2 = 0
  for (let i = 0; i < n; i++) {
    const rowSum = start[i + 1] > start[i] ? (byRow ? 1 : start[i + 1] - start[i]) : 0
    s2 += (rowSum + columns[i]) ** 2
  }
  return { n, s0, s1, s2 }
}

function holds(list: Int32Array, from: number, to: number, wanted: number): boolean {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low < to && list[low] === wanted
}

/** Σ w_ij z_i z_j and Σ w_ij (z_i − z_j)² by the chosen weights, Σ x_i x_j by binary ones: what permutations change. */
export function crossSums(
  values: Float64Array,
  mean: number,
  { start, list }: Neighbours,
  byRow: boolean,
  out: Float64Array,
): void {
  let [products, squares, raw] = [0, 0, 0]
  for (let i = 0; i + 1 < start.length; i++) {
    const degree = start[i + 1] - start[i]
    if (degree === 0) continue
    const own = values[i] - mean
    let lag = 0
    let apart = 0
    for (let k = start[i]; k < start[i + 1]; k++) {
      const other = values[list[k]] - mean
      lag += other
      apart += (own - other) * (own - other)
    }
    products += byRow ? (own * lag) / degree : own * lag
    squares += byRow ? apart / degree : apart
    raw += values[i] * (lag + degree * mean)
  }
  out[0] = products
  out[1] = squares
  out[2] = raw
}

/** Mean and the sums of powers that the moments need; `squares` exactly 0 where all values are equal. */
export function powerSums(values: Float64Array) {
  const n = values.length
  let [mean, varies] = [0, false]
  for (let i = 0; i < n; i++) {
    mean += values[i]
    if (values[i] !== values[0]) varies = true
  }
  mean /= n
  let [squares, fourths, x1, x2, x3, x4] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < n; i++) {
    const x = values[i]
    const square = (x - mean) ** 2
    squares += square
    fourths += square * square
    x1 += x
    x2 += x * x
    x3 += x ** 3
    x4 += x ** 4
  }
  return { n, mean, squares: varies ? squares : 0, fourths, x1, x2, x3, x4 }
}

type PowerSums = ReturnType<typeof powerSums>

export function moranMoments({ n, s0, s1, s2 }: WeightSums, sums: PowerSums, products: number): Moments {
  const k = (n * sums.fourths) / sums.squares ** 2
  const expected = -1 / (n - 1)
  const first = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0)
  const second = k * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
  const variance = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - expected * expected
  const varianceNormal = (n * n * s1 - n * s2 + 3 * s0 * s0) / (s0 * s0 * (n * n - 1)) - expected * expected
  return defined(sums, (n / s0) * (products / sums.squares), expected, variance, varianceNormal)
}

export function gearyMoments({ n, s0, s1, s2 }: WeightSums, sums: PowerSums, squares: number): Moments {
  const k = (n * sums.fourths) / sums.squares ** 2
  const variance =
    ((n - 1) * s1 * (n * n - 3 * n + 3 - k * (n - 1)) -
      0.25 * (n - 1) * s2 * (n * n + 3 * n - 6 - k * (n * n - n + 2)) +
      s0 * s0 * (n * n - 3 - k * (n - 1) ** 2)) /
    (n * (n - 2) * (n - 3) * s0 * s0)
  const varianceNormal = ((2 * s1 + s2) * (n - 1) - 4 * s0 * s0) / (2 * (n + 1) * s0 * s0)
  return defined(sums, ((n - 1) / (2 * s0)) * (squares / sums.squares), 1, variance, varianceNormal)
}

/** `binary` sums of weights that are all 1. NaN where a value is below 0. */
export function generalGMoments(
  { n, s0, s1, s2 }: WeightSums,
  sums: PowerSums,
  raw: number,
  least: number,
): Moments {
  const { x1, x2, x3, x4 } = sums
  const pairs = x1 * x1 - x2
  const expected = s0 / (n * (n - 1))
  const b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0
  const b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
  const b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0)
  const b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0
  const b4 = s1 - s2 + s0 * s0
  const variance =
    (b0 * x2 * x2 + b1 * x4 + b2 * x1 * x1 * x2 + b3 * x1 * x3 + b4 * x1 ** 4) /
      (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3)) -
    expected * expected
  return defined(sums, least >= 0 && pairs > 0 ? raw / pairs : Number.NaN, expected, variance, Number.NaN)
}

/** NaN for all that is undefined: equal values, no weights, a variance of nothing but rounding. */
function defined(
  { squares }: PowerSums,
  statistic: number,
  expected: number,
  variance: number,
  varianceNormal: number,
): Moments {
  const known = squares > 0 && Number.isFinite(statistic)
  const positive = (value: number): number =>
    known && value > 1e-12 * Math.max(expected * expected, 1e-300) ? value : Number.NaN
  return {
    statistic: known ? statistic : Number.NaN,
    expected: known ? expected : Number.NaN,
    variance: positive(variance),
    varianceNormal: positive(varianceNormal),
  }
}
