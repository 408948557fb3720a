import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactProportionTest, proportionTest } from '#core/analysis/stability/proportion-tests.ts'
import { sppt } from '#core/analysis/stability/sppt.ts'
import { endsOfSamples, roundHalfEven } from '#core/analysis/stability/sppt-samples.ts'
import { adjustP } from '#core/analysis/support/false-discovery.ts'
import { normalTwoSided } from '#core/analysis/support/normal.ts'
import type { Context } from '#core/contract/method.ts'
import type { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings, testshire } from '../space/small-study.ts'

const oracle = JSON.parse(readFileSync(new URL('../../oracles/sppt/expected.json', import.meta.url), 'utf8'))
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

const u = seededNumbers(812_345, 1200)
const v = seededNumbers(77_123_457, 1200)
/** 2022 and 2023 alike in most cells; one spot grows, one goes. */
const rows: Row[] = Array.from({ length: 600 }, (_, i): Row => {
  const later = i % 2 === 1
  const spot = i % 6 < 2 ? (later ? [453_100, 303_100] : [450_900, 300_900]) : null
  return {
    at: (spot as [number, number] | null) ?? [450_300 + 3400 * u[i], 300_300 + 3400 * v[i]],
    from: `${later ? 2023 : 2022}-${String((i % 12) + 1).padStart(2, '0')}-10`,
  }
})
const incidents = makeIncidents(rows)
const earlier = Uint8Array.from(rows, ({ from }) => (from!.startsWith('2022') ? 1 : 0))
const later = earlier.map((bit) => 1 - bit)
const choice = { shape: 'square', cellSize: 1000, other: { clauses: [] } } as const
const compare = (
  base: Uint8Array,
  other: Uint8Array,
  changed: Parameters<typeof settings<typeof sppt.card.parameters>>[1] = {},
) =>
  sppt.run(
    { ...incidents, mask: base },
    settings(sppt, { ...choice, ...changed }),
    { ...testshire, selections: { other } },
    patient,
  )
const dated = (changed: Parameters<typeof compare>[2] = {}, context: Context = testshire) =>
  sppt.run(incidents, settings(sppt, { ...choice, other: null, ...changed }), context, patient)

describe('published', () => {
  it('sppt: of 200 samples the 6th and the 195th, of 100 the 3rd and the 98th', () => {
    expect(endsOfSamples(200, 0.95)).toEqual([5, 194])
    expect(endsOfSamples(100, 0.95)).toEqual([2, 97])
  })

  it('the lady tasting tea: 3 of 4 right, p = 0.4857 two-sided', () => {
    expect(exactProportionTest(3, 4, 1, 4)).toBeCloseTo(0.48571428571428, 12)
  })
})

describe('oracle', () => {
  it('sixty units: chisq.test times (N − 1)/N, fisher.test, p.adjust', () => {
    const { base, test } = oracle as { base: number[]; test: number[] }
    const [n1, n2] = [sum(base), sum(test)]
    const chi = Float64Array.from(base, (a, k) => proportionTest(a, n1, test[k], n2))
    const fisher = Float64Array.from(base, (a, k) => exactProportionTest(a, n1, test[k], n2))
    const difference = (found: ArrayLike<number>, expected: (number | null)[]): number =>
      Math.max(
        ...expected.map((value, k) => {
          if (value === null) expect(found[k]).toBeNaN()
          return value === null ? 0 : Math.abs(found[k] / value - 1)
        }),
      )
    expect(difference(adjustP(chi, 'BH'), oracle.chiBH)).toBeLessThan(1e-10)
    expectAgreement({
      method: 'sppt',
      peer: 'R chisq.test and p.adjust',
      version: oracle.versions.R,
      data: 'Sixty made units: chi-square times (N − 1)/N, p and BY, relative difference',
      largestDifference: Math.max(difference(chi, oracle.chi), difference(adjustP(chi, 'BY'), oracle.chiBY)),
      tolerance: 1e-10,
    })
    expectAgreement({
      method: 'sppt',
      peer: 'R fisher.test and p.adjust',
      version: oracle.versions.R,
      data: 'Sixty made units: Fisher’s exact p and BY, relative difference',
      largestDifference: Math.max(
        difference(fisher, oracle.fisher),
        difference(adjustP(fisher, 'BY'), oracle.fisherBY),
      ),
      tolerance: 1e-10,
    })
  })
})

