/** What is odd about the times of an import, as sentences for the manifest. */
import type { TimesBuilder } from './build/times-builder.ts'

/** Above this share of times at exactly midnight a source most likely gives dates only. */
const MIDNIGHT_SHARE = 0.05
const ENOUGH_TIMES = 100

export function timeWarnings(seen: TimesBuilder['seen']): string[] {
  const warnings: string[] = []
  const count = (n: number): string => n.toLocaleString('en-GB')
  if (seen.timed >= ENOUGH_TIMES && seen.midnight > MIDNIGHT_SHARE * seen.timed)
    warnings.push(
      `${count(seen.midnight)} of ${count(seen.timed)} times are exactly 00:00: some are likely dates without a time, so hours are not reliable.`,
    )
  if (seen.gap > 0)
    warnings.push(`${count(seen.gap)} times lie in the hour the clocks skip in spring; kept as written.`)
  if (seen.overlap > 0)
    warnings.push(
      `${count(seen.overlap)} times lie in the hour the clocks repeat in autumn and are ambiguous; kept as written.`,
    )
  if (seen.reversed > 0)
    warnings.push(`${count(seen.reversed)} incidents end before they begin; kept as written.`)
  return warnings
}
