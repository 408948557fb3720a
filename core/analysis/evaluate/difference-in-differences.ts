import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { caveat } from '../support/caveats.ts'
import { readBeforeAfter } from './before-after.ts'
import { differenceInDifferencesCard, type parameters } from './difference-in-differences-card.ts'
import { confidence, figure } from './figures.ts'
import { layPlaces, placeZones } from './lay-places.ts'
import { type PanelEffect, panelEffect } from './panel-effect.ts'
import { placesAsUnits } from './places-as-units.ts'
import { countSlices, slicesOf } from './slices.ts'

export interface DifferenceInDifferencesSummary {
  readonly sentence: string
  readonly effectPercent: number
  readonly low: number
  readonly high: number
  readonly pValue: number
  readonly coefficient: number
  readonly standardError: number
  readonly alpha: number
  readonly family: string
  readonly theta: number
  readonly dispersion: number
  readonly places: { readonly treated: number; readonly comparison: number }
  readonly trendBefore: {
    readonly percentPerStep: number
    readonly low: number
    readonly high: number
    readonly pValue: number
  }
}

/** Steps before that a line through them needs to be more than a line through noise. */
const FEWEST_STEPS = 3
/** Below this many places in a group cluster-robust errors come out too small. */
const FEW_PLACES = 20

/**
 * See the card for the formula; `panelEffect` for symbols and nulls, `fitCounts` for the fit. Deterministic.
 * Cost: a microsecond an incident, and (places + steps)³/3 a step of the fit: a second for 500 places.
 * Errors: as weightedDisplacement, and E-EVL-FEW-PLACES, E-EVL-STEP.
 */
export const differenceInDifferences: Method<typeof parameters, DifferenceInDifferencesSummary> = {
  card: differenceInDifferencesCard,

  run(incidents, params, context, control) {
    const periods = readBeforeAfter(params, incidents, context)
    const slices = slicesOf(params.step, periods.before, periods.after, incidents)
    const laid = layPlaces(incidents, placeZones(context), control)
    const units = placesAsUnits(context, laid, 1)
    const places = units.treated + units.control
    const counts = countSlices(incidents, units.unitOf, places, slices, control)
    const family = params.family === 'poisson' ? 'poisson' : 'negative-binomial'
    const { alpha } = params
    const panel = { counts, places, treated: units.treated, steps: slices.length }
    const effect = panelEffect(
      panel,
      Float64Array.from(slices, ({ after }) => Number(after)),
      family,
      alpha,
      control,
    )

    const stepsBefore = slices.filter(({ after }) => !after).length
    const early = new Float64Array(places * stepsBefore)
    for (let place = 0; place < places; place++)
      for (let step = 0; step < stepsBefore; step++)
        early[place * stepsBefore + step] = counts[place * slices.length + step]
    const trend =
      stepsBefore < FEWEST_STEPS
        ? null
        : panelEffect(
            { ...panel, counts: early, steps: stepsBefore },
            Float64Array.from({ length: stepsBefore }, (_, step) => step - (stepsBefore - 1) / 2),
            family,
            alpha,
            control,
          )

    const total = (step: number, from: number, to: number): number => {
      let sum = 0
      for (let place = from; place < to; place++) sum += counts[place * slices.length + step]
      return sum
    }
    const days = slices.reduce((sum, slice) => sum + slice.days, 0)
    const leftOver = periods.before.days + periods.after.days - days
    const caveats: Caveat[] = [...periods.caveats, ...laid.caveats]
    if (leftOver > 0)
      caveats.push(
        caveat('days-left-over', `${leftOver} days at the far ends fill no whole week and are not used.`),
      )
    caveats.push(...effectCaveats(effect, trend, places, family))
    return {
      summary: {
        sentence: sentenceOf(effect, alpha),
        effectPercent: 100 * (effect.ratio - 1),
        low: 100 * (effect.low - 1),
        high: 100 * (effect.high - 1),
        pValue: effect.pValue,
        coefficient: effect.coefficient,
        standardError: effect.standardError,
        alpha,
        family,
        theta: effect.fit && Number.isFinite(effect.fit.theta) ? effect.fit.theta : Number.NaN,
        dispersion: effect.fit?.dispersion ?? Number.NaN,
        places: { treated: effect.treatedPlaces, comparison: effect.places - effect.treatedPlaces },
        trendBefore: {
          percentPerStep: trend ? 100 * (trend.ratio - 1) : Number.NaN,
          low: trend ? 100 * (trend.low - 1) : Number.NaN,
          high: trend ? 100 * (trend.high - 1) : Number.NaN,
          pValue: trend ? trend.pValue : Number.NaN,
        },
      },
      columns: {
        step: slices.map(({ label }) => label),
        after: Uint8Array.from(slices, ({ after }) => Number(after)),
        treated: Float64Array.from(slices, (_, step) => total(step, 0, units.treated)),
        comparison: Float64Array.from(slices, (_, step) => total(step, units.treated, places)),
      },
      caveats,
    }
  },
}

