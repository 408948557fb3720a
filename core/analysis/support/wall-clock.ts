/**
 * Calendar arithmetic on the London wall clock: minutes since 1970-01-01 00:00 as written on the record. There is no
 * time zone in here; a clock change is an hour that is written twice or not at all. Civil-date formulae after
 * Hinnant, "chrono-Compatible Low-Level Date Algorithms" (proleptic Gregorian, exact for any year).
 */
import { InputError } from '#core/contract/problem.ts'

export const MINUTES_PER_DAY = 1440
export const HOURS_PER_WEEK = 168

/** Days since 1970-01-01 of a civil date; month 1–12. */
export function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The civil date of a day number. */
export function civilOf(days: number): CivilDate {
  const z = days + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** Wall-clock minutes of a date and time. */
export function minutesOf(year: number, month: number, day: number, hour = 0, minute = 0): number {
  return daysOf(year, month, day) * MINUTES_PER_DAY + hour * 60 + minute
}

/** True for a date that exists (29 February only in leap years). */
export function isDate(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return false
  const back = civilOf(daysOf(year, month, day))
  return back.month === month && back.day === day
}

export function dateOf(minutes: number): CivilDate {
  return civilOf(Math.floor(minutes / MINUTES_PER_DAY))
}

/** Months since January 1970. */
export function monthIndex(minutes: number): number {
  const { year, month } = dateOf(minutes)
  return (year - 1970) * 12 + month - 1
}

/** `YYYY-MM` of a month index. */
export function monthLabel(index: number): string {
  const year = 1970 + Math.floor(index / 12)
  return `${year}-${String(index - (year - 1970) * 12 + 1).padStart(2, '0')}`
}

/** Month index of `YYYY-MM` (or the month of a longer date). */
export function monthOfLabel(label: string): number {
  return (Number(label.slice(0, 4)) - 1970) * 12 + Number(label.slice(5, 7)) - 1
}

/** 0 = Monday 00:00–00:59 … 167 = Sunday 23:00–23:59. 1970-01-01 was a Thursday. */
export function hourOfWeek(minutes: number): number {
  const hours = Math.floor(minutes / 60) + 72
  return hours - Math.floor(hours / HOURS_PER_WEEK) * HOURS_PER_WEEK
}

/** Minutes at the start of `YYYY-MM-DD`; refuses what is not a date. */
export function minutesOfDate(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!match || !isDate(Number(match[1]), Number(match[2]), Number(match[3])))
    throw new InputError('E-DATE-ISO', `“${date}” is not a date.`, {
      cure: 'Write it as YYYY-MM-DD, for example 2025-04-01.',
    })
  return minutesOf(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** `YYYY-MM-DD` of wall-clock minutes. */
export function dateLabel(minutes: number): string {
  const { year, month, day } = dateOf(minutes)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** `YYYY-MM-DD HH:MM` of wall-clock minutes. */
export function timeLabel(minutes: number): string {
  const inDay = minutes - Math.floor(minutes / MINUTES_PER_DAY) * MINUTES_PER_DAY
  const hour = String(Math.floor(inDay / 60)).padStart(2, '0')
  return `${dateLabel(minutes)} ${hour}:${String(inDay % 60).padStart(2, '0')}`
}
