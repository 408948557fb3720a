import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { monthTrend } from '#core/analysis/time/month-trend.ts'
import type { Context } from '#core/contract/method.ts'
import type { MonthTrendSummary } from '#core/contract/results.ts'
import { expectAgreement } from '#tests/agreement.ts'
import {
  makeColumns,
  makeIncidents,
  nothingKnown,
  patient,
  type Row,
  toIncidents,
} from '../select/make-incidents.ts'
import { openData, query } from './open-data.ts'

const run = (rows: readonly Row[], context: Context = nothingKnown, raw: Record<string, unknown> = {}) =>
  monthTrend.run(makeIncidents(rows), readParameters(monthTrend.card, raw), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map((each) => each.code)
const monthsOf = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, k) => {
    const index = first + k
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  })
/** `perMonth[k]` incidents in the k-th month from January 2023. */
const series = (perMonth: readonly number[]): Row[] =>
  monthsOf(2023 * 12, perMonth.length).flatMap((month, k) =>
    Array.from({ length: perMonth[k] }, () => ({ from: `${month}-15 12:00` })),
  )
const years = (earlier: number, later: number): Row[] =>
  series([earlier, ...Array(11).fill(0), later, ...Array(11).fill(0)])
const twoYears: Context = { period: { from: '2023-01-01', to: '2025-01-01' }, missingMonths: [] }

describe('published', () => {
  it('the interval of a ratio of two counts: 150 against 100', () => {
    // exp(ln 1.5 ± 1.96·√(1/150 + 1/100)) reckoned in Python.
    const { summary } = run(years(100, 150), twoYears)
    expect(summary).toMatchObject({ change: 50, changePercent: 50 })
    expect(summary.changeLow).toBeCloseTo(16.46611614310103, 10)
    expect(summary.changeHigh).toBeCloseTo(93.18923602083906, 10)
  })
  it('the E-test of Krishnamoorthy and Thomson: 6 against 2', () => {
    expect(run(years(2, 6), twoYears).summary.pValue).toBeCloseTo(0.1749, 4)
  })
})

describe('oracle', () => {
  it('DuckDB counts the same months and rolling years of a seeded series', async () => {
    let state = 17
    const rows = Array.from({ length: 3000 }, (): Row => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0
      const day = new Date(Date.UTC(2021, 0, 1) + ((state >>> 0) % 1461) * 86_400_000)
      return { from: `${day.toISOString().slice(0, 10)} 08:30` }
    })
    const expected = await query(`
      with months as (select strftime(month, '%Y-%m') as month from
        (select unnest(range(date '2021-01-01', date '2025-01-01', interval 1 month)) as month)),
      tally as (select substr(day, 1, 7) as month, count(*)::int as n from
        (select unnest([${rows.map((row) => `'${row.from}'`).join(',')}]) as day) group by 1)
      select month, coalesce(n, 0)::int as n,
        case when row_number() over (order by month) >= 12
          then (sum(coalesce(n, 0)) over (order by month rows 11 preceding))::int end as rolling
      from months left join tally using (month) order by month`)
    const { summary } = run(rows, { period: { from: '2021-01-01', to: '2025-01-01' }, missingMonths: [] })
    expect(summary.months).toEqual(expected.map((row) => row.month))
    expect(summary.counts).toEqual(expected.map((row) => row.n))
    expect(summary.rolling12).toEqual(expected.map((row) => row.rolling ?? Number.NaN))
    expect(summary.last12).toEqual({ from: '2024-01', to: '2024-12', count: expected[47].rolling })
    expect(summary.prior12).toEqual({ from: '2023-01', to: '2023-12', count: expected[35].rolling })
    expectAgreement({
      method: 'monthTrend',
      peer: 'DuckDB',
      version: '1.5.5',
      data: '3,000 seeded dates over 48 months: counts and rolling twelve months, absolute',
      largestDifference: Math.max(
        ...expected.map((row, at) => Math.abs(Number(row.n) - summary.counts[at])),
        ...expected.slice(11).map((row, at) => Math.abs(Number(row.rolling) - summary.rolling12[at + 11])),
      ),
      tolerance: 0,
    })
  })
})

