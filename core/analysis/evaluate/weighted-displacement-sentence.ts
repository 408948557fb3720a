import { confidence, figure } from './figures.ts'
import type { Difference, Pair } from './weighted-difference.ts'

/**
 * What was found, with its interval, and what it does not show. Never a number of crimes prevented, and never "fell"
 * of places that rose by less than others.
 *
 * @param own weighted counts of the treated places and their surroundings, before and after
 */
export function weightedDisplacementSentence(
  own: Pair,
  total: Difference,
  local: Difference,
  alpha: number,
  buffered: boolean,
): string {
  if (Number.isNaN(total.z))
    return 'Nothing can be said: no incident was counted in any of the places in either period.'
  const where = buffered ? 'the treated places and their surroundings' : 'the treated places'
  const { estimate, low, high } = total
  const change = own[1] - own[0]
  const moved =
    Math.round(change) === 0
      ? 'stayed as they were'
      : `${change < 0 ? 'fell' : 'rose'} by ${figure(Math.abs(change))}, from ${figure(own[0])} to ${figure(own[1])}`
  const against =
    Math.round(estimate) === 0
      ? 'about what a change by as many as in the comparison places would have given'
      : `${figure(Math.abs(estimate))} ${estimate < 0 ? 'fewer' : 'more'} than a change by as many as in the comparison places would have given`
  const verdict =
    low > 0 || high < 0
      ? 'Chance in the counts alone is an unlikely explanation.'
      : 'The interval holds 0: chance in the counts alone may explain it.'
  const apart = buffered ? ` In the treated places alone the difference is ${figure(local.estimate)}.` : ''
  return `Recorded incidents in ${where} ${moved}: ${against} (difference ${figure(estimate)}, ${confidence(alpha)} interval ${figure(low)} to ${figure(high)}). ${verdict}${apart} It does not show what caused the difference, and places chosen because they were bad tend to improve by themselves.`
}
