import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { hourOfWeek, minutesOf } from '#core/analysis/support/wall-clock.ts'
import { aoristic } from '#core/analysis/time/aoristic.ts'
import { clockChanges, meetsChange, wasSkipped } from '#core/analysis/time/clock-changes.ts'
import type { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import {
  clock,
  makeColumns,
  makeIncidents,
  nothingKnown,
  patient,
  type Row,
  toIncidents,
} from '../select/make-incidents.ts'
import { notHere, readVehicleThefts } from './vehicle-thefts.ts'

const run = (rows: readonly Row[], raw: Record<string, unknown> = {}) =>
  aoristic.run(makeIncidents(rows), readParameters(aoristic.card, raw), nothingKnown, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map(({ code }) => code)
const column = (result: { columns: Readonly<Record<string, unknown>> }, name: string): number[] =>
  Array.from(result.columns[name] as Float64Array)
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0)
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const held = (result: ReturnType<typeof run>, name = 'aoristic'): Record<string, number> =>
  Object.fromEntries(
    column(result, name).flatMap((weight, at) =>
      weight === 0 ? [] : [[`${days[column(result, 'day')[at]]} ${column(result, 'hour')[at]}`, weight]],
    ),
  )

describe('published', () => {
  it('the example of the aoristic package: 10:55 to 11:55', () => {
    const result = run([{ from: '2024-05-01 10:55', to: '2024-05-01 11:55' }])
    expect(held(result)).toEqual({ 'Wed 10': 5 / 60, 'Wed 11': 55 / 60 })
    expect(held(result, 'start')).toEqual({ 'Wed 10': 1 })
    expect(held(result, 'mid')).toEqual({ 'Wed 11': 1 })
    expect(held(result, 'end')).toEqual({ 'Wed 11': 1 })
  })
})

describe.skipIf(notHere !== '')(`oracle: New York vehicle thefts${notHere}`, () => {
  const peer = JSON.parse(
    readFileSync(new URL('../../oracles/aoristic/expected.json', import.meta.url), 'utf8'),
  ) as Record<'all' | 'within24' | 'start24' | 'mid24' | 'end24', number[]> & { rows: number; used24: number }
  const thefts = notHere === '' ? readVehicleThefts() : makeIncidents([])
  const result = (maximumSpan: number) =>
    aoristic.run(thefts, readParameters(aoristic.card, { maximumSpan }), nothingKnown, patient)

  it('all spans, and spans up to a day, hour by hour', () => {
    const [all, day] = [result(0), result(24)]
    expect(all.summary.used).toBe(peer.rows)
    expect(day.summary.used).toBe(peer.used24)
    let largestDifference = 0
    const compare = (ours: number[], theirs: number[]): void =>
      ours.forEach((weight, at) => {
        largestDifference = Math.max(largestDifference, Math.abs(weight - theirs[at]))
      })
    compare(column(all, 'aoristic'), peer.all)
    compare(column(day, 'aoristic'), peer.within24)
    for (const name of ['start', 'mid', 'end'] as const) expect(column(day, name)).toEqual(peer[`${name}24`])
    expectAgreement({
      method: 'aoristic',
      peer: 'R package aoristic, its rules written again in R',
      version: '1.1.1',
      data: '35,746 New York vehicle thefts, weight of each hour of the week, absolute',
      largestDifference,
      tolerance: 1e-8,
    })
  })
})

describe('brute force', () => {
  it('minute by minute, each rule for an end before the start', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: clock('2024-01-01'), max: clock('2024-12-31') }),
            fc.option(fc.integer({ min: -400, max: 1500 })),
          ),
          { minLength: 1, maxLength: 10 },
        ),
        fc.constantFrom('start', 'swap', 'drop'),
        fc.integer({ min: 0, max: 23 }),
        (drawn, reversed, dayStart) => {
          const columns = makeColumns(drawn.map(() => ({ from: '2024-01-01 00:00', to: '2024-01-01 00:00' })))
          const expected = Array.from({ length: 168 }, () => 0)
          drawn.forEach(([from, span], row) => {
            columns.occurredFrom[row] = from
            if (span === null) columns.occurredTo[row] = -2147483648
            else columns.occurredTo[row] = from + span
            let [first, last] = [from, from + (span ?? 0)]
            if (last < first) {
              if (reversed === 'drop') return
              if (reversed === 'swap') [first, last] = [last, first]
              else last = first
            }
            if (last - first > 1440) return
            const minutes = Math.max(1, last - first)
            for (let minute = first; minute < first + minutes; minute++)
              expected[(hourOfWeek(minute) - dayStart + 168) % 168] += 1 / minutes
          })
          const params = readParameters(aoristic.card, { reversed, dayStart })
          const result = aoristic.run(toIncidents(columns), params, nothingKnown, patient)
          column(result, 'aoristic').forEach((weight, at) => {
            expect(weight).toBeCloseTo(expected[at], 9)
          })
        },
      ),
      { numRuns: 150, seed: 5 },
    )
  })
})

