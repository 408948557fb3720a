import { selectKth } from './select-kth.ts'

/**
 * Standard deviations, metres, of a gaussian kernel by two rules of thumb, each worked out per axis and averaged over
 * both. Silverman (1986, eq. 3.31, robust): 0.9·min(sd, IQR/1.34)·n^(−1/5), by the sd alone on an axis whose quartiles
 * coincide. Scott (1992, for two dimensions): sd·n^(−1/6). sd has n − 1 below; quartiles are those of R's type 7.
 *
 * @param x eastings and `y` northings in metres, all finite; not written
 * @returns NaN where there are fewer than two places, or all are one
 * Cost: O(n), by selection instead of sorting.
 */
export function bandwidthRules(
  x: Float64Array,
  y: Float64Array,
): { readonly silverman: number; readonly scott: number } {
  const n = x.length
  const [east, north] = [x, y].map(spread)
  const positive = (value: number): number => (value > 0 ? value : Number.NaN)
  return {
    silverman: positive(0.9 * ((east.robust + north.robust) / 2) * n ** -0.2),
    scott: positive(((east.deviation + north.deviation) / 2) * n ** (-1 / 6)),
  }
}

function spread(given: Float64Array): { readonly deviation: number; readonly robust: number } {
  const n = given.length
  if (n < 2) return { deviation: Number.NaN, robust: Number.NaN }
  const values = given.slice()
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i] - values[0]
  const mean = values[0] + sum / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += (values[i] - mean) * (values[i] - mean)
  const deviation = Math.sqrt(squares / (n - 1))
  const range = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.34
  return { deviation, robust: range > 0 ? Math.min(deviation, range) : deviation }
}

/** Reorders the values. */
function quantile(values: Float64Array, p: number): number {
  const h = (values.length - 1) * p
  const low = Math.floor(h)
  const at = selectKth(values, values.length, low)
  if (low === values.length - 1) return at
  // All that follow are at least as large: the next in order is the least of them.
  let above = Infinity
  for (let i = low + 1; i < values.length; i++) if (values[i] < above) above = values[i]
  return at + (h - low) * (above - at)
}
