import type { Caveat } from '#core/contract/caveat.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { MonthTrendSummary } from '#core/contract/results.ts'
import { caveat } from '../support/caveats.ts'
import { poissonDifference } from '../support/poisson-difference.ts'
import { dateLabel, dateOf, monthIndex, monthLabel, monthOfLabel } from '../support/wall-clock.ts'
import { monthSpans, periodGiven, periodOfSpan, spanOfDates, tallyMonths } from './month-tally.ts'

/** A percentage of fewer than this is a headline about chance. */
const SMALLEST_BASE = 50

const parameters = {
  end: {
    type: 'integer',
    title: 'Last month of the comparison (YYYYMM; 0 = last whole month of the period)',
    minimum: 0,
    maximum: 999912,
    default: 0,
    why: 'The latest whole month is what a board compares; an unfinished month would look like a fall.',
  },
} as const

/**
 * How the selection runs month by month, and the last twelve months against the twelve before.
 *
 *     rolling12(t) = Σ_{k=0..11} count(t − k)
 *     change       = a − b,  a = rolling12(end), b = rolling12(end − 12)
 *     percent      = 100 · (a / b − 1)
 *     interval     = 100 · (exp(ln(a / b) ± 1.96 · √(1/a + 1/b)) − 1), 95 %, counts taken as Poisson
 *     pValue       = E-test of a against b (support/poisson-difference.ts), two-sided
 *
 * A month counts the incidents of the mask whose `occurredFrom` lies in it and in the period [from, to); days and
 * month-only records alike. Months run without a gap over `context.period`, else over the dates of the whole data.
 * A month in `context.missingMonths` is NaN, never 0, and so is every total over it. A month in
 * `context.partialMonths` is counted as it is, with a caveat. A month cut by the period is marked partial, and a
 * comparison over it has no percentage: part of a month is not a month. `percent` is NaN on a base under 50.
 *
 * Deterministic; integers until the last step. Cost: two passes, about 30 ns an incident; memory by months only.
 * Errors: E-MTH-PERIOD (no dated incident and no period, or one that ends before it begins), E-MTH-END.
 * @see practice of police and crime boards (rolling twelve months, change with its interval); Krishnamoorthy and
 *      Thomson (2004) for the test.
 */