describe('brute force', () => {
  it('every month by comparing texts', () => {
    const anyDay = fc
      .date({ min: new Date('2019-01-01T00:00Z'), max: new Date('2023-12-31T00:00Z'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 16).replace('T', ' '))
    fc.assert(
      fc.property(
        fc.array(fc.option(anyDay), { maxLength: 80 }),
        fc.subarray(monthsOf(2020 * 12, 36)),
        (days, missing) => {
          const context = { period: { from: '2020-01-01', to: '2023-01-01' }, missingMonths: missing }
          const { summary } = run(
            days.map((from) => (from === null ? {} : { from })),
            context,
          )
          const counts = monthsOf(2020 * 12, 36).map((month) =>
            missing.includes(month) ? Number.NaN : days.filter((day) => day?.startsWith(month)).length,
          )
          expect(summary.counts).toEqual(counts)
          const twelve = (end: number): number =>
            end < 11 ? Number.NaN : counts.slice(end - 11, end + 1).reduce((a, b) => a + b, 0)
          expect(summary.rolling12).toEqual(counts.map((_, at) => twelve(at)))
          expect(summary.change).toEqual(twelve(35) - twelve(23))
          expect(summary.undated).toBe(days.filter((day) => day === null).length)
          if (Number.isNaN(summary.change))
            expect([summary.changePercent, summary.changeLow, summary.pValue]).toEqual([
              Number.NaN,
              Number.NaN,
              Number.NaN,
            ])
        },
      ),
      { numRuns: 150, seed: 8 },
    )
  })
})

describe('properties', () => {
  const rows = series([90, 3, 5, 0, 2, 7, 1, 0, 0, 4, 5, 6, 70, 2, 2, 2, 0, 9, 0, 0, 8, 1, 1, 1])
  it('the order of rows does not matter, and a masked set equals the rows gathered', () => {
    const all = run(rows, twoYears)
    expect(run(rows.toReversed(), twoYears)).toEqual(all)
    const mask = Uint8Array.from(rows, (_, at) => (at % 3 === 0 ? 1 : 0))
    const masked = monthTrend.run(toIncidents(makeColumns(rows), mask), { end: 0 }, twoYears, patient)
    expect(masked).toEqual(
      run(
        rows.filter((_, at) => at % 3 === 0),
        twoYears,
      ),
    )
  })
  it('every selected incident is in a month, outside the period or undated', () => {
    const { summary, caveats } = run([...rows, {}, { from: '2026-01-01' }], twoYears)
    expect(summary.counts.reduce((a, b) => a + b, 0)).toBe(rows.length)
    expect(summary.undated).toBe(1)
    expect(caveats.find((each) => each.code === 'outside-period')?.text).toMatch(/^1 of/)
  })
  it('tripling the counts keeps the percentage and narrows the interval', () => {
    const [once, thrice] = [run(years(60, 90), twoYears).summary, run(years(180, 270), twoYears).summary]
    expect(thrice.changePercent).toBeCloseTo(once.changePercent, 12)
    expect(thrice.changeHigh - thrice.changeLow).toBeLessThan(once.changeHigh - once.changeLow)
  })
})

describe('edges', () => {
  it('a missing month is blank, not nil, and so is the year over it', () => {
    const result = run(years(100, 150), { ...twoYears, missingMonths: ['2024-03', '2024-05', '2024-06'] })
    expect(result.summary.counts[14]).toBeNaN()
    expect(result.summary.coverage[14]).toBe('missing')
    expect(result.summary.last12.count).toBeNaN()
    expect(result.summary.changePercent).toBeNaN()
    expect(result.caveats[0].text).toMatch(/^No file covers 2024-03, 2024-05 to 2024-06:/)
  })
  it('where coverage is not known, months beyond the data are blank too', () => {
    const { summary } = run(series([5, 5]), { period: { from: '2022-12-01', to: '2023-04-01' } })
    expect(summary.counts).toEqual([Number.NaN, 5, 5, Number.NaN])
    expect(
      run(series([5, 5]), { period: { from: '2022-12-01', to: '2023-04-01' }, missingMonths: [] }).summary
        .counts,
    ).toEqual([0, 5, 5, 0])
  })
  it('a partial month is counted and told', () => {
    const result = run(years(100, 150), { ...twoYears, partialMonths: ['2023-01'] })
    expect(result.summary.coverage[0]).toBe('partial')
    expect(result.summary.changePercent).toBe(50)
    expect(codes(result)).toEqual(['months-partial'])
  })
  it('a base of 49 has no percentage, one of 50 has', () => {
    const small = run(years(49, 70), twoYears)
    expect(small.summary).toMatchObject({ change: 21, changePercent: Number.NaN, changeLow: Number.NaN })
    expect(codes(small)).toEqual(['base-small'])
    expect(run(years(50, 70), twoYears).summary.changePercent).toBeCloseTo(40, 12)
  })
  it('a fall to none is −100 % without an interval', () => {
    const result = run(years(80, 0), twoYears)
    expect(result.summary).toMatchObject({
      changePercent: -100,
      changeLow: Number.NaN,
      changeHigh: Number.NaN,
    })
    expect(codes(result)).toEqual(['none-in-year'])
  })
  it('fewer than two years are not compared', () => {
    const result = run(series([60, 60]), { period: { from: '2023-01-01', to: '2023-03-01' } })
    expect(result.summary).toMatchObject({
      change: Number.NaN,
      changePercent: Number.NaN,
      pValue: Number.NaN,
    })
    expect(codes(result)).toEqual(['series-short'])
  })
  it('a period that ends inside a month is compared up to the month before', () => {
    const result = run(years(100, 150), {
      period: { from: '2023-01-01', to: '2025-01-20' },
      missingMonths: [],
    })
    expect(result.summary.last12).toEqual({ from: '2024-01', to: '2024-12', count: 150 })
    expect(result.summary.coverage[24]).toBe('partial')
    expect(codes(result)).toEqual(['period-cuts-month'])
    const asked = run(
      years(100, 150),
      { period: { from: '2023-01-01', to: '2025-01-20' }, missingMonths: [] },
      { end: 202501 },
    )
    expect(asked.summary.changePercent).toBeNaN()
    expect(asked.summary.pValue).toBeNaN()
  })
  it('a chosen last month', () => {
    const three = series([80, ...Array(11).fill(0), 100, ...Array(11).fill(0), 7])
    const { summary } = run(
      three,
      { period: { from: '2023-01-01', to: '2025-02-01' }, missingMonths: [] },
      { end: 202412 },
    )
    expect(summary.last12.count).toBe(100)
    expect(summary.prior12).toEqual({ from: '2023-01', to: '2023-12', count: 80 })
  })
  it('29 February, and the last minute of a month', () => {
    const { summary } = run([{ from: '2024-02-29 23:59' }, { from: '2024-03-01 00:00' }, { from: '2024-02' }])
    expect(summary.months).toEqual(['2024-02', '2024-03'])
    expect(summary.counts).toEqual([2, 1])
  })
  it('none selected gives counts of nil over the months the data cover', () => {
    const columns = makeColumns(series([4, 4]))
    const { summary } = monthTrend.run(
      toIncidents(columns, new Uint8Array(8)),
      { end: 0 },
      nothingKnown,
      patient,
    )
    expect(summary.counts).toEqual([0, 0])
  })
})

describe('refuses', () => {
  it('a period that is none, no date at all, and a last month outside', () => {
    const context = (from: string, to: string): Context => ({ period: { from, to } })
    expect(() => run(series([1]), context('2024-01-01', '2023-01-01'))).toThrow(/before it begins/)
    expect(() => run(series([1]), context('2024-1-1', '2023-01-01'))).toThrow(/not a date/)
    expect(() => run([{}])).toThrow(/None of the incidents has a date/)
    expect(() => run([])).toThrow(/None of the incidents has a date/)
    for (const end of [202213, 202212, 202303, 1])
      expect(() => run(series([1, 1]), nothingKnown, { end })).toThrow(/not a month of the period/)
  })
})

const city = openData('police/city-of-london')
describe.skipIf(!city.held)(
  'real data: City of London, by month (skipped when the open data are not beside the repository)',
  () => {
    it('has the months and the rolling year that DuckDB counts', async () => {
      const months = await query(
        `select Month as month, count(*)::int as n from read_csv('${city.path}/*-street.csv.gz') group by 1 order by 1`,
      )
      const rows = months.flatMap(({ month, n }) =>
        Array.from({ length: Number(n) }, () => ({ from: String(month) })),
      )
      expect(rows).toHaveLength(22_111)
      const result = run(rows)
      const summary: MonthTrendSummary = result.summary
      expect(summary.months).toHaveLength(32)
      expect(summary.counts).toEqual(months.map((row) => row.n))
      expect(summary.months.indexOf('2020-05')).toBe(25)
      expect(summary.counts[25]).toBe(226)
      const twelve = (end: number): number =>
        months.slice(end - 11, end + 1).reduce((sum, row) => sum + Number(row.n), 0)
      expect(summary.change).toBe(twelve(31) - twelve(19))
      expect(summary.changeLow).toBeLessThan(summary.changePercent)
      expect(summary.changeHigh).toBeLessThan(0)
    })
  },
)
