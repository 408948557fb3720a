import { gammaLowerTail, gammaQuantile, gammaUpperQuantile, gammaUpperTail } from './gamma.ts'

/** P(X ≤ x) of the chi-square distribution with `df` > 0 degrees of freedom. */
export function chiSquareLowerTail(x: number, df: number): number {
  return gammaLowerTail(x / 2, df / 2)
}

/** P(X > x): the p value of a chi-square statistic. */
export function chiSquareUpperTail(x: number, df: number): number {
  return gammaUpperTail(x / 2, df / 2)
}

/** The x with P(X ≤ x) = p. */
export function chiSquareQuantile(p: number, df: number): number {
  return 2 * gammaQuantile(p, df / 2)
}

/** The x with P(X > x) = q. */
export function chiSquareUpperQuantile(q: number, df: number): number {
  return 2 * gammaUpperQuantile(q, df / 2)
}
