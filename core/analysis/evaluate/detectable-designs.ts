import { normalQuantile } from '../support/distributions/normal-quantile.ts'
import { normalUpperTail } from '../support/normal.ts'
import { randomOf } from '../support/random.ts'
import { countSampler } from './count-sampler.ts'

/**
 * A design in terms of the counts it will compare: the mean of each were nothing to happen, which of them the work
 * lowers, and the statistic that is tested (an estimate and its variance; NaN variance: not tested).
 */
export interface Design {
  readonly name: string
  readonly means: readonly number[]
  readonly lowered: readonly boolean[]
  statistic(counts: readonly number[]): { readonly estimate: number; readonly variance: number }
}

/** Signed sum of weighted counts, variance Σ count·weight². */
export function differenceDesign(
  name: string,
  means: readonly number[],
  lowered: readonly boolean[],
  weights: readonly number[],
): Design {
  return {
    name,
    means,
    lowered,
    statistic: (counts) => {
      let estimate = 0
      let variance = 0
      counts.forEach((count, k) => {
        estimate += weights[k] * count
        variance += weights[k] * weights[k] * count
      })
      return { estimate, variance: variance > 0 ? variance : Number.NaN }
    },
  }
}

/** Signed sum of logarithms of counts, variance Σ 1/count; not tested where a count is 0. */
export function logRatioDesign(
  name: string,
  means: readonly number[],
  lowered: readonly boolean[],
  signs: readonly number[],
  expected: number,
): Design {
  return {
    name,
    means,
    lowered,
    statistic: (counts) => {
      let estimate = -expected
      let variance = 0
      counts.forEach((count, k) => {
        estimate += signs[k] * Math.log(count)
        variance += 1 / count
      })
      return Number.isFinite(estimate) ? { estimate, variance } : { estimate: 0, variance: Number.NaN }
    },
  }
}

/** Chance that a fall by this share is seen (two-sided test at alpha, counted in its own direction). */
export function powerOf(design: Design, fall: number, dispersion: number, alpha: number): number {
  const { estimate, variance } = design.statistic(
    design.means.map((mean, k) => (design.lowered[k] ? mean * (1 - fall) : mean)),
  )
  const z = normalQuantile(1 - alpha / 2)
  return Number.isNaN(variance)
    ? Number.NaN
    : normalUpperTail(z - Math.abs(estimate) / Math.sqrt(variance * dispersion))
}

/** The smallest fall that is seen with the power asked for; NaN where no fall is. */
export function smallestFall(design: Design, dispersion: number, alpha: number, power: number): number {
  const steps = 1000
  for (let k = 1; k < steps; k++) {
    if (!(powerOf(design, k / steps, dispersion, alpha) >= power)) continue
    let low = (k - 1) / steps
    let high = k / steps
    for (let halving = 0; halving < 40; halving++) {
      const middle = (low + high) / 2
      if (powerOf(design, middle, dispersion, alpha) >= power) high = middle
      else low = middle
    }
    return high
  }
  return Number.NaN
}

/** Share of drawn studies in which the test at alpha speaks of a fall (or, with `either`, of any change). */
export function simulatedShare(
  design: Design,
  fall: number,
  dispersion: number,
  alpha: number,
  draws: number,
  seed: number,
  stream: number,
  either: boolean,
): number {
  const samplers = design.means.map((mean, k) =>
    countSampler(design.lowered[k] ? mean * (1 - fall) : mean, dispersion),
  )
  const z = normalQuantile(1 - alpha / 2)
  let seen = 0
  for (let draw = 0; draw < draws; draw++) {
    const random = randomOf(seed, stream * draws + draw)
    const { estimate, variance } = design.statistic(samplers.map((sample) => sample(random)))
    const score = estimate / Math.sqrt(variance * dispersion)
    if (score <= -z || (either && score >= z)) seen++
  }
  return seen / draws
}
