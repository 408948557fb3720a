import type { HarmOfIncidents } from '../support/harm.ts'
import { type Counts, differenceOf, type Weights, weightedDifference } from './weighted-difference.ts'

export interface HarmDifference {
  /** Negative: less harm than the comparison would lead one to expect; NaN without weights. */
  readonly estimate: number
  readonly standardError: number
  readonly z: number
  readonly pValue: number
  readonly low: number
  readonly high: number
  readonly unit: string
  readonly table: string
  readonly incidents: number
  /** Incidents compared whose offence has no weight: left out of harm. */
  readonly unweighted: number
}

/**
 * The weighted displacement difference in harm: H = Σ_k w_k·WDD_k over kinds of offence k, SE = √Σ_k (w_k·SE_k)².
 *
 * @param countsOf counts of one code of `harm`
 * @see R package ptools, `wdd_harm`.
 */
export function harmDifference(
  harm: HarmOfIncidents | null,
  countsOf: (code: number) => Counts,
  weights: Weights,
  alpha: number,
  unit: string,
): HarmDifference {
  let estimate = 0
  let variance = 0
  let weighted = 0
  let unweighted = 0
  harm?.weights.forEach((weight, code) => {
    const counts = countsOf(code)
    const incidents = [counts.treated, counts.control, counts.treatedBuffer, counts.controlBuffer].reduce(
      (sum, pair) => sum + (pair ? pair[0] + pair[1] : 0),
      0,
    )
    if (Number.isNaN(weight)) unweighted += incidents
    else if (incidents > 0) {
      const { total } = weightedDifference(counts, weights, alpha)
      weighted += incidents
      estimate += weight * total.estimate
      variance += (weight * total.standardError) ** 2
    }
  })
  const told = weighted > 0
  return {
    ...differenceOf(told ? estimate : Number.NaN, told ? variance : Number.NaN, alpha),
    unit,
    table: harm?.table ?? '',
    incidents: weighted + unweighted,
    unweighted,
  }
}
