import { confidence, figure } from './figures.ts'
import type { Difference } from './weighted-difference.ts'

/** What was found, with its interval, and what it does not show. Never a number of crimes prevented. */
export function weightedDisplacementSentence(
  total: Difference,
  local: Difference,
  alpha: number,
  buffered: boolean,
): string {
  if (Number.isNaN(total.z))
    return 'Nothing can be said: no incident was counted in any of the places in either period.'
  const where = buffered ? 'the treated places and their surroundings' : 'the treated places'
  const { estimate, low, high } = total
  const found =
    Math.round(estimate) === 0
      ? `Recorded incidents in ${where} changed by about as much as in the comparison places`
      : `Recorded incidents in ${where} ${estimate < 0 ? 'fell by' : 'rose by'} ${figure(Math.abs(estimate))} more than the comparison places would lead one to expect`
  const apart = buffered ? ` In the treated places alone the difference is ${figure(local.estimate)}.` : ''
  const verdict =
    low > 0 || high < 0
      ? 'Chance in the counts alone is an unlikely explanation.'
      : 'The interval holds 0: chance in the counts alone may explain it.'
  return `${found} (difference ${figure(estimate)}, ${confidence(alpha)} interval ${figure(low)} to ${figure(high)}). ${verdict}${apart} It does not show what caused the difference, and places chosen because they were bad tend to improve by themselves.`
}
