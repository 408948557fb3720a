import { type Ahead, lookAhead, type ModelName, modelNames } from './forecast-models.ts'

export interface BackTest {
  readonly model: ModelName
  /** Forecasts that could be judged. */
  readonly judged: number
  readonly meanAbsoluteError: number
  /** Mean absolute error over that of the season before within the known steps: under 1 is better. */
  readonly mase: number
  readonly coverage80: number
  readonly coverage95: number
}

/**
 * Each model as if it had been used: from every one of the last `origins` steps in turn, with nothing known but what
 * came before, `horizon` steps ahead.
 *
 *     MASE = mean over judged steps of |count − forecast| / s,  s = mean |y_t − y_(t−m)| of the steps known at that origin
 *
 * Only steps that every model could foresee are judged, so that all are measured on the same ones.
 *
 * @see Hyndman, R. J. and Koehler, A. B. (2006), Another look at measures of forecast accuracy, International Journal of
 *      Forecasting 22, 679–688; Tashman (2000), International Journal of Forecasting 16, 437–450.
 */
export function backTest(
  counts: Float64Array,
  days: Float64Array,
  period: number,
  horizon: number,
  origins: number,
  tick: (done: number) => void,
): BackTest[] {
  const n = counts.length
  const sums = modelNames.map(() => ({ judged: 0, error: 0, scaled: 0, in80: 0, in95: 0 }))
  for (let k = 0; k < origins; k++) {
    const origin = n - origins + k
    const known = counts.subarray(0, origin)
    const scale = seasonalChange(known, period)
    const ahead = Math.min(horizon, n - origin)
    const all = modelNames.map((model) =>
      lookAhead(model, known, days, period, ahead, () => tick(k / origins)),
    )
    if (!(scale > 0) || all.includes(null)) continue
    for (let h = 0; h < ahead; h++) {
      const actual = counts[origin + h]
      if (Number.isNaN(actual)) continue
      all.forEach((each, m) => {
        const { mean, low80, high80, low95, high95 } = each as Ahead
        const sum = sums[m]
        const error = Math.abs(actual - mean[h])
        sum.judged++
        sum.error += error
        sum.scaled += error / scale
        if (actual >= low80[h] && actual <= high80[h]) sum.in80++
        if (actual >= low95[h] && actual <= high95[h]) sum.in95++
      })
    }
  }
  return modelNames.map((model, m) => {
    const { judged, error, scaled, in80, in95 } = sums[m]
    const of = (sum: number): number => (judged > 0 ? sum / judged : Number.NaN)
    return {
      model,
      judged,
      meanAbsoluteError: of(error),
      mase: of(scaled),
      coverage80: of(in80),
      coverage95: of(in95),
    }
  })
}

/** Mean |y_t − y_(t−m)|; NaN without a pair. */
function seasonalChange(counts: Float64Array, period: number): number {
  let sum = 0
  let pairs = 0
  for (let t = period; t < counts.length; t++) {
    const change = Math.abs(counts[t] - counts[t - period])
    if (Number.isNaN(change)) continue
    sum += change
    pairs++
  }
  return pairs > 0 ? sum / pairs : Number.NaN
}
