import { normalQuantile } from '../support/distributions/normal-quantile.ts'
import { normalTwoSided } from '../support/normal.ts'

/** Incidents before and after. */
export type Pair = readonly [before: number, after: number]

export interface Counts {
  readonly treated: Pair
  readonly control: Pair
  readonly treatedBuffer?: Pair
  readonly controlBuffer?: Pair
}

/** What each count is divided by; 1 where nothing is said. */
export interface Weights {
  readonly time?: Pair
  readonly treated?: number
  readonly control?: number
  readonly treatedBuffer?: number
  readonly controlBuffer?: number
}

export interface Difference {
  readonly estimate: number
  readonly standardError: number
  readonly z: number
  readonly pValue: number
  readonly low: number
  readonly high: number
}

export interface WeightedDifference {
  readonly local: Difference
  /** NaN where no surroundings were given. */
  readonly displacement: Difference
  readonly total: Difference
}

/**
 * The weighted displacement difference.
 *
 *     WDD = (ΔT − ΔC) + (ΔDT − ΔDC),  Δ = after/w_after − before/w_before, each w = time weight × area weight
 *     Var = Σ count / w²,  z = WDD / √Var,  interval WDD ± z(1 − α/2)·√Var
 *
 * Negative: fewer than the comparison would lead one to expect. z and p are NaN when every count is 0. A NaN count
 * gives NaN.
 *
 * @see Wheeler and Ratcliffe (2018) Crime Science 7, article 11; R package ptools, `wdd`.
 */
export function weightedDifference(counts: Counts, weights: Weights, alpha: number): WeightedDifference {
  const time = weights.time ?? [1, 1]
  const change = (pair: Pair | undefined, area = 1): Pair =>
    pair === undefined
      ? [Number.NaN, Number.NaN]
      : [
          pair[1] / (time[1] * area) - pair[0] / (time[0] * area),
          pair[1] / (time[1] * area) ** 2 + pair[0] / (time[0] * area) ** 2,
        ]
  const local = less(change(counts.treated, weights.treated), change(counts.control, weights.control))
  // Only one of the two surroundings: the other is taken as not changing, as ptools does.
  const around =
    counts.treatedBuffer === undefined && counts.controlBuffer === undefined
      ? null
      : less(
          change(counts.treatedBuffer ?? [0, 0], weights.treatedBuffer),
          change(counts.controlBuffer ?? [0, 0], weights.controlBuffer),
        )
  const all: Pair = around === null ? local : [local[0] + around[0], local[1] + around[1]]
  return {
    local: differenceOf(...local, alpha),
    displacement: differenceOf(...(around ?? ([Number.NaN, Number.NaN] as const)), alpha),
    total: differenceOf(...all, alpha),
  }
}

/** Interval and test of an estimate with this variance. */
export function differenceOf(estimate: number, variance: number, alpha: number): Difference {
  const standardError = Math.sqrt(variance)
  const z = standardError > 0 ? estimate / standardError : Number.NaN
  const half = standardError > 0 ? normalQuantile(1 - alpha / 2) * standardError : Number.NaN
  return {
    estimate,
    standardError,
    z,
    pValue: normalTwoSided(z),
    low: estimate - half,
    high: estimate + half,
  }
}

function less(a: Pair, b: Pair): Pair {
  return [a[0] - b[0], a[1] + b[1]]
}
