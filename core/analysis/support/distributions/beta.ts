/**
 * The beta distribution: regularised incomplete beta function and its inverse, to about 1e-13 relative in both tails.
 * Every function takes y = 1 − x beside x, because near x = 1 the difference holds what x cannot.
 *
 * @see Didonato and Morris (1992) ACM Transactions on Mathematical Software 18, 360–373 (continued fraction); Loader
 *      (2000) for the leading term. Checked against R's pbeta and qbeta.
 */
import { halfDeviance, logGamma, stirlingRest } from './gamma.ts'
import { rootOf } from './root.ts'

/** Quantiles below the smallest normal number are 0. */
const SMALLEST = 2.3e-308

/** C(n, k)·x^k·y^(n − k) with n = k + rest, neither always whole; x + y = 1. */
export function binomialTerm(k: number, rest: number, x: number, y: number): number {
  if (x === 0) return k === 0 ? 1 : 0
  if (y === 0) return rest === 0 ? 1 : 0
  const n = k + rest
  if (k === 0) return Math.exp(rest * (x < 0.1 ? Math.log1p(-x) : Math.log(y)))
  if (rest === 0) return Math.exp(k * (y < 0.1 ? Math.log1p(-y) : Math.log(x)))
  const log =
    stirlingRest(n) -
    stirlingRest(k) -
    stirlingRest(rest) -
    halfDeviance(k, n * x) -
    halfDeviance(rest, n * y)
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * k * rest))
}

/** ln B(a, b). */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}

/** I_x(a, b) = P(X ≤ x) of the beta distribution. NaN outside a, b > 0 and x in [0, 1]. */
export function betaLowerTail(x: number, a: number, b: number, y = 1 - x): number {
  if (!(a > 0 && b > 0 && x >= 0 && y >= 0)) return Number.NaN
  if (x === 0) return 0
  if (y === 0) return 1
  return a * y >= b * x ? fraction(x, y, a, b) : 1 - fraction(y, x, b, a)
}

/** 1 − I_x(a, b), accurate where it is small. */
export function betaUpperTail(x: number, a: number, b: number, y = 1 - x): number {
  return betaLowerTail(y, b, a, x)
}

/** The x with I_x(a, b) = p. NaN for p outside [0, 1]. */
export function betaQuantile(p: number, a: number, b: number): number {
  return quantiles(p, 1 - p, a, b).x
}

/** The x with 1 − I_x(a, b) = q: exact for small q. */
export function betaUpperQuantile(q: number, a: number, b: number): number {
  return quantiles(1 - q, q, a, b).x
}

/** Solved for ln(x/y), so that x near 1 is as exact as x near 0. */
function quantiles(p: number, q: number, a: number, b: number): { x: number; y: number } {
  if (!(p >= 0 && q >= 0 && a > 0 && b > 0)) return { x: Number.NaN, y: Number.NaN }
  if (p === 0) return { x: 0, y: 1 }
  if (q === 0) return { x: 1, y: 0 }
  const at = (u: number): { x: number; y: number } => ({
    x: 1 / (1 + Math.exp(-u)),
    y: 1 / (1 + Math.exp(u)),
  })
  const rising = (u: number): number => {
    const { x, y } = at(u)
    return p <= q
      ? Math.log(betaLowerTail(x, a, b, y)) - Math.log(p)
      : Math.log(q) - Math.log(betaUpperTail(x, a, b, y))
  }
  const { x, y } = at(rootOf(rising, Math.log(a / b)))
  return x < SMALLEST ? { x: 0, y: 1 } : { x, y }
}

/** I_x(a, b) for x up to about its mean. */
function fraction(x: number, y: number, a: number, b: number): number {
  const leading = (binomialTerm(a, b, x, y) * a * b) / (a + b)
  let f = (a * (a * y - b * x + 1)) / (a + 1)
  if (f === 0) f = 1e-300
  let c = f
  let d = 0
  for (let m = 1; m < 1e7; m++) {
    const before = a + 2 * m - 1
    const top = ((m * (a + m - 1)) / before) * ((a + b + m - 1) / before) * (b - m) * x * x
    const bottom =
      m + (m * (b - m) * x) / before + ((a + m) * (a * y - b * x + 1 + m * (1 + y))) / (before + 2)
    d = bottom + top * d
    c = bottom + top / c
    if (d === 0) d = 1e-300
    if (c === 0) c = 1e-300
    d = 1 / d
    const step = c * d
    f *= step
    if (Math.abs(step - 1) < 2.3e-16) break
  }
  return leading / f
}
