import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { readBeforeAfter } from './before-after.ts'
import { comparisonAreasCard, type parameters } from './comparison-areas-card.ts'
import { confidence, figure } from './figures.ts'
import { layPlaces, placeZones } from './lay-places.ts'
import { type MixtureGap, mixtureGap } from './mixture-gap.ts'
import { placesAsUnits } from './places-as-units.ts'
import { countSlices, type Slice, slicesOf } from './slices.ts'

export interface ComparisonAreasSummary {
  readonly sentence: string
  readonly effectPercent: number
  readonly placeboLow: number
  readonly placeboHigh: number
  readonly pValue: number
  readonly effectP: number
  readonly errorBefore: number
  readonly errorAfter: number
  readonly weights: readonly { readonly place: string; readonly weight: number }[]
  readonly places: number
  readonly alpha: number
}

const MOST_PLACES = 300
const FEWEST_STEPS = 3
const FEW_STEPS = 12
/** Error before, in multiples of the mean, above which the mixture is no likeness. */
const POOR_FIT = 0.3
const FEW_PLACES = 19
/** Error before, in multiples of the mean, below which the ratio of errors after to before measures nothing. */
const PERFECT = 1e-3

/**
 * See the card for the formula, `simplexWeights` for the weights. Deterministic. Cost: a microsecond an incident, and
 * (places)³ × steps / 2 for the placebo runs: under a second for 100 places.
 * Errors: as weightedDisplacement, and E-EVL-FEW-PLACES (under 2), E-EVL-MANY-PLACES (over 300), E-EVL-STEP,
 * E-EVL-SERIES (under 3 steps before, none after, or no incident in treated places before).
 */
export const comparisonAreas: Method<typeof parameters, ComparisonAreasSummary> = {
  card: comparisonAreasCard,

  run(incidents, params, context, control) {
    const periods = readBeforeAfter(params, incidents, context)
    const slices = slicesOf(params.step, periods.before, periods.after, incidents)
    const before = slices.filter(({ after }) => !after).length
    const laid = layPlaces(incidents, placeZones(context), control)
    const units = placesAsUnits(context, laid, 2)
    if (units.control > MOST_PLACES)
      throw new InputError(
        'E-EVL-MANY-PLACES',
        `The comparison can be drawn from ${MOST_PLACES} places at most; the layer has ${units.control}.`,
        { cure: 'Keep the places most like the treated ones.' },
      )
    const unitOf = units.unitOf.map((unit) => (unit < 0 ? -1 : Math.max(0, unit - units.treated + 1)))
    const counts = countSlices(incidents, unitOf, units.control + 1, slices, control)
    const target = seriesOf(counts, 0, slices, before)
    if (before < FEWEST_STEPS || before === slices.length || target === null)
      throw new InputError(
        'E-EVL-SERIES',
        `There are ${before} steps before and ${slices.length - before} after${target === null ? ', and no incident in the treated places before' : ''}: no mixture can be fitted.`,
        { cure: 'Take a longer period before, or a wider selection.' },
      )
    const names: string[] = []
    const others: Float64Array[] = []
    for (let place = 0; place < units.control; place++) {
      const series = seriesOf(counts, place + 1, slices, before)
      if (series === null) continue
      others.push(series)
      names.push(units.names[units.treated + place])
    }
    if (others.length < 2)
      throw new InputError('E-EVL-FEW-PLACES', 'Fewer than two comparison places had incidents before.', {
        cure: 'Add comparison places or take a wider selection.',
      })
    const days = Float64Array.from(slices, (slice) => slice.days)
    const own = mixtureGap(target, others, before, days)
    const placebos = others.map((series, place) => {
      control.tick(place / others.length, 'Putting other places in the role of the treated')
      return mixtureGap(
        series,
        others.filter((_, other) => other !== place),
        before,
        days,
      )
    })
    const pValue = others.length < before ? placeboP(own, placebos) : Number.NaN
    const effectP = placeboEffectP(own, placebos)
    const effects = placebos.map(({ ratio }) => 100 * (ratio - 1)).filter((each) => !Number.isNaN(each))
    effects.sort((a, b) => a - b)
    const effectPercent = 100 * (own.ratio - 1)
    const placeboLow = quantile(effects, params.alpha / 2)
    const placeboHigh = quantile(effects, 1 - params.alpha / 2)

    const caveats: Caveat[] = [...periods.caveats, ...laid.caveats]
    const leftOver = periods.before.days + periods.after.days - days.reduce((sum, each) => sum + each, 0)
    if (leftOver > 0)
      caveats.push(
        caveat('days-left-over', `${leftOver} days at the far ends fill no whole week and are not used.`),
      )
    caveats.push(...fitCaveats(own, pValue, others.length, units.control, before))
    return {
      summary: {
        sentence: sentenceOf(effectPercent, placeboLow, placeboHigh, pValue, effectP, params.alpha),
        effectPercent,
        placeboLow,
        placeboHigh,
        pValue,
        effectP,
        errorBefore: own.errorBefore,
        errorAfter: own.errorAfter,
        weights: names
          .map((place, k) => ({ place, weight: own.weights[k] }))
          .filter(({ weight }) => weight >= 0.0005)
          .sort((a, b) => b.weight - a.weight || (a.place < b.place ? -1 : 1)),
        places: others.length,
        alpha: params.alpha,
      },
      columns: {
        step: slices.map(({ label }) => label),
        after: Uint8Array.from(slices, ({ after }) => Number(after)),
        treated: target,
        mixture: own.mixture,
      },
      caveats,
    }
  },
}

