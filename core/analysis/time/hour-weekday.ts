import type { Caveat } from '#core/contract/caveat.ts'
import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Incidents, Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { HourWeekdaySummary } from '#core/contract/results.ts'
import { caveat } from '../support/caveats.ts'
import { HOURS_PER_WEEK } from '../support/wall-clock.ts'
import { peakWindows } from './peak-windows.ts'
import { spreadOverWeek } from './spread-over-week.ts'

const MINUTE = timePrecisions.indexOf('minute')
const DAY = timePrecisions.indexOf('day')
const MONTH = timePrecisions.indexOf('month')

/** More than this share of start times at exactly 00:00 is a default, not a pattern (chance: 1 in 1,440). */
const MIDNIGHT_SHARE = 0.05

const parameters = {
  method: {
    type: 'choice',
    title: 'Hour counted',
    options: [
      { value: 'aoristic', title: 'Spread over the span (aoristic)' },
      { value: 'start', title: 'Earliest time' },
      { value: 'mid', title: 'Middle of the span' },
      { value: 'end', title: 'Latest time' },
    ],
    default: 'aoristic',
    why: 'Burglary and vehicle crime are known between two times only; the spread is right on average, a single hour is not.',
  },
  maximumSpan: {
    type: 'number',
    title: 'Longest span counted (0 = no limit)',
    unit: 'h',
    minimum: 0,
    maximum: 8760,
    default: 24,
    why: 'A longer span says nothing of the hour of the day and flattens the peaks.',
  },
  windowHours: {
    type: 'integer',
    title: 'Length of a peak window',
    unit: 'h',
    minimum: 1,
    maximum: 24,
    default: 4,
    why: 'Half of a shift: what a patrol plan can be written for.',
  },
  windows: {
    type: 'integer',
    title: 'Peak windows listed',
    minimum: 1,
    maximum: 10,
    default: 3,
    why: 'As many as a briefing page carries.',
  },
} as const

/**
 * In which hours of the week it happens, Monday 00 to Sunday 23, allowing for incidents known only between two times.
 *
 * Aoristic: each incident has weight 1, spread evenly over the minutes from `from` (in) to `to` (out) of the wall
 * clock; see `spreadOverWeek` for the formula and what a clock change does. Missing end, or span of 0 or 1 minute:
 * the start hour. End before start: the start hour, with a caveat. A week or more: 1/168 in each hour (only when
 * `maximumSpan` lets it in). `start`, `mid` (from + half the span, rounded down) and `end` give 1 to one hour, under
 * the same rules and on the same incidents, so that the choices can be compared.
 *
 * Incidents of the mask without a time to the minute are left out (`excludedNoTime`), as are spans longer than
 * `maximumSpan` hours (`excludedLongSpan`; a span of exactly that length is in). `used` is the number of incidents
 * spread, and Σ weights = used.
 *
 * Windows: see `peakWindows`. nightShare: weight of 18:00–06:00 over used, NaN when none is used.
 *
 * Deterministic: incidents are added in row order. Cost: up to 24 steps an incident at the default span, about 70 ns;
 * 168 numbers of memory.
 * Errors: E-MTH-TIME when the incidents hold no time of day.
 * @see Ratcliffe, J. H. (2002), Aoristic signatures and the spatio-temporal analysis of high volume crime patterns,
 *      Journal of Quantitative Criminology 18(1), 23–43; R package aoristic 1.1.1, whose rules the oracle follows.
 */
