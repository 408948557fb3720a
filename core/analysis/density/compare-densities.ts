/** How two densities are compared at a cell. */
export type DensityMeasure =
  | 'ratio'
  | 'logRatio'
  | 'relativeRisk'
  | 'logRelativeRisk'
  | 'difference'
  | 'excess'

/** Options of the parameter, in the order they are offered. */
export const densityMeasures = [
  { value: 'relativeRisk', title: 'Relative risk (1 = as the base overall)' },
  { value: 'logRelativeRisk', title: 'Log of the relative risk' },
  { value: 'ratio', title: 'Ratio of the densities' },
  { value: 'logRatio', title: 'Log of the ratio' },
  { value: 'difference', title: 'Difference of the densities' },
  { value: 'excess', title: 'Excess over what the base explains' },
] as const satisfies readonly { readonly value: DensityMeasure; readonly title: string }[]

/** True where the base divides, so that too small a base leaves the value undefined. */
export function dividesByBase(measure: DensityMeasure): boolean {
  return measure !== 'difference' && measure !== 'excess'
}

/**
 * @param first and `base` densities per km² at a cell
 * @param overall the first's total over the base's total in the study area
 * @param per 1, or 1,000 for a ratio to people
 * @returns NaN where undefined: no base to divide by, or the logarithm of none
 */
export function compareDensities(
  measure: DensityMeasure,
  first: number,
  base: number,
  overall: number,
  per: number,
): number {
  if (measure === 'difference') return first - base
  if (measure === 'excess') return first - base * overall
  if (!(base > 0)) return Number.NaN
  const ratio = measure === 'ratio' || measure === 'logRatio' ? (per * first) / base : first / base / overall
  const value = measure === 'logRatio' || measure === 'logRelativeRisk' ? Math.log(ratio) : ratio
  return Number.isFinite(value) ? value : Number.NaN
}
