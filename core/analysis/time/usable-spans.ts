/** From incidents to spans of minutes a pattern of hours may be built on, with a count of everything left out. */
import type { Caveat } from '#core/contract/caveat.ts'
import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { clockChanges, meetsChange, wasSkipped } from './clock-changes.ts'

const MINUTE = timePrecisions.indexOf('minute')
const DAY = timePrecisions.indexOf('day')
const MONTH = timePrecisions.indexOf('month')
/** More than this share of start times at exactly 00:00 is a default, not a pattern (chance: 1 in 1,440). */
const MIDNIGHT_SHARE = 0.05

/** The settings both methods share. */
export const spanParameters = {
  maximumSpan: {
    type: 'number',
    title: 'Longest span counted (0 = no limit)',
    unit: 'h',
    minimum: 0,
    maximum: 8760,
    default: 24,
    why: 'A longer span says nothing of the hour of the day and flattens the peaks.',
  },
  reversed: {
    type: 'choice',
    title: 'Incidents that end before they begin',
    options: [
      { value: 'start', title: 'Stand at their start' },
      { value: 'swap', title: 'Swap start and end' },
      { value: 'drop', title: 'Leave out' },
    ],
    default: 'start',
    why: 'The start is the time most often written with care; the R package aoristic does the same.',
  },
} as const

/** Caveats both methods share: code and when. */
export const spanCaveatCodes = {
  'no-time': 'Incidents without a time of day are left out.',
  'span-long': 'Incidents with a span longer than the longest counted are left out.',
  'span-reversed': 'Incidents end before they begin; says what was done with them.',
  'clock-change': 'Spans meet the night of a clock change, where one written hour is off.',
  'clock-skipped': 'Times were written that no London clock showed.',
  midnight: 'Many start at exactly 00:00, as records do when the time is not known.',
  'none-used': 'No incident could be used.',
} as const

export interface UsableSpans {
  /** Wall-clock minutes, one of each for every incident used; end ≥ start. */
  readonly start: Int32Array
  readonly end: Int32Array
  readonly used: number
  readonly noTime: number
  readonly longSpan: number
  readonly reversed: number
  readonly dropped: number
  readonly atMidnight: number
  /** Used spans with a written minute in the hour of a clock change. */
  readonly meetingChange: number
  /** Used times that no London clock showed. */
  readonly skipped: number
}

/**
 * The incidents of the mask with a time to the minute and a span of at most `maximumSpan` hours (exactly that is in).
 * A missing end is the start. An end before the start is treated as `reversed` says.
 *
 * @throws InputError E-MTH-TIME when incidents are selected and none has a time of day
 */
export function usableSpans(
  incidents: Incidents,
  maximumSpan: number,
  reversedRule: string,
  control: Control,
): UsableSpans {
  const { length, mask, from, to, timePrecision } = incidents
  const limit = maximumSpan === 0 ? Infinity : maximumSpan * 60
  const start = new Int32Array(length)
  const end = new Int32Array(length)
  let used = 0
  let noTime = 0
  let longSpan = 0
  let reversed = 0
  let dropped = 0
  let atMidnight = 0
  let earliest = Infinity
  let latest = -Infinity
  for (let row = 0; row < length; row++) {
    if ((row & 0x3ffff) === 0) control.tick(row / length / 2, 'Reading times')
    if (mask[row] === 0) continue
    let first = from[row]
    if (first === NO_TIME || timePrecision[row] !== MINUTE) {
      noTime++
      continue
    }
    let last = to[row] === NO_TIME ? first : to[row]
    if (last < first) {
      reversed++
      if (reversedRule === 'drop') {
        dropped++
        continue
      }
      if (reversedRule === 'swap') {
        const held = first
        first = last
        last = held
      } else last = first
    }
    if (last - first > limit) {
      longSpan++
      continue
    }
    if (first % 1440 === 0) atMidnight++
    if (first < earliest) earliest = first
    if (last > latest) latest = last
    start[used] = first
    end[used] = last
    used++
  }
  if (noTime > 0 && noTime === used + noTime + longSpan + dropped) throw noTimes(incidents)
  const { meetingChange, skipped } = countChanges(start, end, used, earliest, latest)
  return {
    start: start.subarray(0, used),
    end: end.subarray(0, used),
    used,
    noTime,
    longSpan,
    reversed,
    dropped,
    atMidnight,
    meetingChange,
    skipped,
  }
}

