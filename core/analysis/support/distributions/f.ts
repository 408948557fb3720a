import { betaLowerTail, betaUpperTail } from './beta.ts'

/** P(X ≤ x) of Fisher's F with `above` and `below` degrees of freedom; NaN for x < 0. */
export function fLowerTail(x: number, above: number, below: number): number {
  const { share, rest } = shares(x, above, below)
  return betaLowerTail(share, above / 2, below / 2, rest)
}

/** P(X > x): the p value of an F statistic. */
export function fUpperTail(x: number, above: number, below: number): number {
  const { share, rest } = shares(x, above, below)
  return betaUpperTail(share, above / 2, below / 2, rest)
}

function shares(x: number, above: number, below: number): { share: number; rest: number } {
  if (x === Infinity) return { share: 1, rest: 0 }
  const sum = above * x + below
  return { share: (above * x) / sum, rest: below / sum }
}
