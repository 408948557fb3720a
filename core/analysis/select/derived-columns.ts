/**
 * Columns worked out once per dataset and kept, so that a changed filter or brush reads a byte instead of doing
 * calendar arithmetic or geometry for every incident again. Each is allocated over shared memory when the incidents
 * are, so that workers read it without a copy.
 */
import type { GridSpec } from '#core/contract/grid.ts'
import { FLAG_NO, FLAG_YES, type IncidentColumns, NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'
import { locateCells } from '../space/grid.ts'
import { civilOf, MINUTES_PER_DAY } from '../support/wall-clock.ts'

/** The hour of the week of an incident without a time of day. */
export const NO_HOUR = 255

const MINUTE = timePrecisions.indexOf('minute')
const NONE = timePrecisions.indexOf('none')

export interface MonthColumn {
  /** Months since January 1970 of the earliest dated incident. */
  readonly first: number
  /** Number of months from the first to the last, both in. */
  readonly count: number
  /** Month of each incident counted from `first`; `count` where it has no date. */
  readonly month: Uint16Array
}

/**
 * The month of `occurredFrom` of each incident. One pass for the span, one table look-up per incident.
 *
 * @throws InputError E-FLT-SPAN when the dates lie more than 65,534 months apart (a misread date, not a dataset)
 */
export function monthColumn(columns: IncidentColumns): MonthColumn {
  const { length, occurredFrom, timePrecision } = columns
  let firstDay = Infinity
  let lastDay = -Infinity
  for (let row = 0; row < length; row++) {
    const minutes = occurredFrom[row]
    if (minutes === NO_TIME || timePrecision[row] === NONE) continue
    const day = Math.floor(minutes / MINUTES_PER_DAY)
    if (day < firstDay) firstDay = day
    if (day > lastDay) lastDay = day
  }
  const month = new Uint16Array(sharedLike(columns, length * 2))
  if (firstDay > lastDay) return { first: 0, count: 0, month }
  const monthOfDay = new Int32Array(lastDay - firstDay + 1)
  for (let day = firstDay; day <= lastDay; day++) {
    const civil = civilOf(day)
    monthOfDay[day - firstDay] = (civil.year - 1970) * 12 + civil.month - 1
  }
  const first = monthOfDay[0]
  const count = monthOfDay[monthOfDay.length - 1] - first + 1
  if (count > 65534)
    throw new InputError('E-FLT-SPAN', 'The dates of these incidents lie thousands of years apart.', {
      column: 'occurredFrom',
      cure: 'Check the date order and the year in the import profile, and import the files again.',
    })
  for (let row = 0; row < length; row++) {
    const minutes = occurredFrom[row]
    month[row] =
      minutes === NO_TIME || timePrecision[row] === NONE
        ? count
        : monthOfDay[Math.floor(minutes / MINUTES_PER_DAY) - firstDay] - first
  }
  return { first, count, month }
}

export interface DayColumn {
  /** Days since 1970 of the earliest incident known to the day. */
  readonly first: number
  /** Number of days from the first to the last, both in; 0 when no incident is known to the day. */
  readonly count: number
  /** Day of each incident counted from `first`; `count` where it is not known to the day. */
  readonly day: Uint16Array
}

/**
 * The day of `occurredFrom` of each incident recorded to the minute or the day.
 *
 * @throws InputError E-FLT-SPAN when the dates lie more than 65,534 days apart
 */
export function dayColumn(columns: IncidentColumns): DayColumn {
  const { length, occurredFrom, timePrecision } = columns
  const dated = Uint8Array.from(timePrecisions, (kind) => (kind === 'minute' || kind === 'day' ? 1 : 0))
  let first = Infinity
  let last = -Infinity
  for (let row = 0; row < length; row++) {
    if (occurredFrom[row] === NO_TIME || dated[timePrecision[row]] === 0) continue
    const day = Math.floor(occurredFrom[row] / MINUTES_PER_DAY)
    if (day < first) first = day
    if (day > last) last = day
  }
  const day = new Uint16Array(sharedLike(columns, length * 2))
  if (first > last) return { first: 0, count: 0, day }
  const count = last - first + 1
  if (count > 65_534)
    throw new InputError(
      'E-FLT-SPAN',
      'The dates of these incidents lie too many years apart to show by day.',
      {
        column: 'occurredFrom',
        cure: 'Check the date order and the year in the import profile, or look at the months.',
      },
    )
  for (let row = 0; row < length; row++)
    day[row] =
      occurredFrom[row] === NO_TIME || dated[timePrecision[row]] === 0
        ? count
        : Math.floor(occurredFrom[row] / MINUTES_PER_DAY) - first
  return { first, count, day }
}

/** Hour of the week of `occurredFrom` (0 = Monday 00) where it was recorded to the minute; else {@link NO_HOUR}. */
export function hourColumn(columns: IncidentColumns): Uint8Array {
  const { length, occurredFrom, timePrecision } = columns
  const hour = new Uint8Array(sharedLike(columns, length))
  for (let row = 0; row < length; row++) {
    const minutes = occurredFrom[row]
    if (minutes === NO_TIME || timePrecision[row] !== MINUTE) {
      hour[row] = NO_HOUR
      continue
    }
    // 1970-01-01 was a Thursday: 72 hours after Monday 00:00. The inline form of `hourOfWeek`.
    const hours = Math.floor(minutes / 60) + 72
    hour[row] = hours - Math.floor(hours / 168) * 168
  }
  return hour
}

/** 1 where the incident has both coordinates. */
export function locatedColumn(columns: IncidentColumns): Uint8Array {
  const { length, easting, northing } = columns
  const located = new Uint8Array(sharedLike(columns, length))
  for (let row = 0; row < length; row++)
    located[row] = Number.isFinite(easting[row]) && Number.isFinite(northing[row]) ? 1 : 0
  return located
}

/** Flags in one state column; with `located` in the first, 2 · 3⁴ = 162 states fit a byte. */
export const FLAGS_PER_GROUP = 4

/** Added to the first state column where the incident has coordinates. */
export const LOCATED_STATE = 3 ** FLAGS_PER_GROUP

/** State of a flag that was not recorded; 1 = yes, 0 = no. */
const STATE_UNKNOWN = 2

/**
 * The flags of each incident folded into one byte per four flags, so that all are counted in one go: state
 * `Σ s_k · 3^k` with `s` 0 = no, 1 = yes, 2 = not recorded, and in the first column 81 more where the incident has
 * coordinates. There is always a first column.
 */
export function stateColumns(columns: IncidentColumns, flagNames: readonly string[]): Uint8Array[] {
  const { length } = columns
  const groups: Uint8Array[] = []
  for (let group = 0; group === 0 || group * FLAGS_PER_GROUP < flagNames.length; group++) {
    const states = new Uint8Array(sharedLike(columns, length))
    if (group === 0) {
      const located = locatedColumn(columns)
      for (let row = 0; row < length; row++) states[row] = located[row] * LOCATED_STATE
    }
    let weight = 1
    for (const name of flagNames.slice(group * FLAGS_PER_GROUP, (group + 1) * FLAGS_PER_GROUP)) {
      const flag = columns.flags[name]
      for (let row = 0; row < length; row++)
        states[row] += weight * (flag[row] === FLAG_YES ? 1 : flag[row] === FLAG_NO ? 0 : STATE_UNKNOWN)
      weight *= 3
    }
    groups.push(states)
  }
  return groups
}

/** The cell of each incident in a grid; −1 outside it or without coordinates. */
export function cellColumn(columns: IncidentColumns, grid: GridSpec): Int32Array {
  const cells = new Int32Array(sharedLike(columns, columns.length * 4))
  locateCells(grid, columns.easting, columns.northing, undefined, cells, 0, columns.length)
  return cells
}

function sharedLike(columns: IncidentColumns, bytes: number): ArrayBufferLike {
  const shared =
    typeof SharedArrayBuffer !== 'undefined' && columns.occurredFrom.buffer instanceof SharedArrayBuffer
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
}
