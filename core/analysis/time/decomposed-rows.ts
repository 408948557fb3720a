/** What is read off a decomposition: strengths, the season by name, the unusual steps. */
import { civilOf } from '../support/wall-clock.ts'
import type { DecompositionSummary } from './decomposition.ts'
import type { Series } from './series.ts'
import type { Stl } from './stl.ts'

const monthNames =
  'January February March April May June July August September October November December'.split(' ')
const dayNames = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

/** Back from the scale that was decomposed. */
export function unscaled(value: number, scale: string): number {
  return scale === 'log' ? Math.exp(value) : value
}

/** NaN where what is left to vary is rounding. */
export function strength(part: Float64Array, remainder: Float64Array, values: Float64Array): number {
  const both = variance(part.map((value, i) => value + remainder[i]))
  const size = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  return both > (1e-9 * size) ** 2 ? Math.max(0, 1 - variance(remainder) / both) : Number.NaN
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

/** Mean season of each place in the period, largest first. */
export function seasonOf(
  series: Series,
  first: number,
  { seasonal }: Stl,
  period: number,
  scale: string,
): DecompositionSummary['season'] {
  const rows = Array.from({ length: period }, (_, phase) => {
    let sum = 0
    let count = 0
    for (let i = phase; i < seasonal.length; i += period) {
      sum += seasonal[i]
      count++
    }
    const mean = sum / count
    return {
      place: placeOf(series, first + phase, phase),
      effect: scale === 'log' ? 100 * Math.expm1(mean) : mean,
    }
  })
  return rows.sort((a, b) => b.effect - a.effect)
}

function placeOf({ step, firstDay, labels }: Series, at: number, phase: number): string {
  if (step === 'month') return monthNames[civilOf(firstDay[at]).month - 1]
  return step === 'day'
    ? dayNames[(((firstDay[at] + 3) % 7) + 7) % 7]
    : `Week ${phase + 1} (from ${labels[at].slice(5)})`
}

/** The five steps furthest from trend and season. */
export function unusualOf(
  series: Series,
  first: number,
  { seasonal, trend, remainder }: Stl,
  values: Float64Array,
  scale: string,
): DecompositionSummary['unusual'] {
  return Array.from(remainder.keys())
    .sort((a, b) => Math.abs(remainder[b]) - Math.abs(remainder[a]) || a - b)
    .slice(0, 5)
    .map((i) => {
      const observed = unscaled(values[i], scale)
      const expected = unscaled(trend[i] + seasonal[i], scale)
      return { period: series.labels[first + i], observed, expected, remainder: observed - expected }
    })
}