export const monthTrend: Method<typeof parameters, MonthTrendSummary> = {
  card: {
    id: 'monthTrend',
    version: '1.0.0',
    title: 'Months and rolling year',
    answers: 'Is it rising or falling: months, rolling twelve months, and this year against the one before?',
    references: [
      'Krishnamoorthy, K. and Thomson, J. (2004). A more powerful test for comparing two Poisson means. Journal of Statistical Planning and Inference 119, 23–35.',
    ],
    formula:
      'Change = incidents of the last twelve months − those of the twelve before; percent = 100 · (a/b − 1), interval 100 · (exp(ln(a/b) ± 1.96 · √(1/a + 1/b)) − 1).',
    assumptions: [
      'An incident belongs to the month its earliest time lies in.',
      'The interval and the test take incidents as independent; repeat offending makes both too narrow.',
      'The same recording rules held in both years.',
    ],
    notShown: ['Why it changed.', 'Whether a change will last: one year against another is two points.'],
    compares: [
      'A month that no file covers is left blank; a spreadsheet that counts rows shows it as 0.',
      'Months are compared as they are, 28 to 31 days long; a 29 February stays in its year.',
    ],
    caveats: {
      'months-missing': 'Months no file covers: their counts and every total over them are blank.',
      'months-partial': 'Months covered in part: their counts are too low.',
      'period-cuts-month': 'The period begins or ends inside a month.',
      'series-short': 'Fewer than 24 months: there is no year to compare with.',
      'base-small': 'The earlier year has fewer than 50 incidents, too few for a percentage.',
      'none-in-year': 'The later year has none: the change has no interval.',
      undated: 'Incidents without a date are in no month.',
      'outside-period': 'Incidents outside the period are not counted.',
      'period-from-data': 'No period was stated; the months are those of the data.',
    },
    parameters,
    summary: {
      months: 'The months, without a gap',
      counts: 'Incidents in each month; blank where no file covers it',
      coverage: 'Whether the files hold each month',
      rolling12: 'Sum of the twelve months that end with each month',
      last12: 'The twelve months that end with the last month',
      prior12: 'The twelve months before',
      change: 'Difference in incidents',
      changePercent: 'Difference in percent',
      changeLow: 'Lower end of the 95 % interval, percent',
      changeHigh: 'Upper end of the 95 % interval, percent',
      pValue: 'Chance of so large a difference if nothing had changed',
      undated: 'Incidents without a date',
    },
    columns: [
      { name: 'month', title: 'Month', type: 'utf8' },
      { name: 'count', title: 'Incidents', type: 'float64' },
      { name: 'coverage', title: 'Coverage', type: 'utf8' },
      { name: 'rolling12', title: 'Rolling 12 months', type: 'float64' },
    ],
    needs: ['month'],
  },

  run(incidents, params, context, control) {
    const caveats: Caveat[] = []
    const span = spanOfDates(incidents)
    const { from, to } = context.period ? periodGiven(context.period) : periodOfSpan(span)
    if (!context.period)
      caveats.push(
        caveat(
          'period-from-data',
          `No period was stated: the months run over the dates of the data, ${dateLabel(span.earliest)} to ${dateLabel(span.latest)}.`,
        ),
      )
    const first = monthIndex(from)
    const months = monthIndex(to - 1) - first + 1
    const { tally, undated, outside } = tallyMonths(incidents, from, to, first, months, control)

    const labels = Array.from({ length: months }, (_, at) => monthLabel(first + at))
    // Where coverage is not known, months beyond the data's own dates cannot be called nil.
    const missing = new Set(
      context.missingMonths ??
        labels.filter(
          (_, at) => first + at < monthIndex(span.earliest) || first + at > monthIndex(span.latest),
        ),
    )
    const partial = new Set(context.partialMonths)
    const cut = new Set<number>()
    if (dateOf(from).day !== 1) cut.add(0)
    if (dateOf(to).day !== 1) cut.add(months - 1)
    const coverage = labels.map((label, at) =>
      missing.has(label) ? 'missing' : partial.has(label) || cut.has(at) ? 'partial' : 'present',
    )
    const counts = Array.from(tally, (count, at) => (coverage[at] === 'missing' ? Number.NaN : count))
    const rolling12 = counts.map((_, at) => sumOfTwelve(counts, at))

    const end = endOf(params.end, first, labels, cut)
    const a = sumOfTwelve(counts, end)
    const b = sumOfTwelve(counts, end - 12)
    let cutInside = false
    for (const at of cut) if (at > end - 24 && at <= end) cutInside = true
    const percentGiven = b >= SMALLEST_BASE && !Number.isNaN(a) && !cutInside
    const ratio = a / b
    const spread = Math.exp(1.96 * Math.sqrt(1 / a + 1 / b))
    const intervalGiven = percentGiven && a > 0

    const named = (state: string): string => monthSpans(labels.filter((_, at) => coverage[at] === state))
    if (coverage.includes('missing'))
      caveats.push(
        caveat(
          'months-missing',
          `No file covers ${named('missing')}: these months are blank, not nil, and so is every twelve-month total over them.`,
        ),
      )
    const held = labels.filter((label) => partial.has(label) && !missing.has(label))
    if (held.length > 0)
      caveats.push(
        caveat(
          'months-partial',
          `The files hold only part of ${monthSpans(held)}: these counts, and the totals and changes over them, are too low.`,
        ),
      )
    if (cut.size > 0)
      caveats.push(
        caveat(
          'period-cuts-month',
          `The period runs from ${dateLabel(from)} to ${dateLabel(to - 1)}, so ${monthSpans([...cut].map((at) => labels[at]))} is counted in part; a year with part of a month is not compared in percent.`,
        ),
      )
    if (end < 23)
      caveats.push(
        caveat(
          'series-short',
          `Only ${end + 1} months lie up to ${labels[end]}; two years are needed to compare twelve months with the twelve before.`,
        ),
      )
    else if (b < SMALLEST_BASE)
      caveats.push(
        caveat(
          'base-small',
          `The earlier twelve months hold ${b} incidents; under ${SMALLEST_BASE} a percentage says little, so only the numbers are given.`,
        ),
      )
    if (percentGiven && a === 0)
      caveats.push(
        caveat('none-in-year', 'The later twelve months hold no incident, so the change has no interval.'),
      )
    if (undated > 0)
      caveats.push(
        caveat('undated', `${number(undated)} of the incidents selected have no date and are in no month.`),
      )
    if (outside > 0)
      caveats.push(
        caveat(
          'outside-period',
          `${number(outside)} of the incidents selected lie outside the period and are not counted.`,
        ),
      )

    return {
      summary: {
        months: labels,
        counts,
        coverage,
        rolling12,
        last12: { from: monthLabel(first + end - 11), to: monthLabel(first + end), count: a },
        prior12: { from: monthLabel(first + end - 23), to: monthLabel(first + end - 12), count: b },
        change: a - b,
        changePercent: percentGiven ? 100 * (ratio - 1) : Number.NaN,
        changeLow: intervalGiven ? 100 * (ratio / spread - 1) : Number.NaN,
        changeHigh: intervalGiven ? 100 * (ratio * spread - 1) : Number.NaN,
        pValue: cutInside ? Number.NaN : poissonDifference(a, b),
        undated,
      },
      columns: {
        month: labels,
        count: Float64Array.from(counts),
        coverage,
        rolling12: Float64Array.from(rolling12),
      },
      caveats,
    }
  },
}

/** NaN where a month is missing or lies before the first. */
function sumOfTwelve(counts: readonly number[], end: number): number {
  if (end < 11) return Number.NaN
  let sum = 0
  for (let at = end - 11; at <= end; at++) sum += counts[at]
  return sum
}

function endOf(asked: number, first: number, labels: readonly string[], cut: ReadonlySet<number>): number {
  if (asked === 0) {
    const last = labels.length - 1
    return cut.has(last) && last > 0 ? last - 1 : last
  }
  const label = `${String(Math.floor(asked / 100)).padStart(4, '0')}-${String(asked % 100).padStart(2, '0')}`
  const at = labels.indexOf(label)
  if (at < 0 || monthOfLabel(label) !== first + at)
    throw new InputError('E-MTH-END', `The last month ${asked} is not a month of the period.`, {
      column: 'end',
      cure: `Give a month from ${labels[0]} to ${labels[labels.length - 1]} as YYYYMM, or 0 for the last whole month.`,
    })
  return at
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}
