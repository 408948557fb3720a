/** How concentrated incidents are in cells, told the way boards ask it. */
export interface Concentration {
  readonly total: number
  /** Smallest number of cells that hold a quarter and a half; NaN when there is nothing to hold. */
  readonly cellsForQuarter: number
  readonly cellsForHalf: number
  /** Share of all cells that these are. */
  readonly shareForQuarter: number
  readonly shareForHalf: number
  /** 0 = evenly spread, towards 1 = all in one cell; NaN when there is nothing. */
  readonly gini: number
  /** The same, told against the evenest spread possible when there are fewer incidents than cells. */
  readonly generalisedGini: number
}

/**
 * Concentration of values over cells, empty cells included. Cells in descending order, L(k) = Σ_{i≤k} c_i / Σ c; the
 * smallest k with L(k) ≥ 0.25 and 0.50. Gini = 2·(area under L by trapezoids) − 1; generalised
 * G' = max(1, N/C)·(G − 1) + 1 for C incidents in N cells.
 *
 * @param values counts or harm, at least 0, one per cell; NaN is not allowed
 * Cost: one sort.
 * @see Weisburd (2015) Criminology 53, 133–157; Bernasco and Steenbeek (2017) J. Quant. Criminology 33, 451–467
 */
export function concentration(values: ArrayLike<number>): Concentration {
  const sorted = descending(values)
  const curve = curveOf(sorted)
  const cells = values.length
  const total = sumOf(sorted)
  const gini = giniOf(curve)
  const cellsForQuarter = total > 0 ? cellsHolding(sorted, total, 0.25) : Number.NaN
  const cellsForHalf = total > 0 ? cellsHolding(sorted, total, 0.5) : Number.NaN
  return {
    total,
    cellsForQuarter,
    cellsForHalf,
    shareForQuarter: cellsForQuarter / cells,
    shareForHalf: cellsForHalf / cells,
    gini,
    generalisedGini: Math.max(1, cells / total) * (gini - 1) + 1,
  }
}

/** L(0) = 0, L(1), …, L(n) = 1 with the largest cells first; all NaN beyond L(0) when the sum is 0. */
export function lorenzCurve(values: ArrayLike<number>): Float64Array {
  return curveOf(descending(values))
}

function curveOf(sorted: Float64Array): Float64Array {
  const total = sumOf(sorted)
  const curve = new Float64Array(sorted.length + 1)
  let sum = 0
  for (let k = 0; k < sorted.length; k++) {
    sum += sorted[k]
    curve[k + 1] = total > 0 ? sum / total : Number.NaN
  }
  return curve
}

/** Smallest k whose k largest values hold at least this share of the sum. Exact for counts. */
function cellsHolding(sorted: Float64Array, total: number, share: number): number {
  let sum = 0
  let k = 0
  while (k < sorted.length && sum < share * total) sum += sorted[k++]
  return k
}

function giniOf(curve: Float64Array): number {
  const n = curve.length - 1
  let area = 0
  for (let k = 0; k < n; k++) area += (curve[k] + curve[k + 1]) / 2
  return n > 0 ? (2 * area) / n - 1 : Number.NaN
}

function descending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort().reverse()
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum
}
