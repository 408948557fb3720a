/** Below the logarithm of the smallest number: what a logarithm of 0 counts as. */
const BOTTOM = -800

/**
 * Where a rising function of the whole real line is 0: the bracket is widened by doubling from `start`, then closed by
 * Chandrupatla's mixture of halving and inverse quadratic steps to the last bits. −Infinity counts as very low.
 *
 * @see Chandrupatla, T. R. (1997) Advances in Engineering Software 28, 145–149.
 */
export function rootOf(rising: (u: number) => number, start: number): number {
  const f = (u: number): number => Math.min(-BOTTOM, Math.max(BOTTOM, rising(u)))
  let a = start
  let fa = f(a)
  if (fa === 0) return a
  let reach = 0.5
  let b = fa < 0 ? a + reach : a - reach
  let fb = f(b)
  while (fa < 0 === fb < 0 && reach < 1e4) {
    a = b
    fa = fb
    reach *= 2
    b = fa < 0 ? a + reach : a - reach
    fb = f(b)
  }
  if (fa < 0 === fb < 0) return fa < 0 ? Infinity : -Infinity
  let share = 0.5
  let c = a
  let fc = fa
  for (let i = 0; i < 200; i++) {
    const t = a + share * (b - a)
    const ft = f(t)
    if (ft < 0 === fa < 0) {
      c = a
      fc = fa
    } else {
      c = b
      fc = fb
      b = a
      fb = fa
    }
    a = t
    fa = ft
    const [best, rest] = Math.abs(fb) < Math.abs(fa) ? [b, fb] : [a, fa]
    const tolerance = 2 * 1.2e-16 * Math.abs(best) + 1e-18
    const least = tolerance / Math.abs(b - a)
    if (least > 0.5 || rest === 0) return best
    const xi = (a - b) / (c - b)
    const phi = (fa - fb) / (fc - fb)
    share =
      phi * phi < xi && (1 - phi) ** 2 < 1 - xi
        ? (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
        : 0.5
    share = Math.min(1 - least, Math.max(least, share))
  }
  return a
}
