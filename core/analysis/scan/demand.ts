import type { ScanState } from './scan-state.ts'
import { LEAST_CASES } from './scan-statistic.ts'
import { statisticOf } from './statistic-of.ts'

/** Up to here every number of cases has its own limit; above, runs of a sixteenth share that of their largest. */
const EACH = 32

/**
 * Lowers the table of least measures to what a window must beat to have more than this statistic: for each number of
 * cases the largest measure that could, a hair on the generous side. What is let through is worked out exactly.
 *
 * @param least one entry for each number of cases
 * @param statistic above 0
 * Cost: about 40 logarithms for each of some hundred limits.
 */
export function demand(state: ScanState, least: Float64Array, statistic: number): void {
  for (let c = 0; c < Math.min(LEAST_CASES, least.length); c++) least[c] = 0
  for (let c = LEAST_CASES; c < least.length; ) {
    const last = c < EACH ? c : Math.min(least.length - 1, c + (c >> 4))
    // More cases allow more measure, so the limit of the last does for all of the run.
    const limit = limitFor(state, last, statistic)
    for (; c <= last; c++) if (least[c] > limit) least[c] = limit
  }
}

/** By bisection between no measure and the measure at which the cases are just those expected. */
function limitFor(state: ScanState, c: number, statistic: number): number {
  let low = 0
  let high = state.likelihood === 'bernoulli' ? (c * state.perExpected) / state.cases : c * state.perExpected
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2
    const reached = state.likelihood === 'bernoulli' && middle < c ? Infinity : statisticOf(state, c, middle)
    if (reached >= statistic) low = middle
    else high = middle
  }
  return high * (1 + 1e-9)
}
