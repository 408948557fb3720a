/**
 * Random numbers that are the same on every machine and any number of workers: each permutation, sample or fold has
 * its own generator, made from the seed of the run and its own number. The generator is xoroshiro128+ of pure-rand.
 *
 * @see Blackman and Vigna (2021) ACM Transactions on Mathematical Software 47, article 36.
 */
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

export interface Random {
  /** The next 32 bits, as a signed integer. */
  next(): number
}

/** The generator of number `index` of a run with this `seed`; both whole numbers, at least 0. */
export function randomOf(seed: number, index: number): Random {
  const state = [0, 0, 0, 0]
  let word = scrambled(scrambled(seed | 0) ^ Math.floor(seed / 4294967296))
  for (let i = 0; i < 4; i++) {
    word = scrambled(word ^ scrambled(index + 0x9e3779b9 * (i + 1)))
    state[i] = word
  }
  if ((state[0] | state[1] | state[2] | state[3]) === 0) state[0] = 1
  return xoroshiro128plusFromState(state)
}

/** A whole number in [0, n), each equally likely; n at most 2³². */
export function randomBelow(random: Random, n: number): number {
  const limit = 4294967296 - (4294967296 % n)
  let drawn = random.next() >>> 0
  while (drawn >= limit) drawn = random.next() >>> 0
  return drawn % n
}

/** A number in [0, 1) with 53 random bits. */
export function randomUnit(random: Random): number {
  return ((random.next() >>> 5) * 67108864 + (random.next() >>> 6)) / 9007199254740992
}

/** Puts the values in random order, each order equally likely (Fisher and Yates). Writes to `values`. */
export function shuffle(
  values: Int32Array | Uint32Array | Float64Array | Uint16Array | Uint8Array,
  random: Random,
): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = randomBelow(random, i + 1)
    const held = values[i]
    values[i] = values[j]
    values[j] = held
  }
}

/** A mixing step of 32 bits in which every bit of the input moves every bit of the output (MurmurHash3's last). */
function scrambled(word: number): number {
  let h = word | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
