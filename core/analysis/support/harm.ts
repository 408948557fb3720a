import type { Caveat } from '#core/contract/caveat.ts'
import { MISSING_CODE } from '#core/contract/incident.ts'
import type { Context, HarmWeights, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from './caveats.ts'
import { plainCode } from './plain-code.ts'

/** By what an incident got its weight, in the order that is tried. */
export const harmBases = ['none', 'code', 'offence', 'group'] as const
const BY_CODE = harmBases.indexOf('code')
const BY_OFFENCE = harmBases.indexOf('offence')
const BY_GROUP = harmBases.indexOf('group')

/** Harm of each incident: `weights[codes[row]]`, NaN where the table holds no weight for it. */
export interface HarmOfIncidents {
  /** Kind of each incident: its offence word, or its offence, code and sub-group together. */
  readonly codes: Uint32Array | Uint16Array
  /** One weight per kind. */
  readonly weights: Float64Array
  /** Index into `harmBases` per kind. */
  readonly basis: Uint8Array
  readonly table: string
  /** Selected incidents that have only the weight of their sub-group. */
  readonly byGroup: number
}

/**
 * The harm weights of the workspace matched to the incidents: by Home Office code or classification where both hold it,
 * else by the offence's words, else by the weight of the sub-group. Null when no table is loaded or the data hold none
 * of the three: harm is then NaN, never 0. One table in one version weighs every incident.
 *
 * @throws InputError E-MTH-WEIGHTS when `required` (the choice named in `why` needs harm) and there is none
 * Cost: nothing where the table goes by offence alone; else 30 ns an incident.
 */
export function harmOfIncidents(
  incidents: Incidents,
  context: Context,
  required = false,
  why = 'This choice',
): HarmOfIncidents | null {
  const table = context.weights
  const { offence, offenceCode, offenceGroup } = incidents.dictionaries
  const codeColumn = table?.byCode ? offenceCode : undefined
  const groupColumn = table?.byGroup ? offenceGroup : undefined
  if (table === undefined || (offence === undefined && !codeColumn && !groupColumn)) {
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
  const name = `${table.name} ${table.version}`
  if (offence !== undefined && !codeColumn && !groupColumn) {
    const kinds = offence.words.map((word, code) =>
      weightOf(table, '', code === MISSING_CODE ? '' : word, ''),
    )
    return {
      codes: offence.codes,
      weights: Float64Array.from(kinds, ({ weight }) => weight),
      basis: Uint8Array.from(kinds, ({ basis }) => basis),
      table: name,
      byGroup: 0,
    }
  }

  const { length, mask } = incidents
  const codes = new Uint32Array(new SharedArrayBuffer(length * 4))
  const kindOf = new Map<number, number>()
  const weights: number[] = []
  const basis: number[] = []
  const groups = groupColumn?.words.length ?? 1
  const words = offence?.words.length ?? 1
  let byGroup = 0
  for (let row = 0; row < length; row++) {
    const code = codeColumn?.codes[row] ?? MISSING_CODE
    const word = offence?.codes[row] ?? MISSING_CODE
    const group = groupColumn?.codes[row] ?? MISSING_CODE
    const key = (code * words + word) * groups + group
    let kind = kindOf.get(key)
    if (kind === undefined) {
      const found = weightOf(
        table,
        codeColumn?.words[code] ?? '',
        offence?.words[word] ?? '',
        groupColumn?.words[group] ?? '',
      )
      kind = weights.push(found.weight) - 1
      basis.push(found.basis)
      kindOf.set(key, kind)
    }
    codes[row] = kind
    if (basis[kind] === BY_GROUP && mask[row] === 1) byGroup++
  }
  return {
    codes,
    weights: Float64Array.from(weights),
    basis: Uint8Array.from(basis),
    table: name,
    byGroup,
  }
}

function weightOf(
  table: HarmWeights,
  code: string,
  offence: string,
  group: string,
): { weight: number; basis: number } {
  const tried = [
    [table.byCode, plainCode(code), BY_CODE],
    [table.byOffence, offence, BY_OFFENCE],
    [table.byGroup, group.trim().toLowerCase(), BY_GROUP],
  ] as const
  for (const [held, word, basis] of tried) {
    if (held === undefined || word === '' || !Object.hasOwn(held, word)) continue
    const weight = held[word]
    if (Number.isFinite(weight) && weight >= 0) return { weight, basis }
  }
  return { weight: Number.NaN, basis: 0 }
}

/**
 * What to say of incidents counted without a harm weight, and of those that have only the weight of their sub-group;
 * nothing when there are none.
 */
export function unweightedCaveat(
  unweighted: number,
  incidents: number,
  { table, byGroup }: Pick<HarmOfIncidents, 'table' | 'byGroup'>,
): Caveat[] {
  const caveats: Caveat[] = []
  if (unweighted > 0)
    caveats.push(
      caveat(
        'harm-unweighted',
        `${unweighted.toLocaleString('en-GB')} of ${incidents.toLocaleString('en-GB')} incidents (${((100 * unweighted) / incidents).toFixed(1)}%) have an offence without a weight in ${table}: they are counted, and left out of harm.`,
      ),
    )
  if (byGroup > 0)
    caveats.push(
      caveat(
        'harm-by-group',
        `${byGroup.toLocaleString('en-GB')} of the incidents selected match neither a code nor an offence of ${table} and have the weight of their sub-group: offences inside a sub-group differ many times over.`,
      ),
    )
  return caveats
}
