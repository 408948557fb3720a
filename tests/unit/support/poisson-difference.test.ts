import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { negativeBinomialProbability } from '#core/analysis/support/distributions/negative-binomial.ts'
import { poissonDifference } from '#core/analysis/support/poisson-difference.ts'

const scipy = JSON.parse(
  readFileSync(new URL('../../oracles/poisson-means/expected.json', import.meta.url), 'utf8'),
) as {
  cases: { a: number; b: number; p: number }[]
  unequal: { a: number; b: number; m: number; n: number; p: number; exact: number }[]
}

it.each([
  [0, 3, 0.088379],
  [6, 2, 0.1749],
  [10, 5, 0.2061644],
])('published: %i against %i', (a, b, p) =>
  expect(poissonDifference(a, b)).toBeCloseTo(p, p === 0.1749 ? 4 : 6),
)

describe('oracle', () => {
  it.each(scipy.cases)('SciPy: $a against $b', ({ a, b, p }) =>
    expect(poissonDifference(a, b)).toBeCloseTo(p, 6),
  )
  it.each(scipy.unequal)('SciPy: $a over $m against $b over $n', ({ a, b, m, n, p, exact }) => {
    const ours = poissonDifference(a, b, { exposureA: m, exposureB: n })
    expect(ours).toBeCloseTo(exact, 10)
    // SciPy loses counts that tie with those seen.
    expect(ours).toBeGreaterThan(p - 1e-6)
    expect(ours).toBeLessThan(p + 0.002)
  })
})

it('brute force: unequal exposures and negative binomial counts, the double sum of R-checked probabilities', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 15 }),
      fc.integer({ min: 0, max: 15 }),
      fc.constantFrom(1, 2, 3.5),
      fc.constantFrom(1, 1.5, 3),
      (a, b, m, dispersion) => {
        fc.pre(a + b > 0)
        const t = (x: number, y: number): number =>
          x + y === 0 ? 0 : Math.abs(x / m - y) / Math.sqrt(x / m / m + y)
        const rate = (a + b) / (m + 1)
        const p = (k: number, mean: number): number =>
          negativeBinomialProbability(k, mean, dispersion === 1 ? Infinity : mean / (dispersion - 1))
        let sum = 0
        for (let x = 0; x < 260; x++)
          for (let y = 0; y < 160; y++)
            if (t(x, y) >= t(a, b) * (1 - 1e-10)) sum += p(x, rate * m) * p(y, rate)
        expect(poissonDifference(a, b, { exposureA: m, dispersion })).toBeCloseTo(sum, 8)
      },
    ),
    { seed: 3, numRuns: 40 },
  )
})

it('brute force: the double sum with factorials', () => {
  const pmf = (k: number, rate: number): number => {
    let term = Math.exp(-rate)
    for (let x = 1; x <= k; x++) term *= rate / x
    return term
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), (a, b) => {
      if (a + b === 0) return
      let p = 0
      for (let x = 0; x < 80; x++)
        for (let y = 0; y < 80; y++) {
          const t = x + y === 0 ? 0 : Math.abs(x - y) / Math.sqrt(x + y)
          if (t >= Math.abs(a - b) / Math.sqrt(a + b) - 1e-12) p += pmf(x, (a + b) / 2) * pmf(y, (a + b) / 2)
        }
      expect(poissonDifference(a, b)).toBeCloseTo(p, 10)
    }),
    { seed: 2 },
  )
})

describe('properties', () => {
  it('is the same either way round, lies in (0, 1], and falls as the gap grows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (a, b) => {
        if (a + b === 0) return
        const p = poissonDifference(a, b)
        expect(p).toBe(poissonDifference(b, a))
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
      { seed: 4, numRuns: 50 },
    )
    expect(poissonDifference(100, 140)).toBeLessThan(poissonDifference(100, 130))
  })
  it('joins the normal limit without a step', () => {
    expect(poissonDifference(9_900, 10_100)).toBeCloseTo(poissonDifference(9_901, 10_101), 2)
  })
})

it('edges: equal counts are 1, none at all and unknown are NaN', () => {
  expect(poissonDifference(75, 75)).toBeCloseTo(1, 9)
  expect(poissonDifference(0, 0)).toBeNaN()
  expect(poissonDifference(Number.NaN, 3)).toBeNaN()
  expect(poissonDifference(3, Number.NaN)).toBeNaN()
  expect(poissonDifference(500_000, 500_000)).toBeCloseTo(1, 12)
})

it('refuses what is no count', () => {
  for (const bad of [-1, 1.5, Infinity]) expect(() => poissonDifference(bad, 3)).toThrow(/whole numbers/)
  expect(() => poissonDifference(2, 3, { exposureA: 0 })).toThrow(/exposures above 0/)
  expect(() => poissonDifference(2, 3, { dispersion: 0.5 })).toThrow(/dispersion/)
})