const rows: Row[] = Array.from({ length: 200 }, (_, k) => ({
  from: `2024-05-${String(1 + (k % 28)).padStart(2, '0')} ${String(k % 24).padStart(2, '0')}:${String((k * 7) % 60).padStart(2, '0')}`,
  to: `2024-05-${String(2 + (k % 28)).padStart(2, '0')} ${String((k * 5) % 24).padStart(2, '0')}:10`,
}))

describe('properties', () => {
  it('each way adds up to the incidents used; aoristic moves none from itself', () => {
    const result = run(rows, { maximumSpan: 0 })
    for (const name of ['aoristic', 'start', 'mid', 'end'])
      expect(sum(column(result, name))).toBeCloseTo(200, 9)
    const moved = Object.fromEntries(result.summary.methods.map((each) => [each.method, each.moved]))
    expect(moved.aoristic).toBe(0)
    for (const name of ['start', 'mid', 'end']) {
      expect(moved[name]).toBeGreaterThan(0)
      expect(moved[name]).toBeLessThanOrEqual(1)
    }
    expect(sum(result.summary.days.map(({ share }) => share))).toBeCloseTo(1, 12)
  })
  it('spans of an hour or less within one hour make all four the same', () => {
    const result = run([{ from: '2024-05-01 10:05', to: '2024-05-01 10:40' }])
    for (const each of result.summary.methods)
      expect(each).toMatchObject({ moved: 0, peakDay: 2, peakHour: 10 })
    expect(result.summary).toMatchObject({ knownToTheHour: 1, medianSpan: 35 / 60 })
  })
  it('the order of rows does not matter, and a masked set equals the rows gathered', () => {
    const mask = Uint8Array.from(rows, (_, at) => (at % 3 === 0 ? 1 : 0))
    const params = readParameters(aoristic.card, {})
    expect(aoristic.run(toIncidents(makeColumns(rows), mask), params, nothingKnown, patient)).toEqual(
      run(rows.filter((_, at) => at % 3 === 0)),
    )
    const turned = column(run(rows.toReversed()), 'aoristic')
    column(run(rows), 'aoristic').forEach((weight, at) => {
      expect(turned[at]).toBeCloseTo(weight, 10)
    })
  })
})

