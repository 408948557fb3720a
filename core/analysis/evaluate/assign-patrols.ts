import { randomBelow, randomOf } from '../support/random.ts'

/** Days a plan may run; permutations are numbered this far apart so that none repeats another's draw. */
export const MOST_DAYS = 4096

/**
 * Which spots are patrolled on one day of a randomised plan: `perDay` of them, every set equally likely, each day drawn
 * by itself. The same seed, day and number of spots always give the same set, so a plan is kept as its seed.
 *
 * @param day days since the first of the plan, 0 up to 4095
 * @param permutation 0 for the plan itself; 1, 2, … for the other plans chance might have given
 * @param order scratch, one entry a spot; overwritten
 * @param patrolled written: 1 for a spot that is patrolled, spots in the order of their codes
 */
export function assignPatrols(
  seed: number,
  day: number,
  perDay: number,
  permutation: number,
  order: Int32Array,
  patrolled: Uint8Array,
): void {
  const spots = patrolled.length
  const random = randomOf(seed, permutation * MOST_DAYS + day)
  for (let spot = 0; spot < spots; spot++) order[spot] = spot
  patrolled.fill(0)
  for (let k = 0; k < perDay; k++) {
    const drawn = k + randomBelow(random, spots - k)
    const spot = order[drawn]
    order[drawn] = order[k]
    patrolled[spot] = 1
  }
}
