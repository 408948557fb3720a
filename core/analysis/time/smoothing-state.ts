/** Exponential smoothing with additive errors: level, damped trend and season as the last values leave them. */
export interface SmoothingSettings {
  readonly alpha: number
  /** 0 without a trend. */
  readonly beta: number
  /** 0 without a season. */
  readonly gamma: number
  readonly phi: number
}

export interface SmoothingState {
  readonly level: number
  readonly trend: number
  /** Season of the steps to come, next first; empty without a season. */
  readonly season: Float64Array
}

/**
 * One pass over the values.
 *
 *     expected_t = level + φ·trend + season_(t−m),  e_t = y_t − expected_t
 *     level' = level + φ·trend + α·e,  trend' = φ·trend + β·e,  season_t = season_(t−m) + γ·e
 *
 * A blank (NaN) leaves the states to run on (e = 0).
 *
 * @param errors written: e_t, NaN at a blank
 * @returns the state after the last value
 * @see Hyndman, R. J., Koehler, A. B., Ord, J. K. and Snyder, R. D. (2008), Forecasting with Exponential Smoothing.
 */
export function smooth(
  values: Float64Array,
  { alpha, beta, gamma, phi }: SmoothingSettings,
  start: SmoothingState,
  errors: Float64Array,
): SmoothingState {
  let { level, trend } = start
  const season = start.season.slice()
  const m = season.length
  for (let t = 0, at = 0; t < values.length; t++) {
    const run = level + phi * trend
    const error = values[t] - run - (m > 0 ? season[at] : 0)
    errors[t] = error
    const known = Number.isNaN(error) ? 0 : error
    level = run + alpha * known
    trend = phi * trend + beta * known
    if (m > 0) {
      season[at] += gamma * known
      at = at + 1 === m ? 0 : at + 1
    }
  }
  const turn = m > 0 ? values.length % m : 0
  return { level, trend, season: Float64Array.from(season, (_, k) => season[(turn + k) % m]) }
}

/** What a state leads one to expect `horizon` steps on. */
export function carriedOn(state: SmoothingState, phi: number, horizon: number): Float64Array {
  const out = new Float64Array(horizon)
  let damped = 0
  let power = 1
  for (let h = 0; h < horizon; h++) {
    power *= phi
    damped += power
    out[h] =
      state.level +
      damped * state.trend +
      (state.season.length > 0 ? state.season[h % state.season.length] : 0)
  }
  return out
}
