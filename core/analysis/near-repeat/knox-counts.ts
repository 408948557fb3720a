import type { Control } from '#core/contract/method.ts'
import { randomOf, shuffle } from '../support/random.ts'
import { type SpaceOrder, streamPairs } from './space-order.ts'

/** Everything the counting of Knox tables needs; plain data, its arrays in shared memory. */
export interface KnoxWork {
  readonly order: SpaceOrder
  /** Days since the first day, by position in the order. */
  readonly day: Uint16Array
  /** Largest of them; at most `LONGEST_SPAN_DAYS`. */
  readonly span: number
  /** Upper edges of the finite distance bands, and whether the edge itself is in. */
  readonly edges: readonly number[]
  readonly edgeIn: boolean
  /** Band of 0 … span days; `temporal` (their number) beyond the last. */
  readonly bandOfDays: Uint8Array
  readonly temporal: number
  /** Positions by group, and where each group begins: dates move within a group only. */
  readonly grouped: Int32Array
  readonly groups: Int32Array
  readonly seed: number
}

/** Pairs looked up at once: 10 bits a band of time, three bands in one whole number. */
const LARGEST = 1023
const BANDS_AT_ONCE = 3

/** Two dates stand in one whole number of 32 bits, so a difference must fit in 15. */
export const LONGEST_SPAN_DAYS = 32767

/**
 * Knox tables of the dates as they are (number 0) and of permutations of them (numbers 1, 2, …): pairs by finite
 * distance band and finite time band.
 *
 * Pairs are found afresh, and each batch is looked up in all `tables` at once, so that memory does not grow with the
 * number of pairs. Two tables' dates stand in one whole number, and the bands of time add up in one whole number of
 * 10 bits each, without a branch.
 *
 * @returns tables one after another, each `edges.length` × `temporal`, and the pairs in each distance band
 * Cost: 30 ns a pair and 1.7 ns a pair and table; 2 bytes an incident and table.
 */
export function countKnoxTables(
  work: KnoxWork,
  first: number,
  tables: number,
  control: Control,
): { readonly counts: Float64Array; readonly pairs: Float64Array } {
  const { order, span, edges, edgeIn, temporal } = work
  const spatial = edges.length
  const days = packedDays(work, first, tables, control)
  const steps = packedSteps(work)
  const sums = new Int32Array(2)
  const size = spatial * temporal
  // One table more than asked for where their number is odd.
  const counts = new Float64Array(2 * days.length * size)
  const pairs = new Float64Array(spatial)
  const heldA = edges.map(() => new Int32Array(LARGEST))
  const heldB = edges.map(() => new Int32Array(LARGEST))
  const held = new Int32Array(spatial)
  let looked = 0

  const flush = (band: number): void => {
    const count = held[band]
    held[band] = 0
    pairs[band] += count
    for (let two = 0; two < days.length; two++)
      for (let pass = 0; pass < steps.length; pass++) {
        addPacked(days[two], heldA[band], heldB[band], count, steps[pass], span, sums)
        const at = 2 * two * size + band * temporal + pass * BANDS_AT_ONCE
        const bands = Math.min(BANDS_AT_ONCE, temporal - pass * BANDS_AT_ONCE)
        for (let t = 0; t < bands; t++) {
          counts[at + t] += (sums[0] >>> (10 * t)) & LARGEST
          counts[at + size + t] += (sums[1] >>> (10 * t)) & LARGEST
        }
      }
    looked += count * (days.length + 1)
    if (looked < 1_000_000) return
    control.tick(0, 'Counting pairs')
    looked = 0
  }
  streamPairs(
    order,
    (a, b, distance, count) => {
      for (let p = 0; p < count; p++) {
        const d = distance[p]
        let band = 0
        while (band < spatial && (edgeIn ? d > edges[band] : d >= edges[band])) band++
        if (band === spatial) continue
        const at = held[band]
        heldA[band][at] = a[p]
        heldB[band][at] = b[p]
        held[band] = at + 1
        if (at + 1 === LARGEST) flush(band)
      }
    },
    control,
    'Counting pairs',
  )
  for (let band = 0; band < spatial; band++) if (held[band] > 0) flush(band)
  return { counts: counts.slice(0, tables * size), pairs }
}

/** The inner loop. Writes the sums of the lower and of the upper table. */
function addPacked(
  days: Int32Array,
  a: Int32Array,
  b: Int32Array,
  count: number,
  steps: Int32Array,
  span: number,
  sums: Int32Array,
): void {
  // Both differences made at least 0, so that the lower never borrows from the upper.
  const shift = span | (span << 16)
  let lower = 0
  let upper = 0
  for (let p = 0; p < count; p++) {
    const both = (days[b[p]] - days[a[p]] + shift) | 0
    lower = (lower + steps[both & 0xffff]) | 0
    upper = (upper + steps[both >>> 16]) | 0
  }
  sums[0] = lower
  sums[1] = upper
}

/** The dates of tables first, first + 2 … in the lower half of each number, of the ones after them in the upper. */
function packedDays(work: KnoxWork, first: number, tables: number, control: Control): Int32Array[] {
  const packed: Int32Array[] = []
  for (let k = 0; k < tables; k++) {
    control.tick(0, 'Permuting dates')
    const days = first + k === 0 ? work.day : permutedDays(work, first + k)
    if ((k & 1) === 0) packed.push(Int32Array.from(days))
    else {
      const both = packed[k >> 1]
      for (let p = 0; p < both.length; p++) both[p] |= days[p] << 16
    }
  }
  return packed
}

/** For differences −span … span: 1 in the ten bits of its band; three bands a pass. */
function packedSteps({ span, bandOfDays, temporal }: KnoxWork): Int32Array[] {
  const passes: Int32Array[] = []
  for (let base = 0; base < temporal; base += BANDS_AT_ONCE) {
    const steps = new Int32Array(2 * span + 1)
    for (let days = 0; days <= span; days++) {
      const band = bandOfDays[days] - base
      if (band < 0 || band >= BANDS_AT_ONCE || bandOfDays[days] >= temporal) continue
      steps[span + days] = 1 << (10 * band)
      steps[span - days] = 1 << (10 * band)
    }
    passes.push(steps)
  }
  return passes
}

/** The dates of permutation `index`, by position in the order. */
function permutedDays({ day, grouped, groups, seed }: KnoxWork, index: number): Uint16Array {
  const random = randomOf(seed, index)
  const moved = new Uint16Array(day.length)
  if (groups.length <= 2) {
    moved.set(day)
    shuffle(moved, random)
    return moved
  }
  const gathered = new Uint16Array(day.length)
  for (let k = 0; k < day.length; k++) gathered[k] = day[grouped[k]]
  for (let g = 0; g + 1 < groups.length; g++) shuffle(gathered.subarray(groups[g], groups[g + 1]), random)
  for (let k = 0; k < day.length; k++) moved[grouped[k]] = gathered[k]
  return moved
}
