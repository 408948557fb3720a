import { readFileSync } from 'node:fs'

interface OneTerm {
  readonly coefficient: number
  readonly se: number
  readonly model: number
}
interface SeriesNumbers {
  readonly coefficient: readonly [number, number]
  readonly quasi: readonly [number, number]
  readonly newey: readonly [number, number]
  readonly dispersion: number
  readonly fitted: readonly number[]
}

/** Numbers of R, made by tests/oracles/evaluate-regression/make.R. */
export const regressionOracle = JSON.parse(
  readFileSync(new URL('../../oracles/evaluate-regression/expected.json', import.meta.url), 'utf8'),
) as {
  versions: { R: string; sandwich: string; MASS: string }
  panel: {
    counts: number[][]
    treated: number
    poisson: OneTerm & { deviance: number; dispersion: number }
    negbin: OneTerm & { theta: number }
    pre: OneTerm
  }
  series: {
    counts: number[]
    days: number[]
    at: number
    none: SeriesNumbers
    harmonics: SeriesNumbers
    months: SeriesNumbers
  }
}

/** Largest relative difference of two lists. */
export function relativeDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0
  for (let k = 0; k < expected.length; k++)
    largest = Math.max(largest, Math.abs(found[k] - expected[k]) / Math.abs(expected[k]))
  return largest
}
