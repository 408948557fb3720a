import type { Control } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { beginCriteria, criteriaPart, finishCriteria } from './bandwidth-criteria.ts'
import { bandwidthRules } from './bandwidth-rules.ts'
import { bandwidthPerDeviation, type Kernel } from './kernels.ts'
import { locatedPlaces } from './located-sample.ts'

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
 * The two criteria are worked out on at most 5,000 places (`bandwidth-criteria.ts`).
 *
 * @throws InputError E-MTH-BANDWIDTH: fewer than two different places, or a criterion without a best value
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
  const rules = bandwidthRules(x, y)
  if (rule === 'scott' || rule === 'silverman') return rules[rule]
  if (!(rules.scott > 0)) return Number.NaN
  const state = beginCriteria(x, y)
  const parts = Array.from({ length: state.parts }, (_, index) => criteriaPart(state, index, control))
  return finishCriteria(state, parts)[rule === 'likelihood' ? 'likelihood' : 'diggle'].best
}
