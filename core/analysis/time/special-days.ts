import { InputError } from '#core/contract/problem.ts'
import { civilOf, daysOf, MINUTES_PER_DAY, minutesOfDate } from '../support/wall-clock.ts'
import { bankHolidays, easterSunday, weekday } from './bank-holidays.ts'

/** A kind of day that may differ from ordinary ones, and which days are of it. */
export interface SpecialDays {
  readonly name: string
  readonly days: ReadonlySet<number>
}

/**
 * The special days of the years from that of day `first` to that of day `last`.
 *
 * @param terms school terms, `2024-01-08/2024-03-28, 2024-04-15/2024-07-19`: weekdays between two of them are holidays
 * @param own days of one's own, `2024-02-14, 2024-06-01`
 * @throws InputError E-MTH-DATES, E-MTH-YEAR
 */
export function specialDays(first: number, last: number, terms: string, own: string): SpecialDays[] {
  const years = Array.from(
    { length: civilOf(last).year - civilOf(first).year + 1 },
    (_, at) => civilOf(first).year + at,
  )
  // One year more on each side: the eve of New Year's Day lies in the year before.
  const bank = new Set(
    [...years, years[years.length - 1] + 1].flatMap((year) => bankHolidays(year).map(({ day }) => day)),
  )
  const kind = (name: string, of: (year: number) => readonly number[]): SpecialDays => ({
    name,
    days: new Set(years.flatMap(of)),
  })
  const kinds = [
    { name: 'Bank holidays', days: bank },
    {
      name: 'Day before a bank holiday',
      days: new Set([...bank].map((day) => day - 1).filter((day) => !bank.has(day))),
    },
    kind('Good Friday to Easter Monday', (year) => [-2, -1, 0, 1].map((k) => easterSunday(year) + k)),
    kind('Christmas Eve', (year) => [daysOf(year, 12, 24)]),
    kind('Christmas Day', (year) => [daysOf(year, 12, 25)]),
    kind('New Year’s Eve', (year) => [daysOf(year, 12, 31)]),
    kind('New Year’s Day', (year) => [daysOf(year, 1, 1)]),
    kind('Halloween', (year) => [daysOf(year, 10, 31)]),
    kind('Bonfire Night', (year) => [daysOf(year, 11, 5)]),
    kind('Last working day of the month', (year) => months.map((month) => lastWorkingDay(year, month, bank))),
    kind('Last Friday of the month', (year) => months.map((month) => lastFriday(year, month))),
  ]
  if (terms.trim() !== '')
    kinds.push({ name: 'School holidays (weekdays)', days: holidaysBetween(rangesOf(terms)) })
  if (own.trim() !== '')
    kinds.push({ name: 'Days of your own', days: new Set(datesOf(own).map((date) => dayOf(date))) })
  return kinds
}

const months = Array.from({ length: 12 }, (_, at) => at + 1)

function lastDay(year: number, month: number): number {
  return (month === 12 ? daysOf(year + 1, 1, 1) : daysOf(year, month + 1, 1)) - 1
}

function lastWorkingDay(year: number, month: number, bank: ReadonlySet<number>): number {
  let day = lastDay(year, month)
  while (weekday(day) > 4 || bank.has(day)) day--
  return day
}

function lastFriday(year: number, month: number): number {
  const day = lastDay(year, month)
  return day - ((weekday(day) + 3) % 7)
}

function rangesOf(terms: string): { readonly from: number; readonly to: number }[] {
  const ranges = datesOf(terms)
    .map((range) => {
      const [from, to, more] = range.split('/')
      if (to === undefined || more !== undefined) throw notDates(range, '2024-01-08/2024-03-28')
      return { from: dayOf(from), to: dayOf(to) }
    })
    .sort((a, b) => a.from - b.from)
  ranges.forEach(({ from, to }, k) => {
    if (to < from || (k > 0 && from <= ranges[k - 1].to))
      throw notDates(terms, '2024-01-08/2024-03-28, 2024-04-15/2024-07-19')
  })
  return ranges
}

function holidaysBetween(terms: readonly { readonly from: number; readonly to: number }[]): Set<number> {
  const days = new Set<number>()
  for (let k = 1; k < terms.length; k++)
    for (let day = terms[k - 1].to + 1; day < terms[k].from; day++) if (weekday(day) < 5) days.add(day)
  return days
}

function datesOf(text: string): string[] {
  return text.split(/[,;\s]+/).filter((part) => part !== '')
}

function dayOf(date: string): number {
  try {
    return minutesOfDate(date) / MINUTES_PER_DAY
  } catch {
    throw notDates(date, '2024-02-14, 2024-06-01')
  }
}

function notDates(text: string, example: string): InputError {
  return new InputError('E-MTH-DATES', `“${text}” cannot be read as dates.`, {
    cure: `Write them as ${example}; a term ends on or after the day it begins and before the next.`,
  })
}
