import type { Method } from '#core/contract/method.ts'
import { type Shift, shiftsOf } from './shifts.ts'
import { spanCaveatCodes, spanCaveats, spanParameters, usableSpans } from './usable-spans.ts'

export interface ShiftPatternSummary {
  readonly used: number
  readonly excludedNoTime: number
  readonly excludedLongSpan: number
  readonly excludedLongShare: number
  readonly reversed: number
  readonly excludedReversed: number
  readonly shifts: readonly {
    readonly shift: string
    readonly hours: number
    readonly weight: number
    readonly share: number
    /** Incidents in an hour of this shift over incidents in an hour of the whole day. */
    readonly ratio: number
  }[]
  readonly days: readonly { readonly day: number; readonly weight: number; readonly share: number }[]
  /** Day and shift with the most incidents an hour. */
  readonly busiest: { readonly day: number; readonly shift: string; readonly perHour: number }
}

const WEEK = 10080

const parameters = {
  shifts: {
    type: 'numbers',
    title: 'Hours shifts begin at',
    unit: 'h',
    minimum: 0,
    maximum: 23.99,
    increasing: true,
    default: [6, 14, 22],
    why: 'Three shifts of eight hours, the first at the start of the policing day; 7.75 is 07:45.',
  },
  ...spanParameters,
} as const

/**
 * How incidents fall on shifts and days, each spread over the span it may have happened in.
 *
 *     weight(s) = Σ_i minutes of [from_i, to_i) that lie in shift s / (to_i − from_i)
 *     share(s)  = weight(s) / used
 *     ratio(s)  = share(s) / (length of s / 24 h)
 *
 * A shift belongs to the day it begins on, and a day runs from the start of its first shift: with shifts at 6, 14 and
 * 22, Saturday 02:00 is the night shift of Friday. Spans by the rules of `usableSpans`; 0 or 1 minute stand at the
 * start; a span of a week or more gives each shift of the week its length / 168 h. Σ weight = used.
 *
 * NaN: shares and ratios when nothing is used. Errors: E-MTH-TIME, E-MTH-SHIFT.
 * Deterministic. Cost: about 40 ns an incident.
 * @see Ratcliffe, J. H. (2002), Journal of Quantitative Criminology 18(1), 23–43.
 */
