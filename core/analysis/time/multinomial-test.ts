import { binomialQuantile } from '../support/distributions/binomial.ts'
import { chiSquareUpperTail } from '../support/distributions/chi-square.ts'
import { logGamma } from '../support/distributions/gamma.ts'
import { type Random, randomOf, randomUnit } from '../support/random.ts'

export type MultinomialStatistic = 'G' | 'chiSquare' | 'kuiper' | 'ks'

export interface MultinomialTest {
  readonly statistic: number
  readonly pValue: number
  readonly how: 'exact' | 'chi-square' | 'Monte Carlo'
}

/** Outcomes that are looked at one by one, about half a second's work. */
const MOST_OUTCOMES = 1_000_000
const DRAWS = 9999
/** Statistics this close are ties. */
const TIE = 1e-9

/**
 * Do counts follow given shares? Exact where the counts are few: the probability of all outcomes at least as far off.
 *
 *     G  = 2·Σ x·ln(x/e);  chiSquare = Σ (x − e)²/e;  e = n·share
 *     ks = max |F(k) − S(k)|;  kuiper = max (F − S) + max (S − F), over cumulated shares: for bins in a circle
 *
 * Up to a million outcomes (26 incidents over seven days) all are added up. Beyond, G and chiSquare use the χ²
 * distribution where every e is at least 5, else 9,999 seeded draws: p = (r + 1)/10,000.
 *
 * @param shares above 0, of sum 1
 * @param tick called every few milliseconds
 * @returns NaN for no counts
 * @see Wheeler, A. (2016), Tests of significance for day-of-week small samples, Policing 12; R package ptools, small_samptest.
 */
export function multinomialTest(
  counts: readonly number[],
  shares: readonly number[],
  kind: MultinomialStatistic,
  seed: number,
  tick: () => void,
): MultinomialTest {
  const n = counts.reduce((sum, count) => sum + count, 0)
  if (n === 0) return { statistic: Number.NaN, pValue: Number.NaN, how: 'exact' }
  const bins = counts.length
  const observed = statisticOf(counts, shares, n, kind)
  const outcomes = Math.exp(logGamma(n + bins) - logGamma(n + 1) - logGamma(bins))
  if (outcomes <= MOST_OUTCOMES)
    return { statistic: observed, pValue: exactP(observed, shares, n, kind, tick), how: 'exact' }
  if ((kind === 'G' || kind === 'chiSquare') && shares.every((share) => n * share >= 5))
    return { statistic: observed, pValue: chiSquareUpperTail(observed, bins - 1), how: 'chi-square' }
  const random = randomOf(seed, 0)
  const drawn = new Array<number>(bins)
  let reached = 0
  for (let k = 0; k < DRAWS; k++) {
    if ((k & 0x3f) === 0) tick()
    draw(drawn, shares, n, random)
    if (statisticOf(drawn, shares, n, kind) >= observed * (1 - TIE) - TIE) reached++
  }
  return { statistic: observed, pValue: (reached + 1) / (DRAWS + 1), how: 'Monte Carlo' }
}

function exactP(
  observed: number,
  shares: readonly number[],
  n: number,
  kind: MultinomialStatistic,
  tick: () => void,
): number {
  const bins = shares.length
  const logShare = shares.map(Math.log)
  const logFactorial = Float64Array.from({ length: n + 1 }, (_, k) => logGamma(k + 1))
  const counts = new Array<number>(bins).fill(0)
  let p = 0
  let looked = 0
  const fill = (bin: number, left: number, log: number): void => {
    if (bin === bins - 1) {
      counts[bin] = left
      if ((++looked & 0xfff) === 0) tick()
      if (statisticOf(counts, shares, n, kind) >= observed * (1 - TIE) - TIE)
        p += Math.exp(log + left * logShare[bin] - logFactorial[left])
      return
    }
    for (let count = 0; count <= left; count++) {
      counts[bin] = count
      fill(bin + 1, left - count, log + count * logShare[bin] - logFactorial[count])
    }
  }
  fill(0, n, logFactorial[n])
  return Math.min(1, p)
}

function statisticOf(
  counts: readonly number[],
  shares: readonly number[],
  n: number,
  kind: MultinomialStatistic,
): number {
  let sum = 0
  if (kind === 'G') {
    for (let k = 0; k < counts.length; k++)
      if (counts[k] > 0) sum += counts[k] * Math.log(counts[k] / (n * shares[k]))
    return 2 * sum
  }
  if (kind === 'chiSquare') {
    for (let k = 0; k < counts.length; k++) sum += (counts[k] - n * shares[k]) ** 2 / (n * shares[k])
    return sum
  }
  let above = 0
  let below = 0
  for (let k = 0; k < counts.length; k++) {
    sum += counts[k] / n - shares[k]
    above = Math.max(above, sum)
    below = Math.max(below, -sum)
  }
  return kind === 'kuiper' ? above + below : Math.max(above, below)
}

function draw(into: number[], shares: readonly number[], n: number, random: Random): void {
  let left = n
  let rest = 1
  for (let k = 0; k < shares.length - 1; k++) {
    const chance = Math.min(1, shares[k] / rest)
    // A zero cannot be inverted to a count other than 0; the next number above it can.
    into[k] = left === 0 ? 0 : binomialQuantile(Math.max(randomUnit(random), 1e-16), left, chance)
    left -= into[k]
    rest -= shares[k]
  }
  into[shares.length - 1] = left
}
