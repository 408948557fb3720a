import { randomBelow, randomOf } from '../support/random.ts'

/** Places for a bandwidth: all of them, or a seeded sample where there are very many. */
export interface LocatedSample {
  readonly x: Float64Array
  readonly y: Float64Array
  /** How many there are in all. */
  readonly of: number
}

/** Every incident of the mask that has coordinates, in the order of the data. */
export function locatedPlaces(
  x: Float64Array,
  y: Float64Array,
  mask: Uint8Array,
): { readonly x: Float64Array; readonly y: Float64Array } {
  let n = 0
  for (let i = 0; i < x.length; i++) if (mask[i] !== 0 && x[i] - x[i] === 0 && y[i] - y[i] === 0) n++
  const easting = new Float64Array(n)
  const northing = new Float64Array(n)
  for (let i = 0, at = 0; i < x.length; i++)
    if (mask[i] !== 0 && x[i] - x[i] === 0 && y[i] - y[i] === 0) {
      easting[at] = x[i]
      northing[at++] = y[i]
    }
  return { x: easting, y: northing }
}

/** `size` of the places at random without replacement, each set equally likely; all of them when there are no more. */
export function samplePlaces(x: Float64Array, y: Float64Array, size: number, seed: number): LocatedSample {
  const of = x.length
  if (of <= size) return { x, y, of }
  const numbers = new Int32Array(of)
  for (let i = 0; i < of; i++) numbers[i] = i
  const random = randomOf(seed, 0)
  const sampled = { x: new Float64Array(size), y: new Float64Array(size), of }
  for (let i = 0; i < size; i++) {
    const j = i + randomBelow(random, of - i)
    const chosen = numbers[j]
    numbers[j] = numbers[i]
    sampled.x[i] = x[chosen]
    sampled.y[i] = y[chosen]
  }
  return sampled
}

/** How many of the places another incident shares to the last digit. O(n), by hashing; 8 to 16 bytes a place. */
export function sharedPlaces(x: Float64Array, y: Float64Array): number {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * x.length)))
  const first = new Int32Array(size).fill(-1)
  const isShared = new Uint8Array(x.length)
  let count = 0
  for (let i = 0; i < x.length; i++) {
    // Millimetres are mixed, so that places on a round grid do not fall into one another's slots.
    let h =
      Math.imul(Math.round(x[i] * 1000) | 0, 0x9e3779b1) ^ Math.imul(Math.round(y[i] * 1000) | 0, 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
    let slot = (h ^ (h >>> 13)) & (size - 1)
    while (first[slot] >= 0 && (x[first[slot]] !== x[i] || y[first[slot]] !== y[i]))
      slot = (slot + 1) & (size - 1)
    if (first[slot] < 0) {
      first[slot] = i
      continue
    }
    if (isShared[first[slot]] === 0) count++
    isShared[first[slot]] = 1
    count++
  }
  return count
}
