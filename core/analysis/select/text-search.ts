/**
 * Words looked for in incidents. A search has up to eight terms; while it runs each incident has a byte, one bit for
 * each term found in any of the columns asked for, so that columns can be searched one after the other and a term
 * may be found in one column and the next term in another.
 */
import type { TextClause } from '#core/contract/filter.ts'
import { type Dictionary, type IncidentColumns, textColumns } from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'
import { foldText, MOST_TERMS, searchTerms } from '#core/contract/search-text.ts'
import { canonicalJson } from './filter-key.ts'

export interface TextSearch {
  /** `textKey` of the clause. */
  readonly key: string
  /** Folded, in order of spelling: term `k` has bit `k`. */
  readonly terms: readonly string[]
  /** Columns asked for that are dictionaries. */
  readonly words: readonly string[]
  /** Columns asked for that lie as text in the segments. */
  readonly texts: readonly string[]
}

/** The text two searches share exactly when they ask for the same words in the same columns. */
export function textKey(clause: TextClause): string {
  return canonicalJson([searchTerms(clause.words).sort(), [...new Set(clause.columns)].sort()])
}

/**
 * A text clause against the columns of a dataset.
 *
 * @param heldAsText columns whose text lies in the segments
 * @throws InputError E-FLT-TEXT without words, with more than eight or without a column; E-FLT-COLUMN for a column
 *   that holds no words
 */
export function readTextClause(
  clause: TextClause,
  columns: IncidentColumns,
  heldAsText: readonly string[] = textColumns,
): TextSearch {
  const terms = searchTerms(clause.words).sort()
  const asked = [...new Set(clause.columns)].sort()
  if (terms.length === 0)
    throw new InputError('E-FLT-TEXT', 'There are no words to look for.', {
      cure: 'Type a word, or remove the condition.',
    })
  if (terms.length > MOST_TERMS)
    throw new InputError('E-FLT-TEXT', `${terms.length} words are more than can be looked for at once.`, {
      cure: `Use up to ${MOST_TERMS} words; words in quotation marks count as one.`,
    })
  if (asked.length === 0)
    throw new InputError('E-FLT-TEXT', 'No column is chosen to look for the words in.', {
      cure: 'Choose at least one column, such as the location.',
    })
  const words = asked.filter((column) => Object.hasOwn(columns.dictionaries, column))
  const texts = asked.filter((column) => heldAsText.includes(column))
  const neither = asked.find((column) => !words.includes(column) && !texts.includes(column))
  if (neither !== undefined)
    throw new InputError('E-FLT-COLUMN', `These incidents hold no words in a column “${neither}”.`, {
      column: neither,
      cure: 'Choose another column, or import the files again with that column mapped.',
    })
  return { key: textKey(clause), terms, words, texts }
}

/** Adds to `found` the terms that the word of each incident contains. Each word is looked at once. */
export function findInWords(dictionary: Dictionary, terms: readonly string[], found: Uint8Array): void {
  const { codes, words } = dictionary
  const bits = Uint8Array.from(words, (word) => termsIn(word, terms))
  for (let row = 0; row < codes.length; row++) found[row] |= bits[codes[row]]
}

/** One bit for each term that the text contains. */
export function termsIn(text: string, terms: readonly string[]): number {
  const folded = foldText(text)
  let bits = 0
  for (let k = 0; k < terms.length; k++) if (folded.includes(terms[k])) bits |= 1 << k
  return bits
}

/** Turns the bits of `found` in place into 1 where all terms were found, else 0. */
export function rowsWithAll(found: Uint8Array, terms: number): Uint8Array {
  const all = (1 << terms) - 1
  for (let row = 0; row < found.length; row++) found[row] = found[row] === all ? 1 : 0
  return found
}
