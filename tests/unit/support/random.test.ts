import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, test } from 'vitest'
import { randomBelow, randomOf, randomUnit, shuffle } from '#core/analysis/support/random.ts'

describe('random numbers by seed and number', () => {
  test('the same seed and number give the same sequence, any other gives another', () => {
    const drawn = (seed: number, index: number) => {
      const random = randomOf(seed, index)
      return Array.from({ length: 5 }, () => random.next()).join()
    }
    expect(drawn(7, 3)).toBe(drawn(7, 3))
    const all = new Set<string>()
    for (let seed = 0; seed < 50; seed++)
      for (let index = 0; index < 200; index++) all.add(drawn(seed, index))
    expect(all.size).toBe(50 * 200)
  })

  test('whole numbers below n are as evenly spread as those of the library', () => {
    const spread = (draw: () => number): number => {
      const counts = new Array<number>(7).fill(0)
      for (let i = 0; i < 70_000; i++) counts[draw()]++
      return counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    }
    const ours = randomOf(1, 0)
    const theirs = xoroshiro128plus(1)
    // χ² with 6 degrees of freedom: beyond 27.9 once in ten thousand.
    expect(spread(() => randomBelow(ours, 7))).toBeLessThan(27.9)
    expect(spread(() => uniformInt(theirs, 0, 6))).toBeLessThan(27.9)
  })

  test('first draws of neighbouring numbers are not alike', () => {
    let sum = 0
    let product = 0
    const n = 20_000
    for (let index = 0; index < n; index++) {
      const here = randomUnit(randomOf(42, index)) - 0.5
      sum += here
      product += here * (randomUnit(randomOf(42, index + 1)) - 0.5)
    }
    expect(Math.abs(sum / n)).toBeLessThan(0.01)
    expect(Math.abs(product / n) * 12).toBeLessThan(0.04)
  })

  test('a shuffle keeps the values and gives each order its turn', () => {
    const seen = new Map<string, number>()
    for (let index = 0; index < 6000; index++) {
      const values = Int32Array.from([1, 2, 3])
      shuffle(values, randomOf(9, index))
      const order = values.join()
      seen.set(order, (seen.get(order) ?? 0) + 1)
    }
    expect(seen.size).toBe(6)
    // 1000 expected; five standard deviations are 144.
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })
})
