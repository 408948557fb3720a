import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { decomposition } from '#core/analysis/time/decomposition.ts'
import { stl, usualTrendWindow } from '#core/analysis/time/stl.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient } from '../select/make-incidents.ts'
import { daysFrom, monthsOf, refusal } from './series-of.ts'

interface Case {
  data: string
  values: number[]
  period: number
  window: number | null
  trendWindow: number | null
  usedTrendWindow: number
  robust: boolean
  seasonal: number[]
  trend: number[]
  weights: number[]
}
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../oracles/stl/${name}`, import.meta.url), 'utf8'))
const { cases } = read('expected.json') as { cases: Case[] }
const statsmodels = read('statsmodels.json') as {
  cases: { case: number; seasonal: number[]; trend: number[] }[]
}

const run = (incidents: Incidents, raw: Record<string, unknown> = {}, context: Context = {}) =>
  decomposition.run(incidents, readParameters(decomposition.card, raw), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map(({ code }) => code)
const decompose = (each: Case) =>
  stl(Float64Array.from(each.values), {
    period: each.period,
    seasonalWindow: each.window ?? Infinity,
    trendWindow: each.usedTrendWindow,
    robust: each.robust,
  })
/** Largest difference as a share of the largest value. */
const apart = (ours: ArrayLike<number>, theirs: readonly number[], size: readonly number[]): number =>
  Math.max(...theirs.map((value, i) => Math.abs(value - ours[i]))) / Math.max(...size.map(Math.abs))

/** R takes a wrong median in these two: see tests/oracles/stl/README.md. */
const wrongMedian = (each: Case): boolean => each.robust && (each.data === 'co2' || each.data === 'UKgas')

describe('published', () => {
  it('the trend windows R chooses', () => {
    for (const each of cases)
      if (each.trendWindow === null)
        expect(usualTrendWindow(each.period, each.window ?? 10 * each.values.length + 1)).toBe(
          each.usedTrendWindow,
        )
  })
})

describe('oracle', () => {
  it('stl of R: periodic, changing seasons, robust, given trend window', () => {
    const held = cases.filter((each) => !wrongMedian(each))
    expect(held).toHaveLength(8)
    const largestDifference = Math.max(
      ...held.map((each) => {
        const ours = decompose(each)
        expect(apart(ours.weights, each.weights, [1])).toBeLessThan(1e-10)
        return Math.max(
          apart(ours.seasonal, each.seasonal, each.values),
          apart(ours.trend, each.trend, each.values),
        )
      }),
    )
    expectAgreement({
      method: 'decomposition',
      peer: 'R stl',
      version: '4.2.2',
      data: 'nottem, co2 and Leicestershire months, 8 settings, season and trend, relative to the largest value',
      largestDifference,
      tolerance: 1e-11,
    })
  })
  it('statsmodels, robust, with the median that R misses', () => {
    const largestDifference = Math.max(
      ...statsmodels.cases.map((peer) => {
        const each = cases[peer.case]
        const ours = decompose(each)
        return Math.max(
          apart(ours.seasonal, peer.seasonal, each.values),
          apart(ours.trend, peer.trend, each.values),
        )
      }),
    )
    expectAgreement({
      method: 'decomposition',
      peer: 'statsmodels STL',
      version: '0.13.5',
      data: 'nottem, co2, UKgas and Leicestershire months, 6 robust settings, relative to the largest value',
      largestDifference,
      tolerance: 1e-10,
    })
  })
  it('the method on the months of Leicestershire is the kernel on their counts', () => {
    const each = cases.find(
      ({ data, robust, window }) => data === 'leicestershire' && robust && window === null,
    )!
    const { columns, summary } = run(monthsOf(each.values, 2019, 12))
    expect(apart(columns.trend as Float64Array, each.trend, each.values)).toBeLessThan(1e-12)
    expect(summary).toMatchObject({ period: 12, from: '2019-12', to: '2022-10', steps: 35 })
  })
})

describe('brute force', () => {
  it('without season and noise, a straight line is its own trend', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 9, max: 60 }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.constantFrom(3, 4, 7),
        fc.boolean(),
        (length, slope, period, robust) => {
          fc.pre(length > 2 * period)
          const values = Float64Array.from({ length }, (_, i) => 10 + slope * i)
          const parts = stl(values, { period, seasonalWindow: 7, trendWindow: 2 * period + 1, robust })
          parts.trend.forEach((value, i) => {
            // The end of each cycle-subseries is a mean, so a slope leaves a trace of season there.
            expect(Math.abs(value + parts.seasonal[i] + parts.remainder[i] - values[i])).toBeLessThan(1e-9)
          })
        },
      ),
    )
  })
  it('a fixed season on a level comes back exactly', () => {
    const season = [5, -3, 0, -2]
    const values = Float64Array.from({ length: 26 }, (_, i) => 100 + season[i % 4])
    const parts = stl(values, { period: 4, seasonalWindow: Infinity, trendWindow: 7, robust: false })
    parts.seasonal.forEach((value, i) => {
      expect(value).toBeCloseTo(season[i % 4], 10)
      expect(parts.remainder[i]).toBeCloseTo(0, 10)
    })
  })
})

const months = cases.find(({ data }) => data === 'leicestershire')!.values

describe('properties', () => {
  it('the parts add up, and shifting or scaling the values shifts or scales them', () => {
    const settings = { period: 12, seasonalWindow: 7, trendWindow: 23, robust: true }
    const base = stl(Float64Array.from(months), settings)
    const changed = stl(
      Float64Array.from(months, (v) => 3 * v + 1000),
      settings,
    )
    base.trend.forEach((value, i) => {
      expect(value + base.seasonal[i] + base.remainder[i]).toBeCloseTo(months[i], 8)
      expect(changed.trend[i]).toBeCloseTo(3 * value + 1000, 4)
      expect(changed.seasonal[i]).toBeCloseTo(3 * base.seasonal[i], 4)
    })
  })
  it('one odd month stands in the remainder when robust', () => {
    const odd = months.map((v, i) => (i === 17 ? 3 * v : v))
    const { summary, columns } = run(monthsOf(odd, 2019, 12))
    expect(summary.unusual[0]).toMatchObject({ period: '2021-05', observed: odd[17] })
    expect((columns.weight as Float64Array)[17]).toBe(0)
    expect(summary.unusual[0].remainder).toBeCloseTo(
      summary.unusual[0].observed - summary.unusual[0].expected,
      8,
    )
  })
  it('days make a season of the week; effects have the names of their days', () => {
    const counts = Array.from({ length: 70 }, (_, i) => (i % 7 === 5 ? 20 : 10))
    const { summary } = run(daysFrom(counts, [2024, 1, 1]), { step: 'day' })
    expect(summary.season[0].place).toBe('Saturday')
    expect(summary.season[0].effect).toBeCloseTo(60 / 7, 8)
    expect(summary.seasonalStrength).toBeCloseTo(1, 8)
  })
  it('the logarithm gives percentages of the trend', () => {
    const counts = Array.from({ length: 70 }, (_, i) => (i % 7 === 5 ? 20 : 10))
    const { summary } = run(daysFrom(counts, [2024, 1, 1]), { step: 'day', scale: 'log' })
    expect(summary.season[0].effect).toBeCloseTo(100 * (2 ** (6 / 7) - 1), 6)
    expect(summary.unusual[0].expected).toBeGreaterThan(9)
  })
})

describe('edges', () => {
  it('a missing month cuts the series; outside the longest stretch all is blank, not nil', () => {
    const result = run(
      monthsOf(months, 2019, 12),
      {},
      { missingMonths: ['2020-02'], partialMonths: ['2020-04'] },
    )
    expect(codes(result)).toEqual([
      'period-from-data',
      'months-missing',
      'months-partial',
      'run-used',
      'seasons-few',
    ])
    expect(result.summary).toMatchObject({ from: '2020-05', steps: 30 })
    const observed = result.columns.observed as Float64Array
    expect(observed[2]).toBeNaN()
    expect(observed[4]).toBeNaN()
    expect((result.columns.trend as Float64Array)[3]).toBeNaN()
    for (const code of codes(result)) expect(Object.keys(decomposition.card.caveats)).toContain(code)
  })
  it('months made equally long', () => {
    const even = run(monthsOf(Array(36).fill(30), 2021), { scale: 'even' })
    expect(even.summary.season[0].place).toBe('February')
    const plain = run(monthsOf(Array(36).fill(30), 2021))
    expect(plain.summary.trendLast).toBeCloseTo(30, 9)
    expect(plain.summary.trendStrength).toBeNaN()
  })
  it('few incidents and weeks are told', () => {
    const result = run(
      daysFrom(
        Array.from({ length: 800 }, (_, i) => (i % 9 === 0 ? 1 : 0)),
        [2022, 1, 3],
      ),
      { step: 'week' },
    )
    expect(codes(result)).toEqual(expect.arrayContaining(['counts-few', 'weeks-52', 'seasons-few']))
  })
})

describe('refuses', () => {
  it('two seasons or fewer, no incident, days of months, logarithm of nil', () => {
    expect(refusal(() => run(monthsOf(months.slice(0, 24), 2020)))).toBe('E-MTH-STEPS')
    expect(refusal(() => run(monthsOf(months.slice(0, 25), 2020)))).toBe('accepted')
    expect(refusal(() => run(monthsOf(months, 2019, 12), { step: 'day' }))).toBe('E-MTH-DAY')
    expect(refusal(() => run(makeIncidents([])))).toBe('E-MTH-PERIOD')
    const period = { from: '2019-12-01', to: '2022-11-01' }
    const none = { ...monthsOf(months, 2019, 12), mask: new Uint8Array(400_000) }
    expect(refusal(() => run(none, {}, { period }))).toBe('E-MTH-FEW')
    expect(refusal(() => run(monthsOf([...months.slice(0, 30), 0, 5], 2020), { scale: 'log' }))).toBe(
      'E-MTH-ZERO',
    )
  })
})