export const hourWeekday: Method<typeof parameters, HourWeekdaySummary> = {
  card: {
    id: 'hourWeekday',
    version: '1.0.0',
    title: 'Hour and weekday',
    answers: 'At which hours of the week does it happen?',
    references: [
      'Ratcliffe, J. H. (2002). Aoristic signatures and the spatio-temporal analysis of high volume crime patterns. Journal of Quantitative Criminology 18(1), 23–43.',
      'Ratcliffe, J. H. aoristic: Generates Aoristic Probability Distributions, R package 1.1.1.',
    ],
    formula:
      'Each incident is 1, spread evenly over the minutes from its earliest (in) to its latest time (out); or the whole 1 in the hour of its start, middle or end.',
    assumptions: [
      'Within its span an incident is as likely in one minute as in another.',
      'Times are those of the London clock as written on the record; on the two nights of the clock change one hour is off.',
      'The week begins on Monday; 02:00 on Saturday is the night of Friday.',
    ],
    notShown: [
      'When a given incident happened: the spread is a share of belief, not an observation.',
      'How many officers an hour needs.',
    ],
    compares: [
      'Equals the R package aoristic, which prints Sunday first and has no longest span.',
      'crimepy swaps an end before the start; here such an incident stands at its start hour.',
    ],
    caveats: {
      'no-time': 'Incidents without a time of day are left out.',
      'span-long': 'Incidents with a span longer than the longest counted are left out.',
      'span-reversed': 'Incidents that end before they begin stand at their start hour.',
      midnight: 'Many start at exactly 00:00, as records do when the time is not known.',
      'none-used': 'No incident could be used.',
    },
    parameters,
    summary: {
      weights: 'Weight of each hour of the week, Monday 00 first',
      used: 'Incidents used; the weights add up to it',
      excludedNoTime: 'Left out: no time of day',
      excludedLongSpan: 'Left out: span too long',
      reversed: 'Used at their start hour: end before start',
      windows: 'The heaviest spells that do not overlap',
      nightShare: 'Share between 18:00 and 06:00',
    },
    columns: [
      { name: 'day', title: 'Day (0 = Monday)', type: 'uint8' },
      { name: 'hour', title: 'Hour', type: 'uint8' },
      { name: 'weight', title: 'Incidents', type: 'float64' },
    ],
    needs: ['minute'],
  },

  run(incidents, params, _context, control) {
    const { length, mask, from, to, timePrecision } = incidents
    const limit = params.maximumSpan === 0 ? Infinity : params.maximumSpan * 60
    const weights = new Float64Array(HOURS_PER_WEEK)
    let used = 0
    let noTime = 0
    let longSpan = 0
    let reversed = 0
    let atMidnight = 0
    for (let row = 0; row < length; row++) {
      if ((row & 0x1ffff) === 0) control.tick(row / length, 'Spreading incidents over the week')
      if (mask[row] === 0) continue
      const start = from[row]
      if (start === NO_TIME || timePrecision[row] !== MINUTE) {
        noTime++
        continue
      }
      const end = to[row] === NO_TIME ? start : to[row]
      const span = end - start
      if (span > limit) {
        longSpan++
        continue
      }
      if (span < 0) reversed++
      if (start % 1440 === 0) atMidnight++
      used++
      if (params.method === 'aoristic' || span <= 0) spreadOverWeek(weights, start, end)
      else if (params.method === 'start') spreadOverWeek(weights, start, Number.NaN)
      else if (params.method === 'end') spreadOverWeek(weights, end, Number.NaN)
      else spreadOverWeek(weights, start + Math.floor(span / 2), Number.NaN)
    }
    if (noTime > 0 && noTime === used + noTime + longSpan) throw noTimes(incidents)

    let night = 0
    for (let hour = 0; hour < HOURS_PER_WEEK; hour++)
      if (hour % 24 >= 18 || hour % 24 < 6) night += weights[hour]
    const day = Uint8Array.from({ length: HOURS_PER_WEEK }, (_, at) => Math.floor(at / 24))
    const hour = Uint8Array.from({ length: HOURS_PER_WEEK }, (_, at) => at % 24)
    return {
      summary: {
        weights: Array.from(weights),
        used,
        excludedNoTime: noTime,
        excludedLongSpan: longSpan,
        reversed,
        windows: peakWindows(weights, params.windowHours, params.windows, used),
        nightShare: used > 0 ? night / used : Number.NaN,
      },
      columns: { day, hour, weight: weights },
      caveats: caveatsOf({ used, noTime, longSpan, reversed, atMidnight, maximumSpan: params.maximumSpan }),
    }
  },
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
    `The hour of the week cannot be shown: these incidents are recorded ${how}. Nothing was computed.`,
    {
      column: 'occurredFrom',
      cure: 'Import records that hold the time (published police data hold the month only), or choose incidents that have one.',
    },
  )
}

function caveatsOf(counts: {
  readonly used: number
  readonly noTime: number
  readonly longSpan: number
  readonly reversed: number
  readonly atMidnight: number
  readonly maximumSpan: number
}): Caveat[] {
  const { used, noTime, longSpan, reversed, atMidnight, maximumSpan } = counts
  const all = used + noTime + longSpan
  const of = (part: number, whole: number): string =>
    `${part.toLocaleString('en-GB')} of ${whole.toLocaleString('en-GB')} incidents (${((100 * part) / whole).toFixed(1)}%)`
  const caveats: Caveat[] = []
  if (used === 0)
    caveats.push(caveat('none-used', 'No incident could be used, so there is no pattern to show.'))
  if (noTime > 0) caveats.push(caveat('no-time', `${of(noTime, all)} have no time of day and are left out.`))
  if (longSpan > 0)
    caveats.push(
      caveat(
        'span-long',
        `${of(longSpan, all)} may have happened at any time in more than ${maximumSpan} hours and are left out.`,
      ),
    )
  if (reversed > 0)
    caveats.push(
      caveat('span-reversed', `${of(reversed, used)} end before they begin; they stand at their start hour.`),
    )
  if (atMidnight >= 20 && atMidnight > MIDNIGHT_SHARE * used)
    caveats.push(
      caveat(
        'midnight',
        `${of(atMidnight, used)} begin at exactly 00:00, which often stands for a time not known: read the hour after midnight with care.`,
      ),
    )
  return caveats
}
