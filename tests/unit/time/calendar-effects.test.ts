import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { randomOf, randomUnit } from '#core/analysis/support/random.ts'
import { dateLabel, daysOf } from '#core/analysis/support/wall-clock.ts'
import { bankHolidays, easterSunday } from '#core/analysis/time/bank-holidays.ts'
import { calendar } from '#core/analysis/time/calendar.ts'
import { calendarEffects } from '#core/analysis/time/calendar-effects.ts'
import { dayEffects } from '#core/analysis/time/day-effects.ts'
import { type MultinomialStatistic, multinomialTest } from '#core/analysis/time/multinomial-test.ts'
import { specialDays } from '#core/analysis/time/special-days.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { patient } from '../select/make-incidents.ts'
import { daysFrom, monthsOf, refusal } from './series-of.ts'

const peer = JSON.parse(
  readFileSync(new URL('../../oracles/calendar/expected.json', import.meta.url), 'utf8'),
) as {
  london: string[]
  easter: string[]
  exact: { counts: number[]; shares: number[]; kind: MultinomialStatistic; statistic: number; p: number }[]
  chicago: number[]
  dispersion: number
  fP: number
}
const run = (incidents: Incidents, raw: Record<string, unknown> = {}, context: Context = {}) =>
  calendarEffects.run(incidents, readParameters(calendarEffects.card, raw), context, patient)
