import type { Caveat } from '#core/contract/caveat.ts'
import { FLAG_UNKNOWN, FLAG_YES } from '#core/contract/incident.ts'
import type { Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { OffenceMixSummary } from '#core/contract/results.ts'
import { caveat } from '../support/caveats.ts'
import { harmOfIncidents, unweightedCaveat } from '../support/harm.ts'

/** How an offence that was not recorded is printed. */
export const OFFENCE_NOT_RECORDED = 'Not recorded'

const parameters = {
  order: {
    type: 'choice',
    title: 'Order',
    options: [
      { value: 'count', title: 'Most incidents first' },
      { value: 'harm', title: 'Most harm first' },
    ],
    default: 'count',
    why: 'Counts are always held; harm needs a table of weights.',
  },
} as const

/**
 * What the selection is made of: each offence with its incidents, harm and knife-enabled incidents.
 *
 *     share = count / Σ count,  harm = Σ weight of its incidents,  shareOfHarm = harm / Σ harm
 *
 * over the offence words that occur in the mask; "not recorded" is a row of its own. Harm is NaN without a table of
 * weights and for an offence the table does not hold: such incidents are in `unweighted` and in no harm total. Knife
 * counts flags that say yes and is NaN where the data hold no knife flag; a flag not recorded is no "no", and a caveat
 * says how many. Shares are NaN when there is nothing to share.
 *
 * Ties in order of count, then of name. Deterministic, integers but for harm. Cost: one pass, about 20 ns an incident.
 * Errors: E-MTH-OFFENCE (no offence column), E-MTH-WEIGHTS (order by harm without weights).
 * @see Sherman, Neyroud and Neyroud (2016), The Cambridge Crime Harm Index, Policing 10(3), 171–183, for Σ weight.
 */
export const offenceMix: Method<typeof parameters, OffenceMixSummary> = {
  card: {
    id: 'offenceMix',
    version: '1.0.0',
    title: 'Offence mix',
    answers: 'Which offences is it made of, by count and by harm?',
    references: [
      'Sherman, L., Neyroud, P. W. and Neyroud, E. (2016). The Cambridge Crime Harm Index. Policing 10(3), 171–183.',
    ],
    formula:
      'Share of an offence = its incidents ÷ all selected incidents. Harm = incidents × weight; share of harm = harm ÷ the sum over offences that have a weight.',
    notShown: [
      'Incidents nobody reported, and changes in how they are recorded.',
      'Harm to a particular person: a weight is an average over many cases.',
    ],
    assumptions: ['Every incident of one offence carries the same harm.'],
    compares: [
      'A pivot table that fills missing weights with 0 shows less harm; here such offences are blank, and counted apart.',
    ],
    caveats: {
      'no-weights': 'No table of harm weights is loaded: harm is blank.',
      'harm-unweighted': 'Some offences have no harm weight and are left out of harm.',
      'harm-by-group': 'Some incidents have only the weight of their sub-group.',
      'no-knife-flag': 'The data hold no knife flag: knife counts are blank.',
      'knife-unknown': 'The knife flag is not recorded for some incidents.',
      'none-selected': 'No incident is selected.',
    },
    parameters,
    summary: {
      rows: 'Offences with count, share, harm, share of harm and knife-enabled incidents',
      incidents: 'Incidents counted',
      harm: 'Harm of those with a weight',
      unweighted: 'Incidents whose offence has no weight',
    },
    columns: [
      { name: 'offence', title: 'Offence', type: 'utf8' },
      { name: 'count', title: 'Incidents', type: 'uint32' },
      { name: 'share', title: 'Share', type: 'float64' },
      { name: 'harm', title: 'Harm', type: 'float64' },
      { name: 'shareOfHarm', title: 'Share of harm', type: 'float64' },
      { name: 'knife', title: 'Knife-enabled', type: 'float64' },
    ],
    needs: ['offence'],
  },

  run(incidents, params, context, control) {
    const { length, mask, flags } = incidents
    const offence = Object.hasOwn(incidents.dictionaries, 'offence') ? incidents.dictionaries.offence : null
    if (offence === null)
      throw new InputError(
        'E-MTH-OFFENCE',
        'The offence mix cannot be shown: the data hold no offence column.',
        {
          column: 'offence',
          cure: 'Import the files again with the offence column mapped.',
        },
      )
    const weights = harmOfIncidents(incidents, context, params.order === 'harm', 'The order by harm')
    const knifeFlag = Object.hasOwn(flags, 'knife') ? flags.knife : null
    const { codes, words } = offence
    const counts = new Uint32Array(words.length)
    const knives = new Uint32Array(words.length)
    // Offences of one name may carry several codes, and so several weights.
    const harmOf = new Float64Array(words.length)
    const weightedOf = new Uint32Array(words.length)
    let knifeUnknown = 0
    for (let row = 0; row < length; row++) {
      if ((row & 0x3ffff) === 0) control.tick(row / length, 'Counting offences')
      if (mask[row] === 0) continue
      counts[codes[row]]++
      if (weights !== null) {
        const weight = weights.weights[weights.codes[row]]
        if (!Number.isNaN(weight)) {
          harmOf[codes[row]] += weight
          weightedOf[codes[row]]++
        }
      }
      if (knifeFlag === null) continue
      if (knifeFlag[row] === FLAG_YES) knives[codes[row]]++
      else if (knifeFlag[row] === FLAG_UNKNOWN) knifeUnknown++
    }

    let total = 0
    let weighted = 0
    let sum = 0
    for (let code = 0; code < counts.length; code++) {
      total += counts[code]
      weighted += weightedOf[code]
      sum += harmOf[code]
    }
    // Without one weighted incident there is no harm to speak of; that is not a harm of 0.
    const harm = weighted > 0 ? sum : Number.NaN
    const rows = words
      .map((word, code) => {
        const count = counts[code]
        const own = weightedOf[code] > 0 ? harmOf[code] : Number.NaN
        return {
          offence: word === '' ? OFFENCE_NOT_RECORDED : word,
          count,
          share: count / total,
          harm: own,
          shareOfHarm: harm > 0 ? own / harm : Number.NaN,
          knife: knifeFlag === null ? Number.NaN : knives[code],
        }
      })
      .filter(({ count }) => count > 0)
      .sort((a, b) => {
        const byHarm = params.order === 'harm' ? sortable(b.harm) - sortable(a.harm) : 0
        return byHarm || b.count - a.count || (a.offence < b.offence ? -1 : 1)
      })

    const caveats: Caveat[] = []
    if (total === 0)
      caveats.push(caveat('none-selected', 'No incident is selected, so there is no mix to show.'))
    if (weights === null)
      caveats.push(caveat('no-weights', 'No table of harm weights is loaded, so harm is left blank.'))
    else caveats.push(...unweightedCaveat(total - weighted, total, weights))
    if (knifeFlag === null)
      caveats.push(
        caveat('no-knife-flag', 'The data hold no knife flag, so knife-enabled incidents are left blank.'),
      )
    else if (knifeUnknown > 0)
      caveats.push(
        caveat(
          'knife-unknown',
          `Whether a knife was used is not recorded for ${knifeUnknown.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} incidents: knife counts are the least it can be.`,
        ),
      )
    return {
      summary: { rows, incidents: total, harm, unweighted: total - weighted },
      columns: {
        offence: rows.map((row) => row.offence),
        count: Uint32Array.from(rows, (row) => row.count),
        share: Float64Array.from(rows, (row) => row.share),
        harm: Float64Array.from(rows, (row) => row.harm),
        shareOfHarm: Float64Array.from(rows, (row) => row.shareOfHarm),
        knife: Float64Array.from(rows, (row) => row.knife),
      },
      caveats,
    }
  },
}

/** Unweighted offences last. */
function sortable(harm: number): number {
  return Number.isNaN(harm) ? -1 : harm
}
