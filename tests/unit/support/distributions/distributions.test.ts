import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  betaLowerTail,
  betaQuantile,
  betaUpperQuantile,
  betaUpperTail,
} from '#core/analysis/support/distributions/beta.ts'
import {
  binomialInterval,
  binomialLowerTail,
  binomialProbability,
  binomialQuantile,
  binomialTwoSided,
  binomialUpperTail,
} from '#core/analysis/support/distributions/binomial.ts'
import {
  chiSquareLowerTail,
  chiSquareQuantile,
  chiSquareUpperQuantile,
  chiSquareUpperTail,
} from '#core/analysis/support/distributions/chi-square.ts'
import { fLowerTail, fUpperTail } from '#core/analysis/support/distributions/f.ts'
import {
  gammaDensity,
  gammaLowerTail,
  gammaQuantile,
  gammaUpperQuantile,
  gammaUpperTail,
  logGamma,
} from '#core/analysis/support/distributions/gamma.ts'
import {
  negativeBinomialLowerTail,
  negativeBinomialProbability,
  negativeBinomialQuantile,
  negativeBinomialUpperTail,
} from '#core/analysis/support/distributions/negative-binomial.ts'
import { normalQuantile } from '#core/analysis/support/distributions/normal-quantile.ts'
import {
  poissonInterval,
  poissonLowerTail,
  poissonProbability,
  poissonQuantile,
  poissonUpperTail,
} from '#core/analysis/support/distributions/poisson.ts'
import {
  studentTLowerTail,
  studentTQuantile,
  studentTTwoSided,
  studentTUpperQuantile,
  studentTUpperTail,
} from '#core/analysis/support/distributions/student-t.ts'

const tables: Record<string, number[][]> = JSON.parse(
  readFileSync(new URL('../../../oracles/distributions/expected.json', import.meta.url), 'utf8'),
)

const ends = ({ low, high }: { low: number; high: number }): number[] => [low, high]

/** Table → number of arguments, our functions, largest relative difference allowed. */
const peers: Record<string, readonly [number, (...args: number[]) => number[], number]> = {
  // R itself holds 12 digits of ln Γ near its zero at 2.
  logGamma: [1, (x) => [logGamma(x)], 1e-12],
  // At shape 20,000 and 1e-300 the last bit of x moves the tail by 1e-12.
  gamma: [2, (x, a) => [gammaLowerTail(x, a), gammaUpperTail(x, a)], 2e-12],
  gammaQuantile: [2, (q, a) => [gammaQuantile(q, a), gammaUpperQuantile(q, a)], 2e-13],
  beta: [3, (x, a, b) => [betaLowerTail(x, a, b), betaUpperTail(x, a, b)], 1e-12],
  betaQuantile: [3, (q, a, b) => [betaQuantile(q, a, b), betaUpperQuantile(q, a, b)], 2e-13],
  t: [2, (t, df) => [studentTUpperTail(t, df)], 1e-12],
  tQuantile: [2, (q, df) => [studentTUpperQuantile(q, df)], 2e-13],
  f: [3, (x, above, below) => [fLowerTail(x, above, below), fUpperTail(x, above, below)], 1e-12],
  normalQuantile: [1, (p) => [normalQuantile(p)], 1e-12],
  poisson: [
    2,
    (k, mean) => [poissonProbability(k, mean), poissonLowerTail(k, mean), poissonUpperTail(k, mean)],
    1e-12,
  ],
  poissonQuantile: [2, (p, mean) => [poissonQuantile(p, mean)], 0],
  poissonInterval: [1, (k) => ends(poissonInterval(k)), 1e-13],
  binomial: [
    3,
    (k, n, p) => [binomialProbability(k, n, p), binomialLowerTail(k, n, p), binomialUpperTail(k, n, p)],
    1e-12,
  ],
  binomialQuantile: [3, (q, n, p) => [binomialQuantile(q, n, p)], 0],
  binomialTest: [3, (k, n, p) => [binomialTwoSided(k, n, p), ...ends(binomialInterval(k, n))], 1e-12],
  negativeBinomial: [
    3,
    (k, mean, size) => [
      negativeBinomialProbability(k, mean, size),
      negativeBinomialLowerTail(k, mean, size),
      negativeBinomialUpperTail(k, mean, size),
    ],
    1e-12,
  ],
  negativeBinomialQuantile: [3, (p, mean, size) => [negativeBinomialQuantile(p, mean, size)], 0],
}

