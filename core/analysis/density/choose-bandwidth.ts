import type { Control } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { bandwidthRules } from './bandwidth-rules.ts'
import { bestDeviation } from './best-deviation.ts'
import {
  addLogLikelihood,
  diggleCriterion,
  diggleReach,
  pairsByDistance,
  triedDeviations,
} from './cross-validation.ts'
import { bandwidthPerDeviation, type Kernel } from './kernels.ts'
import { locatedPlaces, samplePlaces } from './located-sample.ts'

/** Places the two criteria are tried on; of more, a seeded sample. All pairs of these are looked at. */
export const SAMPLE = 5000
export const SAMPLE_SEED = 1

export const bandwidthRuleOptions = [
  { value: 'silverman', title: 'Silverman, robust' },
  { value: 'scott', title: 'Scott' },
  { value: 'likelihood', title: 'Likelihood cross-validation' },
  { value: 'diggle', title: 'Berman and Diggle (mean square error)' },
] as const
export type BandwidthRule = (typeof bandwidthRuleOptions)[number]['value']

/**
 * The bandwidth given, or when that is 0 the one of a rule, turned from the standard deviation the rule speaks of to
 * the bandwidth of the kernel (a quartic of radius √8·σ has the standard deviation σ on each axis).
 *
 * The two criteria are worked out on at most 5,000 places; of n > m = 5,000 a seeded sample of m is taken and the
 * answer multiplied by (m/n)^(1/6), the rate at which the best bandwidth shrinks in two dimensions.
 *
 * @throws InputError E-MTH-BANDWIDTH: fewer than two different places, or a criterion without a best value
 * @see Marron, J. S. (1987) Partitioned cross-validation. Econometric Reviews 6.
 */
export function chooseBandwidth(
  x: Float64Array,
  y: Float64Array,
  mask: Uint8Array,
  given: number,
  rule: string,
  kernel: Kernel,
  control: Control,
): number {
  if (given > 0) return given
  const places = locatedPlaces(x, y, mask)
  const deviation = deviationBy(rule, places.x, places.y, control)
  if (!(deviation > 0)) {
    const one = rule === 'silverman' || rule === 'scott'
    throw new InputError(
      'E-MTH-BANDWIDTH',
      one
        ? 'No bandwidth can be worked out: fewer than two different places are selected.'
        : 'No bandwidth can be worked out by this rule: it finds no best one, as happens where many incidents share a place or very few are selected.',
      {
        cure: one
          ? 'Give the bandwidth in metres, or select more incidents.'
          : "Give the bandwidth in metres, or take Silverman's rule.",
      },
    )
  }
  return deviation * bandwidthPerDeviation(kernel)
}

function deviationBy(rule: string, x: Float64Array, y: Float64Array, control: Control): number {
  if (rule === 'scott' || rule === 'silverman') return bandwidthRules(x, y)[rule]
  const sample = samplePlaces(x, y, SAMPLE, SAMPLE_SEED)
  const n = sample.x.length
  const highest = 4 * bandwidthRules(sample.x, sample.y).silverman
  if (!(highest > 0)) return Number.NaN
  if (rule === 'likelihood') {
    const deviations = triedDeviations(highest)
    const values = new Float64Array(deviations.length)
    addLogLikelihood(sample.x, sample.y, deviations, 0, n, values, control)
    return bestDeviation(deviations, values, true) * sampleFactor(n, sample.of)
  }
  const reach = diggleReach(sample.x, sample.y)
  if (!(reach > 0)) return Number.NaN
  const { deviations, values } = diggleCriterion(
    pairsByDistance(sample.x, sample.y, reach, 0, n, control),
    reach,
    n,
  )
  return (
    bestDeviation(
      deviations,
      values.map((value) => -value),
      false,
    ) * sampleFactor(n, sample.of)
  )
}

/** What the best bandwidth of a sample of m is multiplied by for all n. */
export function sampleFactor(m: number, n: number): number {
  return (m / n) ** (1 / 6)
}
