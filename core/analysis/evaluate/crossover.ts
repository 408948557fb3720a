import type { Caveat } from '#core/contract/caveat.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { methodInParts } from '../support/shared-work.ts'
import { assignPatrols } from './assign-patrols.ts'
import { crossoverCard, type parameters } from './crossover-card.ts'
import { type CrossoverDays, crossoverDays } from './crossover-days.ts'
import { confidence, figure } from './figures.ts'
import { type RateRatio, rateRatio } from './rate-ratio.ts'

export interface CrossoverSummary {
  readonly sentence: string
  readonly spots: number
  readonly days: number
  readonly patrolDays: { readonly spotDays: number; readonly incidents: number }
  readonly otherDays: { readonly spotDays: number; readonly incidents: number }
  readonly ratio: RateRatio
  readonly permutationP: number
  readonly surroundings: RateRatio & { readonly onPatrolDays: number; readonly onOtherDays: number }
  readonly alpha: number
  readonly seed: number
  readonly permutations: number
}

const PER_PART = 50
const FEW = 5

interface State extends CrossoverDays {
  readonly seed: number
  readonly perDay: number
  readonly permutations: number
}

/**
 * See the card for the formula; `rateRatio` for nulls, `assignPatrols` for the draw.
 * Seeded: the same plan, and the same p, on any number of workers. Cost: permutations × days with incidents × spots
 * patrolled, 10 ns each.
 * Errors: E-EVL-PER-DAY, and those of `crossoverDays`.
 */
export const crossover = methodInParts<typeof parameters, CrossoverSummary, State, readonly number[]>(
  crossoverCard,
  {
    begin(incidents, params, context, control) {
      const days = crossoverDays(incidents, params, context, control)
      const { perDay, seed, permutations } = params
      if (perDay >= days.names.length)
        throw new InputError(
          'E-EVL-PER-DAY',
          `${perDay} of ${days.names.length} spots a day leaves no spot unpatrolled to compare with.`,
          { column: 'perDay', cure: 'Give the number of spots that were drawn each day.' },
        )
      return { state: { ...days, seed, perDay, permutations }, parts: Math.ceil(permutations / PER_PART) }
    },

    part(state, index, control) {
      const first = index * PER_PART + 1
      const last = Math.min(state.permutations, first + PER_PART - 1)
      const found: number[] = []
      for (let permutation = first; permutation <= last; permutation++) {
        found.push(onPatrolDays(state, permutation, state.day, state.spot))
        control.tick(permutation / state.permutations, 'Drawing other plans')
      }
      return found
    },

    finish(state, parts, _incidents, params) {
      const { alpha } = params
      const spots = state.names.length
      const own = onPatrolDays(state, 0, state.day, state.spot)
      const near = onPatrolDays(state, 0, state.nearDay, state.nearSpot)
      const total = state.day.length
      const patrolled = state.perDay * state.days
      const other = (spots - state.perDay) * state.days
      const ratio = rateRatio(own, patrolled, total - own, other, alpha)
      const around = rateRatio(near, patrolled, state.nearDay.length - near, other, alpha)
      let higher = 0
      let lower = 0
      for (const part of parts)
        for (const each of part) {
          if (each >= own) higher++
          if (each <= own) lower++
        }
      const permutationP =
        total === 0 ? Number.NaN : Math.min(1, (2 * (Math.min(higher, lower) + 1)) / (state.permutations + 1))
      const caveats: Caveat[] = [...state.caveats]
      if (Number.isNaN(ratio.ratio))
        caveats.push(
          caveat('ratio-undefined', 'No incident was counted on days without patrol: there is no ratio.'),
        )
      else if (own < FEW || total - own < FEW)
        caveats.push(
          caveat(
            'counts-few',
            `${own} incidents on patrol days and ${total - own} on other days are few: the interval is wide for a reason.`,
          ),
        )
      return {
        summary: {
          sentence: sentenceOf(ratio, permutationP, alpha),
          spots,
          days: state.days,
          patrolDays: { spotDays: patrolled, incidents: own },
          otherDays: { spotDays: other, incidents: total - own },
          ratio,
          permutationP,
          surroundings: { ...around, onPatrolDays: near, onOtherDays: state.nearDay.length - near },
          alpha,
          seed: state.seed,
          permutations: state.permutations,
        },
        columns: bySpot(state),
        caveats,
      }
    },
  },
)

/** Incidents on days their spot was drawn, under one of the plans. */
function onPatrolDays(state: State, permutation: number, day: Int32Array, spot: Int32Array): number {
  const order = new Int32Array(state.names.length)
  const patrolled = new Uint8Array(state.names.length)
  let drawn = -1
  let sum = 0
  for (let k = 0; k < day.length; k++) {
    if (day[k] !== drawn) {
      drawn = day[k]
      assignPatrols(state.seed, drawn, state.perDay, permutation, order, patrolled)
    }
    sum += patrolled[spot[k]]
  }
  return sum
}

function bySpot(state: State) {
  const spots = state.names.length
  const columns = {
    spot: state.names,
    patrolDays: new Int32Array(spots),
    onPatrolDays: new Int32Array(spots),
    onOtherDays: new Int32Array(spots),
  }
  const order = new Int32Array(spots)
  const patrolled = new Uint8Array(spots)
  let at = 0
  for (let day = 0; day < state.days; day++) {
    assignPatrols(state.seed, day, state.perDay, 0, order, patrolled)
    for (let spot = 0; spot < spots; spot++) columns.patrolDays[spot] += patrolled[spot]
    for (; at < state.day.length && state.day[at] === day; at++) {
      const spot = state.spot[at]
      if (patrolled[spot] === 1) columns.onPatrolDays[spot]++
      else columns.onOtherDays[spot]++
    }
  }
  return columns
}

function sentenceOf({ ratio, low, high }: RateRatio, p: number, alpha: number): string {
  if (Number.isNaN(ratio)) return 'No ratio can be given: there was no incident on days without patrol.'
  const verdict =
    p <= alpha
      ? 'The draw alone would rarely give so large a difference'
      : 'The draw alone may well give such a difference'
  return `On days drawn for patrol, spots had ${figure(ratio, 2)} times the rate of incidents of other days (${confidence(alpha)} interval ${figure(low, 2)} to ${figure(high, 2)}). ${verdict} (p ${figure(p, 3)}). It does not show that patrols took place as drawn, nor how long an effect lasts.`
}