const show = (incidents: Incidents, raw: Record<string, unknown> = {}, context: Context = {}) =>
  calendar.run(incidents, readParameters(calendar.card, raw), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map(({ code }) => code)
const label = (day: number): string => dateLabel(day * 1440)
const quiet = (): void => undefined
const even = Array(7).fill(1 / 7)
const chicago = (): Incidents => daysFrom(peer.chicago, [2018, 1, 1])

describe('published', () => {
  it('GOV.UK: 2020 to 2023 with VE Day, the Jubilee, the funeral and the Coronation', () => {
    expect(bankHolidays(2022).map(({ day, name }) => `${label(day)} ${name}`)).toEqual([
      '2022-01-03 New Year’s Day',
      '2022-04-15 Good Friday',
      '2022-04-18 Easter Monday',
      '2022-05-02 Early May bank holiday',
      '2022-06-02 Spring bank holiday',
      '2022-06-03 Platinum Jubilee',
      '2022-08-29 Summer bank holiday',
      '2022-09-19 State Funeral of Queen Elizabeth II',
      '2022-12-26 Boxing Day',
      '2022-12-27 Christmas Day',
    ])
    expect(
      bankHolidays(2021)
        .slice(-2)
        .map(({ day, name }) => `${label(day)} ${name}`),
    ).toEqual(['2021-12-27 Christmas Day', '2021-12-28 Boxing Day'])
    expect(bankHolidays(2020).map(({ day }) => label(day))).toContain('2020-05-08')
  })
  it('three incidents, all on one weekday: 7 × (1/7)³', () => {
    expect(multinomialTest([3, 0, 0, 0, 0, 0, 0], even, 'G', 1, quiet)).toMatchObject({
      how: 'exact',
      pValue: expect.closeTo(1 / 49, 12),
    })
  })
})

describe('oracle', () => {
  it('bank holidays of London in timeDate, 1978 to 2025, and Easter to 2060', () => {
    // timeDate keeps New Year's Day 1978 to 2025 as here, and has the single holidays too.
    const ours = Array.from({ length: 48 }, (_, k) =>
      bankHolidays(1978 + k).map(({ day }) => label(day)),
    ).flat()
    expect(ours).toEqual(peer.london)
    expect(peer.easter.map((date) => label(easterSunday(Number(date.slice(0, 4)))))).toEqual(peer.easter)
  })
  it('exact tests by dmultinom over all outcomes; weekday dispersion and F of a quasi-Poisson model', () => {
    let largestDifference = 0
    for (const { counts, shares, kind, statistic, p } of peer.exact) {
      const ours = multinomialTest(counts, shares, kind, 1, quiet)
      expect(ours.how).toBe('exact')
      expect(ours.statistic).toBeCloseTo(statistic, 12)
      largestDifference = Math.max(largestDifference, Math.abs(ours.pValue / p - 1))
    }
    const { weekdayTest } = run(chicago()).summary
    largestDifference = Math.max(
      largestDifference,
      Math.abs(weekdayTest.dispersion / peer.dispersion - 1),
      Math.abs(weekdayTest.pValueDispersed / peer.fP - 1),
    )
    expectAgreement({
      method: 'calendarEffects',
      peer: 'R dmultinom, glm(quasipoisson)',
      version: '4.2.2',
      data: '20 small multinomial tests; Chicago assaults by weekday: p, dispersion, F test p, relative',
      largestDifference,
      tolerance: 1e-10,
    })
  })
  it('the calendar holds the days of Chicago as R counts them', () => {
    const { columns, summary } = show(chicago())
    const counts = columns.count as Float64Array
    expect(summary.busiest[0]).toMatchObject({ count: Math.max(...peer.chicago) })
    expectAgreement({
      method: 'calendar',
      peer: 'R table and timeDate',
      version: '4.2.2',
      data: 'Chicago assaults 2018 and 2019, count of each day, absolute; bank holidays of London by date',
      largestDifference: Math.max(...peer.chicago.map((count, i) => Math.abs(count - counts[i]))),
      tolerance: 0,
    })
    const dates = columns.date as string[]
    const holidays = dates.filter((_, i) => (columns.holiday as string[])[i] !== '')
    expect(holidays).toEqual(peer.london.filter((date) => date >= '2018' && date < '2020'))
  })
})

describe('brute force', () => {
  it('effects by looking up each day’s references', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            { weight: 9, arbitrary: fc.integer({ min: 0, max: 9 }) },
            { weight: 1, arbitrary: fc.constant(Number.NaN) },
          ),
          {
            minLength: 80,
            maxLength: 260,
          },
        ),
        fc.uniqueArray(fc.integer({ min: 0, max: 259 }), { minLength: 1, maxLength: 12 }),
        (drawn, chosen) => {
          const counts = Float64Array.from(drawn)
          const days = new Set(chosen.map((at) => 1000 + at))
          const ordinary = Uint8Array.from(counts, (_, at) => (days.has(1000 + at) ? 0 : 1))
          const [effect] = dayEffects(counts, 1000, [{ name: 'x', days }], ordinary).effects
          let [observed, expected, used] = [0, 0, 0]
          for (const at of chosen) {
            if (at >= counts.length || Number.isNaN(counts[at])) continue
            const near = Array.from(counts.keys())
              .filter(
                (r) =>
                  r !== at &&
                  (r - at) % 7 === 0 &&
                  Math.abs(r - at) <= 84 &&
                  ordinary[r] === 1 &&
                  !Number.isNaN(counts[r]),
              )
              .sort((a, b) => Math.abs(a - at) - Math.abs(b - at) || a - b)
              .slice(0, 8)
            if (near.length < 4) continue
            used++
            observed += counts[at]
            expected += near.reduce((sum, r) => sum + counts[r], 0) / near.length
          }
          expect(effect.days).toBe(used)
          expect(effect.observed).toBe(observed)
          expect(effect.expected).toBeCloseTo(expected, 9)
          if (expected >= 5) expect(effect.ratio).toBeCloseTo(observed / expected, 9)
          else expect(effect.ratio).toBeNaN()
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('properties', () => {
  it('without an effect p values are even: about one in twenty under 0.05', () => {
    const random = randomOf(7, 0)
    let low = 0
    const repeats = 300
    for (let k = 0; k < repeats; k++) {
      const counts = Float64Array.from({ length: 400 }, () => {
        // Varies less than Poisson, so that the dispersion is 1 by its floor.
        let x = 0
        for (let j = 0; j < 12; j++) x += randomUnit(random) < 0.9 ? 1 : 0
        return x + (randomUnit(random) < 0.5 ? 3 : 0) + (randomUnit(random) < 0.5 ? 3 : 0)
      })
      const days = new Set([100, 131, 162, 190, 220, 250].map((at) => at + (k % 7)))
      const ordinary = Uint8Array.from(counts, (_, at) => (days.has(at) ? 0 : 1))
      if (dayEffects(counts, 0, [{ name: 'x', days }], ordinary).effects[0].pValue < 0.05) low++
    }
    expect(low / repeats).toBeLessThan(0.08)
  })
  it('doubled bank holidays are found', () => {
    const holidays = new Set([2018, 2019].flatMap((year) => bankHolidays(year).map(({ day }) => day)))
    const first = daysOf(2018, 1, 1)
    const doubled = peer.chicago.map((count, i) => (holidays.has(first + i) ? 2 * count : count))
    const [plain, more] = [run(chicago()), run(daysFrom(doubled, [2018, 1, 1]))]
    const ratio = (result: typeof plain): number => (result.columns.ratio as Float64Array)[0]
    expect(ratio(more)).toBeCloseTo(2 * ratio(plain), 9)
    expect((more.columns.qValue as Float64Array)[0]).toBeLessThan(0.001)
    expect(more.columns.effect as string[]).toContain('Bank holidays')
  })
  it('the tests of few and many counts join: exact, drawn and χ² are near one another', () => {
    const counts = [6, 1, 4, 2, 4, 3, 6]
    const exact = multinomialTest(counts, even, 'G', 1, quiet)
    expect(exact.how).toBe('exact')
    const many = multinomialTest(
      counts.map((c) => 3 * c),
      even,
      'G',
      1,
      quiet,
    )
    expect(many.how).toBe('chi-square')
    const drawn = multinomialTest([...counts, 9, 12, 8], Array(10).fill(0.1), 'chiSquare', 1, quiet)
    expect(drawn.how).toBe('chi-square')
    const kuiper = multinomialTest(
      counts.map((c) => 3 * c),
      even,
      'kuiper',
      1,
      quiet,
    )
    expect(kuiper.how).toBe('Monte Carlo')
    expect(
      multinomialTest(
        counts.map((c) => 3 * c),
        even,
        'kuiper',
        1,
        quiet,
      ),
    ).toEqual(kuiper)
    expect(Math.abs(kuiper.pValue - many.pValue)).toBeLessThan(0.2)
    const shape = [0.6, 0.05, 0.05, 0.1, 0.1, 0.05, 0.05]
    expect(multinomialTest([30, 1, 1, 3, 3, 1, 1], shape, 'G', 1, quiet)).toMatchObject({
      how: 'Monte Carlo',
    })
  })
  it('Kuiper’s statistic does not depend on where the week begins', () => {
    const counts = [3, 0, 1, 0, 2, 5, 1]
    const turned = [...counts.slice(3), ...counts.slice(0, 3)]
    expect(multinomialTest(turned, even, 'kuiper', 1, quiet).statistic).toBeCloseTo(
      multinomialTest(counts, even, 'kuiper', 1, quiet).statistic,
      12,
    )
  })
})

describe('edges', () => {
  it('paydays: the last working day before a weekend or holiday, and the last Friday', () => {
    const kinds = specialDays(daysOf(2023, 1, 1), daysOf(2023, 12, 31), '', '')
    const of = (name: string): string[] => [...kinds.find((kind) => kind.name === name)!.days].map(label)
    expect(of('Last working day of the month')).toContain('2023-04-28')
    expect(of('Last working day of the month')).toContain('2023-12-29')
    expect(of('Last Friday of the month')).toEqual(
      expect.arrayContaining(['2023-03-31', '2023-06-30', '2023-12-29']),
    )
    expect(of('Day before a bank holiday')).toContain('2023-12-24')
    expect(of('Day before a bank holiday')).toContain('2023-12-31')
    expect(of('Day before a bank holiday')).not.toContain('2023-12-25')
    expect(of('Good Friday to Easter Monday')).toEqual([
      '2023-04-07',
      '2023-04-08',
      '2023-04-09',
      '2023-04-10',
    ])
  })
  it('school holidays lie between terms, on weekdays; own days are read', () => {
    const kinds = specialDays(
      daysOf(2024, 1, 1),
      daysOf(2024, 12, 31),
      '2024-01-08/2024-03-28, 2024-04-15/2024-07-19',
      '2024-02-14',
    )
    const school = kinds.find(({ name }) => name.startsWith('School'))!
    expect([...school.days].map(label)).toEqual([
      '2024-03-29',
      ...[1, 2, 3, 4, 5, 8, 9, 10, 11, 12].map((day) => `2024-04-${String(day).padStart(2, '0')}`),
    ])
    expect(kinds.at(-1)).toMatchObject({ name: 'Days of your own' })
  })
  it('a missing month is left out, of days, tests and references', () => {
    const result = run(chicago(), {}, { missingMonths: ['2018-02'] })
    expect(result.summary.days).toBe(730 - 28)
    expect(show(chicago(), {}, { missingMonths: ['2018-02'] }).columns.count as Float64Array).toSatisfy(
      (counts: Float64Array) => Number.isNaN(counts[31]) && !Number.isNaN(counts[30]),
    )
  })
  it('few incidents, variation, new years and absent terms are told', () => {
    const few = run(
      daysFrom(
        Array.from({ length: 800 }, (_, i) => (i % 11 === 0 ? 1 : 0)),
        [2024, 6, 1],
      ),
    )
    expect(codes(few)).toEqual(['period-from-data', 'effect-few', 'no-terms', 'holidays-new'])
    expect(codes(run(chicago()))).toContain('over-dispersed')
    for (const code of [...codes(few), ...codes(run(chicago()))])
      expect(Object.keys(calendarEffects.card.caveats)).toContain(code)
  })
  it('calendar: single weekdays have nothing usual; firsts of months are told', () => {
    const short = show(daysFrom([3, 4, 5], [2024, 1, 1]))
    expect((short.columns.usual as Float64Array)[0]).toBeNaN()
    expect(codes(short)).toEqual(['period-from-data', 'no-usual'])
    const firsts = show(
      daysFrom(
        Array.from({ length: 91 }, (_, i) => ([0, 31, 60].includes(i) ? 40 : 2)),
        [2024, 1, 1],
      ),
    )
    expect(codes(firsts)).toContain('first-of-month')
    expect(firsts.summary.busiest[0]).toMatchObject({ count: 40, holiday: 'New Year’s Day' })
    expect(firsts.summary.busiest[0].qValue).toBeLessThan(0.001)
    for (const code of [...codes(short), ...codes(firsts)])
      expect(Object.keys(calendar.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  it('months without days, short periods, no incident, dates that are none, years without a list', () => {
    expect(refusal(() => run(monthsOf(Array(24).fill(9), 2022)))).toBe('E-MTH-DAY')
    expect(refusal(() => show(monthsOf(Array(24).fill(9), 2022)))).toBe('E-MTH-DAY')
    expect(refusal(() => run(daysFrom(Array(20).fill(2), [2024, 1, 1])))).toBe('E-MTH-DAYS')
    const none = { ...daysFrom(Array(60).fill(1), [2024, 1, 1]), mask: new Uint8Array(60) }
    expect(refusal(() => run(none))).toBe('E-MTH-FEW')
    expect(refusal(() => show(none))).toBe('E-MTH-FEW')
    for (const terms of [
      '2024-01-08',
      '2024-03-28/2024-01-08',
      '2024-01-08/2024-03-28, 2024-03-01/2024-07-19',
      'spring',
    ])
      expect(refusal(() => run(chicago(), { terms }))).toBe('E-MTH-DATES')
    expect(refusal(() => run(chicago(), { ownDays: '2024-02-30' }))).toBe('E-MTH-DATES')
    expect(refusal(() => run(daysFrom(Array(60).fill(2), [1977, 1, 1])))).toBe('E-MTH-YEAR')
  })
})
