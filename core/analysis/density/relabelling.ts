/**
 * The null distribution of a comparison of two densities: which of the incidents are of the first selection is drawn
 * at random again and again, everything else held fixed.
 */
import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { type Random, randomBelow, randomOf, randomUnit } from '../support/random.ts'
import { addToBand } from './density-band.ts'
import type { Kernel } from './kernels.ts'
import type { PlacesInOrder } from './place-strips.ts'

/** Where the first selection's incidents may have been; shared between workers. */
export interface NullPlaces {
  /** Column and row of each, in cells from the centre of cell 0, in the order of the rows. */
  readonly places: Float64Array
  /** Running sum of how likely each is to be drawn, with replacement; null for each alike, without replacement. */
  readonly running: Float64Array | null
  /** How many are drawn. */
  readonly draw: number
}

/** Per cell of the grid, in how many permutations the density was at least, and at most, the observed one. */
export interface ExceedanceCounts {
  readonly atLeast: Uint16Array
  readonly atMost: Uint16Array
}

const CELLS_PER_TICK = 1 << 20
const PLACES_PER_TICK = 1 << 12

/**
 * Permutations [from, to), each with the generator of its own number.
 *
 * @param observed density of the first selection per cell, NaN where nothing is asked; ties are taken within a
 *   thousand-millionth of its maximum, because sums of the same numbers in another order differ in the last digits
 */
export function countExceedances(
  { places, running, draw }: NullPlaces,
  grid: GridSpec,
  kernel: Kernel,
  bandwidth: number,
  observed: Float64Array,
  maximum: number,
  seed: number,
  from: number,
  to: number,
  control: Control,
): ExceedanceCounts {
  const counts = { atLeast: new Uint16Array(observed.length), atMost: new Uint16Array(observed.length) }
  const times = new Uint32Array(places.length / 2)
  const order = new Int32Array(running === null ? times.length : 0)
  const out = new Float64Array(observed.length)
  const tie = 1e-9 * maximum
  for (let permutation = from; permutation < to; permutation++) {
    control.tick(0, 'Relabelling at random')
    const random = randomOf(seed, permutation)
    times.fill(0)
    if (running === null) drawWithout(times, order, draw, random)
    else drawWith(times, running, draw, random)
    out.fill(0)
    const list = drawnPlaces(places, times)
    const band = { grid, from: 0, to: grid.rows, out }
    const count = list.places.length / 2
    for (let first = 0; first < count; first += PLACES_PER_TICK) {
      addToBand(list, band, kernel, bandwidth, false, first, Math.min(count, first + PLACES_PER_TICK))
      control.tick(0, 'Relabelling at random')
    }
    for (let first = 0; first < out.length; first += CELLS_PER_TICK) {
      compare(out, observed, tie, first, Math.min(out.length, first + CELLS_PER_TICK), counts)
      control.tick(0, 'Relabelling at random')
    }
  }
  return counts
}

function compare(
  out: Float64Array,
  observed: Float64Array,
  tie: number,
  from: number,
  to: number,
  { atLeast, atMost }: ExceedanceCounts,
): void {
  for (let cell = from; cell < to; cell++) {
    if (out[cell] >= observed[cell] - tie) atLeast[cell]++
    if (out[cell] <= observed[cell] + tie) atMost[cell]++
  }
}

/** Marks `draw` of the places, each set equally likely. `order` is scratch. */
export function drawWithout(times: Uint32Array, order: Int32Array, draw: number, random: Random): void {
  for (let i = 0; i < order.length; i++) order[i] = i
  for (let i = 0; i < draw; i++) {
    const j = i + randomBelow(random, order.length - i)
    const chosen = order[j]
    order[j] = order[i]
    times[chosen] = 1
  }
}

/** Counts how often each place is drawn. */
export function drawWith(times: Uint32Array, running: Float64Array, draw: number, random: Random): void {
  const total = running[running.length - 1]
  for (let i = 0; i < draw; i++) {
    const wanted = randomUnit(random) * total
    let low = 0
    let high = running.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (running[middle] > wanted) high = middle
      else low = middle + 1
    }
    times[low]++
  }
}

function drawnPlaces(places: Float64Array, times: Uint32Array): PlacesInOrder {
  let count = 0
  for (let i = 0; i < times.length; i++) if (times[i] > 0) count++
  const list = { places: new Float64Array(2 * count), weight: new Float64Array(count), bandwidth: null }
  for (let i = 0, at = 0; i < times.length; i++) {
    if (times[i] === 0) continue
    list.places[2 * at] = places[2 * i]
    list.places[2 * at + 1] = places[2 * i + 1]
    list.weight[at++] = times[i]
  }
  return list
}
