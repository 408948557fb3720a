import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { caveat } from '../support/caveats.ts'
import { harmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import { readBeforeAfter } from './before-after.ts'
import { countZones } from './count-zones.ts'
import { type DisplacementFigures, displacementQuotient } from './displacement-quotient.ts'
import { figure } from './figures.ts'
import { type HarmDifference, harmDifference } from './harm-difference.ts'
import {
  buffersMeet,
  bufferZones,
  CONTROL,
  type LaidPlaces,
  layPlaces,
  placeZones,
  TREATED,
} from './lay-places.ts'
import { type Counts, type Difference, type Pair, weightedDifference } from './weighted-difference.ts'
import { type parameters, weightedDisplacementCard } from './weighted-displacement-card.ts'
import { weightedDisplacementSentence } from './weighted-displacement-sentence.ts'
import type { Zone } from './zone.ts'

export interface WeightedDisplacementSummary {
  readonly sentence: string
  readonly alpha: number
  readonly beforeDays: number
  readonly afterDays: number
  readonly zones: readonly {
    readonly zone: string
    readonly areaKm2: number
    readonly before: number
    readonly after: number
    readonly weightBefore: number
    readonly weightAfter: number
  }[]
  readonly local: Difference
  readonly displacement: Difference
  readonly total: Difference
  readonly quotient: DisplacementFigures
  readonly harm: HarmDifference
}

/** Fewer than this in a count, and the normal approximation of the difference is rough. */
const FEW = 5

/** Comparison places that hold this many times more, or fewer, are not alike. */
const UNLIKE = 1.5

/** Which weight each zone has, in shares of the treated places or of their surroundings. */
function areaWeight(choice: string, laid: LaidPlaces, zone: number, partner: number): number {
  if (choice === 'none') return 1
  return laid.area[zone] / laid.area[choice === 'treated' ? TREATED : partner]
}

/**
 * See the card for the formula; `weightedDifference` and `displacementQuotient` for symbols, nulls and sources.
 * Deterministic. Cost: a microsecond an incident and zone, and the areas (under a second).
 * Errors: E-EVL-PERIOD, E-EVL-ORDER, E-EVL-OVERLAP, E-EVL-MISSING, E-EVL-MONTH-ONLY, E-EVL-NO-SHAPES,
 * E-EVL-CONTAMINATED, E-EVL-NONE.
 */
export const weightedDisplacement: Method<typeof parameters, WeightedDisplacementSummary> = {
  card: weightedDisplacementCard,

  run(incidents, params, context, control) {
    const periods = readBeforeAfter(params, incidents, context)
    const { treatedBuffer, controlBuffer } = bufferZones(context, params.bufferDistance)
    const zones: Zone[] = [...placeZones(context)]
    const at = (zone: Zone | null): number => (zone ? zones.push(zone) - 1 : -1)
    const treatedBufferAt = at(treatedBuffer)
    const controlBufferAt = at(controlBuffer)
    const laid = layPlaces(incidents, zones, control)
    const harm = harmOfIncidents(incidents, context)
    const { counts, byWeight } = countZones(incidents, laid, zones.length, periods, harm, control)

    const time: Pair = [periods.before.days / periods.after.days, 1]
    const choice = params.areaWeights
    const weights = {
      time,
      treated: 1,
      control: areaWeight(choice, laid, CONTROL, TREATED),
      ...(treatedBufferAt >= 0 && {
        treatedBuffer: areaWeight(choice, laid, treatedBufferAt, treatedBufferAt),
      }),
      ...(controlBufferAt >= 0 && {
        controlBuffer: areaWeight(
          choice,
          laid,
          controlBufferAt,
          treatedBufferAt >= 0 ? treatedBufferAt : controlBufferAt,
        ),
      }),
    }
    const countsOf = (offset: (zone: number, side: number) => number): Counts => {
      const pair = (zone: number): Pair => [offset(zone, 0), offset(zone, 1)]
      return {
        treated: pair(TREATED),
        control: pair(CONTROL),
        ...(treatedBufferAt >= 0 && { treatedBuffer: pair(treatedBufferAt) }),
        ...(controlBufferAt >= 0 && { controlBuffer: pair(controlBufferAt) }),
      }
    }
    const all = countsOf((zone, side) => counts[zone * 2 + side])
    const { alpha } = params
    const { local, displacement, total } = weightedDifference(all, weights, alpha)
    const harmTotal = harmDifference(
      harm,
      (code) => countsOf((zone, side) => byWeight![(code * zones.length + zone) * 2 + side]),
      weights,
      alpha,
      context.weights?.unit ?? '',
    )
    // Ratios of one period need no allowance for its length; a plain difference does.
    const quotient = {
      ...displacementQuotient(all),
      grossEffect: all.treated[0] / time[0] - all.treated[1] / time[1],
    }

    const side = (pair: Pair | undefined, weight: number | undefined, at: 0 | 1): number =>
      pair ? pair[at] / (time[at] * (weight ?? 1)) : 0
    const own: Pair = [
      side(all.treated, 1, 0) + side(all.treatedBuffer, weights.treatedBuffer, 0),
      side(all.treated, 1, 1) + side(all.treatedBuffer, weights.treatedBuffer, 1),
    ]
    const caveats: Caveat[] = [...periods.caveats, ...laid.caveats]
    const likeness = side(all.control, weights.control, 0) / side(all.treated, 1, 0)
    if (likeness > UNLIKE || likeness < 1 / UNLIKE)
      caveats.push(
        caveat(
          'unlike-size',
          `Before, the comparison places held ${figure(likeness, 1)} times the incidents of the treated places: a change by as many incidents is then no like change. Choose comparison places of about the same number, or compare percentages (difference in differences).`,
        ),
      )
    caveats.push(...buffersMeet(treatedBuffer, [zones[CONTROL], controlBuffer], control))
    if (treatedBufferAt < 0)
      caveats.push(
        caveat('no-surroundings', 'No surroundings were given: crime that only moved is counted as a fall.'),
      )
    else if (controlBufferAt < 0)
      caveats.push(
        caveat(
          'no-control-surroundings',
          'No surroundings of the comparison places were given: the change around treated places is taken as it is.',
        ),
      )
    if ([...counts].some((count) => count < FEW))
      caveats.push(
        caveat(
          'counts-few',
          `A count under ${FEW} is part of the comparison: the interval is rough, and often too narrow.`,
        ),
      )
    if (Number.isNaN(quotient.quotient)) caveats.push(caveat('quotient-undefined', quotient.reading))
    if (harm === null)
      caveats.push(caveat('no-weights', 'No harm weights, or no offence in the data: harm was not compared.'))
    else caveats.push(...unweightedCaveat(harmTotal.unweighted, harmTotal.incidents, harm))
    if (periods.before.days !== periods.after.days)
      caveats.push(
        caveat(
          'periods-unequal',
          `The periods are ${periods.before.days} and ${periods.after.days} days long: counts before are scaled to the length of the period after.`,
        ),
      )
    const areaWeights = [weights.treated, weights.control, weights.treatedBuffer, weights.controlBuffer]
    const indexes = [TREATED, CONTROL, treatedBufferAt, controlBufferAt]
    return {
      summary: {
        sentence: weightedDisplacementSentence(own, total, local, alpha, treatedBufferAt >= 0),
        alpha,
        beforeDays: periods.before.days,
        afterDays: periods.after.days,
        zones: zones.map(({ name }, zone) => {
          const weight = areaWeights[indexes.indexOf(zone)] ?? 1
          return {
            zone: name,
            areaKm2: laid.area[zone] / 1e6,
            before: counts[zone * 2],
            after: counts[zone * 2 + 1],
            weightBefore: time[0] * weight,
            weightAfter: time[1] * weight,
          }
        }),
        local,
        displacement,
        total,
        quotient,
        harm: harmTotal,
      },
      columns: {
        zone: zones.map(({ name }) => name),
        before: Float64Array.from(zones, (_, zone) => counts[zone * 2]),
        after: Float64Array.from(zones, (_, zone) => counts[zone * 2 + 1]),
      },
      caveats,
    }
  },
}
