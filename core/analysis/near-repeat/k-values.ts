import type { KnoxTables } from './knox-table.ts'

/** K and what it is compared with, one per distance and time (row by row of distances). */
export interface KValues {
  readonly pairs: Float64Array
  readonly k: Float64Array
  readonly kSpace: Float64Array
  readonly kTime: Float64Array
  readonly d: Float64Array
  readonly d0: Float64Array
}

/**
 * K(s, t) = A·T·2c/(n(n − 1)), c the pairs at most s metres and at most t days apart; K₁(s) = A·2c₁/(n(n − 1));
 * K₂(t) = T·2c₂/(n(n − 1)); D = K − K₁K₂; D₀ = D/(K₁K₂), NaN where K₁K₂ is 0.
 *
 * @param area A in m², `duration` T in days
 */
export function kValues(tables: KnoxTables, area: number, duration: number): KValues {
  const { pairs: all, rowSums, columnSums } = tables
  const pairs = cumulated(tables, tables.tables[0])
  const [down, across] = [tables.rows - 1, tables.columns - 1]
  const blank = (): Float64Array => new Float64Array(pairs.length)
  const values = { pairs, k: blank(), kSpace: blank(), kTime: blank(), d: blank(), d0: blank() }
  let near = 0
  for (let r = 0; r < down; r++) {
    near += rowSums[r]
    let soon = 0
    for (let c = 0; c < across; c++) {
      soon += columnSums[c]
      const at = r * across + c
      values.k[at] = (area * duration * pairs[at]) / all
      values.kSpace[at] = (area * near) / all
      values.kTime[at] = (duration * soon) / all
      const product = values.kSpace[at] * values.kTime[at]
      values.d[at] = values.k[at] - product
      values.d0[at] = near > 0 && soon > 0 ? (pairs[at] * all) / (near * soon) - 1 : Number.NaN
    }
  }
  return values
}

/** Pairs at most so far and so long apart, without the bands beyond the last break. */
function cumulated({ rows, columns }: KnoxTables, table: Float64Array): Float64Array {
  const across = columns - 1
  const sums = new Float64Array((rows - 1) * across)
  for (let r = 0; r < rows - 1; r++) {
    let line = 0
    for (let c = 0; c < across; c++) {
      line += table[r * columns + c]
      sums[r * across + c] = line + (r > 0 ? sums[(r - 1) * across + c] : 0)
    }
  }
  return sums
}

export interface InteractionTest {
  readonly d0Low: Float64Array
  readonly d0High: Float64Array
  /** Upper tail, point by point. */
  readonly pValue: Float64Array
  readonly statistic: number
  readonly pOverall: number
}

/**
 * The data among the permutations. A permutation changes the pairs c(s, t) alone, so D stands in the order of c.
 *
 * statistic = Σ (c − mean)/sd over the points, mean and sd over the data and the permutations together (so that
 * under the null the data are one of them); points that never vary are left out. NaN without permutations.
 */
export function interactionTest(tables: KnoxTables, values: KValues): InteractionTest {
  const sets = tables.tables.map((table) => cumulated(tables, table))
  const permutations = sets.length - 1
  const points = values.pairs.length
  const blank = (): Float64Array => new Float64Array(points).fill(Number.NaN)
  const test = { d0Low: blank(), d0High: blank(), pValue: blank() }
  if (permutations === 0) return { ...test, statistic: Number.NaN, pOverall: Number.NaN }
  const sums = new Float64Array(sets.length)
  const held = new Float64Array(permutations)
  let varying = 0
  for (let at = 0; at < points; at++) {
    let mean = 0
    let reached = 0
    for (let k = 0; k < sets.length; k++) mean += sets[k][at] / sets.length
    let squares = 0
    for (let k = 0; k < sets.length; k++) squares += (sets[k][at] - mean) ** 2
    for (let k = 1; k < sets.length; k++) {
      held[k - 1] = sets[k][at]
      if (sets[k][at] >= sets[0][at]) reached++
    }
    const sorted = held.toSorted()
    if (!Number.isNaN(values.d0[at])) {
      const perPair = d0PerPair(tables, at)
      test.d0Low[at] = sorted[Math.floor(0.025 * (permutations - 1))] * perPair - 1
      test.d0High[at] = sorted[Math.ceil(0.975 * (permutations - 1))] * perPair - 1
    }
    test.pValue[at] = (reached + 1) / (permutations + 1)
    const deviation = Math.sqrt(squares / (sets.length - 1))
    if (!(deviation > 0)) continue
    varying++
    for (let k = 0; k < sets.length; k++) sums[k] += (sets[k][at] - mean) / deviation
  }
  if (varying === 0) return { ...test, statistic: Number.NaN, pOverall: Number.NaN }
  let reached = 0
  // Sums of the same parts that differ by rounding alone are ties.
  for (let k = 1; k < sets.length; k++) if (sums[k] >= sums[0] - 1e-9) reached++
  return { ...test, statistic: sums[0], pOverall: (reached + 1) / (permutations + 1) }
}

/** D₀ + 1 that each pair adds: all pairs over those near and those soon. */
function d0PerPair({ columns, rowSums, columnSums, pairs }: KnoxTables, at: number): number {
  const across = columns - 1
  let [near, soon] = [0, 0]
  for (let r = 0; r <= Math.floor(at / across); r++) near += rowSums[r]
  for (let c = 0; c <= at % across; c++) soon += columnSums[c]
  return pairs / (near * soon)
}
