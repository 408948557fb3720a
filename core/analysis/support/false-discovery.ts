export type Adjustment = 'BH' | 'BY' | 'none'

/**
 * p values adjusted for how many were looked at: q_(i) = min over j ≥ i of p_(j)·m/j, at most 1 (Benjamini and
 * Hochberg); times Σ 1/k for k = 1…m under any dependence (Benjamini and Yekutieli); or left as they are. Equal to
 * R's `p.adjust`. Equal p values get equal q values.
 *
 * @param pValues in [0, 1]; NaN is not a test, is not counted in m and stays NaN
 * @returns q values in the order given
 * Cost: one sort, O(m log m).
 * @see Benjamini and Hochberg (1995) J. R. Statist. Soc. B 57, 289–300; Benjamini and Yekutieli (2001) Ann. Statist. 29, 1165–1188
 */
export function adjustP(pValues: Float64Array, adjustment: Adjustment): Float64Array {
  if (adjustment === 'none') return pValues.slice()
  const sorted = pValues.filter((p) => !Number.isNaN(p)).sort()
  const m = sorted.length
  let factor = m
  if (adjustment === 'BY') {
    let harmonic = 0
    for (let k = m; k >= 1; k--) harmonic += 1 / k
    factor *= harmonic
  }
  const adjusted = new Float64Array(m)
  let smallest = 1
  for (let i = m - 1; i >= 0; i--) {
    smallest = Math.min(smallest, (sorted[i] * factor) / (i + 1))
    adjusted[i] = smallest
  }
  const result = new Float64Array(pValues.length)
  for (let i = 0; i < pValues.length; i++)
    result[i] = Number.isNaN(pValues[i]) ? Number.NaN : adjusted[firstAtLeast(sorted, pValues[i])]
  return result
}

/** Position of the first value not below `value`: for equal values the least q, which they all share. */
function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}