function effectCaveats(
  effect: PanelEffect,
  trend: PanelEffect | null,
  places: number,
  family: string,
): Caveat[] {
  const caveats: Caveat[] = []
  const untreated = effect.places - effect.treatedPlaces
  if (effect.places < places)
    caveats.push(
      caveat(
        'places-empty',
        `${places - effect.places} of ${places} places had no incident in either period and are left out.`,
      ),
    )
  if (Number.isNaN(effect.coefficient))
    caveats.push(
      caveat(
        'effect-undefined',
        'Treated or comparison places had no incident before or after, or the fit did not settle: there is no percentage to give.',
      ),
    )
  else if (Number.isNaN(effect.standardError))
    caveats.push(
      caveat(
        'no-interval',
        `There are ${effect.treatedPlaces} treated and ${untreated} comparison places with incidents: how places vary cannot be known from one, so no interval is given.`,
      ),
    )
  else if (effect.treatedPlaces < FEW_PLACES || untreated < FEW_PLACES)
    caveats.push(
      caveat(
        'few-places',
        `${effect.treatedPlaces} treated and ${untreated} comparison places are few: the interval is rough, and often too narrow.`,
      ),
    )
  if (trend === null || Number.isNaN(trend.pValue))
    caveats.push(
      caveat(
        'trend-untested',
        'Whether both groups ran alike before could not be tested (it needs three steps before, and two places with incidents in each group).',
      ),
    )
  else if (trend.pValue < 0.1)
    caveats.push(
      caveat(
        'trends-differ',
        `Before the work, treated places already ran differently from comparison places (${figure(100 * (trend.ratio - 1), 1)} % a step, p ${figure(trend.pValue, 3)}): the difference afterwards may only carry that on.`,
      ),
    )
  if (family === 'negative-binomial' && effect.fit?.theta === Infinity)
    caveats.push(
      caveat('poisson-enough', 'The counts vary no more than Poisson counts do, so the fit is Poisson’s.'),
    )
  return caveats
}

function sentenceOf({ ratio, low, high }: PanelEffect, alpha: number): string {
  const percent = 100 * (ratio - 1)
  if (Number.isNaN(ratio)) return 'No percentage can be given: see the caveats.'
  const change = `Recorded incidents in treated places changed by ${figure(percent, 1)} % beyond the change in comparison places`
  if (Number.isNaN(low)) return `${change}; no interval can be given, so nothing can be concluded.`
  const verdict =
    low > 1 || high < 1
      ? 'Variation between places alone is an unlikely explanation.'
      : 'The interval holds 0: variation between places alone may explain it.'
  return `${change} (${confidence(alpha)} interval ${figure(100 * (low - 1), 1)} to ${figure(100 * (high - 1), 1)} %). ${verdict} It shows a difference, not its cause, and no number of crimes that did not happen.`
}
