import { type Random, randomUnit, shuffle } from '../support/random.ts'
import type { ScanState } from './scan-state.ts'

/** The cases of one world, observed or by chance: those that can be in a window, by place. */
export interface Realisation {
  /** Cases of place p are `steps[start[p]] … steps[start[p + 1] − 1]`. */
  readonly start: Int32Array
  /** Their step; for windows that end with the last step their age in steps, 0 the last. */
  readonly steps: Int32Array
}

/**
 * The incidents as they are (`random` null), or as chance might have had them.
 *
 * @see the docblock of `ScanState.chance` for what is held fixed
 * Cost: one random number a case (two where place and time are drawn); 4 bytes a case and a place.
 */
export function realise(state: ScanState, random: Random | null): Realisation {
  const { chance, recordPlace, isCase } = state
  if (random === null || chance === 'times' || chance === 'labels') {
    const steps = random !== null && chance === 'times' ? state.recordStep.slice() : state.recordStep
    const labels = random !== null && chance === 'labels' ? isCase!.slice() : isCase
    if (random !== null) shuffle(chance === 'times' ? steps : labels!, random)
    return byPlace(state, recordPlace, steps, labels)
  }
  const places = new Int32Array(state.cases)
  const steps = new Int32Array(state.cases)
  const upTo = new Float64Array(state.space.length)
  let sum = 0
  for (let place = 0; place < upTo.length; place++) {
    sum += state.space[place]
    upTo[place] = sum
  }
  for (let k = 0; k < places.length; k++) {
    places[k] = drawn(upTo, randomUnit(random) * sum)
    steps[k] =
      chance === 'places'
        ? state.recordStep[k]
        : drawnStep(state.time, randomUnit(random) * state.time[state.steps])
  }
  return byPlace(state, places, steps, null)
}

/** Counting sort by place of the cases that some window can hold. */
function byPlace(
  state: ScanState,
  places: Int32Array,
  steps: Int32Array,
  labels: Uint8Array | null,
): Realisation {
  const count = state.x.length
  const last = state.steps - 1
  const oldest = state.windows === 'last' ? state.steps - state.longest : 0
  const start = new Int32Array(count + 1)
  for (let k = 0; k < places.length; k++)
    if (steps[k] >= oldest && (labels === null || labels[k] === 1)) start[places[k] + 1]++
  for (let place = 0; place < count; place++) start[place + 1] += start[place]
  const held = new Int32Array(start[count])
  const next = start.slice()
  for (let k = 0; k < places.length; k++)
    if (steps[k] >= oldest && (labels === null || labels[k] === 1))
      held[next[places[k]]++] = state.windows === 'last' ? last - steps[k] : steps[k]
  return { start, steps: held }
}

/** First entry of ascending sums that is above the value: places of no share are never drawn. */
function drawn(upTo: Float64Array, value: number): number {
  let low = 0
  let high = upTo.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (upTo[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}

/** The step whose stretch of measure holds the value. */
function drawnStep(time: Float64Array, value: number): number {
  let low = 0
  let high = time.length - 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (time[middle + 1] > value) high = middle
    else low = middle + 1
  }
  return low
}
