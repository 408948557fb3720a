/**
 * How often chance alone gives a place neighbours that add up to as much, or as little: the place keeps its own
 * value, and as many values as it has neighbours are drawn from all the others, without putting back. All places of
 * a permutation see the same draw (place i skips itself), as in esda: each p is right by itself, and 48,000 places
 * cost little more than one.
 *
 * Draw number p has its own generator, so any cut of the places into parts gives the same counts.
 *
 * @see Anselin (1995) Geographical Analysis 27, 93–115, section 4.
 */
import type { Control } from '#core/contract/method.ts'
import type { NeighbourSums } from '../hotspot/gistar-values.ts'
import { type Random, randomBelow, randomOf } from '../support/random.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'

export interface ConditionalWork {
  readonly values: Float64Array
  /** Observed: neighbours of each place and what they add up to, the place itself not among them. */
  readonly sum: Float64Array
  /** Position in `degrees` of each place's number of neighbours. */
  readonly slot: Int32Array
  /** The different numbers of neighbours, ascending. */
  readonly degrees: Int32Array
  readonly permutations: number
  readonly seed: number
  /** Sums nearer than this are equal: 0 for whole numbers, else what rounding may move. */
  readonly slack: number
  readonly placesPerPart: number
  readonly parts: number
}

/** Of each place of a part, in how many permutations the sum was at least, and at most, the observed one. */
export interface ConditionalCounts {
  readonly atLeast: Uint32Array
  readonly atMost: Uint32Array
}

/** Comparisons in a part, some 50 ms of work. */
const COMPARISONS = 2e7

export function conditionalWork(
  values: Float64Array,
  sums: NeighbourSums,
  permutations: number,
  seed: number,
): ConditionalWork {
  const n = values.length
  const held = { values: sharedFloat64(n), sum: sharedFloat64(n), slot: sharedInt32(n) }
  held.values.set(values)
  held.sum.set(sums.sum)
  const degrees = Int32Array.from(new Set(sums.degree)).sort()
  const slotOf = new Map<number, number>()
  for (let s = 0; s < degrees.length; s++) slotOf.set(degrees[s], s)
  let whole = true
  let largest = 0
  for (let i = 0; i < n; i++) {
    held.slot[i] = slotOf.get(sums.degree[i]) ?? 0
    if (!Number.isInteger(values[i])) whole = false
    largest = Math.max(largest, Math.abs(values[i]))
  }
  const most = degrees.length > 0 ? degrees[degrees.length - 1] : 0
  const placesPerPart = Math.max(1, Math.floor(COMPARISONS / permutations))
  return {
    ...held,
    degrees,
    permutations,
    seed,
    slack: whole ? 0 : 1e-12 * largest * Math.max(1, most),
    placesPerPart,
    parts: Math.ceil(n / placesPerPart),
  }
}

/** Part number `index`: its places under all permutations. */
export function conditionalPart(work: ConditionalWork, index: number, control: Control): ConditionalCounts {
  const { values, sum, slot, degrees, permutations, seed, slack, placesPerPart } = work
  const n = values.length
  const first = index * placesPerPart
  const end = Math.min(n, first + placesPerPart)
  const atLeast = new Uint32Array(end - first)
  const atMost = new Uint32Array(end - first)
  const most = degrees[degrees.length - 1]
  const pool = Int32Array.from({ length: n - 1 }, (_, i) => i)
  const picks = new Int32Array(most)
  const sums = new Float64Array(degrees.length)
  const turns = new Float64Array(most)
  const ticks = Math.max(1, Math.floor(2e6 / (end - first + 20 * most)))
  for (let p = 0; p < permutations; p++) {
    if (p % ticks === 0) control.tick(p / permutations, 'Permuting')
    drawWithoutPuttingBack(pool, picks, randomOf(seed, p))
    // Sums as the first place sees them; numbers from its own on stand for the next place.
    let total = 0
    let drawn = 0
    for (let s = 0; s < degrees.length; s++) {
      for (; drawn < degrees[s]; drawn++) total += values[picks[drawn] + (picks[drawn] >= first ? 1 : 0)]
      sums[s] = total
    }
    // Passing place i, the draw i means place i and no longer i + 1.
    let turnCount = 0
    for (let m = 0; m < most; m++)
      if (picks[m] >= first && picks[m] < end - 1) turns[turnCount++] = picks[m] * (most + 1) + m
    const inOrder = turns.subarray(0, turnCount).sort()
    let from = first
    for (let t = 0; t <= turnCount; t++) {
      const place = t < turnCount ? Math.floor(inOrder[t] / (most + 1)) : end - 1
      for (let i = from; i <= place; i++) {
        const simulated = sums[slot[i]]
        if (simulated >= sum[i] - slack) atLeast[i - first]++
        if (simulated <= sum[i] + slack) atMost[i - first]++
      }
      if (t === turnCount) break
      from = place + 1
      const change = values[place] - values[place + 1]
      const order = inOrder[t] - place * (most + 1)
      for (let s = degrees.length - 1; s >= 0 && degrees[s] > order; s--) sums[s] += change
    }
  }
  return { atLeast, atMost }
}

/** Fills `picks` with different entries of `pool`, each set of them in each order equally likely; `pool` is put back. */
function drawWithoutPuttingBack(pool: Int32Array, picks: Int32Array, random: Random): void {
  const { length } = picks
  const swaps = new Int32Array(length)
  for (let m = 0; m < length; m++) {
    const at = m + randomBelow(random, pool.length - m)
    swaps[m] = at
    picks[m] = pool[at]
    pool[at] = pool[m]
    pool[m] = picks[m]
  }
  for (let m = length - 1; m >= 0; m--) {
    const held = pool[m]
    pool[m] = pool[swaps[m]]
    pool[swaps[m]] = held
  }
}

/**
 * p from how many of the permutations were at least and at most what was observed: (r + 1)/(permutations + 1), ties
 * in; two-sided twice the smaller tail, at most 1.
 */
export function permutationP(
  atLeast: number,
  atMost: number,
  permutations: number,
  alternative: string,
): number {
  const upper = (atLeast + 1) / (permutations + 1)
  const lower = (atMost + 1) / (permutations + 1)
  return alternative === 'greater'
    ? upper
    : alternative === 'less'
      ? lower
      : Math.min(1, 2 * Math.min(upper, lower))
}