describe('oracle', () => {
  it.each(Object.entries(peers))('%s as in R, far tails too', (name, [count, ours, tolerance]) => {
    expect(tables[name].length).toBeGreaterThan(5)
    for (const row of tables[name]) {
      const given = row.slice(0, count)
      ours(...given).forEach((value, k) => {
        const expected = row[count + k]
        const difference = value === expected ? 0 : Math.abs(value / expected - 1)
        expect(difference, `${name}(${given}) = ${value}, R ${expected}`).toBeLessThanOrEqual(tolerance)
      })
    }
  })
})

describe('published', () => {
  it('the worked table of upper 5 % points', () => {
    expect(chiSquareUpperQuantile(0.05, 1)).toBeCloseTo(3.841458820694124, 12)
    expect(chiSquareQuantile(0.95, 10)).toBeCloseTo(18.307038053275146, 11)
    expect(studentTQuantile(0.975, 10)).toBeCloseTo(2.2281388519862744, 12)
    expect(chiSquareUpperTail(3.841458820694124, 1)).toBeCloseTo(0.05, 14)
    expect(gammaDensity(2, 3)).toBeCloseTo(2 * Math.exp(-2), 15)
  })
  it('what other libraries of this language get wrong: Poisson at mean 1,000 and 20,000', () => {
    expect(poissonLowerTail(1000, 1000)).toBeCloseTo(0.5084093671685059, 12)
    expect(poissonLowerTail(20000, 20000)).toBeCloseTo(0.5018805, 6)
  })
})

describe('brute force', () => {
  it('tails of counts are sums of their probabilities', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 0.01, max: 30, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (k, mean, chance) => {
          const sum = (p: (j: number) => number): number =>
            Array.from({ length: k + 1 }, (_, j) => p(j)).reduce((a, b) => a + b, 0)
          expect(poissonLowerTail(k, mean)).toBeCloseTo(
            sum((j) => poissonProbability(j, mean)),
            12,
          )
          expect(binomialLowerTail(k, 60, chance)).toBeCloseTo(
            sum((j) => binomialProbability(j, 60, chance)),
            12,
          )
          expect(negativeBinomialLowerTail(k, mean, 3)).toBeCloseTo(
            sum((j) => negativeBinomialProbability(j, mean, 3)),
            12,
          )
        },
      ),
    )
  })
  it('a two-sided binomial p adds up every outcome no more likely', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(40),
        fc.constantFrom(0.1, 0.25, 0.5, 0.73),
        (n, at, chance) => {
          const k = at % (n + 1)
          const own = binomialProbability(k, n, chance)
          let p = 0
          for (let j = 0; j <= n; j++) {
            const each = binomialProbability(j, n, chance)
            if (each <= own * (1 + 1e-7)) p += each
          }
          expect(binomialTwoSided(k, n, chance)).toBeCloseTo(Math.min(1, p), 11)
        },
      ),
    )
  })
})

