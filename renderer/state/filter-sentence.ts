import type { Clause, Filter } from '#core/contract/filter.ts'
import { columnTitles } from '#core/contract/incident.ts'
import { searchTerms } from '#core/contract/search-text.ts'
import { hoursTitle } from './hours-title.ts'
import { periodTitle } from './months.ts'

/** One removable part of the sentence, and the clause it stands for. */
export interface SentencePart {
  readonly clause: number
  readonly text: string
}

const flagWords: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  knife: ['knife-enabled', 'not knife-enabled'],
  domestic: ['domestic', 'non-domestic'],
  alcohol: ['alcohol-related', 'not alcohol-related'],
  publicSpace: ['public places', 'not in public places'],
}

/**
 * The filter in an analyst's words, one part per clause in the filter's order.
 *
 * @param areaName name of an area by layer and code; the code stands in where none is known
 */
export function sentenceParts(
  filter: Filter,
  areaName: (layer: string, code: string) => string | undefined,
): SentencePart[] {
  return filter.clauses.map((clause, index) => ({ clause: index, text: clauseText(clause, areaName) }))
}

function clauseText(clause: Clause, areaName: (layer: string, code: string) => string | undefined): string {
  switch (clause.kind) {
    case 'period':
      return periodTitle(clause.from, clause.to)
    case 'oneOf': {
      const title = columnTitles[clause.column] ?? clause.column
      const words = listed(clause.values.map((value) => value || `${title.toLowerCase()} not recorded`))
      const lead = clause.column === 'offence' ? '' : `${title}: `
      return clause.exclude ? `${lead}all but ${words}` : `${lead}${words}`
    }
    case 'flag':
      return flagText(clause.column, clause.states)
    case 'area':
      return `in ${listed(clause.codes.map((code) => areaName(clause.layer, code) ?? code))}`
    case 'polygon':
      return clause.name ? `in ${clause.name}` : 'in the drawn area'
    case 'cells':
      return clause.name ? `in ${clause.name}` : `in ${clause.cells.length} cells`
    case 'hours':
      return hoursTitle(clause.hours)
    case 'located':
      return 'with a location'
    case 'text': {
      const terms = searchTerms(clause.words).map((term) => `“${term}”`)
      const names = clause.columns.map((column) => (columnTitles[column] ?? column).toLowerCase())
      return `${names.length > 3 ? 'text' : listed(names)} contains ${terms.join(' and ')}`
    }
    case 'precision':
      return clause.precisions.includes('area') ? 'with any location' : 'not only placed at an area’s centre'
  }
}

function flagText(column: string, states: readonly string[]): string {
  const title = columnTitles[column] ?? column
  const [yes, no] = flagWords[column] ?? [title.toLowerCase(), `not ${title.toLowerCase()}`]
  return states
    .map((state) => (state === 'yes' ? yes : state === 'no' ? no : `${title.toLowerCase()} not recorded`))
    .join(' or ')
}

/** Up to three words in full; beyond that the first two and how many more. */
function listed(words: readonly string[]): string {
  if (words.length === 0) return 'none'
  if (words.length > 3) return `${words[0]}, ${words[1]} and ${words.length - 2} more`
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
