import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRates } from '#core/analysis/change/compare-rates.ts'
import { rateComparison } from '#core/analysis/change/rate-comparison.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { twoDistricts } from '../space/small-study.ts'
import { monthsOf, refusal } from '../time/series-of.ts'

const run = (incidents: Incidents, raw: Record<string, unknown> = {}, context: Context = {}) =>
  rateComparison.run(incidents, readParameters(rateComparison.card, raw), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map(({ code }) => code)
const column = (result: ReturnType<typeof run>, name: string) => [...(result.columns[name] as Float64Array)]

const peer = JSON.parse(
  readFileSync(new URL('../../oracles/rate-comparison/expected.json', import.meta.url), 'utf8'),
) as {
  dispersion: number
  dispersionP: number
  types: { type: string; counts: number[]; ratio: number; low: number; high: number; p: number }[]
}

/** The months of each kind, one row an incident. */
function leicestershireKinds(): Incidents {
  const parts = peer.types.map(({ counts }) => monthsOf(counts, 2020, 11))
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const from = new Int32Array(length)
  const codesOf = new Uint16Array(length)
  let at = 0
  parts.forEach((part, k) => {
    from.set(part.from, at)
    codesOf.fill(k + 1, at, at + part.length)
    at += part.length
  })
  return {
    ...parts[0],
    length,
    mask: new Uint8Array(length).fill(1),
    from,
    to: from,
    timePrecision: new Uint8Array(length).fill(2),
    dictionaries: { offence: { codes: codesOf, words: ['', ...peer.types.map(({ type }) => type)] } },
  }
}

describe('published', () => {
  it('the E-test of Krishnamoorthy and Thomson: 6 against 2, 10 against 5', () => {
    expect(compareRates(6, 2, 1, 1, 'eTest', 1).pValue).toBeCloseTo(0.1749, 4)
    expect(compareRates(10, 5, 1, 1, 'eTest', 1).pValue).toBeCloseTo(0.2061644, 6)
  })
  it('poisson.test of R: its own example, 11 in 800 person-years against 21 in 3,011', () => {
    const { ratio, low, high, pValue } = compareRates(11, 21, 800, 3011, 'conditional', 1)
    expect(ratio).toBeCloseTo(1.971488095, 8)
    expect(low).toBeCloseTo(0.8584264034, 9)
    expect(high).toBeCloseTo(4.2772659437, 8)
    expect(pValue).toBeCloseTo(0.07966863303, 9)
  })
})

describe('oracle', () => {
  it('R: poisson.test of each kind of offence in Leicestershire, and the dispersion of a quasi-Poisson model', () => {
    const result = run(leicestershireKinds(), { groups: 'column', test: 'conditional' })
    expect(result.columns.group).toEqual(peer.types.map(({ type }) => type))
    let largestDifference = 0
    const compare = (ours: number, theirs: number): void => {
      largestDifference = Math.max(largestDifference, Math.abs(ours / theirs - 1))
    }
    peer.types.forEach(({ ratio, low, high, p }, k) => {
      compare(column(result, 'ratio')[k], ratio)
      compare(column(result, 'low')[k], low)
      compare(column(result, 'high')[k], high)
      compare(column(result, 'pValue')[k], p)
    })
    compare(result.summary.dispersion, peer.dispersion)
    compare(result.summary.dispersionP, peer.dispersionP)
    expectAgreement({
      method: 'rateComparison',
      peer: 'R poisson.test and glm(quasipoisson)',
      version: '4.2.2',
      data: '14 kinds of offence, Leicestershire, two years: ratio, interval, p, dispersion, relative',
      largestDifference,
      tolerance: 1e-8,
    })
  })
})

describe('oracle of the E-test', () => {
  it('SciPy, and the same sum with exact comparison, equal and unequal exposures', () => {
    const { cases, unequal } = JSON.parse(
      readFileSync(new URL('../../oracles/poisson-means/expected.json', import.meta.url), 'utf8'),
    ) as {
      cases: { a: number; b: number; p: number }[]
      unequal: { a: number; b: number; m: number; n: number; exact: number }[]
    }
    const largestDifference = Math.max(
      ...cases.map(({ a, b, p }) => Math.abs(compareRates(a, b, 1, 1, 'eTest', 1).pValue - p)),
      ...unequal.map(({ a, b, m, n, exact }) =>
        Math.abs(compareRates(a, b, m, n, 'eTest', 1).pValue - exact),
      ),
    )
    expectAgreement({
      method: 'rateComparison',
      peer: 'SciPy poisson_means_test',
      version: '1.10.1',
      data: '11 pairs of equal and 7 of unequal exposure (these with exact comparison of ties), p, absolute',
      largestDifference,
      tolerance: 1e-6,
    })
  })
})

describe('brute force', () => {
  it('counts of both periods by comparing texts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 28 })), {
          minLength: 1,
          maxLength: 60,
        }),
        (drawn) => {
          const rows = drawn.map(
            ([month, day]): Row => ({
              from: `${2022 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${String(day).padStart(2, '0')} 10:00`,
            }),
          )
          const later = rows.filter(({ from }) => from! >= '2023-03-10' && from! < '2023-08-21').length
          const earlier = rows.filter(({ from }) => from! >= '2022-03-10' && from! < '2022-08-21').length
          fc.pre(later + earlier > 0)
          const { summary } = run(
            makeIncidents(rows),
            { laterFrom: '2023-03-10', laterTo: '2023-08-20' },
            { missingMonths: [] },
          )
          expect(summary.later).toEqual({ from: '2023-03-10', to: '2023-08-20', days: 164, count: later })
          expect(summary.earlier).toMatchObject({ from: '2022-03-10', to: '2022-08-20', count: earlier })
        },
      ),
      { numRuns: 60 },
    )
  })
})

