import type { Method } from '#core/contract/method.ts'
import type { TimeWindow } from '#core/contract/results.ts'
import { HOURS_PER_WEEK } from '../support/wall-clock.ts'
import { peakWindows } from './peak-windows.ts'
import { spreadOverWeek } from './spread-over-week.ts'
import { spanCaveatCodes, spanCaveats, spanParameters, usableSpans } from './usable-spans.ts'

export interface AoristicSummary {
  readonly used: number
  readonly excludedNoTime: number
  readonly excludedLongSpan: number
  /** Share of the incidents with a time whose span is too long. */
  readonly excludedLongShare: number
  readonly reversed: number
  readonly excludedReversed: number
  /** Hours; NaN when none is used. */
  readonly medianSpan: number
  readonly knownToTheHour: number
  readonly methods: readonly {
    readonly method: string
    readonly peakDay: number
    readonly peakHour: number
    readonly peakWeight: number
    readonly nightShare: number
    /** Share of the incidents that stand in another hour of the week than under the spread. */
    readonly moved: number
  }[]
  readonly days: readonly { readonly day: number; readonly weight: number; readonly share: number }[]
  readonly windows: readonly TimeWindow[]
  readonly meetingClockChange: number
}

const parameters = {
  ...spanParameters,
  dayStart: {
    type: 'integer',
    title: 'Hour a day begins at',
    unit: 'h',
    minimum: 0,
    maximum: 23,
    default: 0,
    why: 'The days of the calendar; 6 gives the policing day, in which 02:00 on Saturday belongs to Friday.',
  },
} as const

/** Wall-clock minutes in a week. */
const WEEK = 10080

const names = ['aoristic', 'start', 'mid', 'end'] as const

/**
 * The hours of the week by four ways of reading a span, side by side, so that it can be seen what each choice does.
 *
 *     aoristic(h) = Σ_i minutes of [from_i, to_i) that lie in hour h / (to_i − from_i)
 *     start, mid, end: 1 to the hour of from_i, of from_i + ⌊(to_i − from_i)/2⌋, of to_i
 *     moved(m)    = Σ_h |m(h) − aoristic(h)| / (2·used)
 *
 * All four on the same incidents, under the rules of `usableSpans` and `spreadOverWeek`: start minute in, end minute
 * out; a span of 0 or 1 minute and a missing end stand at the start hour; a week or more is 1/168 in each hour. Each
 * column adds up to `used`. With `dayStart` d the day runs from d:00 to d:00, so that `day` 4 (Friday) with d = 6 holds
 * the small hours of Saturday; `hour` is always the hour of the clock.
 *
 * Minutes are those of the London clock as written. On the night the clocks go forward a span over 01:00–02:00 is one
 * written hour longer than it was, and that hour, which did not exist, gets its share; on the night they go back
 * 01:00–02:00 is one written hour though it passed twice. The caveat `clock-change` counts the spans concerned.
 *
 * NaN: shares and the median when nothing is used. Errors: E-MTH-TIME.
 * Deterministic. Cost: two passes, about 60 ns an incident with spans up to 24 h; 8 bytes an incident.
 * @see Ratcliffe, J. H. (2002), Journal of Quantitative Criminology 18(1), 23–43; R package aoristic 1.1.1.
 */