describe('edges', () => {
  it('the policing day: 02:00 on Saturday is Friday, hours stay those of the clock', () => {
    const row = { from: '2024-05-04 02:10', to: '2024-05-04 02:20' }
    expect(held(run([row]))).toEqual({ 'Sat 2': 1 })
    const result = run([row], { dayStart: 6 })
    expect(held(result)).toEqual({ 'Fri 2': 1 })
    expect(column(result, 'hour').slice(0, 2)).toEqual([6, 7])
    expect(result.summary.windows[0].day).toBeGreaterThanOrEqual(4)
    // Sunday to Monday: the last hours of the week.
    expect(held(run([{ from: '2024-05-06 05:59' }], { dayStart: 6 }))).toEqual({ 'Sun 5': 1 })
  })
  it('an end before the start: stand, swap, drop', () => {
    const row = { from: '2024-05-03 22:00', to: '2024-05-03 20:00' }
    expect(held(run([row]))).toEqual({ 'Fri 22': 1 })
    expect(held(run([row], { reversed: 'swap' }))).toEqual({ 'Fri 20': 0.5, 'Fri 21': 0.5 })
    const dropped = run([row, { from: '2024-05-01 10:00' }], { reversed: 'drop' })
    expect(dropped.summary).toMatchObject({ used: 1, reversed: 1, excludedReversed: 1 })
    for (const each of ['start', 'swap', 'drop'])
      expect(codes(run([row], { reversed: each }))).toContain('span-reversed')
  })
  it('the share left out for its span', () => {
    const { summary } = run([...rows.slice(0, 3), { from: '2024-05-03 22:00', to: '2024-05-09 22:00' }], {
      maximumSpan: 48,
    })
    expect(summary).toMatchObject({ used: 3, excludedLongSpan: 1, excludedLongShare: 0.25 })
  })
  it('a week or more is 1/168 everywhere; crimepy differs at exactly a week', () => {
    const result = run([{ from: '2024-05-01 10:30', to: '2024-05-08 10:30' }], { maximumSpan: 0 })
    expect(new Set(column(result, 'aoristic'))).toEqual(new Set([1 / 168]))
  })
  it('the nights of the clock changes: minutes as written, counted, and told', () => {
    const spring = run([{ from: '2024-03-31 00:30', to: '2024-03-31 02:30' }])
    expect(held(spring)).toEqual({ 'Sun 0': 0.25, 'Sun 1': 0.5, 'Sun 2': 0.25 })
    expect(codes(spring)).toEqual(['clock-change'])
    const skipped = run([{ from: '2024-03-31 01:30', to: '2024-03-31 04:00' }])
    expect(codes(skipped)).toEqual(['clock-change', 'clock-skipped'])
    const twice = run([{ from: '2024-10-27 01:15', to: '2024-10-27 01:45' }])
    expect(held(twice)).toEqual({ 'Sun 1': 1 })
    expect(codes(twice)).toEqual(['clock-change'])
    expect(codes(run([{ from: '2024-10-27 02:00', to: '2024-10-27 09:00' }]))).toEqual([])
    expect(codes(run([{ from: '2024-10-26 20:00', to: '2024-10-27 00:59' }]))).toEqual([])
  })
  it('the rule of the changes, against the dates of the statute book', () => {
    const changes = clockChanges(minutesOf(2019, 1, 1), minutesOf(2025, 12, 31))
    const dates = [331, 1027, 329, 1025, 328, 1031, 327, 1030, 326, 1029, 331, 1027, 330, 1026]
    expect([...changes.days]).toEqual(
      dates.map((date, k) => minutesOf(2019 + (k >> 1), Math.floor(date / 100), date % 100) / 1440),
    )
    expect(wasSkipped(changes, minutesOf(2025, 3, 30, 1, 59))).toBe(true)
    expect(wasSkipped(changes, minutesOf(2025, 3, 30, 2, 0))).toBe(false)
    expect(wasSkipped(changes, minutesOf(2025, 10, 26, 1, 30))).toBe(false)
    expect(meetsChange(changes, minutesOf(2025, 4, 1), minutesOf(2025, 10, 1))).toBe(false)
    expect(meetsChange(changes, minutesOf(2025, 3, 1), minutesOf(2025, 4, 1))).toBe(true)
  })
  it('none selected, none used', () => {
    const none = run([])
    expect(codes(none)).toEqual(['none-used'])
    expect(none.summary.medianSpan).toBeNaN()
    expect(none.summary.excludedLongShare).toBeNaN()
    expect(none.summary.methods[0].peakHour).toBeNaN()
  })
  it('many at midnight are told', () => {
    const midnight = Array.from({ length: 25 }, () => ({ from: '2024-05-01 00:00' }))
    expect(codes(run(midnight))).toEqual(['midnight'])
    for (const code of codes(run(midnight))) expect(Object.keys(aoristic.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  it('records by month or day', () => {
    for (const from of ['2024-05', '2024-05-01']) {
      let refused: InputError | undefined
      try {
        run([{ from }])
      } catch (error) {
        refused = error as InputError
      }
      expect(refused?.code).toBe('E-MTH-TIME')
      expect(refused?.message).toContain(from.length > 7 ? 'by day' : 'by month')
    }
  })
})