/** Incidents a day as a multiple of the unit's mean before; null where it had none before. */
function seriesOf(
  counts: Float64Array,
  unit: number,
  slices: readonly Slice[],
  before: number,
): Float64Array | null {
  let sum = 0
  let days = 0
  for (let t = 0; t < before; t++) {
    sum += counts[unit * slices.length + t]
    days += slices[t].days
  }
  if (sum === 0) return null
  return Float64Array.from(slices, (slice, t) => counts[unit * slices.length + t] / slice.days / (sum / days))
}

/** NaN where the treated places' own fit before is perfect; a placebo with a perfect fit counts as parting further. */
function placeboP(own: MixtureGap, placebos: readonly MixtureGap[]): number {
  if (own.errorBefore < PERFECT) return Number.NaN
  const ratio = own.errorAfter / own.errorBefore
  const further = placebos.filter(
    ({ errorBefore, errorAfter }) => errorBefore < PERFECT || errorAfter / errorBefore >= ratio,
  ).length
  return (1 + further) / (1 + placebos.length)
}

/** Share of places, treated ones included, whose after stood at least as many times above or below their mixture. */
function placeboEffectP(own: MixtureGap, placebos: readonly MixtureGap[]): number {
  const far = ({ ratio }: MixtureGap): number => Math.abs(Math.log(ratio))
  if (Number.isNaN(own.ratio)) return Number.NaN
  // A place whose mixture held nothing after, and it something, has parted from it altogether.
  return (
    (1 + placebos.filter((each) => Number.isNaN(each.ratio) || far(each) >= far(own)).length) /
    (1 + placebos.length)
  )
}

/** Quantile of sorted values by straight lines between them. */
function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN
  const at = share * (sorted.length - 1)
  const low = Math.floor(at)
  const high = Math.min(sorted.length - 1, low + 1)
  return sorted[low] + (at - low) * (sorted[high] - sorted[low])
}

function fitCaveats(own: MixtureGap, p: number, places: number, given: number, before: number): Caveat[] {
  const caveats: Caveat[] = []
  if (places < given)
    caveats.push(
      caveat(
        'places-empty',
        `${given - places} of ${given} places had no incident before and were left out.`,
      ),
    )
  if (own.errorBefore > POOR_FIT)
    caveats.push(
      caveat(
        'fit-poor',
        `Before, the mixture missed the treated places by ${figure(100 * own.errorBefore)} % of their mean from step to step: it is a poor likeness.`,
      ),
    )
  if (before < FEW_STEPS)
    caveats.push(caveat('few-steps', `${before} steps before are few: a close fit may be chance.`))
  if (places < FEW_PLACES)
    caveats.push(
      caveat('few-comparisons', `With ${places} places p cannot be under ${figure(1 / (places + 1), 3)}.`),
    )
  if (Number.isNaN(own.ratio))
    caveats.push(
      caveat('effect-undefined', 'The mixture held no incident after: there is no percentage to give.'),
    )
  if (places >= before)
    caveats.push(
      caveat(
        'more-places-than-steps',
        `${places} places can be mixed to follow ${before} steps almost exactly, chance included: the closeness before shows nothing, the p of errors is not given, and the mixture may stray afterwards for no reason. Take more steps before, or fewer places.`,
      ),
    )
  else if (Number.isNaN(p))
    caveats.push(
      caveat(
        'ratio-undefined',
        'The mixture fits the steps before exactly, so the ratio of errors has no meaning.',
      ),
    )
  return caveats
}

function sentenceOf(
  effect: number,
  low: number,
  high: number,
  p: number,
  effectP: number,
  alpha: number,
): string {
  if (Number.isNaN(effect))
    return 'No percentage can be given: the places of the mixture had no incident after.'
  const often = (share: number): string => (share <= alpha ? 'Few' : 'Many')
  const rare = `${often(effectP)} of all places stood as far from their mixture (p ${figure(effectP, 3)})${
    Number.isNaN(p)
      ? ''
      : `; against how closely they had been matched before, ${often(p).toLowerCase()} parted as far (p ${figure(p, 3)})`
  }.`
  return `After the change, recorded incidents in treated places stood at ${figure(effect, 1)} % against a mixture of other places that had run like them; the same figure for places where nothing was done lay between ${figure(low, 1)} and ${figure(high, 1)} % (central ${confidence(alpha)} interval). ${rare} It does not show the cause, and no number of crimes that did not happen.`
}
