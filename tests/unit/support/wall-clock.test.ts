import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  civilOf,
  dateLabel,
  daysOf,
  hourOfWeek,
  isDate,
  minutesOf,
  minutesOfDate,
  monthIndex,
  monthLabel,
  monthOfLabel,
  timeLabel,
} from '#core/analysis/support/wall-clock.ts'

describe('wall clock', () => {
  it('agrees with the JavaScript calendar in UTC over six centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -146097, max: 146097 }), (days) => {
        const date = new Date(days * 86400000)
        expect(civilOf(days)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        })
        expect(daysOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(days)
        expect(Math.floor(hourOfWeek(days * 1440) / 24)).toBe((date.getUTCDay() + 6) % 7)
        expect(dateLabel(days * 1440)).toBe(date.toISOString().slice(0, 10).padStart(10, '0'))
      }),
    )
  })
  it('knows which dates exist', () => {
    expect(isDate(2024, 2, 29)).toBe(true)
    expect(isDate(2023, 2, 29)).toBe(false)
    expect(isDate(1900, 2, 29)).toBe(false)
    expect(isDate(2026, 2, 31)).toBe(false)
    expect(isDate(2026, 13, 1)).toBe(false)
    expect(() => minutesOfDate('2026-02-31')).toThrow('is not a date')
  })
  it('counts months and hours of the week from Monday', () => {
    expect(monthLabel(monthIndex(minutesOf(2025, 12, 31, 23, 59)))).toBe('2025-12')
    expect(monthOfLabel('1970-01')).toBe(0)
    expect(hourOfWeek(minutesOf(2026, 11, 22, 19))).toBe(6 * 24 + 19)
    expect(timeLabel(minutesOf(2026, 3, 29, 1, 5))).toBe('2026-03-29 01:05')
  })
})
