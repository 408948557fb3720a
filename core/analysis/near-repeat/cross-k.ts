import type { Control } from '#core/contract/method.ts'
import { type Random, randomBelow, randomOf } from '../support/random.ts'

/** What the simulations draw from; plain data, its arrays in shared memory. */
export interface CrossKWork {
  /** Features within each break of each thing that can be drawn, row by row. */
  readonly counts: Uint16Array
  readonly breaks: number
  readonly drawn: number
  /** True: each thing at most once (incidents out of both selections); false: any point of the area, again and again. */
  readonly once: boolean
  readonly seed: number
}

/** Pairs of drawn thing and feature within each break, for simulations first … first + simulations − 1. */
export function drawPairs(
  { counts, breaks, drawn, once, seed }: CrossKWork,
  first: number,
  simulations: number,
  control: Control,
): Float64Array {
  const things = counts.length / breaks
  const pairs = new Float64Array(simulations * breaks)
  const pool = once ? new Int32Array(things) : null
  for (let k = 0; k < simulations; k++) {
    const random: Random = randomOf(seed, first + k)
    if (pool) for (let i = 0; i < things; i++) pool[i] = i
    for (let i = 0; i < drawn; i++) {
      if ((i & 0x1ffff) === 0) control.tick(0, 'Drawing at random')
      let thing: number
      if (pool) {
        const at = i + randomBelow(random, things - i)
        thing = pool[at]
        pool[at] = pool[i]
      } else thing = randomBelow(random, things)
      for (let b = 0; b < breaks; b++) pairs[k * breaks + b] += counts[thing * breaks + b]
    }
  }
  return pairs
}

export interface CrossKTest {
  readonly mean: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  /** Two-sided by distance: twice the smaller tail, at most 1. */
  readonly pValue: Float64Array
  readonly pOverall: number
}

/**
 * Where the data stand among the simulations, by distance and over all: Σ (pairs − mean)/sd, mean and sd over the
 * data and the simulations together, both tails. NaN without simulations, and where nothing varies.
 *
 * @param simulated pairs of each simulation, one row after another
 */
export function crossKTest(observed: Float64Array, simulated: Float64Array): CrossKTest {
  const width = observed.length
  const runs = simulated.length / width
  const blank = (): Float64Array => new Float64Array(width).fill(Number.NaN)
  const test = { mean: blank(), low: blank(), high: blank(), pValue: blank() }
  if (runs === 0) return { ...test, pOverall: Number.NaN }
  const sums = new Float64Array(runs + 1)
  let varying = 0
  for (let b = 0; b < width; b++) {
    const values = Float64Array.from({ length: runs }, (_, k) => simulated[k * width + b])
    const sorted = values.toSorted()
    const total = values.reduce((sum, each) => sum + each, 0)
    test.mean[b] = total / runs
    test.low[b] = sorted[Math.floor(0.025 * (runs - 1))]
    test.high[b] = sorted[Math.ceil(0.975 * (runs - 1))]
    test.pValue[b] = twoSided(observed[b], values)
    const mean = (total + observed[b]) / (runs + 1)
    const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, (observed[b] - mean) ** 2)
    if (!(squares > 0)) continue
    varying++
    const deviation = Math.sqrt(squares / runs)
    for (let k = 0; k < runs; k++) sums[k] += (values[k] - mean) / deviation
    sums[runs] += (observed[b] - mean) / deviation
  }
  return { ...test, pOverall: varying > 0 ? twoSided(sums[runs], sums.subarray(0, runs)) : Number.NaN }
}

function twoSided(observed: number, simulated: Float64Array): number {
  let above = 0
  let below = 0
  for (const each of simulated) {
    // Sums that differ by rounding alone are ties.
    if (each >= observed - 1e-9) above++
    if (each <= observed + 1e-9) below++
  }
  return Math.min(1, (2 * (Math.min(above, below) + 1)) / (simulated.length + 1))
}
