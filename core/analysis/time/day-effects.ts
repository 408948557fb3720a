import { normalTwoSided } from '../support/normal.ts'
import { weekday } from './bank-holidays.ts'
import type { SpecialDays } from './special-days.ts'

export interface DayEffect {
  readonly name: string
  /** Days with a count and enough ordinary days beside them. */
  readonly days: number
  readonly observed: number
  readonly expected: number
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly pValue: number
}

/** Ordinary days of the same weekday each special day is compared with, at most; fewer than 4 are too few. */
const MOST = 8
const FEWEST = 4
/** Weeks to look either side. */
const WEEKS = 12
/** An expected number below this has no test. */
const SMALLEST = 5
const Z = 1.959963984540054

/**
 * Special days against ordinary days of the same weekday nearby.
 *
 *     expected = Σ_d mean of the up to 8 nearest ordinary days r of the weekday of d within 12 weeks = Σ_r w_r·y_r
 *     ratio = observed/expected, interval exp(ln ratio ± 1.96·√(φ/observed + φ·Σ w_r²·y_r/expected²))
 *     z = (observed − expected)/√(φ·(expected + Σ w_r²·y_r)), p two-sided normal
 *     φ = mean over ordinary days of (y − e)²/(e·(1 + 1/m)), at least 1
 *
 * w_r says how often day r serves, so that a reference shared by many special days counts as the one day it is. Ordinary
 * is what is in no kind, nor between 24 December and 2 January.
 *
 * @param counts of the days from day number `first`; NaN where not covered
 * @param ordinary 1 = a day that may serve as a reference
 */
export function dayEffects(
  counts: Float64Array,
  first: number,
  kinds: readonly SpecialDays[],
  ordinary: Uint8Array,
): { readonly effects: readonly DayEffect[]; readonly dispersion: number } {
  const dispersion = dispersionOf(counts, ordinary)
  const effects = kinds.map(({ name, days: held }): DayEffect => {
    const weights = new Float64Array(counts.length)
    let days = 0
    let observed = 0
    let expected = 0
    for (const day of held) {
      const at = day - first
      if (at < 0 || at >= counts.length || Number.isNaN(counts[at])) continue
      const references = referencesOf(counts, ordinary, at)
      if (references.length < FEWEST) continue
      days++
      observed += counts[at]
      for (const r of references) {
        weights[r] += 1 / references.length
        expected += counts[r] / references.length
      }
    }
    let spread = 0
    for (let r = 0; r < counts.length; r++) if (weights[r] > 0) spread += weights[r] ** 2 * counts[r]
    if (!(expected >= SMALLEST))
      return {
        name,
        days,
        observed,
        expected,
        ratio: Number.NaN,
        low: Number.NaN,
        high: Number.NaN,
        pValue: Number.NaN,
      }
    const ratio = observed / expected
    const factor =
      observed > 0
        ? Math.exp(Z * Math.sqrt(dispersion / observed + (dispersion * spread) / expected ** 2))
        : Number.NaN
    return {
      name,
      days,
      observed,
      expected,
      ratio,
      low: ratio / factor,
      high: ratio * factor,
      pValue: normalTwoSided((observed - expected) / Math.sqrt(dispersion * (expected + spread))),
    }
  })
  return { effects, dispersion }
}

/** Days that are in no kind and not about Christmas and the New Year. */
export function ordinaryDays(
  first: number,
  length: number,
  kinds: readonly SpecialDays[],
  festive: (day: number) => boolean,
): Uint8Array {
  return Uint8Array.from({ length }, (_, at) =>
    festive(first + at) || kinds.some(({ days }) => days.has(first + at)) ? 0 : 1,
  )
}

/** The nearest ordinary days of the same weekday, alternately before and after. */
export function referencesOf(counts: Float64Array, ordinary: Uint8Array, at: number): number[] {
  const found: number[] = []
  for (let week = 1; week <= WEEKS && found.length < MOST; week++)
    for (const r of [at - 7 * week, at + 7 * week])
      if (found.length < MOST && r >= 0 && r < counts.length && ordinary[r] === 1 && !Number.isNaN(counts[r]))
        found.push(r)
  return found
}

function dispersionOf(counts: Float64Array, ordinary: Uint8Array): number {
  let sum = 0
  let days = 0
  for (let at = 0; at < counts.length; at++) {
    if (ordinary[at] === 0 || Number.isNaN(counts[at])) continue
    const references = referencesOf(counts, ordinary, at)
    if (references.length < FEWEST) continue
    const expected = references.reduce((total, r) => total + counts[r], 0) / references.length
    if (expected === 0) continue
    sum += (counts[at] - expected) ** 2 / (expected * (1 + 1 / references.length))
    days++
  }
  return days > 0 ? Math.max(1, sum / days) : 1
}

/** Counts by day of the week: 0 = Monday. */
export function byWeekday(
  counts: Float64Array,
  first: number,
): { readonly days: number[]; readonly incidents: number[] } {
  const days = new Array<number>(7).fill(0)
  const incidents = new Array<number>(7).fill(0)
  counts.forEach((count, at) => {
    if (Number.isNaN(count)) return
    days[weekday(first + at)]++
    incidents[weekday(first + at)] += count
  })
  return { days, incidents }
}