export const aoristic: Method<typeof parameters, AoristicSummary> = {
  card: {
    id: 'aoristic',
    version: '1.0.0',
    title: 'Hours of the week four ways (aoristic, start, middle, end)',
    answers:
      'How much does the pattern of hours depend on how incidents known only between two times are read?',
    references: [
      'Ratcliffe, J. H. (2002). Aoristic signatures and the spatio-temporal analysis of high volume crime patterns. Journal of Quantitative Criminology 18(1), 23–43.',
      'Ashby, M. P. J. and Bowers, K. J. (2013). A comparison of methods for temporal analysis of aoristic crime. Crime Science 2:1.',
    ],
    formula:
      'Each incident is 1, spread evenly over the minutes from its earliest (in) to its latest time (out); start, middle and end put the whole 1 into one hour.',
    assumptions: [
      'Within its span an incident is as likely in one minute as in another.',
      'Times are those of the London clock as written on the record.',
    ],
    notShown: ['When a given incident happened: the spread is a share of belief, not an observation.'],
    compares: [
      'The column aoristic equals the R package aoristic, which prints Sunday first and has no longest span.',
      'crimepy swaps an end before the start (choose “Swap start and end”) and spreads a span of exactly a week by its minutes.',
    ],
    caveats: spanCaveatCodes,
    parameters,
    summary: {
      used: 'Incidents used; each column adds up to it',
      excludedNoTime: 'Left out: no time of day',
      excludedLongSpan: 'Left out: span too long',
      excludedLongShare: 'Share of the incidents with a time that is left out for its span',
      reversed: 'End before start',
      excludedReversed: 'Left out: end before start',
      medianSpan: 'Median span, hours',
      knownToTheHour: 'Share with a span of an hour or less',
      methods:
        'Each way of reading: its peak, its night share, and the share of incidents it puts in another hour',
      days: 'Weight of each day',
      windows: 'The heaviest four-hour spells of the spread',
      meetingClockChange: 'Spans that meet the night of a clock change',
    },
    columns: [
      { name: 'day', title: 'Day (0 = Monday)', type: 'uint8' },
      { name: 'hour', title: 'Hour', type: 'uint8' },
      { name: 'aoristic', title: 'Spread over the span', type: 'float64' },
      { name: 'start', title: 'Earliest time', type: 'float64' },
      { name: 'mid', title: 'Middle of the span', type: 'float64' },
      { name: 'end', title: 'Latest time', type: 'float64' },
    ],
    needs: ['minute'],
  },

  run(incidents, params, _context, control) {
    const spans = usableSpans(incidents, params.maximumSpan, params.reversed, control)
    const { start, end, used } = spans
    const tallies = {
      aoristic: new Float64Array(HOURS_PER_WEEK),
      start: new Float64Array(HOURS_PER_WEEK),
      mid: new Float64Array(HOURS_PER_WEEK),
      end: new Float64Array(HOURS_PER_WEEK),
    }
    let short = 0
    for (let i = 0; i < used; i++) {
      if ((i & 0x1ffff) === 0) control.tick(0.5 + i / used / 2, 'Spreading incidents over the week')
      const first = start[i]
      const span = end[i] - first
      if (span <= 60) short++
      spreadOverWeek(tallies.aoristic, first, end[i])
      // Whole minutes of the week from Monday 00:00; 1970-01-01 was a Thursday.
      let minute = (first + 4320) % WEEK
      if (minute < 0) minute += WEEK
      tallies.start[(minute / 60) | 0]++
      tallies.mid[(((minute + (span >> 1)) % WEEK) / 60) | 0]++
      tallies.end[(((minute + span) % WEEK) / 60) | 0]++
    }

    // Row r is hour `dayStart + r` of the week.
    const order = Int32Array.from(
      { length: HOURS_PER_WEEK },
      (_, at) => (at + params.dayStart) % HOURS_PER_WEEK,
    )
    const column = (weights: Float64Array): Float64Array => Float64Array.from(order, (hour) => weights[hour])
    const columns = {
      day: Uint8Array.from(order, (_, at) => Math.floor(at / 24)),
      hour: Uint8Array.from(order, (hour) => hour % 24),
      aoristic: column(tallies.aoristic),
      start: column(tallies.start),
      mid: column(tallies.mid),
      end: column(tallies.end),
    }
    const timed = used + spans.longSpan
    return {
      summary: {
        used,
        excludedNoTime: spans.noTime,
        excludedLongSpan: spans.longSpan,
        excludedLongShare: timed > 0 ? spans.longSpan / timed : Number.NaN,
        reversed: spans.reversed,
        excludedReversed: spans.dropped,
        medianSpan: medianSpan(start, end),
        knownToTheHour: used > 0 ? short / used : Number.NaN,
        methods: names.map((name) => rowOf(name, columns[name], columns, used)),
        days: Array.from({ length: 7 }, (_, day) => {
          let weight = 0
          for (let k = 0; k < 24; k++) weight += columns.aoristic[day * 24 + k]
          return { day, weight, share: used > 0 ? weight / used : Number.NaN }
        }),
        windows: peakWindows(tallies.aoristic, 4, 3, used),
        meetingClockChange: spans.meetingChange,
      },
      columns,
      caveats: spanCaveats(spans, params.maximumSpan, params.reversed),
    }
  },
}

function rowOf(
  method: string,
  weights: Float64Array,
  columns: { readonly day: Uint8Array; readonly hour: Uint8Array; readonly aoristic: Float64Array },
  used: number,
): AoristicSummary['methods'][number] {
  let peak = 0
  let night = 0
  let moved = 0
  for (let at = 0; at < HOURS_PER_WEEK; at++) {
    if (weights[at] > weights[peak]) peak = at
    if (columns.hour[at] >= 18 || columns.hour[at] < 6) night += weights[at]
    moved += Math.abs(weights[at] - columns.aoristic[at])
  }
  return {
    method,
    peakDay: used > 0 ? columns.day[peak] : Number.NaN,
    peakHour: used > 0 ? columns.hour[peak] : Number.NaN,
    peakWeight: used > 0 ? weights[peak] : Number.NaN,
    nightShare: used > 0 ? night / used : Number.NaN,
    moved: used > 0 ? moved / (2 * used) : Number.NaN,
  }
}

/** Hours. */
function medianSpan(start: Int32Array, end: Int32Array): number {
  const { length } = start
  if (length === 0) return Number.NaN
  const spans = new Int32Array(length)
  for (let i = 0; i < length; i++) spans[i] = end[i] - start[i]
  spans.sort()
  return (spans[(length - 1) >> 1] + spans[length >> 1]) / 120
}
