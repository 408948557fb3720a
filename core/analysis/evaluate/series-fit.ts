import type { Control } from '#core/contract/method.ts'
import { studentTTwoSided, studentTUpperQuantile } from '../support/distributions/student-t.ts'
import { type CountDesign, type CountFit, fitCounts } from './count-regression.ts'
import { influenceOf, inverseColumn, neweyWestVariance } from './robust-variance.ts'

export interface Series {
  readonly counts: Float64Array
  /** Days of each step. */
  readonly days: Float64Array
  /** First step after the change. */
  readonly change: number
  /** Where each step stands in the year, in turns: 0 up to 1. */
  readonly turn: Float64Array
  /** Calendar month of each step, 0–11. */
  readonly month: Int32Array
}

/** A coefficient as a ratio with its interval. */
export interface RatioEstimate {
  readonly coefficient: number
  readonly standardError: number
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly pValue: number
}

export interface SeriesFit {
  readonly fit: CountFit
  readonly level: RatioEstimate
  readonly slope: RatioEstimate
  /** Fitted counts had neither level nor slope changed. */
  readonly carriedOn: Float64Array
  /** Correlation of each step's Pearson residual with the one before. */
  readonly autocorrelation: number
  readonly lag: number
}

export interface SeriesOptions {
  readonly season: 'none' | 'harmonics' | 'months'
  readonly harmonics: number
  readonly errors: 'quasi' | 'newey-west'
  /** 0: ⌊4·(n/100)^(2/9)⌋. */
  readonly lag: number
  readonly alpha: number
}

const LEVEL = 2
const SLOPE = 3

/**
 * Segmented regression of counts:
 *
 *     log μ_t = a + b·t + level·[t ≥ change] + slope·max(0, t − change) + season_t + log days_t
 *
 * season: Σ_h (sin, cos)(2π·h·turn), or an effect of each calendar month. Errors: quasi-Poisson (variance times the
 * Pearson dispersion), or Newey and West with Bartlett weights up to `lag`. Intervals by t with n − k degrees of freedom.
 *
 * @returns null when the series is too short for its explanations or the fit does not settle
 * @see Bernal, Cummins and Gasparrini (2017) International Journal of Epidemiology 46, 348–355.
 */
export function fitSeries(series: Series, options: SeriesOptions, control: Control): SeriesFit | null {
  const design = designOf(series, options)
  const df = design.rows - design.columns
  if (df < 1) return null
  const fit = fitCounts(design, Infinity, control)
  if (fit === null || !fit.converged) return null
  const lag = options.lag > 0 ? options.lag : Math.floor(4 * (design.rows / 100) ** (2 / 9))
  const estimate = (column: number): RatioEstimate => {
    const variance =
      options.errors === 'quasi'
        ? inverseColumn(design, fit, column)[column] * fit.dispersion
        : neweyWestVariance(influenceOf(design, fit, column), lag)
    const coefficient = fit.coefficients[column]
    const standardError = Math.sqrt(variance)
    const half = studentTUpperQuantile(options.alpha / 2, df) * standardError
    return {
      coefficient,
      standardError,
      ratio: Math.exp(coefficient),
      low: Math.exp(coefficient - half),
      high: Math.exp(coefficient + half),
      pValue: studentTTwoSided(coefficient / standardError, df),
    }
  }
  const carriedOn = fit.fitted.map((mu, t) => {
    const since = Math.max(0, t - series.change)
    const changed = t >= series.change ? fit.coefficients[LEVEL] + fit.coefficients[SLOPE] * since : 0
    return mu * Math.exp(-changed)
  })
  return {
    fit,
    level: estimate(LEVEL),
    slope: estimate(SLOPE),
    carriedOn,
    autocorrelation: autocorrelationOf(series.counts, fit.fitted),
    lag: options.errors === 'quasi' ? 0 : lag,
  }
}

function designOf({ counts, days, change, turn, month }: Series, options: SeriesOptions): CountDesign {
  const rows = counts.length
  const months = options.season === 'months' ? [...new Set(month)].sort((a, b) => a - b).slice(1) : []
  const seasonal = options.season === 'harmonics' ? 2 * options.harmonics : months.length
  const columns = 4 + seasonal
  const index = new Int32Array(rows * columns)
  const value = new Float64Array(rows * columns)
  for (let t = 0; t < rows; t++) {
    const put = (column: number, held: number): void => {
      index[t * columns + column] = column
      value[t * columns + column] = held
    }
    put(0, 1)
    put(1, t)
    put(LEVEL, t >= change ? 1 : 0)
    put(SLOPE, Math.max(0, t - change))
    for (let h = 1; options.season === 'harmonics' && h <= options.harmonics; h++) {
      put(2 + 2 * h, Math.sin(2 * Math.PI * h * turn[t]))
      put(3 + 2 * h, Math.cos(2 * Math.PI * h * turn[t]))
    }
    months.forEach((each, k) => {
      put(4 + k, month[t] === each ? 1 : 0)
    })
  }
  return { rows, columns, perRow: columns, index, value, counts, offset: days.map(Math.log) }
}

function autocorrelationOf(counts: Float64Array, fitted: Float64Array): number {
  const residual = counts.map((y, t) => (y - fitted[t]) / Math.sqrt(fitted[t]))
  const mean = residual.reduce((sum, each) => sum + each, 0) / residual.length
  let product = 0
  let square = 0
  for (let t = 0; t < residual.length; t++) {
    square += (residual[t] - mean) ** 2
    if (t > 0) product += (residual[t] - mean) * (residual[t - 1] - mean)
  }
  return square > 0 ? product / square : Number.NaN
}
