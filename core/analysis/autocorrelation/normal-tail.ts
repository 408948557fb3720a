import { normalLowerTail, normalTwoSided, normalUpperTail } from '../support/normal.ts'

/** p of z from the normal distribution: two-sided, or its upper (`greater`) or lower (`less`) tail. NaN for NaN. */
export function normalTail(z: number, alternative: string): number {
  return alternative === 'greater'
    ? normalUpperTail(z)
    : alternative === 'less'
      ? normalLowerTail(z)
      : normalTwoSided(z)
}
