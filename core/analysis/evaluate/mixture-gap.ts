import { simplexWeights } from './simplex-weights.ts'

export interface MixtureGap {
  readonly weights: Float64Array
  readonly mixture: Float64Array
  readonly errorBefore: number
  readonly errorAfter: number
  /** Σ target / Σ mixture after; NaN where the mixture holds nothing. */
  readonly ratio: number
}

/**
 * How one series parts from the mixture of others that ran most like it before.
 *
 * @param before number of steps before; the rest lie after
 */
export function mixtureGap(
  target: Float64Array,
  others: readonly Float64Array[],
  before: number,
  days: Float64Array,
): MixtureGap {
  const weights = simplexWeights(
    target.subarray(0, before),
    others.map((each) => each.subarray(0, before)),
  )
  const mixture = new Float64Array(target.length)
  others.forEach((each, j) => {
    for (let t = 0; t < mixture.length; t++) mixture[t] += weights[j] * each[t]
  })
  let errorBefore = 0
  let errorAfter = 0
  let own = 0
  let mixed = 0
  for (let t = 0; t < target.length; t++) {
    const square = (target[t] - mixture[t]) ** 2
    if (t < before) errorBefore += square
    else {
      errorAfter += square
      own += target[t] * days[t]
      mixed += mixture[t] * days[t]
    }
  }
  return {
    weights,
    mixture,
    errorBefore: Math.sqrt(errorBefore / before),
    errorAfter: Math.sqrt(errorAfter / (target.length - before)),
    ratio: mixed > 0 ? own / mixed : Number.NaN,
  }
}
