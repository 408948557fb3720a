/**
 * Classes for shading cells by count. Counts of cells are so skewed that equal steps would leave the map blank, so
 * the classes are cut at the 50th, 75th, 90th and 97th percentile of the occupied cells, and written in whole counts.
 */
import { formatNumber } from '../format.ts'

/** Lower bounds of the classes, ascending, the first being 1; at most five. */
export function shadeBounds(counts: readonly number[]): number[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b)
  if (sorted.length === 0) return []
  const bounds = [Math.min(1, sorted[0])]
  for (const share of [0.5, 0.75, 0.9, 0.97]) {
    const bound = Math.floor(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]) + 1
    if (bound > bounds[bounds.length - 1] && bound <= sorted[sorted.length - 1]) bounds.push(bound)
  }
  return bounds
}

/** Class of a count: 0 for the lowest, −1 for none. */
export function shadeStep(count: number, bounds: readonly number[]): number {
  let step = -1
  for (let k = 0; k < bounds.length; k++) if (count >= bounds[k]) step = k
  return step
}

/** What the legend says: '1–2', '3–5', '6 or more'. */
export function shadeTexts(bounds: readonly number[]): string[] {
  return bounds.map((bound, k) => {
    const next = bounds[k + 1]
    if (next === undefined) return `${formatNumber(bound)} or more`
    return next - 1 > bound ? `${formatNumber(bound)}–${formatNumber(next - 1)}` : formatNumber(bound)
  })
}
