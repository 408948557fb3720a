/**
 * How much more or less each place in the season holds than a mean one, by the ratio to a moving average over one
 * season: robust to changes of level, for the median ratio is taken.
 *
 *     ratio_t = (x_t / e_t) / (mean of x/e over a centred season),  factor_p = median of ratio_t over all t of place p
 *
 * scaled so that the factors have mean 1.
 *
 * @param counts NaN where blank; a ratio whose season holds a blank, or nothing at all, is left out
 * @param exposures days of each step
 * @returns a factor per place (step index modulo `period`), or null when a place has no ratio or the factors no positive mean
 * @see Macaulay's ratio-to-moving-average method, as in R's `decompose(type = "multiplicative")`, with a median.
 */
export function seasonFactors(
  counts: Float64Array,
  exposures: Float64Array,
  period: number,
): Float64Array | null {
  const half = Math.floor(period / 2)
  const ratios: number[][] = Array.from({ length: period }, () => [])
  for (let t = half; t + half < counts.length; t++) {
    let sum = 0
    for (let k = -half; k <= half; k++) {
      // An even season is centred with half of each end.
      const share = period % 2 === 0 && (k === -half || k === half) ? 0.5 : 1
      sum += (share * counts[t + k]) / exposures[t + k]
    }
    const mean = sum / period
    if (mean > 0) ratios[t % period].push(counts[t] / exposures[t] / mean)
  }
  if (ratios.some((held) => held.length === 0)) return null
  const factors = Float64Array.from(ratios, median)
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / period
  if (!(mean > 0) || factors.some((factor) => factor <= 0)) return null
  return factors.map((factor) => factor / mean)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2
}
