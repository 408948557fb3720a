import type { Caveat } from '#core/contract/caveat.ts'
import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Context, Incidents, Method } from '#core/contract/method.ts'
import { caveat } from '../support/caveats.ts'
import { type HarmOfIncidents, harmBases, harmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import { monthIndex, monthLabel } from '../support/wall-clock.ts'
import { monthSpans } from '../time/month-tally.ts'
import { harmSummaryCard, type parameters } from './harm-summary-card.ts'

export interface HarmSummary {
  readonly table: string
  readonly unit: string
  readonly incidents: number
  readonly harm: number
  readonly meanHarm: number
  readonly coverage: readonly { readonly by: string; readonly incidents: number; readonly share: number }[]
  readonly offences: readonly OffenceHarm[]
  readonly apart: { readonly incidents: number; readonly harm: number }
}

export interface OffenceHarm {
  readonly offence: string
  readonly incidents: number
  readonly weighed: number
  readonly meanWeight: number
  readonly harm: number
  readonly shareOfHarm: number
}

const UNDATED = timePrecisions.indexOf('none')
/** Published tables have homicide in the thousands; invented ones go from 1 to 10. */
const SMALLEST_TOP = 1000
/** So few incidents with half of the harm make a total a matter of chance. */
const HANDFUL = 5
const WORDS: Readonly<Record<(typeof harmBases)[number], string>> = {
  code: 'code or classification',
  offence: 'offence',
  group: 'sub-group',
  none: 'not weighed',
}

/**
 * See the card for the formula and `harmOfIncidents` for the order in which weights are tried. Harm is NaN where no
 * incident has a weight; months no file covers are NaN; a month without incidents that is covered is 0.
 * Deterministic. Cost: 50 ns an incident. Errors: E-MTH-WEIGHTS.
 */
export const harmSummary: Method<typeof parameters, HarmSummary> = {
  card: harmSummaryCard,

  run(incidents, params, context, control) {
    const harm = harmOfIncidents(incidents, context, true, 'A summary of harm') as HarmOfIncidents
    const offence = incidents.dictionaries.offence ?? incidents.dictionaries.offenceCode
    const words = offence?.words ?? ['']
    const apartWord = Uint8Array.from(words, (word) => Number(params.proactive.includes(word)))
    const count = new Uint32Array(words.length)
    const weighed = new Uint32Array(words.length)
    const sum = new Float64Array(words.length)
    const byBasis = new Float64Array(harmBases.length)
    const months = monthsOf(incidents)
    const apart = { incidents: 0, weighed: 0, harm: 0 }
    const largest: number[] = []
    let undated = 0
    for (let row = 0; row < incidents.length; row++) {
      if ((row & 0x3ffff) === 0) control.tick(row / incidents.length, 'Weighing')
      if (incidents.mask[row] === 0) continue
      const kind = harm.codes[row]
      const weight = harm.weights[kind]
      const word = offence ? offence.codes[row] : 0
      if (apartWord[word] === 1) {
        apart.incidents++
        if (!Number.isNaN(weight)) {
          apart.weighed++
          apart.harm += weight
        }
        continue
      }
      count[word]++
      byBasis[harm.basis[kind]]++
      const dated = incidents.from[row] !== NO_TIME && incidents.timePrecision[row] !== UNDATED
      const month = dated ? monthIndex(incidents.from[row]) - months.first : -1
      if (dated) months.count[month]++
      else undated++
      if (Number.isNaN(weight)) continue
      weighed[word]++
      sum[word] += weight
      keepLargest(largest, weight)
      if (dated) {
        months.weighed[month]++
        months.harm[month] += weight
      }
    }

    const incidentsCounted = byBasis.reduce((total, each) => total + each, 0)
    const weighedAll = incidentsCounted - byBasis[0]
    const total = weighedAll > 0 ? sum.reduce((all, each) => all + each, 0) : Number.NaN
    const labels = Array.from(months.count, (_, at) => monthLabel(months.first + at))
    const missing = new Set(context.missingMonths)
    labels.forEach((label, at) => {
      if (missing.has(label)) {
        months.count[at] = Number.NaN
        months.weighed[at] = Number.NaN
      }
      // Incidents of which none could be weighed are no harm of 0.
      if (missing.has(label) || (months.count[at] > 0 && months.weighed[at] === 0))
        months.harm[at] = Number.NaN
    })
    return {
      summary: {
        table: harm.table,
        unit: context.weights?.unit ?? '',
        incidents: incidentsCounted,
        harm: total,
        meanHarm: total / weighedAll,
        coverage: [...harmBases.slice(1), harmBases[0]].map((by) => {
          const held = byBasis[harmBases.indexOf(by)]
          return { by: WORDS[by], incidents: held, share: held / incidentsCounted }
        }),
        offences: offencesOf(words, count, weighed, sum, total),
        apart: {
          incidents: apart.incidents,
          harm: apart.weighed > 0 || apart.incidents === 0 ? apart.harm : Number.NaN,
        },
      },
      columns: { month: labels, count: months.count, weighed: months.weighed, harm: months.harm },
      caveats: caveatsOf(harm, incidentsCounted, byBasis[0], total, largest, labels, undated, context),
    }
  },
}

function monthsOf({ length, mask, from, timePrecision }: Incidents) {
  let earliest = Infinity
  let latest = -Infinity
  for (let row = 0; row < length; row++) {
    if (mask[row] === 0 || from[row] === NO_TIME || timePrecision[row] === UNDATED) continue
    if (from[row] < earliest) earliest = from[row]
    if (from[row] > latest) latest = from[row]
  }
  const first = earliest <= latest ? monthIndex(earliest) : 0
  const months = earliest <= latest ? monthIndex(latest) - first + 1 : 0
  return {
    first,
    count: new Float64Array(months),
    weighed: new Float64Array(months),
    harm: new Float64Array(months),
  }
}

/** Keeps the five largest, largest first. */
function keepLargest(largest: number[], weight: number): void {
  if (largest.length === HANDFUL && weight <= largest[HANDFUL - 1]) return
  let at = largest.length
  while (at > 0 && largest[at - 1] < weight) at--
  largest.splice(at, 0, weight)
  if (largest.length > HANDFUL) largest.pop()
}

function offencesOf(
  words: readonly string[],
  count: Uint32Array,
  weighed: Uint32Array,
  sum: Float64Array,
  total: number,
): OffenceHarm[] {
  return words
    .map((word, code): OffenceHarm => {
      const harm = weighed[code] > 0 ? sum[code] : Number.NaN
      return {
        offence: word === '' ? 'Not recorded' : word,
        incidents: count[code],
        weighed: weighed[code],
        meanWeight: harm / weighed[code],
        harm,
        shareOfHarm: total > 0 ? harm / total : Number.NaN,
      }
    })
    .filter(({ incidents }) => incidents > 0)
    .sort((a, b) => {
      // Offences without a weight come last, most incidents first.
      const [left, right] = [a, b].map(({ harm }) => (Number.isNaN(harm) ? -1 : harm))
      return right - left || b.incidents - a.incidents || (a.offence < b.offence ? -1 : 1)
    })
}

function caveatsOf(
  harm: HarmOfIncidents,
  incidents: number,
  unweighted: number,
  total: number,
  largest: readonly number[],
  labels: readonly string[],
  undated: number,
  context: Context,
): Caveat[] {
  if (incidents === 0)
    return [caveat('none-selected', 'No incident is selected, so there is no harm to sum.')]
  const caveats: Caveat[] = [...unweightedCaveat(unweighted, incidents, harm)]
  const table = context.weights
  const top = [table?.byOffence, table?.byCode, table?.byGroup]
    .flatMap((held) => Object.values(held ?? {}))
    .reduce((most, each) => Math.max(most, each), 0)
  if (top < SMALLEST_TOP)
    caveats.push(
      caveat(
        'weights-small',
        `The largest weight of ${harm.table} is ${top.toLocaleString('en-GB')}; published tables have homicide at several thousand. Check that this is not an invented scale.`,
      ),
    )
  const handful = largest.reduce((sum, each) => sum + each, 0)
  if (incidents > 2 * HANDFUL && handful > total / 2)
    caveats.push(
      caveat(
        'few-carry-most',
        `The ${largest.length} gravest incidents carry ${((100 * handful) / total).toFixed(0)}% of the harm: one more or less of them changes the total, so do not read a change of harm as a trend.`,
      ),
    )
  const missing = labels.filter((label) => context.missingMonths?.includes(label))
  if (missing.length > 0)
    caveats.push(caveat('months-missing', `No file covers ${monthSpans(missing)}: blank, not nil.`))
  const partial = labels.filter((label) => context.partialMonths?.includes(label) && !missing.includes(label))
  if (partial.length > 0)
    caveats.push(
      caveat('months-partial', `The files hold only part of ${monthSpans(partial)}: harm there is too low.`),
    )
  if (undated > 0)
    caveats.push(
      caveat('undated', `${undated.toLocaleString('en-GB')} incidents have no date and are in no month.`),
    )
  return caveats
}
