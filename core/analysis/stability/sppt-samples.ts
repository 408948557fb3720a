import type { Control } from '#core/contract/method.ts'
import { randomBelow, randomOf } from '../support/random.ts'

/** What the resampling of two patterns needs; arrays in shared memory. */
export interface SpptState {
  /** Number of units with an incident of either pattern, and samples to draw. */
  readonly units: number
  readonly samples: number
  readonly seed: number
  /** Both patterns drawn with replacement; else a part of the second only, without. */
  readonly bootstrap: boolean
  readonly drawn: number
  /** Unit of each incident of the first and of the second pattern, in order of unit. */
  readonly first: Int32Array
  readonly second: Int32Array
  /**
   * Units × samples: the second pattern's share less the first's, times both totals (whole numbers, so that 0 is 0);
   * or the count in the part drawn.
   */
  readonly drawnValues: Float64Array
  readonly perPart: number
}

/** Draws the samples of one part; sample k has its own generators, 2k for the first pattern and 2k + 1 for the second. */
export function drawPart(state: SpptState, index: number, control: Control): null {
  const { units, samples, seed, bootstrap, first, second, drawn, drawnValues, perPart } = state
  const from = index * perPart
  const to = Math.min(samples, from + perPart)
  const inFirst = new Uint32Array(units)
  const inSecond = new Uint32Array(units)
  const left = bootstrap ? second : second.slice()
  for (let sample = from; sample < to; sample++) {
    control.tick((sample - from) / (to - from), 'Drawing samples')
    inSecond.fill(0)
    if (bootstrap) {
      inFirst.fill(0)
      drawInto(inFirst, first, seed, 2 * sample, control)
      drawInto(inSecond, second, seed, 2 * sample + 1, control)
      for (let unit = 0; unit < units; unit++)
        drawnValues[unit * samples + sample] = inSecond[unit] * first.length - inFirst[unit] * second.length
    } else {
      left.set(second)
      const random = randomOf(seed, 2 * sample + 1)
      for (let k = 0; k < drawn; k++) {
        const at = k + randomBelow(random, left.length - k)
        const unit = left[at]
        left[at] = left[k]
        inSecond[unit]++
      }
      for (let unit = 0; unit < units; unit++) drawnValues[unit * samples + sample] = inSecond[unit]
    }
  }
  return null
}

function drawInto(
  counts: Uint32Array,
  from: Int32Array,
  seed: number,
  index: number,
  control: Control,
): void {
  const random = randomOf(seed, index)
  for (let k = 0; k < from.length; k++) {
    if ((k & 0x1ffff) === 0x1ffff) control.tick(0)
    counts[from[randomBelow(random, from.length)]]++
  }
}

/**
 * Positions, from 0, of the ends of the middle `level` of sorted samples: ⌊n·(1 − level)/2⌋ + 1 and its mirror image,
 * the 6th and 195th of 200.
 */
export function endsOfSamples(samples: number, level: number): readonly [number, number] {
  const low = Math.floor((samples * (1 - level)) / 2 + 1e-9)
  return [low, samples - 1 - low]
}

/** A half goes to the even number, as R rounds: 85 % of 10 is 8. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor
}
