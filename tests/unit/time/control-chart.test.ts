import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { chartLimits } from '#core/analysis/time/chart-limits.ts'
import { chartRules, RULES, ruleWords } from '#core/analysis/time/chart-rules.ts'
import { controlChart } from '#core/analysis/time/control-chart.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { patient } from '../select/make-incidents.ts'
import { dateAfter, daysFrom, monthsOf, refusal } from './series-of.ts'

const run = (incidents: Incidents, raw: Record<string, unknown> = {}, context: Context = {}) =>
  controlChart.run(incidents, readParameters(controlChart.card, raw), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map(({ code }) => code)
const column = (result: ReturnType<typeof run>, name: string) => [...(result.columns[name] as Float64Array)]

/** Nonconformities on 26 samples of printed circuit boards. */
const boards = [
  21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15,
]

describe('published', () => {
  it('Montgomery, printed circuit boards: c̄ 19.85, limits 6.48 and 33.22, samples 6 and 20 outside', () => {
    const result = run(daysFrom([...boards, 20], [2024, 1, 1]), {
      step: 'day',
      chart: 'c',
      baselineTo: dateAfter([2024, 1, 1], 25),
    })
    expect(result.summary.baseline.mean).toBeCloseTo(19.85, 2)
    expect(column(result, 'upper')[0]).toBeCloseTo(33.22, 1)
    expect(column(result, 'lower')[0]).toBeCloseTo(6.48, 2)
    expect(result.summary).toMatchObject({ outliersInBaseline: 2, judged: 1, signals: [] })
    expect(codes(result)).toContain('baseline-outlier')
  })
})

describe('oracle', () => {
  it('R: centre, limits, dispersion test and rules', () => {
    const { cases } = JSON.parse(
      readFileSync(new URL('../../oracles/control-chart/expected.json', import.meta.url), 'utf8'),
    ) as {
      cases: {
        chart: string
        baseline: number
        counts: number[]
        centre: number[]
        upper: number[]
        lower: number[]
        index: number
        pValue: number
        rules: number[]
      }[]
    }
    let largestDifference = 0
    for (const each of cases) {
      const to = `${1969 + Math.floor(each.baseline / 12) - 1}-12-31`
      const result = run(monthsOf(each.counts, 1969), { chart: each.chart, baselineTo: to })
      expect(result.summary.baseline.steps).toBe(each.baseline)
      for (const name of ['centre', 'upper', 'lower'] as const)
        column(result, name).forEach((value, i) => {
          largestDifference = Math.max(largestDifference, Math.abs(value - each[name][i]) / each.centre[i])
        })
      largestDifference = Math.max(largestDifference, Math.abs(result.summary.dispersion / each.index - 1))
      if (each.pValue > 1e-200)
        largestDifference = Math.max(
          largestDifference,
          Math.abs(result.summary.dispersionP / each.pValue - 1),
        )
      expect((result.columns.rules as string[]).slice(each.baseline)).toEqual(each.rules.map(ruleWords))
    }
    expectAgreement({
      method: 'controlChart',
      peer: 'R',
      version: '4.2.2',
      data: 'UKDriverDeaths and VanKilled, 5 charts: centre, limits, dispersion and its p, relative',
      largestDifference,
      tolerance: 1e-11,
    })
  })
})

describe('brute force', () => {
  it('the rules by looking at every window', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: -8, max: 8 })), { minLength: 1, maxLength: 40 }),
        (drawn) => {
          const z = Float64Array.from(drawn, (value) => (value === null ? Number.NaN : value / 2))
          const found = chartRules(z, z)
          z.forEach((value, i) => {
            const back = (count: number): number[] =>
              i + 1 < count ? [Number.NaN] : [...z.slice(i + 1 - count, i + 1)]
            const all = (values: number[], test: (v: number, k: number) => boolean): boolean =>
              values.every(test)
            const six = back(6)
            let bits = 0
            if (Math.abs(value) > 3) bits |= RULES.beyond
            if (all(back(8), (v) => v > 0) || all(back(8), (v) => v < 0)) bits |= RULES.side
            if (
              !six.includes(Number.NaN) &&
              (all(six, (v, k) => k === 0 || v > six[k - 1]) || all(six, (v, k) => k === 0 || v < six[k - 1]))
            )
              bits |= RULES.trend
            const before = [
              z[i - 1] ?? Number.NaN,
              Number.isNaN(z[i - 1]) ? Number.NaN : (z[i - 2] ?? Number.NaN),
            ]
            if (value > 2 && before.some((v) => v > 2)) bits |= RULES.pair
            if (value < -2 && before.some((v) => v < -2)) bits |= RULES.pair
            expect(found[i], `${[...z]} at ${i}`).toBe(bits)
          })
        },
      ),
      { numRuns: 2000 },
    )
  })
})

