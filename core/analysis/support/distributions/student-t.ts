import { normalUpperTail } from '../normal.ts'
import { betaLowerTail, logBeta } from './beta.ts'
import { normalQuantile } from './normal-quantile.ts'
import { rootOf } from './root.ts'

/** P(T > t) of Student's t with `df` > 0 degrees of freedom, Infinity for the normal. */
export function studentTUpperTail(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return Number.NaN
  if (df === Infinity) return normalUpperTail(t)
  const half = studentTTwoSided(t, df) / 2
  return t > 0 ? half : 1 - half
}

/** P(T ≤ t). */
export function studentTLowerTail(t: number, df: number): number {
  return studentTUpperTail(-t, df)
}

/** P(|T| ≥ |t|). */
export function studentTTwoSided(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return Number.NaN
  if (df === Infinity) return 2 * normalUpperTail(Math.abs(t))
  const size = Math.abs(t)
  // Where t² would overflow, df beside it is nothing, and the first term of the series is all there is.
  if (size > 1e150)
    return (2 / df) * Math.exp((df / 2) * Math.log(df) - df * Math.log(size) - logBeta(df / 2, 0.5))
  return betaLowerTail(df / (df + t * t), df / 2, 0.5, (t * t) / (df + t * t))
}

/** The t with P(T ≤ t) = p. */
export function studentTQuantile(p: number, df: number): number {
  if (p > 0.5) return studentTUpperQuantile(1 - p, df)
  return -studentTUpperQuantile(p, df)
}

/** The t with P(T > t) = q: exact for small q. */
export function studentTUpperQuantile(q: number, df: number): number {
  if (!(q >= 0 && q <= 1 && df > 0)) return Number.NaN
  if (df === Infinity) return -normalQuantile(q)
  if (q === 0) return Infinity
  if (q === 0.5) return 0
  if (q > 0.5) return -studentTUpperQuantile(1 - q, df)
  return Math.exp(rootOf((u) => Math.log(q) - Math.log(studentTUpperTail(Math.exp(u), df)), 0))
}
