export const knifeKinds = ['injury', 'threat', 'believed', 'possession', 'unclear'] as const
export type KnifeKind = (typeof knifeKinds)[number]

export interface KnifeText {
  /** A term stands in the text and is neither denied nor part of something else. */
  readonly hit: boolean
  /** A term stands in the text, and every one is denied. */
  readonly denied: boolean
  readonly kind: KnifeKind | ''
  /** The term that was found first, as the text has it, with some words around it. */
  readonly context: string
}

/** Words of a knife or sharp instrument, and of what is done with one; a trailing * stands for any ending. */
export const KNIFE_TERMS: readonly string[] = [
  ...[
    'knife*',
    'knives',
    'blade*',
    'bladed',
    'machete*',
    'dagger*',
    'cleaver*',
    'sword*',
    'penknife*',
    'penknives',
    'pocketknife*',
  ],
  ...[
    'stab',
    'stabbed',
    'stabbing',
    'stabs',
    'slashed',
    'slashing',
    'slash',
    'sharp instrument*',
    'sharp object*',
  ],
  ...['stanley knife', 'craft knife', 'box cutter*', 'razor*', 'screwdriver*', 'broken bottle*'],
]

/** What holds a term and is no weapon. */
export const NOT_KNIVES: readonly string[] = [
  ...[
    'stabbing pain*',
    'stab vest*',
    'knife arch*',
    'knife bin*',
    'knife amnest*',
    'knife block*',
    'knife crime',
  ],
  ...['razor wire', 'rollerblade*', 'roller blade*', 'blade of grass', 'wiper blade*', 'shoulder blade*'],
  ...[
    'knife and fork',
    'knives and forks',
    'tyre* slashed',
    'tyres slash*',
    'slashed tyre*',
    'slashed the tyre*',
  ],
]

/** Within so many words before a term these deny it. */
const DENIALS = new Set([
  'no',
  'not',
  'without',
  'never',
  'nil',
  'denied',
  'denies',
  "didn't",
  "wasn't",
  'neither',
])
const DENIAL_REACH = 4
/** These end the reach of a denial: “not injured but stabbed at the door”. */
const TURNS = new Set(['but', 'however', 'although', 'then', 'and', 'with'])
/** After a term these deny it: “knife not seen”. */
const DENIED_AFTER = /^(?:was |were )?(?:not|never) (?:seen|used|found|produced|involved|present|recovered)/
const BELIEVED =
  /\b(believ\w*|thought|suspect(?:s|ed)? to have|feared|may have|might have|possibly|implied|claim\w* to have|said (?:he|she|they) had|gestur\w*|reach\w* (?:in|into|for))\b/
const INJURY = /\b(stabb\w*|stabs|slash\w*|cut|cuts|lacerat\w*|wound\w*|puncture\w*)\b/
const THREAT = /\b(threat\w*|brandish\w*|point\w*|produc\w*|pull\w*|held|demand\w*|wav\w*|lung\w*|robb\w*)\b/
const POSSESSION = /\b(possess\w*|carry\w*|carri\w*|found|recover\w*|seiz\w*|conceal\w*)\b/

/**
 * Whether a free text speaks of a knife or sharp instrument, and how: terms with their denials and their company, by
 * rule. It finds what to look at; it does not decide. “Believed” counts, as the national definition has it.
 *
 * A denial (no, not, without …) reaches four words forward and stops at but, then, and, with. Kinds, the first that
 * fits: believed (not seen), injury, threat, possession, unclear.
 */
export function knifeInText(text: string, terms: readonly RegExp[], others: readonly RegExp[]): KnifeText {
  let plain = text.toLowerCase().replace(/[’`]/g, "'").replace(/\s+/g, ' ')
  // What is no knife is blanked letter by letter, so that places in the text stay where they are.
  for (const other of others) plain = plain.replace(other, (found) => '·'.repeat(found.length))
  let denied = false
  let first = -1
  let length = 0
  for (const term of terms)
    for (const match of plain.matchAll(term)) {
      if (isDenied(plain, match.index, match[0].length)) denied = true
      else if (first < 0 || match.index < first) {
        first = match.index
        length = match[0].length
      }
    }
  if (first < 0) return { hit: false, denied, kind: '', context: '' }
  const kind: KnifeKind = BELIEVED.test(plain)
    ? 'believed'
    : INJURY.test(plain)
      ? 'injury'
      : THREAT.test(plain)
        ? 'threat'
        : POSSESSION.test(plain)
          ? 'possession'
          : 'unclear'
  const squeezed = text.replace(/\s+/g, ' ')
  return {
    hit: true,
    denied: false,
    kind,
    context: squeezed.slice(Math.max(0, first - 30), first + length + 30).trim(),
  }
}

/** Terms as patterns: whole words, `*` for any ending. */
export function termPatterns(terms: readonly string[]): RegExp[] {
  return terms
    .map((term) => term.trim().toLowerCase())
    .filter((term) => term !== '')
    .map((term) => {
      const escaped = term.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[a-z]*')
      return new RegExp(`(?<![a-z])${escaped}(?![a-z])`, 'g')
    })
}

function isDenied(text: string, at: number, length: number): boolean {
  if (DENIED_AFTER.test(text.slice(at + length).trimStart())) return true
  const sentence = text.slice(Math.max(0, at - 60), at).split(/[.;:!?]/)
  const before = (sentence[sentence.length - 1].match(/[a-z']+/g) ?? []).slice(-DENIAL_REACH)
  for (let k = before.length - 1; k >= 0; k--) {
    if (TURNS.has(before[k])) return false
    if (DENIALS.has(before[k])) return true
  }
  return false
}