const twoYears = (earlier: number, later: number): number[] => [
  ...Array(12).fill(earlier),
  ...Array(12).fill(later),
]

describe('properties', () => {
  it('swapping the counts turns the ratio over and keeps p', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom(1, 2.5),
        (a, b, phi) => {
          for (const test of ['eTest', 'conditional'] as const) {
            const [one, other] = [compareRates(a, b, 3, 2, test, phi), compareRates(b, a, 2, 3, test, phi)]
            expect(one.ratio * other.ratio).toBeCloseTo(1, 10)
            expect(one.low * other.high).toBeCloseTo(1, 8)
            expect(one.pValue).toBeCloseTo(other.pValue, 8)
            expect(one.low).toBeLessThan(one.ratio)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
  it('variation beyond Poisson widens the interval and raises p', () => {
    const poisson = compareRates(130, 100, 1, 1, 'eTest', 1)
    const wide = compareRates(130, 100, 1, 1, 'eTest', 3)
    expect(wide.pValue).toBeGreaterThan(poisson.pValue)
    expect(wide.high).toBeGreaterThan(poisson.high)
  })
  it('auto allows for variation where there is evidence of it, and says so', () => {
    const wild = run(leicestershireKinds(), { groups: 'column' })
    expect(wild.summary.test).toBe('E-test, negative binomial')
    expect(codes(wild)).toContain('over-dispersed')
    const calm = run(monthsOf(twoYears(50, 60), 2022))
    expect(calm.summary).toMatchObject({ test: 'E-test, Poisson', ratio: 1.2 })
    expect(calm.summary.dispersion).toBeCloseTo(0, 12)
    const told = run(leicestershireKinds(), { test: 'eTest' })
    expect(told.caveats.find(({ code }) => code === 'over-dispersed')?.text).toContain('too small')
  })
  it('q is p adjusted; a kind that doubled is found', () => {
    const result = run(leicestershireKinds(), { groups: 'column' })
    column(result, 'qValue').forEach((q, k) => {
      expect(q).toBeGreaterThanOrEqual(column(result, 'pValue')[k])
    })
    expect(result.summary.rising + result.summary.falling).toBeLessThanOrEqual(14)
    expect(codes(run(leicestershireKinds(), { groups: 'column', adjustment: 'none' }))).toContain(
      'unadjusted',
    )
  })
})

describe('edges', () => {
  it('a month missing in one year is left out of both', () => {
    const result = run(monthsOf(twoYears(50, 60), 2022), {}, { missingMonths: ['2022-02'] })
    expect(result.summary.earlier).toMatchObject({ days: 337, count: 550 })
    expect(result.summary.later).toMatchObject({ days: 337, count: 660 })
    expect(codes(result)).toContain('months-missing')
    const months = run(monthsOf(twoYears(50, 60), 2022), { groups: 'month' }, { missingMonths: ['2022-02'] })
    expect(months.columns.group).toHaveLength(11)
  })
  it('each month with the month before it by a year, leap days counted', () => {
    const result = run(monthsOf(twoYears(50, 60), 2023), { groups: 'month' })
    expect((result.columns.group as string[])[1]).toBe('2024-02')
    expect(column(result, 'laterDays')[1]).toBe(29)
    expect(column(result, 'ratio')[1]).toBeCloseTo((60 / 29) * (28 / 50), 12)
  })
  it('areas, words without a value, places outside', () => {
    const rows: Row[] = [
      ...Array.from(
        { length: 24 },
        (_, k): Row => ({
          at: [451_000, 301_000],
          from: `${2022 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}`,
        }),
      ),
      { at: [600_000, 100_000], from: '2023-05' },
    ]
    const result = run(makeIncidents(rows), { groups: 'area' }, { studyArea: twoDistricts })
    expect(result.columns.group).toEqual(['Westwold', 'Eastwold'])
    expect(column(result, 'later')).toEqual([12, 0])
    expect(column(result, 'pValue')[1]).toBeNaN()
    expect(codes(result)).toEqual(['periods-chosen', 'group-missing', 'base-small'])
    expect(result.summary.changePercent).toBeNaN()
  })
  it('nil against something has an interval on one side only', () => {
    expect(compareRates(0, 5, 1, 1, 'conditional', 1)).toMatchObject({ ratio: 0, low: 0 })
    const rise = compareRates(5, 0, 1, 1, 'eTest', 1)
    expect(rise.ratio).toBeNaN()
    expect(rise.high).toBeNaN()
    expect(rise.low).toBeGreaterThan(0)
    expect(compareRates(0, 0, 1, 1, 'eTest', 1).pValue).toBeNaN()
    expect(compareRates(5, 0, 1, 1, 'eTest', 2).low).toBeNaN()
  })
  it('periods of different seasons, and too few months to know the variation, are told', () => {
    const result = run(monthsOf(twoYears(50, 60), 2022), {
      laterFrom: '2023-06-01',
      laterTo: '2023-07-31',
      earlierFrom: '2023-01-01',
      earlierTo: '2023-02-28',
    })
    expect(codes(result)).toEqual(['periods-uneven', 'dispersion-unknown'])
    for (const code of codes(result)) expect(Object.keys(rateComparison.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  it('periods that overlap or end before they begin, parts of months, unknown columns, no areas, no incident', () => {
    const months = monthsOf(twoYears(50, 60), 2022)
    const later = { laterFrom: '2023-06-01', laterTo: '2023-07-31' }
    expect(refusal(() => run(months, { laterFrom: '2023-07-31', laterTo: '2023-06-01' }))).toBe(
      'E-MTH-PERIOD',
    )
    expect(refusal(() => run(months, { ...later, earlierFrom: '2023-01-01', earlierTo: '2023-06-30' }))).toBe(
      'E-MTH-PERIOD',
    )
    expect(refusal(() => run(months, { laterFrom: '2023-06-01', laterTo: '2023-07-15' }))).toBe('E-MTH-DAY')
    expect(refusal(() => run(months, { groups: 'column', column: 'ward' }))).toBe('E-MTH-COLUMN')
    expect(refusal(() => run(months, { groups: 'area' }))).toBe('E-MTH-AREA')
    expect(refusal(() => run({ ...months, mask: new Uint8Array(months.length) }))).toBe('E-MTH-FEW')
    expect(refusal(() => run(monthsOf([5, 5, 5], 2022)))).toBe('E-MTH-PERIOD')
  })
})