describe('brute force', () => {
  it('Fisher by binomial coefficients; chi-square by the four cells', () => {
    const choose = (n: number, k: number): number => {
      let result = 1
      for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i
      return k < 0 || k > n ? 0 : result
    }
    const group = fc
      .integer({ min: 1, max: 14 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))
    fc.assert(
      fc.property(group, group, ([a, n1], [b, n2]) => {
        const k = a + b
        fc.pre(k > 0)
        const p = (x: number) => (choose(n1, x) * choose(n2, k - x)) / choose(n1 + n2, k)
        let extreme = 0
        for (let x = 0; x <= k; x++) if (p(x) <= p(a) * (1 + 1e-7)) extreme += p(x)
        expect(exactProportionTest(a, n1, b, n2)).toBeCloseTo(Math.min(1, extreme), 9)
        if (k === n1 + n2) expect(proportionTest(a, n1, b, n2)).toBeNaN()
        else {
          const cells = [
            [a, n1, k],
            [b, n2, k],
            [n1 - a, n1, n1 + n2 - k],
            [n2 - b, n2, n1 + n2 - k],
          ].map(([seen, row, column]) => {
            const expected = (row * column) / (n1 + n2)
            return (seen - expected) ** 2 / expected
          })
          const z = Math.sqrt((sum(cells) * (n1 + n2 - 1)) / (n1 + n2))
          expect(proportionTest(a, n1, b, n2)).toBeCloseTo(normalTwoSided(z), 9)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('the drawn shares spread as a binomial does', () => {
    const { columns, summary } = compare(earlier, later, { samples: 2000, seed: 7 })
    const low = columns.low as Float64Array
    const high = columns.high as Float64Array
    const [n1, n2] = [summary.baseIncidents, summary.testIncidents]
    ;(columns.difference as Float64Array).forEach((difference, k) => {
      const p = (columns.baseShare as Float64Array)[k]
      const q = (columns.testShare as Float64Array)[k]
      const error = Math.sqrt((p * (1 - p)) / n1 + (q * (1 - q)) / n2)
      expect(low[k]).toBeLessThanOrEqual(difference)
      expect(high[k]).toBeGreaterThanOrEqual(difference)
      // Counts are whole: a step of one incident on either side.
      expect(Math.abs(high[k] - low[k] - 2 * 1.96 * error)).toBeLessThan(0.25 * error + 1 / n1 + 1 / n2)
    })
  })
})

describe('properties', () => {
  it('S is exactly the same when the patterns change places, and outcomes are mirrored', () => {
    for (const test of ['bootstrap', 'chi-square', 'fisher']) {
      for (const other of [later, later.map((bit, i) => (i % 5 === 0 ? 0 : bit))]) {
        const forwards = compare(earlier, other, { test })
        const backwards = compare(other, earlier, { test })
        expect(backwards.summary.s).toBe(forwards.summary.s)
        expect(backwards.summary.robustS).toBe(forwards.summary.robustS)
        expect(backwards.summary.higher).toBe(forwards.summary.lower)
        expect(Array.from(backwards.columns.outcome as Int8Array, (each) => 0 - each)).toEqual([
          ...(forwards.columns.outcome as Int8Array),
        ])
        if (test === 'bootstrap')
          (backwards.columns.low as Float64Array).forEach((low, k) => {
            expect(low).toBeCloseTo(-(forwards.columns.high as Float64Array)[k], 14)
          })
      }
    }
  })

  it('a pattern against itself is similar everywhere; the two spots are found by every test', () => {
    const same = compare(earlier, earlier)
    expect(same.summary).toMatchObject({ s: 1, robustS: 1, higher: 0, lower: 0 })
    for (const test of ['bootstrap', 'subsample', 'chi-square', 'fisher']) {
      const { summary, columns } = dated({ test, splitDate: '2023-01-01' })
      const outcome = columns.outcome as Int8Array
      const at = (x: number, y: number) =>
        (columns.x as Float64Array).findIndex((each, k) => each === x && (columns.y as Float64Array)[k] === y)
      expect(outcome[at(453_500, 303_500)]).toBe(1)
      expect(outcome[at(450_500, 300_500)]).toBe(-1)
      expect(summary.robustS).toBe((summary.occupied - summary.higher - summary.lower) / summary.occupied)
    }
  })

  it('parts backwards, rows backwards, the same; another seed, other ends', () => {
    const params = settings(sppt, { ...choice, other: null })
    const { shares } = sppt
    const { state, parts } = shares!.begin(incidents, params, testshire, patient)
    for (let index = parts - 1; index >= 0; index--) shares!.part(state, index, patient)
    const forwards = sppt.run(incidents, params, testshire, patient)
    expect(shares!.finish(state, [], incidents, params, testshire, patient)).toEqual(forwards)
    expect(sppt.run(makeIncidents(rows.toReversed()), params, testshire, patient)).toEqual(forwards)
    expect(dated({ seed: 2 }).columns.low).not.toEqual(forwards.columns.low)
  })
})

describe('edges', () => {
  it('units without an incident count in S, not in robust S; said where they are most', () => {
    const { summary, caveats } = dated({ cellSize: 100 })
    expect(summary.units).toBe(1600)
    expect(summary.s).toBeGreaterThan(summary.robustS)
    expect(caveats.map(({ code }) => code)).toEqual(expect.arrayContaining(['sppt-empty', 'sppt-few']))
  })

  it('overlap, no allowance, and a base that matters are said', () => {
    const codes = [
      ...compare(earlier, earlier, { test: 'subsample' }).caveats,
      ...dated({ test: 'fisher', adjustment: 'none' }).caveats,
    ].map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['sppt-overlap', 'sppt-base', 'sppt-unadjusted']))
    for (const code of codes) expect(Object.keys(sppt.card.caveats)).toContain(code)
  })

  it('a half goes to the even number; nothing is no proportion', () => {
    expect([8.5, 7.5, 8.4, 8.6].map(roundHalfEven)).toEqual([8, 8, 8, 9])
    expect(proportionTest(0, 5, 0, 5)).toBeNaN()
    expect(exactProportionTest(0, 5, 0, 5)).toBeNaN()
    expect(exactProportionTest(5, 5, 5, 5)).toBe(1)
  })
})

describe('refuses', () => {
  it('a pattern without incidents, more samples than can be kept, areas without a layer', () => {
    const code = (work: () => unknown): string => {
      try {
        work()
      } catch (error) {
        return (error as InputError).code
      }
      return 'accepted'
    }
    expect(code(() => compare(earlier, new Uint8Array(600)))).toBe('E-MTH-FEW')
    expect(code(() => dated({ units: 'areas' }))).toBe('E-MTH-LAYER')
    expect(code(() => dated({ splitDate: '2030-01-01' }))).toBe('E-MTH-SPLIT')
    const many = makeIncidents(
      Array.from(
        { length: 6000 },
        (_, i): Row => ({
          at: [450_010 + 25 * (i % 150), 300_010 + 25 * Math.floor(i / 150)],
          from: `202${2 + (i % 2)}-05-05`,
        }),
      ),
    )
    const params = settings(sppt, { shape: 'square', cellSize: 25, samples: 9999 })
    expect(code(() => sppt.run(many, params, testshire, patient))).toBe('E-MTH-SIZE')
  })
})
