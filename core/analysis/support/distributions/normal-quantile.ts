import { normalUpperTail } from '../normal.ts'
import { rootOf } from './root.ts'

/** The z with P(Z ≤ z) = p; ∓Infinity at 0 and 1, NaN outside. As exact as the tail it inverts, 1e-15. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0.5) return 0
  if (p > 0.5) return -normalQuantile(1 - p)
  if (p === 0) return -Infinity
  return -rootOf((z) => Math.log(p) - Math.log(normalUpperTail(z)), Math.sqrt(-2 * Math.log(2 * p)))
}
