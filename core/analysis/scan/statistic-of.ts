import type { ScanState } from './scan-state.ts'
import { bernoulliStatistic, LEAST_CASES, poissonStatistic } from './scan-statistic.ts'

/** The statistic of a window with c cases and this measure, under the model of the scan. */
export function statisticOf(state: ScanState, c: number, measure: number): number {
  if (c < LEAST_CASES) return 0
  return state.likelihood === 'bernoulli'
    ? bernoulliStatistic(c, measure, state.cases, state.perExpected)
    : poissonStatistic(c, measure / state.perExpected, state.cases)
}