function countChanges(
  start: Int32Array,
  end: Int32Array,
  used: number,
  earliest: number,
  latest: number,
): { meetingChange: number; skipped: number } {
  let meetingChange = 0
  let skipped = 0
  if (used === 0) return { meetingChange, skipped }
  const changes = clockChanges(earliest, latest)
  for (let i = 0; i < used; i++) {
    if (!meetsChange(changes, start[i], end[i])) continue
    meetingChange++
    if (wasSkipped(changes, start[i]) || wasSkipped(changes, end[i])) skipped++
  }
  return { meetingChange, skipped }
}

function noTimes({ length, mask, timePrecision }: Incidents): InputError {
  let how = 'without a date'
  for (let row = 0; row < length; row++) {
    if (mask[row] === 0) continue
    if (timePrecision[row] === DAY) how = 'by day, without the time they happened'
    else if (timePrecision[row] === MONTH && how === 'without a date')
      how = 'by month, without the time they happened'
  }
  return new InputError(
    'E-MTH-TIME',
    `The hour of the day cannot be shown: these incidents are recorded ${how}. Nothing was computed.`,
    {
      column: 'occurredFrom',
      cure: 'Import records that hold the time (published police data hold the month only), or choose incidents that have one.',
    },
  )
}

/** The caveats of the spans, in words. */
export function spanCaveats(spans: UsableSpans, maximumSpan: number, reversedRule: string): Caveat[] {
  const { used, noTime, longSpan, reversed, dropped, atMidnight, meetingChange, skipped } = spans
  const all = used + noTime + longSpan + dropped
  const of = (part: number, whole: number): string =>
    `${part.toLocaleString('en-GB')} of ${whole.toLocaleString('en-GB')} incidents (${((100 * part) / whole).toFixed(1)}%)`
  const caveats: Caveat[] = []
  const add = (code: keyof typeof spanCaveatCodes, text: string): unknown => caveats.push(caveat(code, text))
  if (used === 0) add('none-used', 'No incident could be used, so there is no pattern to show.')
  if (noTime > 0) add('no-time', `${of(noTime, all)} have no time of day and are left out.`)
  if (longSpan > 0)
    add(
      'span-long',
      `${of(longSpan, all)} may have happened at any time in more than ${maximumSpan} hours and are left out.`,
    )
  if (reversed > 0)
    add(
      'span-reversed',
      `${of(reversed, all)} end before they begin; they ${
        reversedRule === 'drop'
          ? 'are left out'
          : reversedRule === 'swap'
            ? 'are read from the end to the start'
            : 'stand at their start'
      }.`,
    )
  if (meetingChange > 0)
    add(
      'clock-change',
      `${of(meetingChange, used)} meet the night of a clock change. Minutes are counted as written: on that night the hour from 01:00 counts as one hour, though it passed twice or not at all.`,
    )
  if (skipped > 0)
    add(
      'clock-skipped',
      `${of(skipped, used)} begin or end between 01:00 and 01:59 on the night the clocks went forward, which no clock showed. Times in the file may be UTC.`,
    )
  if (atMidnight >= 20 && atMidnight > MIDNIGHT_SHARE * used)
    add(
      'midnight',
      `${of(atMidnight, used)} begin at exactly 00:00, which often stands for a time not known: read the hour after midnight with care.`,
    )
  return caveats
}
