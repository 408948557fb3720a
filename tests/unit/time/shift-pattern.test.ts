import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { shiftPattern } from '#core/analysis/time/shift-pattern.ts'
import { shiftsOf } from '#core/analysis/time/shifts.ts'
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
  shiftPattern.run(makeIncidents(rows), readParameters(shiftPattern.card, raw), nothingKnown, patient)
const weights = (result: { columns: Readonly<Record<string, unknown>> }): number[] =>
  Array.from(result.columns.weight as Float64Array)
const code = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return (error as InputError).code
  }
  return 'accepted'
}

describe('published', () => {
  it('the example of the aoristic package by half-day shifts', () => {
    const { summary } = run([{ from: '2024-05-01 10:55', to: '2024-05-01 11:55' }], { shifts: [11, 23] })
    expect(summary.shifts.map(({ shift, weight }) => [shift, weight])).toEqual([
      ['11:00–23:00', 55 / 60],
      ['23:00–11:00', 5 / 60],
    ])
  })
})

describe.skipIf(notHere !== '')(`oracle${notHere}`, () => {
  it('New York vehicle thefts: hours of the aoristic rules in R, added up to shifts', () => {
    const peer = JSON.parse(
      readFileSync(new URL('../../oracles/aoristic/expected.json', import.meta.url), 'utf8'),
    ) as { within24: number[] }
    const expected = Array.from({ length: 21 }, (_, at) => {
      const from = Math.floor(at / 3) * 24 + 6 + 8 * (at % 3)
      let sum = 0
      for (let k = 0; k < 8; k++) sum += peer.within24[(from + k) % 168]
      return sum
    })
    const result = shiftPattern.run(
      readVehicleThefts(),
      readParameters(shiftPattern.card, {}),
      nothingKnown,
      patient,
    )
    const largestDifference = Math.max(
      ...weights(result).map((weight, at) => Math.abs(weight - expected[at])),
    )
    expectAgreement({
      method: 'shiftPattern',
      peer: 'R package aoristic, its rules written again in R',
      version: '1.1.1',
      data: 'New York vehicle thefts, spans up to 24 h, 21 shifts of 8 h, incidents, absolute',
      largestDifference,
      tolerance: 1e-8,
    })
  })
})

describe('brute force', () => {
  it('minute by minute', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: clock('1969-12-20'), max: clock('1970-02-01') }),
            fc.integer({ min: 0, max: 12000 }),
          ),
          { minLength: 1, maxLength: 6 },
        ),
        fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 5 }),
        (drawn, quarters) => {
          const starts = quarters.toSorted((a, b) => a - b).map((quarter) => quarter / 4)
          const shifts = shiftsOf(starts)
          const columns = makeColumns(drawn.map(() => ({ from: '2024-01-01 00:00', to: '2024-01-01 00:00' })))
          const expected = Array.from({ length: 7 * shifts.length }, () => 0)
          drawn.forEach(([from, span], row) => {
            columns.occurredFrom[row] = from
            columns.occurredTo[row] = from + span
            const minutes = span >= 10080 ? 10080 : Math.max(1, span)
            for (let minute = from; minute < from + minutes; minute++) {
              // Minutes from the first shift of a Monday.
              const inWeek = (((minute + 4320 - shifts[0].start) % 10080) + 10080) % 10080
              const inDay = shifts[0].start + (inWeek % 1440)
              const shift = shifts.findLastIndex((each) => each.start <= inDay)
              expected[Math.floor(inWeek / 1440) * shifts.length + shift] += 1 / minutes
            }
          })
          const params = readParameters(shiftPattern.card, { shifts: starts, maximumSpan: 0 })
          weights(shiftPattern.run(toIncidents(columns), params, nothingKnown, patient)).forEach(
            (weight, at) => {
              expect(weight).toBeCloseTo(expected[at], 8)
            },
          )
        },
      ),
      { numRuns: 80, seed: 3 },
    )
  })
})

describe('properties', () => {
  it('adds up to the incidents used, by shift and by day; an even spread has ratio 1', () => {
    const even = run(
      Array.from({ length: 168 }, (_, k) => ({
        from: `2024-05-${String(6 + Math.floor(k / 24)).padStart(2, '0')} ${String(k % 24).padStart(2, '0')}:30`,
      })),
    )
    expect(weights(even).reduce((a, b) => a + b, 0)).toBe(168)
    for (const { ratio } of even.summary.shifts) expect(ratio).toBeCloseTo(1, 12)
    for (const { weight } of even.summary.days) expect(weight).toBe(24)
  })
})

describe('edges', () => {
  it('a night shift belongs to the day it begins on, from Sunday into Monday too', () => {
    const at = (from: string): number => weights(run([{ from }])).indexOf(1)
    expect(at('2024-05-04 02:00')).toBe(4 * 3 + 2)
    expect(at('2024-05-04 06:00')).toBe(5 * 3)
    expect(at('2024-05-06 05:59')).toBe(6 * 3 + 2)
    expect(run([{ from: '2024-05-04 02:00' }]).summary.busiest).toEqual({
      day: 4,
      shift: '22:00–06:00',
      perHour: 1 / 8,
    })
  })
  it('unequal shifts: per hour, not per shift', () => {
    const { summary } = run([{ from: '2024-05-01 10:00' }, { from: '2024-05-01 23:00' }], {
      shifts: [7.75, 22],
    })
    expect(summary.shifts[0]).toMatchObject({ shift: '07:45–22:00', hours: 14.25, share: 0.5 })
    expect(summary.shifts[1].ratio).toBeCloseTo((0.5 * 24) / 9.75, 12)
  })
  it('none used: shares are NaN, not 0', () => {
    const { summary, caveats } = run([])
    expect(summary.shifts[0].share).toBeNaN()
    expect(summary.busiest.perHour).toBeNaN()
    expect(caveats.map((each) => each.code)).toEqual(['none-used'])
  })
})

describe('refuses', () => {
  it('no shift, a shift between minutes, records without times', () => {
    expect(code(() => run([], { shifts: [] }))).toBe('E-MTH-SHIFT')
    expect(code(() => run([], { shifts: [6.001] }))).toBe('E-MTH-SHIFT')
    expect(code(() => run([{ from: '2024-05' }]))).toBe('E-MTH-TIME')
    expect(code(() => readParameters(shiftPattern.card, { shifts: [14, 6] }))).toBe('E-PRM-RANGE')
  })
})
