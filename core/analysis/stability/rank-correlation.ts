/**
 * Spearman's rank correlation: Pearson's of the ranks, equal values sharing the mean of their ranks. NaN with fewer
 * than two pairs, or when one side is all equal. Equal to scipy's `spearmanr`. Cost: two sorts.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return correlation(meanRanks(a), meanRanks(b))
}

/** Ranks from 1 for the smallest, ties at their mean. */
export function meanRanks(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort()
  const rankOf = new Map<number, number>()
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1
    while (end < sorted.length && sorted[end] === sorted[start]) end++
    rankOf.set(sorted[start], (start + 1 + end) / 2)
    start = end
  }
  const ranks = new Float64Array(values.length)
  for (let i = 0; i < ranks.length; i++) ranks[i] = rankOf.get(values[i])!
  return ranks
}

function correlation(a: Float64Array, b: Float64Array): number {
  const n = a.length
  // Ranks, ties and all, have the mean (n + 1)/2.
  const mean = (n + 1) / 2
  let products = 0
  let squaresA = 0
  let squaresB = 0
  for (let i = 0; i < n; i++) {
    products += (a[i] - mean) * (b[i] - mean)
    squaresA += (a[i] - mean) * (a[i] - mean)
    squaresB += (b[i] - mean) * (b[i] - mean)
  }
  return squaresA > 0 && squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : Number.NaN
}

/** Cosine of the angle between two rows of counts; NaN when one is all 0. */
export function cosineSimilarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let products = 0
  let squaresA = 0
  let squaresB = 0
  for (let i = 0; i < a.length; i++) {
    products += a[i] * b[i]
    squaresA += a[i] * a[i]
    squaresB += b[i] * b[i]
  }
  return squaresA > 0 && squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : Number.NaN
}
