import { InputError } from '#core/contract/problem.ts'
import { daysOf } from '../support/wall-clock.ts'

export interface BankHoliday {
  /** Day number since 1970-01-01. */
  readonly day: number
  readonly name: string
}

/** The year the Early May holiday began; before it the list is another. */
export const FIRST_YEAR = 1978

/** Moved by proclamation: year → day that stands for the holiday of the rule. */
const moved: Readonly<Record<string, readonly [number, number]>> = {
  // VE Day, 50 and 75 years.
  'Early May bank holiday 1995': [5, 8],
  'Early May bank holiday 2020': [5, 8],
  // The Golden, Diamond and Platinum Jubilees.
  'Spring bank holiday 2002': [6, 4],
  'Spring bank holiday 2012': [6, 4],
  'Spring bank holiday 2022': [6, 2],
}

/** Proclaimed for one year only. */
const once: readonly (readonly [number, number, number, string])[] = [
  [1981, 7, 29, 'Royal Wedding'],
  [1999, 12, 31, 'Millennium'],
  [2002, 6, 3, 'Golden Jubilee'],
  [2011, 4, 29, 'Royal Wedding'],
  [2012, 6, 5, 'Diamond Jubilee'],
  [2022, 6, 3, 'Platinum Jubilee'],
  [2022, 9, 19, 'State Funeral of Queen Elizabeth II'],
  [2023, 5, 8, 'Coronation of King Charles III'],
]

/**
 * The bank holidays of England and Wales in a year, in order, by rule: New Year's Day, Good Friday, Easter Monday, the
 * first and last Monday of May, the last Monday of August, Christmas Day and Boxing Day; one that falls on a Saturday or
 * Sunday is observed on the next weekday that is not one itself. With the moved and the single ones known up to 2025:
 * a day proclaimed since is not in the list.
 *
 * @throws InputError E-MTH-YEAR before 1978
 * @see Banking and Financial Dealings Act 1971; https://www.gov.uk/bank-holidays and The Gazette for the proclamations.
 */
export function bankHolidays(year: number): BankHoliday[] {
  if (year < FIRST_YEAR)
    throw new InputError(
      'E-MTH-YEAR',
      `The bank holidays of ${year} are not known; the list begins in ${FIRST_YEAR}.`,
      {
        column: 'occurredFrom',
        cure: `Choose a period from ${FIRST_YEAR} on.`,
      },
    )
  const easter = easterSunday(year)
  const held: BankHoliday[] = []
  const add = (name: string, day: number): void => {
    const change = moved[`${name} ${year}`]
    held.push({ name, day: change ? daysOf(year, change[0], change[1]) : day })
  }
  add('New Year’s Day', nextWeekday(daysOf(year, 1, 1)))
  add('Good Friday', easter - 2)
  add('Easter Monday', easter + 1)
  add('Early May bank holiday', mondayFrom(daysOf(year, 5, 1)))
  add('Spring bank holiday', mondayFrom(daysOf(year, 5, 25)))
  add('Summer bank holiday', mondayFrom(daysOf(year, 8, 25)))
  const christmas = daysOf(year, 12, 25)
  const boxing = nextWeekday(christmas + 1)
  // On a Sunday Christmas gives way to Boxing Day on the Monday, and is kept on the Tuesday.
  const kept = weekday(christmas) === 6 ? christmas + 2 : nextWeekday(christmas)
  add('Christmas Day', kept)
  add('Boxing Day', kept === boxing ? boxing + 1 : boxing)
  for (const [own, month, day, name] of once)
    if (own === year) held.push({ name, day: daysOf(year, month, day) })
  return held.sort((a, b) => a.day - b.day)
}

/** Day number of Easter Sunday, Gregorian. @see Meeus (1991), Astronomical Algorithms, chapter 8 (Butcher's rule). */
export function easterSunday(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const sum = h + l - 7 * m + 114
  return daysOf(year, Math.floor(sum / 31), (sum % 31) + 1)
}

/** 0 = Monday. Day 0 was a Thursday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

function mondayFrom(day: number): number {
  return day + ((7 - weekday(day)) % 7)
}

function nextWeekday(day: number): number {
  return weekday(day) < 5 ? day : day + 7 - weekday(day)
}
