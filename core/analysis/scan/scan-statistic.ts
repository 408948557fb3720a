/**
 * The logarithm of the likelihood ratio of a window, for windows with more cases than expected; 0 for others.
 *
 * Poisson and space-time permutation: c·ln(c/E) + (C − c)·ln((C − c)/(C − E)), c > E strictly.
 * Bernoulli: c·ln(c/n) + (n − c)·ln((n − c)/n) + (C − c)·ln((C − c)/(N − n)) + (N − n − C + c)·ln((N − n − C + c)/(N − n))
 * − C·ln(C/N) − (N − C)·ln((N − C)/N), c/n > (C − c)/(N − n) strictly. 0·ln 0 is 0.
 *
 * @param c cases in the window, C in all
 * @see Kulldorff (1997) Communications in Statistics: Theory and Methods 26, 1481–1496; SaTScan User Guide.
 */
export function poissonStatistic(c: number, expected: number, cases: number): number {
  if (!(c > expected)) return 0
  return xLogRatio(c, expected) + xLogRatio(cases - c, cases - expected)
}

/** @param n records (cases and controls) in the window, `records` in all */
export function bernoulliStatistic(c: number, n: number, cases: number, records: number): number {
  const others = cases - c
  const outside = records - n
  // c/n > (C − c)/(N − n), in whole numbers.
  if (!(c * outside > others * n)) return 0
  return (
    xLogRatio(c, n) +
    xLogRatio(n - c, n) +
    xLogRatio(others, outside) +
    xLogRatio(outside - others, outside) -
    xLogRatio(cases, records) -
    xLogRatio(records - cases, records)
  )
}

/** A window with one case is never reported, however rare: one incident is no cluster. */
export const LEAST_CASES = 2

/** x·ln(x/y), 0 at x = 0. */
function xLogRatio(x: number, y: number): number {
  return x > 0 ? x * Math.log(x / y) : 0
}
