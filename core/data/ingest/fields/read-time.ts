/**
 * Dates and times straight from bytes, as London wall-clock minutes.
 *
 * Read: `2025-04-03`, `2025/04/03 14:05`, `2025-04-03T14:05:09.1Z`, `…+01:00`, `20250403`, `202504031405`, `2025-04`,
 * `03/04/2025 2:05 PM`, `3.4.25`, `03-Apr-2025`, `Apr-25`, Excel serials (`45750.5`), seconds and milliseconds since
 * 1970. A time zone in the value, or the `utc` clock, is turned into London time; all else is London time as written.
 * Seconds are cut off. Nothing is allocated per value; the answer stands in the reader's fields.
 */

import { isDate, MINUTES_PER_DAY, minutesOf } from '#core/analysis/support/wall-clock.ts'
import type { Reading } from '#core/contract/dataset.ts'
import { NO_TIME } from '#core/contract/incident.ts'
import { clockChange, londonFromUtc } from './london-clock.ts'
import { createTimeOfDay } from './time-of-day.ts'

export const MINUTE = 0
export const DAY = 1
export const MONTH = 2
export const NONE = 3

export const FIRST_YEAR = 1910
export const LAST_YEAR = 2099

export interface TimeReader {
  /** Wall-clock minutes, `NO_TIME` when the value is blank or cannot be read. */
  minutes: number
  /** Index into `timePrecisions`. */
  precision: number
  /** Code of why a value that is there was left blank, or what was put right; '' for neither. */
  fault: string
  repair: string
  /** 'gap' or 'overlap' where the clock skips or repeats that hour. */
  change: 'gap' | 'overlap' | ''
  /** The value was written as exactly 00:00. */
  midnight: boolean
  read(bytes: Uint8Array, start: number, end: number): void
  /** A date in the first range with its time of day in the second. */
  readPair(bytes: Uint8Array, start: number, end: number, timeStart: number, timeEnd: number): void
}

const MONTH_NAMES = 'janfebmaraprmayjunjulaugsepoctnovdec'