const steady = Array.from({ length: 36 }, (_, i) => 100 + ((i * 37) % 17) - 8)

describe('properties', () => {
  it('the point that is judged is not in its own limits', () => {
    const base = run(monthsOf(steady, 2020))
    const risen = run(monthsOf([...steady.slice(0, 35), 400], 2020))
    expect(column(risen, 'upper')).toEqual(column(base, 'upper'))
    expect(risen.summary.signals.at(-1)).toMatchObject({ period: '2022-12', count: 400, direction: 'above' })
    expect(risen.summary.baseline).toMatchObject({ from: '2020-01', to: '2021-12', steps: 24 })
  })
  it('auto: XmR when the baseline is over-dispersed, u by month and c by day when not', () => {
    expect(run(monthsOf(steady, 2020)).summary.chart).toBe('u')
    expect(run(daysFrom([...steady, ...steady], [2024, 1, 1]), { step: 'day' }).summary.chart).toBe('c')
    const wild = steady.map((v, i) => (i % 3 === 0 ? 2 * v : v))
    expect(run(monthsOf(wild, 2020)).summary.chart).toBe('XmR')
    expect(codes(run(monthsOf(wild, 2020), { chart: 'c' }))).toContain('over-dispersed')
  })
  it('exact limits hold 3σ or less in each tail, and signal when passed', () => {
    const counts = Float64Array.from([2, 3, 1, 4, 2, 0, 3, 2, 9, 10])
    const baseline = Uint8Array.from([1, 1, 1, 1, 1, 1, 1, 1, 0, 0])
    const { upper, z } = chartLimits(counts, new Float64Array(10).fill(1), baseline, 'c', true)
    expect(upper[8]).toBeGreaterThan(0)
    counts.forEach((count, i) => {
      expect(z[i] > 3).toBe(count > upper[i])
    })
  })
})

describe('edges', () => {
  it('blanks are in no baseline, end every run and are not judged', () => {
    const result = run(monthsOf(steady, 2020), {}, { missingMonths: ['2020-03', '2022-02'] })
    expect(result.summary.baseline.steps).toBe(23)
    expect(result.summary.judged).toBe(11)
    expect(column(result, 'count')[2]).toBeNaN()
  })
  it('small means, short baselines, nothing judged are told; every code is on the card', () => {
    const few = run(
      monthsOf(
        steady.slice(0, 15).map((v) => v % 7),
        2020,
      ),
      { chart: 'c', baselineTo: '2021-03-31' },
    )
    expect(codes(few)).toEqual([
      'period-from-data',
      'baseline-short',
      'mean-small',
      'low-limit-zero',
      'none-judged',
    ])
    for (const code of codes(few)) expect(Object.keys(controlChart.card.caveats)).toContain(code)
  })
  it('a short series keeps a third to be judged', () => {
    expect(run(monthsOf(steady.slice(0, 18), 2020)).summary).toMatchObject({ judged: 6 })
  })
})

describe('refuses', () => {
  it('too short, empty, unvarying or reversed baselines, and days of months', () => {
    expect(refusal(() => run(monthsOf(steady.slice(0, 12), 2020)))).toBe('E-MTH-BASELINE')
    expect(
      refusal(() => run(monthsOf(steady, 2020), { baselineFrom: '2021-05-01', baselineTo: '2021-01-31' })),
    ).toBe('E-MTH-BASELINE')
    expect(refusal(() => run(monthsOf(Array(30).fill(5), 2020), { chart: 'xmr' }))).toBe('E-MTH-FEW')
    expect(refusal(() => run(monthsOf(steady, 2020), { step: 'week' }))).toBe('E-MTH-DAY')
  })
})
