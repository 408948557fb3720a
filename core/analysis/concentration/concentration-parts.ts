import type { Control } from '#core/contract/method.ts'
import { type Random, randomBelow, randomOf, randomUnit } from '../support/random.ts'
import { type CountClasses, giniOfClasses, sharesOfTop, unitsHolding } from './lorenz-of-classes.ts'

/** What a bootstrap sample or a simulation of chance needs; arrays in shared memory. */
export interface ConcentrationState {
  readonly units: number
  readonly incidents: number
  readonly seed: number
  readonly bootstraps: number
  readonly simulations: number
  /** Different counts from the largest down, and which of them each unit holds. */
  readonly values: Float64Array
  readonly classOf: Int32Array
  /** Running sum of area over units, or null where chance favours none. */
  readonly area: Float64Array | null
  readonly shares: readonly number[]
  /** Rising numbers of units at which the curve is read: those of the table, then those of the curve. */
  readonly tops: readonly number[]
  readonly curve: Float64Array
  /** Samples handled by one part. */
  readonly perPart: number
}

/** Figures of one sample: gini, generalised, unbiased, a number of units per share, shares at `tops` and `curve`. */
export function figuresOf(state: ConcentrationState, classes: CountClasses): Float64Array {
  const { shares, tops, curve } = state
  const figures = new Float64Array(3 + shares.length + tops.length + curve.length)
  const { gini, generalised, unbiased, total } = giniOfClasses(classes)
  figures[0] = gini
  figures[1] = generalised
  figures[2] = unbiased
  shares.forEach((share, k) => {
    figures[3 + k] = unitsHolding(classes, total, share / 100)
  })
  sharesOfTop(classes, total, tops, figures, 3 + shares.length)
  sharesOfTop(classes, total, curve, figures, 3 + shares.length + tops.length)
  return figures
}

/**
 * The samples of one part, bootstraps first, then simulations; sample k of the run has its own generator (seed, k).
 * A bootstrap draws as many units as there are, with replacement; a simulation throws every incident into a unit.
 */
export function samplesOfPart(state: ConcentrationState, index: number, control: Control): Float64Array[] {
  const all = state.bootstraps + state.simulations
  const from = index * state.perPart
  const to = Math.min(all, from + state.perPart)
  const found: Float64Array[] = []
  for (let sample = from; sample < to; sample++) {
    control.tick((sample - from) / (to - from), sample < state.bootstraps ? 'Bootstrap' : 'Chance')
    const random = randomOf(state.seed, sample)
    const classes =
      sample < state.bootstraps ? drawUnits(state, random, control) : throwIncidents(state, random, control)
    found.push(figuresOf(state, classes))
  }
  return found
}

function drawUnits({ units, values, classOf }: ConcentrationState, random: Random, control: Control) {
  const times = new Float64Array(values.length)
  for (let k = 0; k < units; k++) {
    if ((k & 0x1ffff) === 0x1ffff) control.tick(0)
    times[classOf[randomBelow(random, units)]]++
  }
  return { values, times }
}

function throwIncidents({ units, incidents, area }: ConcentrationState, random: Random, control: Control) {
  const counts = new Uint32Array(units)
  let most = 0
  for (let k = 0; k < incidents; k++) {
    if ((k & 0x1ffff) === 0x1ffff) control.tick(0)
    const unit = area === null ? randomBelow(random, units) : unitAt(area, randomUnit(random))
    const count = ++counts[unit]
    if (count > most) most = count
  }
  const values = new Float64Array(most + 1)
  const times = new Float64Array(most + 1)
  for (let k = 0; k <= most; k++) values[k] = most - k
  for (let unit = 0; unit < units; unit++) times[most - counts[unit]]++
  return { values, times }
}

/** The unit in whose stretch of the running sum a share of the whole falls. */
function unitAt(area: Float64Array, share: number): number {
  const wanted = share * area[area.length - 1]
  let low = 0
  let high = area.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (area[middle] <= wanted) low = middle + 1
    else high = middle
  }
  return low
}