describe('properties', () => {
  const share = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true })
  it('tails add up to 1 and quantiles undo them', () => {
    fc.assert(
      fc.property(share, fc.double({ min: 0.2, max: 500, noNaN: true }), (p, shape) => {
        const x = gammaQuantile(p, shape)
        expect(gammaLowerTail(x, shape)).toBeCloseTo(p, 11)
        expect(gammaLowerTail(x, shape) + gammaUpperTail(x, shape)).toBeCloseTo(1, 13)
        const y = betaQuantile(p, shape, 2 * shape)
        expect(betaLowerTail(y, shape, 2 * shape)).toBeCloseTo(p, 11)
        expect(chiSquareLowerTail(chiSquareQuantile(p, shape), shape)).toBeCloseTo(p, 11)
        const t = studentTQuantile(p, shape)
        expect(studentTLowerTail(t, shape)).toBeCloseTo(p, 11)
        expect(studentTTwoSided(t, shape)).toBeCloseTo(2 * Math.min(p, 1 - p), 11)
      }),
    )
  })
  it('the quantile of a count is the first that reaches p', () => {
    fc.assert(
      fc.property(share, fc.double({ min: 0.01, max: 5000, noNaN: true }), (p, mean) => {
        const k = poissonQuantile(p, mean)
        expect(poissonLowerTail(k, mean)).toBeGreaterThanOrEqual(p)
        if (k > 0) expect(poissonLowerTail(k - 1, mean)).toBeLessThan(p)
        const b = negativeBinomialQuantile(p, mean, 2)
        expect(negativeBinomialLowerTail(b, mean, 2)).toBeGreaterThanOrEqual(p)
        if (b > 0) expect(negativeBinomialLowerTail(b - 1, mean, 2)).toBeLessThan(p)
      }),
    )
  })
})

describe('edges', () => {
  it('ends of the range', () => {
    expect([gammaLowerTail(0, 2), gammaUpperTail(0, 2), gammaLowerTail(Infinity, 2)]).toEqual([0, 1, 1])
    expect([betaLowerTail(0, 2, 3), betaLowerTail(1, 2, 3), betaUpperTail(1, 2, 3)]).toEqual([0, 1, 0])
    expect([gammaQuantile(0, 2), gammaQuantile(1, 2), gammaQuantile(1e-300, 0.5)]).toEqual([0, Infinity, 0])
    expect([studentTUpperTail(0, 5), studentTTwoSided(0, 5)]).toEqual([0.5, 1])
    expect(studentTUpperTail(1.5, Infinity)).toBeCloseTo(0.06680720126885807, 15)
    expect([fLowerTail(0, 2, 3), fUpperTail(Infinity, 2, 3)]).toEqual([0, 0])
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity])
  })
  it('counts: below 0, mean 0, certain and impossible chances, between whole numbers', () => {
    expect([poissonProbability(0, 0), poissonProbability(-1, 3), poissonProbability(1.5, 3)]).toEqual([
      1, 0, 0,
    ])
    expect([poissonUpperTail(0, 3), poissonLowerTail(-1, 3), poissonUpperTail(1, 0)]).toEqual([1, 0, 0])
    expect(poissonLowerTail(2.9, 3)).toBe(poissonLowerTail(2, 3))
    expect(poissonUpperTail(2.1, 3)).toBe(poissonUpperTail(3, 3))
    expect(poissonInterval(0).low).toBe(0)
    expect([
      binomialProbability(0, 5, 0),
      binomialProbability(5, 5, 1),
      binomialUpperTail(6, 5, 0.5),
    ]).toEqual([1, 1, 0])
    expect(ends(binomialInterval(5, 5))).toEqual([expect.closeTo(0.025 ** (1 / 5), 12), 1])
    expect(negativeBinomialUpperTail(3, 2, Infinity)).toBe(poissonUpperTail(3, 2))
  })
})

describe('refuses', () => {
  it('what is not a probability, a shape or a count is NaN', () => {
    for (const value of [
      logGamma(0),
      gammaLowerTail(-1, 2),
      gammaUpperTail(1, 0),
      gammaQuantile(1.1, 2),
      betaLowerTail(1.1, 2, 3),
      betaQuantile(0.5, 0, 1),
      studentTUpperTail(Number.NaN, 3),
      studentTQuantile(0.2, -1),
      fUpperTail(-1, 2, 3),
      normalQuantile(-0.1),
      poissonLowerTail(2, -1),
      poissonQuantile(0.5, Number.NaN),
      binomialLowerTail(2, 3, 1.5),
      binomialInterval(4, 3).low,
      negativeBinomialLowerTail(2, 3, 0),
    ])
      expect(value).toBeNaN()
  })
})
