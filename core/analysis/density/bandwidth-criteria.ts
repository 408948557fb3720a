/**
 * The two criteria of `cross-validation.ts` over a sample of places, in parts of a fixed number of places: the same
 * sums in the same order whether one worker does them all or many share them.
 */
import type { Control } from '#core/contract/method.ts'
import { sharedFloat64 } from '../support/shared-work.ts'
import { bandwidthRules } from './bandwidth-rules.ts'
import { bestDeviation } from './best-deviation.ts'
import {
  addLogLikelihood,
  DIGGLE_STEPS,
  diggleCriterion,
  diggleReach,
  pairsByDistance,
  triedDeviations,
} from './cross-validation.ts'
import { samplePlaces } from './located-sample.ts'

/** Places the criteria are tried on; of more, a seeded sample. All pairs of these are looked at. */
export const SAMPLE = 5000
const SAMPLE_SEED = 1
const PLACES_PER_PART = 250

/** What the parts need; shared between workers. */
export interface CriteriaState {
  readonly x: Float64Array
  readonly y: Float64Array
  /** Places in all, of which x and y are a sample. */
  readonly of: number
  readonly deviations: Float64Array
  readonly reach: number
  readonly parts: number
}

export interface CriteriaPart {
  readonly likelihood: Float64Array
  readonly pairs: Float64Array
}

export interface Curve {
  readonly deviations: Float64Array
  /** Highest best; NaN where undefined. */
  readonly values: Float64Array
  /** The best deviation, for all places; NaN where there is none. */
  readonly best: number
}

/** @param x eastings and `y` northings in metres, all finite, not all at one place */
export function beginCriteria(x: Float64Array, y: Float64Array): CriteriaState {
  const sample = samplePlaces(x, y, SAMPLE, SAMPLE_SEED)
  const n = sample.x.length
  const shared = { x: sharedFloat64(n), y: sharedFloat64(n) }
  shared.x.set(sample.x)
  shared.y.set(sample.y)
  return {
    ...shared,
    of: sample.of,
    deviations: triedDeviations(4 * bandwidthRules(sample.x, sample.y).silverman),
    reach: diggleReach(sample.x, sample.y),
    parts: Math.ceil(n / PLACES_PER_PART),
  }
}

export function criteriaPart(state: CriteriaState, index: number, control: Control): CriteriaPart {
  const { x, y, deviations, reach } = state
  const from = index * PLACES_PER_PART
  const to = Math.min(x.length, from + PLACES_PER_PART)
  const likelihood = new Float64Array(deviations.length)
  addLogLikelihood(x, y, deviations, from, to, likelihood, control)
  const pairs = reach > 0 ? pairsByDistance(x, y, reach, from, to, control) : new Float64Array(DIGGLE_STEPS)
  return { likelihood, pairs }
}

/**
 * The curves and the best of each. Of a sample of m of n places the best is multiplied by (m/n)^(1/6), the rate at
 * which the best bandwidth shrinks in two dimensions.
 *
 * @see Marron, J. S. (1987) Partitioned cross-validation. Econometric Reviews 6.
 */
export function finishCriteria(
  { x, of, deviations, reach }: CriteriaState,
  parts: readonly CriteriaPart[],
): { readonly likelihood: Curve; readonly diggle: Curve } {
  const factor = (x.length / of) ** (1 / 6)
  const values = new Float64Array(deviations.length)
  const pairs = new Float64Array(DIGGLE_STEPS)
  for (const part of parts) {
    for (let k = 0; k < values.length; k++) values[k] += part.likelihood[k]
    for (let k = 0; k < pairs.length; k++) pairs[k] += part.pairs[k]
  }
  const finite = values.map((value) => (Number.isFinite(value) ? value : Number.NaN))
  const likelihood = { deviations, values: finite, best: bestDeviation(deviations, finite, true) * factor }
  if (!(reach > 0)) {
    const none = new Float64Array(0)
    return { likelihood, diggle: { deviations: none, values: none, best: Number.NaN } }
  }
  const error = diggleCriterion(pairs, reach, x.length)
  const negative = error.values.map((value) => -value)
  return {
    likelihood,
    diggle: {
      deviations: error.deviations,
      values: negative,
      best: bestDeviation(error.deviations, negative, false) * factor,
    },
  }
}
