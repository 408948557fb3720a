import type { Caveat } from '#core/contract/caveat.ts'
import { FLAG_NO, FLAG_UNKNOWN, FLAG_YES, MISSING_CODE } from '#core/contract/incident.ts'
import type { Incidents, Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { plainCode } from '../support/plain-code.ts'
import { codeIsIn } from './knife-codes.ts'
import { knifeFlagsCard, type parameters } from './knife-flags-card.ts'
import { type KnifeText, knifeInText, knifeKinds, termPatterns } from './knife-in-text.ts'

export interface KnifeFlagsSummary {
  readonly counts: readonly {
    readonly flag: string
    readonly incidents: number
    readonly eligible: number
  }[]
  readonly possession: number
  readonly disagreement: readonly {
    readonly officer: string
    readonly text: string
    readonly incidents: number
  }[]
  readonly kinds: readonly { readonly kind: string; readonly incidents: number }[]
  readonly toReview: number
}

const OFFICER = ['yes', 'no', 'not recorded'] as const
const YES = new Set(['y', 'yes', 'true', '1', 't'])
const NO = new Set(['n', 'no', 'false', '0', 'f'])

type Words = { readonly codes: Uint32Array | Uint16Array; readonly words: readonly string[] }

/**
 * See the card. Counts are NaN where what they need is not held: no flag, no text, no code or no decision is never
 * "no". Rows listed are those to review, in the order of the data. Deterministic.
 * Cost: 30 ns an incident, and 50 µs a different text. Errors: E-HRM-COLUMN (a named column is not held as words),
 * E-HRM-FINAL (a decision is neither yes nor no).
 */
export const knifeFlags: Method<typeof parameters, KnifeFlagsSummary> = {
  card: knifeFlagsCard,

  run(incidents, params, _context, control) {
    const officer = incidents.flags.knife as Uint8Array | undefined
    const code = incidents.dictionaries.offenceCode as Words | undefined
    const text = columnNamed(incidents, params.textColumn, 'textColumn')
    const final = columnNamed(incidents, params.finalColumn, 'finalColumn')
    const eligibleCodes = new Set(params.eligible.map(plainCode))
    const possessionCodes = new Set(params.possession.map(plainCode))
    const isEligible = code?.words.map((word) => codeIsIn(word, eligibleCodes))
    const isPossession = code?.words.map((word) => codeIsIn(word, possessionCodes))
    const decisions = final?.words.map((word) => decisionOf(word, params.finalColumn))
    const terms = termPatterns(params.terms)
    const others = termPatterns(params.notKnives)
    const told: (KnifeText | null)[] = text ? new Array(text.words.length).fill(null) : []

    const tally = {
      officer: [0, 0],
      text: [0, 0],
      denied: [0, 0],
      final: [0, 0],
      eligible: 0,
      possession: 0,
      selected: 0,
      officerUnknown: 0,
      codeUnknown: 0,
      officerElsewhere: 0,
    }
    const cross = new Float64Array(OFFICER.length * 2)
    const kinds = new Float64Array(knifeKinds.length)
    const review: ReviewRow[] = []
    for (let row = 0; row < incidents.length; row++) {
      if ((row & 0xfff) === 0) control.tick(row / incidents.length, 'Reading flags')
      if (incidents.mask[row] === 0) continue
      tally.selected++
      const eligible = isEligible !== undefined && code !== undefined && isEligible[code.codes[row]]
      const said = officer ? officer[row] : FLAG_UNKNOWN
      let found: KnifeText | null = null
      if (text) {
        const word = text.codes[row]
        found = told[word] ??= knifeInText(text.words[word], terms, others)
      }
      const decision = decisions && final ? decisions[final.codes[row]] : ''
      if (eligible) tally.eligible++
      if (isPossession && code && isPossession[code.codes[row]]) tally.possession++
      if (code && code.codes[row] === MISSING_CODE) tally.codeUnknown++
      if (officer && said === FLAG_UNKNOWN) tally.officerUnknown++
      const add = (counts: number[], holds: boolean): void => {
        if (!holds) return
        counts[0]++
        if (eligible) counts[1]++
      }
      add(tally.officer, said === FLAG_YES)
      add(tally.text, found?.hit ?? false)
      add(tally.denied, found?.denied ?? false)
      add(tally.final, decision === 'yes')
      if (said === FLAG_YES && !eligible && code && code.codes[row] !== MISSING_CODE) tally.officerElsewhere++
      if (!eligible) continue
      const column = said === FLAG_YES ? 0 : said === FLAG_NO ? 1 : 2
      if (found) cross[column * 2 + (found.hit ? 0 : 1)]++
      if (found?.hit && found.kind !== '') kinds[knifeKinds.indexOf(found.kind)]++
      const open = found !== null && (said === FLAG_YES) !== found.hit
      if (open && decision === '')
        review.push({
          row,
          officer: officer ? OFFICER[column] : '',
          text: found?.hit ? 'term' : found?.denied ? 'denied' : 'none',
          kind: found?.kind ?? '',
          final: decision,
          code: code?.words[code.codes[row]] ?? '',
          context: found?.context ?? '',
        })
    }

    const held = (there: boolean, [incidentsOf, eligibleOf]: readonly number[], flag: string) => ({
      flag,
      incidents: there ? incidentsOf : Number.NaN,
      eligible: there && code !== undefined ? eligibleOf : Number.NaN,
    })
    return {
      summary: {
        counts: [
          held(officer !== undefined, tally.officer, 'Officer'),
          held(text !== null, tally.text, 'Text'),
          held(text !== null, tally.denied, 'Text, but denied'),
          held(code !== undefined, [tally.eligible, tally.eligible], 'Offence that can carry a flag'),
          held(final !== null, tally.final, 'Reviewed decision'),
        ],
        possession: code !== undefined ? tally.possession : Number.NaN,
        disagreement:
          text === null || code === undefined
            ? []
            : OFFICER.flatMap((flag, k) => [
                { officer: flag, text: 'term', incidents: cross[k * 2] },
                { officer: flag, text: 'no term', incidents: cross[k * 2 + 1] },
              ]),
        kinds:
          text === null || code === undefined
            ? []
            : knifeKinds.map((kind, k) => ({ kind, incidents: kinds[k] })),
        toReview: text === null || code === undefined ? Number.NaN : review.length,
      },
      columns: {
        row: Int32Array.from(review, ({ row }) => row),
        officer: review.map((each) => each.officer),
        text: review.map((each) => each.text),
        kind: review.map((each) => each.kind),
        final: review.map((each) => each.final),
        code: review.map((each) => each.code),
        context: review.map((each) => each.context),
      },
      caveats: caveatsOf(tally, officer !== undefined, code !== undefined, text !== null, final !== null),
    }
  },
}

interface ReviewRow {
  readonly row: number
  readonly officer: string
  readonly text: string
  readonly kind: string
  readonly final: string
  readonly code: string
  readonly context: string
}

function columnNamed({ dictionaries }: Incidents, name: string, parameter: string): Words | null {
  if (name === '') return null
  if (Object.hasOwn(dictionaries, name)) return dictionaries[name]
  throw new InputError('E-HRM-COLUMN', `The data hold no column of words called “${name}”.`, {
    column: parameter,
    cure: `Columns of words are: ${Object.keys(dictionaries).join(', ')}. A long free text is not kept as words.`,
  })
}

function decisionOf(word: string, column: string): 'yes' | 'no' | '' {
  const plain = word.trim().toLowerCase()
  if (plain === '') return ''
  if (YES.has(plain)) return 'yes'
  if (NO.has(plain)) return 'no'
  throw new InputError('E-HRM-FINAL', `“${word}” in ${column} is neither yes nor no.`, {
    column: 'finalColumn',
    cure: 'Choose the column of the reviewed decision, or correct its words.',
  })
}

function caveatsOf(
  tally: {
    readonly selected: number
    readonly officerUnknown: number
    readonly codeUnknown: number
    readonly officerElsewhere: number
  },
  officer: boolean,
  code: boolean,
  text: boolean,
  final: boolean,
): Caveat[] {
  const caveats: Caveat[] = []
  const of = (count: number): string =>
    `${count.toLocaleString('en-GB')} of ${tally.selected.toLocaleString('en-GB')} incidents`
  if (!officer)
    caveats.push(
      caveat('no-officer-flag', 'The data hold no knife flag of the officer: its counts are blank.'),
    )
  else if (tally.officerUnknown > 0)
    caveats.push(
      caveat(
        'officer-unknown',
        `The officer’s flag is not recorded for ${of(tally.officerUnknown)}: not “no”.`,
      ),
    )
  if (!code)
    caveats.push(
      caveat(
        'no-codes',
        'The data hold no Home Office codes: which offences can carry a flag is unknown, and all counts of eligible incidents are blank.',
      ),
    )
  else if (tally.codeUnknown > 0)
    caveats.push(
      caveat('code-unknown', `${of(tally.codeUnknown)} have no code and are counted as not eligible.`),
    )
  if (!text) caveats.push(caveat('no-text', 'No text was searched: only recorded flags are counted.'))
  if (!final)
    caveats.push(
      caveat('not-reviewed', 'No reviewed decision is held: none of the counts is a final number.'),
    )
  if (tally.officerElsewhere > 0)
    caveats.push(
      caveat(
        'flag-elsewhere',
        `${of(tally.officerElsewhere)} carry the officer’s flag on an offence that cannot be knife-enabled by definition.`,
      ),
    )
  return caveats
}
