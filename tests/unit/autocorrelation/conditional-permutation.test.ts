import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  conditionalPart,
  conditionalWork,
  permutationP,
} from '#core/analysis/autocorrelation/conditional-permutation.ts'
import { sumsOfNeighbours } from '#core/analysis/hotspot/gistar-values.ts'
import { neighboursWithin } from '#core/analysis/space/neighbours.ts'
import { randomBelow, randomOf } from '#core/analysis/support/random.ts'
import { patient } from '../select/make-incidents.ts'
import { asLists, getisord } from './spdep-oracle.ts'

const neighbours = neighboursWithin(getisord.x, getisord.y, 75)

/** The same draws, place by place: k of the others in the order the generator gives them. */
function obvious(values: Float64Array, lists: number[][], permutations: number, seed: number) {
  const most = Math.max(...lists.map((list) => list.length))
  const atLeast = lists.map(() => 0)
  const atMost = lists.map(() => 0)
  for (let p = 0; p < permutations; p++) {
    const random = randomOf(seed, p)
    const pool = Array.from({ length: values.length - 1 }, (_, i) => i)
    const picks = Array.from({ length: most }, (_, m) => {
      const at = m + randomBelow(random, pool.length - m)
      const picked = pool[at]
      pool[at] = pool[m]
      return picked
    })
    lists.forEach((list, i) => {
      const others = [...values].toSpliced(i, 1)
      const simulated = picks.slice(0, list.length).reduce((sum, pick) => sum + others[pick], 0)
      const observed = list.reduce((sum, j) => sum + values[j], 0)
      if (simulated >= observed - 1e-9) atLeast[i]++
      if (simulated <= observed + 1e-9) atMost[i]++
    })
  }
  return { atLeast, atMost }
}

describe('brute force', () => {
  it('counts as place by place, whole numbers and others, whatever the parts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5 })), {
          minLength: 3,
          maxLength: 25,
        }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 1e9 }),
        fc.constantFrom(1, 0.1),
        fc.integer({ min: 1, max: 30 }),
        (places, band, seed, unit, placesPerPart) => {
          const x = Float64Array.from(places, ([at]) => at)
          const values = Float64Array.from(places, ([, value]) => value * unit)
          const near = neighboursWithin(x, new Float64Array(x.length), band)
          const work = {
            ...conditionalWork(values, sumsOfNeighbours(values, near), 20, seed),
            placesPerPart,
          }
          const parts = Array.from({ length: Math.ceil(x.length / placesPerPart) }, (_, k) =>
            conditionalPart(work, k, patient),
          )
          const expected = obvious(values, asLists(near), 20, seed)
          expect(parts.flatMap(({ atLeast }) => [...atLeast])).toEqual(expected.atLeast)
          expect(parts.flatMap(({ atMost }) => [...atMost])).toEqual(expected.atMost)
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('properties', () => {
  it('values of 0 and 1: the counts are those of the hypergeometric distribution', () => {
    const ones = getisord.values.map((value) => (value > 12 ? 1 : 0))
    const total = ones.reduce((sum, value) => sum + value, 0)
    expect(total).toBeGreaterThan(20)
    const sums = sumsOfNeighbours(ones, neighbours)
    const permutations = 4000
    const { atLeast } = conditionalPart(conditionalWork(ones, sums, permutations, 5), 0, patient)
    const choose = (n: number, k: number): number => {
      let value = 1
      for (let j = 0; j < k; j++) value *= (n - j) / (k - j)
      return k < 0 || k > n ? 0 : value
    }
    for (let i = 0; i < ones.length; i += 7) {
      const k = sums.degree[i]
      const held = total - ones[i]
      let tail = 0
      for (let hits = sums.sum[i]; hits <= k; hits++)
        tail += (choose(held, hits) * choose(255 - held, k - hits)) / choose(255, k)
      // Four standard errors.
      expect(Math.abs(atLeast[i] / permutations - tail)).toBeLessThan(
        4 * Math.sqrt((tail * (1 - tail)) / permutations) + 1e-9,
      )
    }
  })

  it('p: both tails, ties in, never 0, never above 1', () => {
    expect(permutationP(0, 999, 999, 'greater')).toBe(0.001)
    expect(permutationP(0, 999, 999, 'two-sided')).toBe(0.002)
    expect(permutationP(0, 999, 999, 'less')).toBe(1)
    expect(permutationP(999, 999, 999, 'two-sided')).toBe(1)
  })
})
