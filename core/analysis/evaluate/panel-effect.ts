import type { Control } from '#core/contract/method.ts'
import { studentTTwoSided, studentTUpperQuantile } from '../support/distributions/student-t.ts'
import { type CountDesign, type CountFit, fitCounts } from './count-regression.ts'
import { fitNegativeBinomial } from './negative-binomial-fit.ts'
import { clusterVariance, influenceOf } from './robust-variance.ts'

/** Counts of places in steps of time, `place * steps + step`; treated places first. */
export interface Panel {
  readonly counts: Float64Array
  readonly places: number
  readonly treated: number
  readonly steps: number
}

export interface PanelEffect {
  /** Coefficient, logarithm of a ratio; NaN where there is no maximum or no such places. */
  readonly coefficient: number
  readonly standardError: number
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly pValue: number
  /** Places that had at least one incident, and so say anything. */
  readonly places: number
  readonly treatedPlaces: number
  readonly fit: CountFit | null
}

/**
 * Coefficient of one explanation in a panel with effects of place and of step:
 *
 *     log E[y_pt] = place_p + step_t + β·treated_p·exposure_t
 *
 * with errors that go together within a place (Liang and Zeger), t with places − 1 degrees of freedom. Places and
 * steps without any incident say nothing of β and are left out.
 *
 * NaN where either group has no incident in one state of the exposure, and without an interval where a group has
 * fewer than two places with incidents: the variance between places cannot be known from one.
 */
export function panelEffect(
  panel: Panel,
  exposure: Float64Array,
  family: 'poisson' | 'negative-binomial',
  alpha: number,
  control: Control,
): PanelEffect {
  const held = heldIn(panel)
  const nothing = {
    coefficient: Number.NaN,
    standardError: Number.NaN,
    ratio: Number.NaN,
    low: Number.NaN,
    high: Number.NaN,
    pValue: Number.NaN,
    places: held.places.length,
    treatedPlaces: held.places.filter((place) => place < panel.treated).length,
    fit: null,
  }
  if (!identified(panel, exposure)) return nothing
  const design = designOf(panel, exposure, held)
  const fit =
    family === 'poisson' ? fitCounts(design, Infinity, control) : fitNegativeBinomial(design, control)
  if (fit === null || !fit.converged) return nothing
  const column = design.columns - 1
  const coefficient = fit.coefficients[column]
  const untreatedPlaces = nothing.places - nothing.treatedPlaces
  if (nothing.treatedPlaces < 2 || untreatedPlaces < 2)
    return { ...nothing, coefficient, ratio: Math.exp(coefficient), fit }
  const cluster = Int32Array.from({ length: design.rows }, (_, row) => Math.floor(row / held.steps.length))
  const standardError = Math.sqrt(
    clusterVariance(influenceOf(design, fit, column), cluster, held.places.length),
  )
  const df = held.places.length - 1
  const half = studentTUpperQuantile(alpha / 2, df) * standardError
  return {
    ...nothing,
    coefficient,
    standardError,
    ratio: Math.exp(coefficient),
    low: Math.exp(coefficient - half),
    high: Math.exp(coefficient + half),
    pValue: studentTTwoSided(coefficient / standardError, df),
    fit,
  }
}

interface Held {
  readonly places: readonly number[]
  readonly steps: readonly number[]
}

function heldIn({ counts, places, steps }: Panel): Held {
  const ofPlace = new Float64Array(places)
  const ofStep = new Float64Array(steps)
  for (let place = 0; place < places; place++)
    for (let step = 0; step < steps; step++) {
      ofPlace[place] += counts[place * steps + step]
      ofStep[step] += counts[place * steps + step]
    }
  return {
    places: [...ofPlace.keys()].filter((place) => ofPlace[place] > 0),
    steps: [...ofStep.keys()].filter((step) => ofStep[step] > 0),
  }
}

/** Whether treated and other places have incidents at the lowest and above the lowest exposure. */
function identified({ counts, places, treated, steps }: Panel, exposure: Float64Array): boolean {
  const lowest = exposure.reduce((least, each) => Math.min(least, each), Infinity)
  const sums = [0, 0, 0, 0]
  for (let place = 0; place < places; place++)
    for (let step = 0; step < steps; step++)
      sums[(place < treated ? 0 : 2) + (exposure[step] > lowest ? 1 : 0)] += counts[place * steps + step]
  return sums.every((sum) => sum > 0)
}

function designOf(panel: Panel, exposure: Float64Array, { places, steps }: Held): CountDesign {
  const rows = places.length * steps.length
  const columns = places.length + steps.length
  const index = new Int32Array(rows * 3)
  const value = new Float64Array(rows * 3)
  const counts = new Float64Array(rows)
  let row = 0
  for (let p = 0; p < places.length; p++)
    for (let t = 0; t < steps.length; t++, row++) {
      counts[row] = panel.counts[places[p] * panel.steps + steps[t]]
      index[row * 3] = p
      value[row * 3] = 1
      // The first step is the one the others are measured from.
      index[row * 3 + 1] = t === 0 ? 0 : places.length + t - 1
      value[row * 3 + 1] = t === 0 ? 0 : 1
      index[row * 3 + 2] = columns - 1
      value[row * 3 + 2] = places[p] < panel.treated ? exposure[steps[t]] : 0
    }
  return { rows, columns, perRow: 3, index, value, counts, offset: new Float64Array(rows) }
}
