import type { Caveat } from '#core/contract/caveat.ts'
import { MISSING_CODE } from '#core/contract/incident.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from './caveats.ts'

/** Harm of each incident by its offence: `weights[codes[row]]`, NaN where the table holds no weight for it. */
export interface HarmOfIncidents {
  readonly codes: Uint32Array | Uint16Array
  /** One weight per offence word. */
  readonly weights: Float64Array
  readonly table: string
}

/**
 * The harm weights of the workspace matched to the offence words of the data. Null when no table is loaded or the
 * data hold no offence: harm is then NaN, never 0.
 *
 * @throws InputError E-MTH-WEIGHTS when `required` (the choice named in `why` needs harm) and there is none
 */
export function harmOfIncidents(
  incidents: Incidents,
  context: Context,
  required = false,
  why = 'This choice',
): HarmOfIncidents | null {
  const offence = incidents.dictionaries.offence
  const table = context.weights
  if (table === undefined || offence === undefined) {
    if (!required) return null
    throw new InputError(
      'E-MTH-WEIGHTS',
      table === undefined
        ? `${why} needs harm weights, and no table of weights is loaded. Nothing was computed.`
        : `${why} needs the offence of each incident, and the data hold no offence column. Nothing was computed.`,
      {
        column: 'offence',
        cure:
          table === undefined
            ? 'Load a table of harm weights, or choose a score by count.'
            : 'Map the offence column and import again, or choose a score by count.',
      },
    )
  }
  const weights = new Float64Array(offence.words.length)
  offence.words.forEach((word, code) => {
    const weight =
      code !== MISSING_CODE && Object.hasOwn(table.byOffence, word) ? table.byOffence[word] : Number.NaN
    weights[code] = Number.isFinite(weight) && weight >= 0 ? weight : Number.NaN
  })
  return { codes: offence.codes, weights, table: `${table.name} ${table.version}` }
}

/** What to say of incidents counted without a harm weight; nothing when there are none. */
export function unweightedCaveat(unweighted: number, incidents: number, table: string): Caveat[] {
  if (unweighted === 0) return []
  const share = ((100 * unweighted) / incidents).toFixed(1)
  return [
    caveat(
      'harm-unweighted',
      `${unweighted.toLocaleString('en-GB')} of ${incidents.toLocaleString('en-GB')} incidents (${share}%) have an offence without a weight in ${table}: they are counted, and left out of harm.`,
    ),
  ]
}
