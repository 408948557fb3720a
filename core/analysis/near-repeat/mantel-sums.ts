import type { Control } from '#core/contract/method.ts'
import { randomOf, shuffle } from '../support/random.ts'

/** What Mantel's sums need; plain data, its arrays in shared memory. */
export interface MantelWork {
  /** Places in an order that does not depend on the rows: by x, y, day. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Days since the first day. */
  readonly day: Uint16Array
  readonly span: number
  readonly manhattan: boolean
  /** f = 1/(d + `near`), or d itself where it is 0. */
  readonly near: number
  /** g of 0 … span days apart. */
  readonly closeness: Float64Array
  readonly seed: number
}

/** Work between two ticks, in pairs. */
const PAIRS_PER_TICK = 1_000_000

/** f of place i with every later place. */
function nearness({ x, y, manhattan, near }: MantelWork, i: number, f: Float64Array): void {
  for (let j = i + 1; j < x.length; j++) {
    const dx = Math.abs(x[j] - x[i])
    const dy = Math.abs(y[j] - y[i])
    const d = manhattan ? dx + dy : Math.sqrt(dx * dx + dy * dy)
    f[j] = near > 0 ? 1 / (d + near) : d
  }
}

/**
 * Z = Σ_{i<j} f(d_ij)·g(t_ij) for permutations first … first + count − 1 of the days.
 *
 * Cost: about 2.3 ns a pair and permutation.
 */
export function mantelPermuted(
  work: MantelWork,
  first: number,
  count: number,
  control: Control,
): Float64Array {
  const { day, span, closeness } = work
  const n = day.length
  const moved: Uint16Array[] = []
  for (let k = 0; k < count; k++) {
    moved.push(day.slice())
    shuffle(moved[k], randomOf(work.seed, first + k))
  }
  const both = new Float64Array(2 * span + 1)
  for (let t = 0; t <= span; t++) {
    both[span + t] = closeness[t]
    both[span - t] = closeness[t]
  }
  const z = new Float64Array(count)
  const f = new Float64Array(n)
  let looked = 0
  for (let i = 0; i < n; i++) {
    nearness(work, i, f)
    for (let k = 0; k < count; k++) z[k] += rowSum(f, both, moved[k], i, span)
    looked += count * (n - i)
    if (looked < PAIRS_PER_TICK) continue
    looked = 0
    control.tick(i / n, 'Permuting dates')
  }
  return z
}

function rowSum(f: Float64Array, both: Float64Array, days: Uint16Array, i: number, span: number): number {
  const shift = span - days[i]
  let sum = 0
  for (let j = i + 1; j < days.length; j++) sum += f[j] * both[days[j] + shift]
  return sum
}

export interface MantelMoments {
  readonly z: number
  /** Exact mean and variance of Z over all permutations of the days. */
  readonly mean: number
  readonly variance: number
  /** Correlation of f and g over pairs; NaN where either is constant. */
  readonly correlation: number
}

/**
 * Z of the data with its exact moments (Mantel 1967): with x = f − mean(f), y = g − mean(g) and zeros on the diagonal,
 * Var Σ_{i≠j} xy = 2BF/n₂ + 4(D − B)(G − F)/n₃ + 4(B − 2D)(F − 2G)/n₄, n_k = n(n − 1)…(n − k + 1), B = Σ x²,
 * D = Σ_i (Σ_j x_ij)², F and G the same of y.
 *
 * Cost: two passes over all pairs, 30 ns a pair together.
 */
export function mantelMoments(work: MantelWork, control: Control): MantelMoments {
  const { day, closeness } = work
  const n = day.length
  const pairs = (n * (n - 1)) / 2
  const f = new Float64Array(n)
  let looked = 0
  const tick = (i: number, stage: string): void => {
    looked += n - i
    if (looked < PAIRS_PER_TICK) return
    looked = 0
    control.tick(i / n, stage)
  }
  let sumF = 0
  let sumG = 0
  for (let i = 0; i < n; i++) {
    nearness(work, i, f)
    for (let j = i + 1; j < n; j++) {
      sumF += f[j]
      sumG += closeness[Math.abs(day[j] - day[i])]
    }
    tick(i, 'Adding up distances')
  }
  const meanF = sumF / pairs
  const meanG = sumG / pairs
  const rowF = new Float64Array(n)
  const rowG = new Float64Array(n)
  let [cross, squareF, squareG] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    nearness(work, i, f)
    for (let j = i + 1; j < n; j++) {
      const a = f[j] - meanF
      const b = closeness[Math.abs(day[j] - day[i])] - meanG
      cross += a * b
      squareF += a * a
      squareG += b * b
      rowF[i] += a
      rowF[j] += a
      rowG[i] += b
      rowG[j] += b
    }
    tick(i, 'Adding up products')
  }
  let [rowsF, rowsG] = [0, 0]
  for (let i = 0; i < n; i++) {
    rowsF += rowF[i] * rowF[i]
    rowsG += rowG[i] * rowG[i]
  }
  const [B, F] = [2 * squareF, 2 * squareG]
  const ordered =
    (2 * B * F) / (n * (n - 1)) +
    (4 * (rowsF - B) * (rowsG - F)) / (n * (n - 1) * (n - 2)) +
    (4 * (B - 2 * rowsF) * (F - 2 * rowsG)) / (n * (n - 1) * (n - 2) * (n - 3))
  const mean = pairs * meanF * meanG
  return {
    z: cross + mean,
    mean,
    // Γ counts each pair twice.
    variance: ordered / 4,
    correlation: squareF > 0 && squareG > 0 ? cross / Math.sqrt(squareF * squareG) : Number.NaN,
  }
}
