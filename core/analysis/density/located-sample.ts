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
