import { InputError } from '#core/contract/problem.ts'
import { normalUpperTail } from './normal.ts'

/** Above this many incidents in all the statistic is as good as normal, and the double sum would take too long. */
const LARGE = 20_000

/** Beyond this the sum would be of terms that were left out as negligible. */
const FAR = 8

/** Terms whose probability is below this add nothing that can be seen. */
const NEGLIGIBLE = 1e-17

/**
 * Are two Poisson counts of equal exposure from one rate? The E-test.
 *
 *     T(a, b) = |a − b| / √(a + b),  rate = (a + b) / 2
 *     p = Σ_x Σ_y Poisson(x; rate) · Poisson(y; rate) · [T(x, y) ≥ T(a, b)]
 *
 * T(0, 0) = 0. Two-sided. Above 20,000 incidents in all, and where T is above 8 (p under 1e-15, less than the terms left
 * out), the normal limit 2·(1 − Φ(T)) is used instead.
 *
 * @param a, b whole numbers of incidents, at least 0
 * @returns p in [0, 1], 0 only beyond 37 standard errors; NaN when both are 0 (there is nothing to compare) or either is NaN
 * @throws InputError E-STAT-COUNT for a negative or broken count
 * Cost: O(a + b) pairs of terms, about 10 ms at most.
 *
 * @see Krishnamoorthy, K. and Thomson, J. (2004), A more powerful test for comparing two Poisson means, Journal of
 *      Statistical Planning and Inference 119, 23–35. Numbers checked against crimepy's e_test.
 */
export function poissonDifference(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN
  if (!Number.isInteger(a) || !Number.isInteger(b) || a < 0 || b < 0)
    throw new InputError('E-STAT-COUNT', 'Only whole numbers of incidents can be compared.')
  const total = a + b
  if (total === 0) return Number.NaN
  const statistic = Math.abs(a - b) / Math.sqrt(total)
  if (total > LARGE || statistic > FAR) return 2 * normalUpperTail(statistic)
  const rate = total / 2
  const { first, terms } = poissonTerms(rate)
  // (x − y)² · (a + b) ≥ (a − b)² · (x + y): the same comparison in whole numbers, so that ties are ties.
  const observed = (a - b) ** 2
  let p = 0
  for (let i = 0; i < terms.length; i++)
    for (let j = 0; j < terms.length; j++) {
      const x = first + i
      const y = first + j
      // T(0, 0) is 0, which the products would not tell.
      if ((x + y > 0 || observed === 0) && (x - y) ** 2 * total >= observed * (x + y))
        p += terms[i] * terms[j]
    }
  return Math.min(1, p)
}

/** Probabilities of the counts that matter, outwards from the mode so that nothing underflows. */
function poissonTerms(rate: number): { first: number; terms: Float64Array } {
  const mode = Math.floor(rate)
  const below: number[] = []
  const above: number[] = [1]
  for (let x = mode, term = 1; x > 0; x--) {
    term *= x / rate
    if (term < NEGLIGIBLE) break
    below.push(term)
  }
  for (let x = mode + 1, term = 1; ; x++) {
    term *= rate / x
    if (term < NEGLIGIBLE) break
    above.push(term)
  }
  const terms = Float64Array.from([...below.reverse(), ...above])
  let sum = 0
  for (const term of terms) sum += term
  for (let k = 0; k < terms.length; k++) terms[k] /= sum
  return { first: mode - below.length, terms }
}
