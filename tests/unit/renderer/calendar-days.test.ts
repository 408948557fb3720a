import { describe, expect, it } from 'vitest'
import { calendarPlace, dayLabel, dayNumber, weekdayOf } from '#renderer/features/charts/calendar-days.ts'

describe('places of days in the calendar', () => {
  it('turns days to numbers and back, leap days and years before 1970 too', () => {
    for (const day of ['1969-12-31', '1970-01-01', '2000-02-29', '2024-02-29', '2025-12-31'])
      expect(dayLabel(dayNumber(day))).toBe(day)
    expect(dayNumber('1970-01-02')).toBe(1)
  })
  it('weeks begin on Monday and week 0 holds 1 January', () => {
    expect(calendarPlace(dayNumber('2024-01-01'))).toEqual({ year: 2024, week: 0, weekday: 0 })
    expect(calendarPlace(dayNumber('2023-01-01'))).toEqual({ year: 2023, week: 0, weekday: 6 })
    expect(calendarPlace(dayNumber('2023-01-02'))).toEqual({ year: 2023, week: 1, weekday: 0 })
    expect(calendarPlace(dayNumber('2028-12-31'))).toEqual({ year: 2028, week: 52, weekday: 6 })
    expect(weekdayOf(dayNumber('1969-12-29'))).toBe(0)
  })
  it('gives every day of forty years a place of its own within 54 weeks', () => {
    const seen = new Set<string>()
    for (let day = dayNumber('1990-01-01'); day < dayNumber('2030-01-01'); day++) {
      const { year, week, weekday } = calendarPlace(day)
      expect(week).toBeLessThan(54)
      seen.add(`${year} ${week} ${weekday}`)
    }
    expect(seen.size).toBe(dayNumber('2030-01-01') - dayNumber('1990-01-01'))
  })
})