export const shiftPattern: Method<typeof parameters, ShiftPatternSummary> = {
  card: {
    id: 'shiftPattern',
    version: '1.0.0',
    title: 'Shifts',
    answers: 'On which shifts of which days do incidents fall?',
    references: [
      'Ratcliffe, J. H. (2002). Aoristic signatures and the spatio-temporal analysis of high volume crime patterns. Journal of Quantitative Criminology 18(1), 23–43.',
    ],
    formula: 'Each incident is 1, spread evenly over its span; a shift gets the minutes that lie in it.',
    assumptions: [
      'Within its span an incident is as likely in one minute as in another.',
      'A shift belongs to the day it begins on.',
      'Times are those of the London clock as written on the record.',
    ],
    notShown: ['How many officers a shift needs: an incident is not an hour of work.'],
    compares: [
      'The hours of the R package aoristic, added up to shifts; shifts may begin at any minute here.',
      'Packages that count the start time alone put the whole of a long span into one shift.',
    ],
    caveats: spanCaveatCodes,
    parameters,
    summary: {
      used: 'Incidents used; the weights add up to it',
      excludedNoTime: 'Left out: no time of day',
      excludedLongSpan: 'Left out: span too long',
      excludedLongShare: 'Share of the incidents with a time that is left out for its span',
      reversed: 'End before start',
      excludedReversed: 'Left out: end before start',
      shifts: 'Each shift over all days: incidents, share, and ratio to an even spread over the 24 hours',
      days: 'Each day from the start of its first shift',
      busiest: 'Day and shift with the most incidents an hour',
    },
    columns: [
      { name: 'day', title: 'Day (0 = Monday)', type: 'uint8' },
      { name: 'shift', title: 'Shift', type: 'utf8' },
      { name: 'weight', title: 'Incidents', type: 'float64' },
      { name: 'share', title: 'Share of all', type: 'float64' },
      { name: 'perHour', title: 'Incidents an hour of the shift', type: 'float64' },
    ],
    needs: ['minute'],
  },

  run(incidents, params, _context, control) {
    const shifts = shiftsOf(params.shifts)
    const spans = usableSpans(incidents, params.maximumSpan, params.reversed, control)
    const { used } = spans
    const weight = spreadOverShifts(spans.start, spans.end, shifts, (done) =>
      control.tick(0.5 + done / 2, 'Spreading incidents over shifts'),
    )
    const count = shifts.length
    const share = (sum: number): number => (used > 0 ? sum / used : Number.NaN)
    const perHour = weight.map((sum, at) => sum / (shifts[at % count].minutes / 60))
    let busiest = 0
    for (let at = 1; at < perHour.length; at++) if (perHour[at] > perHour[busiest]) busiest = at
    const timed = used + spans.longSpan
    return {
      summary: {
        used,
        excludedNoTime: spans.noTime,
        excludedLongSpan: spans.longSpan,
        excludedLongShare: timed > 0 ? spans.longSpan / timed : Number.NaN,
        reversed: spans.reversed,
        excludedReversed: spans.dropped,
        shifts: shifts.map((shift, k) => {
          let sum = 0
          for (let day = 0; day < 7; day++) sum += weight[day * count + k]
          return {
            shift: shift.name,
            hours: shift.minutes / 60,
            weight: sum,
            share: share(sum),
            ratio: (share(sum) * 1440) / shift.minutes,
          }
        }),
        days: Array.from({ length: 7 }, (_, day) => {
          let sum = 0
          for (let k = 0; k < count; k++) sum += weight[day * count + k]
          return { day, weight: sum, share: share(sum) }
        }),
        busiest: {
          day: used > 0 ? Math.floor(busiest / count) : Number.NaN,
          shift: used > 0 ? shifts[busiest % count].name : '',
          perHour: used > 0 ? perHour[busiest] : Number.NaN,
        },
      },
      columns: {
        day: Uint8Array.from(weight, (_, at) => Math.floor(at / count)),
        shift: Array.from(weight, (_, at) => shifts[at % count].name),
        weight,
        share: weight.map(share),
        perHour,
      },
      caveats: spanCaveats(spans, params.maximumSpan, params.reversed),
    }
  },
}

/** Weight of each shift, day by day from Monday's first. */
function spreadOverShifts(
  start: Int32Array,
  end: Int32Array,
  shifts: readonly Shift[],
  tick: (done: number) => void,
): Float64Array {
  const pieces = 7 * shifts.length
  const weights = new Float64Array(pieces)
  const first = shifts[0].start
  // Minutes of the week counted from the first shift of Monday.
  const pieceOf = new Uint16Array(WEEK)
  const lastMinute = new Int32Array(pieces)
  for (let piece = 0, minute = 0; piece < pieces; piece++) {
    const { minutes } = shifts[piece % shifts.length]
    pieceOf.fill(piece, minute, minute + minutes)
    minute += minutes
    lastMinute[piece] = minute
  }
  for (let i = 0; i < start.length; i++) {
    if ((i & 0x1ffff) === 0) tick(i / start.length)
    const span = end[i] - start[i]
    // 1970-01-01 was a Thursday: its first minute is minute 4320 of the week.
    let minute = (start[i] + 4320 - first) % WEEK
    if (minute < 0) minute += WEEK
    let piece = pieceOf[minute]
    if (span <= 1) weights[piece] += 1
    else if (span >= WEEK)
      for (let k = 0; k < pieces; k++) weights[k] += shifts[k % shifts.length].minutes / WEEK
    else
      for (let left = span; left > 0; ) {
        const room = lastMinute[piece] - minute
        const taken = left < room ? left : room
        weights[piece] += taken / span
        left -= taken
        minute = lastMinute[piece]
        piece++
        if (piece === pieces) {
          piece = 0
          minute = 0
        }
      }
  }
  return weights
}