export function createTimeReader(reading: Reading): TimeReader {
  const order = reading.dateOrder
  const utc = reading.clock === 'utc'
  const time = createTimeOfDay()
  let bytes: Uint8Array = new Uint8Array(0)
  let p = 0
  let end = 0
  let number = 0
  let year = 0
  let month = 0
  let day = 0

  const reader: TimeReader = {
    minutes: NO_TIME,
    precision: NONE,
    fault: '',
    repair: '',
    change: '',
    midnight: false,
    read(source, from, to) {
      begin(source, from, to)
      if (p >= end || !readDate()) return
      skipToTime()
      finish(p < end && time.read(bytes, p, end), p < end)
    },
    readPair(source, from, to, timeFrom, timeTo) {
      begin(source, from, to)
      if (p >= end || !readDate()) return
      skipToTime()
      let given = false
      for (let i = timeFrom; i < timeTo; i++) if (source[i] !== 32) given = true
      // A date column often carries an empty 00:00 beside a separate time column: the time column counts.
      if (given) finish(time.read(source, timeFrom, timeTo), true)
      else finish(p < end && time.read(bytes, p, end), p < end)
    },
  }
  return reader

  function begin(source: Uint8Array, from: number, to: number): void {
    bytes = source
    p = from
    end = to
    while (p < end && source[p] === 32) p++
    while (p < end && source[end - 1] === 32) end--
    reader.minutes = NO_TIME
    reader.precision = NONE
    reader.fault = ''
    reader.repair = ''
    reader.change = ''
    reader.midnight = false
  }

  function fail(code: string): false {
    reader.fault = code
    return false
  }

  /** Reads a run of digits into `number`; returns how many. */
  function digits(): number {
    const from = p
    number = 0
    while (p < end && bytes[p] >= 48 && bytes[p] <= 57) {
      number = number * 10 + bytes[p] - 48
      p++
    }
    return p - from
  }

  /** Reads a month name into `number`; false when there is none. */
  function monthName(): boolean {
    let key = ''
    const from = p
    while (p < end && (bytes[p] | 32) >= 97 && (bytes[p] | 32) <= 122) {
      if (p - from < 3) key += String.fromCharCode(bytes[p] | 32)
      p++
    }
    const at = key.length === 3 ? MONTH_NAMES.indexOf(key) : -1
    number = at / 3 + 1
    return at >= 0 && at % 3 === 0
  }

  function separator(): boolean {
    const c = p < end ? bytes[p] : 0
    if (c !== 45 && c !== 47 && c !== 46 && c !== 32) return false
    p++
    return true
  }

  /** The date part; sets year, month and day (0 for a whole month), or finishes a serial number by itself. */
  function readDate(): boolean {
    day = 0
    const width = digits()
    if (width === 0) {
      if (!monthName()) return fail('E-DATE-002')
      month = number
      return separator() && fullYear(digits()) ? plausible() : fail('E-DATE-002')
    }
    const first = number
    if (p >= end || (width === 5 && bytes[p] === 46)) return readSerial(first, width)
    if (width === 8 && (bytes[p] === 32 || bytes[p] === 84)) return compact(first) && plausible()
    if (!separator()) return fail('E-DATE-002')
    if (width === 4) return yearFirst(first)
    if (width > 2) return fail('E-DATE-002')
    const named = p < end && (bytes[p] | 32) >= 97 && (bytes[p] | 32) <= 122
    if (named ? !monthName() : digits() === 0) return fail('E-DATE-002')
    const second = number
    if (!separator()) return named ? fail('E-DATE-002') : fail('E-DATE-002')
    const thirdWidth = digits()
    if (named) {
      day = first
      month = second
      return fullYear(thirdWidth) ? plausible() : fail('E-DATE-002')
    }
    if (order === 'year-first' && thirdWidth <= 2) {
      day = number
      month = second
      number = first
      return fullYear(2) ? plausible() : fail('E-DATE-002')
    }
    const monthLeads = order === 'month-first' || (order !== 'day-first' && second > 12 && first <= 12)
    if (order !== 'month-first' && order !== 'day-first' && first <= 12 && second <= 12 && first !== second)
      return fail('E-DATE-007')
    day = monthLeads ? second : first
    month = monthLeads ? first : second
    return fullYear(thirdWidth) ? plausible() : fail('E-DATE-002')
  }

  function yearFirst(first: number): boolean {
    year = first
    const named = p < end && (bytes[p] | 32) >= 97
    if (named ? !monthName() : digits() === 0) return fail('E-DATE-002')
    month = number
    if (p < end && (bytes[p] === 45 || bytes[p] === 47 || bytes[p] === 46)) {
      p++
      const width = digits()
      if (width === 0 || width > 2) return fail('E-DATE-002')
      day = number
      if (day === 0) return fail('E-DATE-001')
    }
    return plausible()
  }

  /** Takes `number` as the year when it has four digits, or two, which is noted as a repair. */
  function fullYear(width: number): boolean {
    if (width === 4) year = number
    else if (width === 2) {
      year = number < 50 ? 2000 + number : 1900 + number
      reader.repair = 'E-DATE-003'
    } else return false
    return true
  }

  function plausible(): boolean {
    if (year < FIRST_YEAR || year > LAST_YEAR) return fail('E-DATE-004')
    if (!isDate(year, month, day === 0 ? 1 : day)) return fail('E-DATE-001')
    return true
  }

  function compact(value: number): boolean {
    year = Math.floor(value / 10_000)
    month = Math.floor(value / 100) % 100
    day = value % 100
    return day > 0 || fail('E-DATE-001')
  }

  /** A number by itself: which kind follows from how many digits it has. */
  function readSerial(value: number, width: number): boolean {
    if (width === 8) return compact(value) && plausible()
    if (width === 12 || width === 14) {
      const stamp = width === 12 ? value : Math.floor(value / 100)
      if (!compact(Math.floor(stamp / 10_000)) || !plausible()) return false
      return done(minutesOf(year, month, day), (Math.floor(stamp / 100) % 100) * 60 + (stamp % 100))
    }
    if (width === 6) {
      year = Math.floor(value / 100)
      month = value % 100
      return plausible()
    }
    if (width === 10 || width === 13) {
      const minutes = Math.floor(value / (width === 10 ? 60 : 60_000))
      if (minutes < minutesOf(FIRST_YEAR, 1, 1) || minutes >= minutesOf(LAST_YEAR + 1, 1, 1))
        return fail('E-DATE-004')
      reader.minutes = londonFromUtc(minutes)
      reader.precision = MINUTE
      return false
    }
    if (width !== 5) return fail('E-DATE-002')
    // Excel counts days from 1899-12-30 for every date after its imaginary 29 February 1900.
    const midnight = (value - 25_569) * MINUTES_PER_DAY
    if (midnight < minutesOf(FIRST_YEAR, 1, 1) || midnight >= minutesOf(LAST_YEAR + 1, 1, 1))
      return fail('E-DATE-004')
    if (p >= end) {
      reader.minutes = midnight
      reader.precision = DAY
      return false
    }
    p++
    const decimals = digits()
    if (p < end) return fail('E-DATE-002')
    return done(midnight, Math.round((number / 10 ** decimals) * MINUTES_PER_DAY))
  }

  function done(midnight: number, minuteOfDay: number): false {
    if (minuteOfDay > MINUTES_PER_DAY) return fail('E-DATE-006')
    settle(midnight + minuteOfDay, false, 0)
    return false
  }

  function skipToTime(): void {
    if (p < end && (bytes[p] === 84 || bytes[p] === 116 || bytes[p] === 44)) p++
    while (p < end && bytes[p] === 32) p++
  }

  function finish(readable: boolean, given: boolean): void {
    const midnight = minutesOf(year, month, day === 0 ? 1 : day)
    if (day === 0) {
      reader.minutes = midnight
      reader.precision = MONTH
      if (given) reader.fault = 'E-DATE-006'
      return
    }
    if (!readable) {
      reader.minutes = midnight
      reader.precision = DAY
      if (given) reader.fault = 'E-DATE-006'
      return
    }
    reader.midnight = time.minutes === 0
    if (time.minutes === MINUTES_PER_DAY) reader.repair = 'E-DATE-005'
    settle(midnight + time.minutes, time.zoned, time.offset)
  }

  function settle(wall: number, zoned: boolean, offset: number): void {
    reader.precision = MINUTE
    if (zoned) reader.minutes = londonFromUtc(wall - offset)
    else if (utc) reader.minutes = londonFromUtc(wall)
    else {
      reader.minutes = wall
      reader.change = clockChange(wall)
    }
  }
}
