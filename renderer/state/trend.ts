export interface YearTrend {
  readonly direction: 'up' | 'down' | 'level'
  readonly text: string
}

/**
 * Last year against the one before. An arrow only where the difference is more than chance alone would make of two
 * equal years (|b − a| > 1.96·√(a + b), the normal form of two Poisson counts); null without two years.
 */
export function yearTrend(counts: readonly number[], labels: readonly string[]): YearTrend | null {
  if (counts.length < 2) return null
  const [before, last] = counts.slice(-2)
  if (!Number.isFinite(before) || !Number.isFinite(last)) return null
  const [beforeLabel, lastLabel] =
    labels.length === counts.length ? labels.slice(-2) : ['the year before', 'last year']
  const difference = last - before
  const clear = Math.abs(difference) > 1.96 * Math.sqrt(before + last)
  const direction = !clear ? 'level' : difference > 0 ? 'up' : 'down'
  const word = { up: 'up', down: 'down', level: 'no clear change' }[direction]
  return { direction, text: `${beforeLabel}: ${before}, ${lastLabel}: ${last} (${word})` }
}
