import type { Clause, Filter } from '#core/contract/filter.ts'
import { InputError } from '#core/contract/problem.ts'
import { searchTerms } from '#core/contract/search-text.ts'

/**
 * JSON with the keys of every object in order, so that equal values have equal text whatever order they were built
 * in. Lists keep their order; absent (`undefined`) fields are left out; −0 is 0.
 *
 * @throws InputError E-FLT-NUMBER for NaN or an infinity: JSON would write both as null, and two different values
 *   would share one key.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      throw new InputError('E-FLT-NUMBER', 'A number that is not finite cannot be kept or compared.', {
        cure: 'Correct the number and try again.',
      })
    return JSON.stringify(value === 0 ? 0 : value)
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`)
  return `{${entries.join(',')}}`
}

/**
 * The text two filters share exactly when they are built from the same clauses: values sorted and written once,
 * clauses in any order. Names given to a polygon or a set of cells are not part of what is selected, nor is a stated
 * `exclude: false`.
 */
export function filterKey(filter: Filter): string {
  return `[${[...new Set(filter.clauses.map((clause) => canonicalJson(plain(clause))))].sort().join(',')}]`
}

function plain(clause: Clause): unknown {
  switch (clause.kind) {
    case 'oneOf':
      return {
        ...clause,
        values: distinct(clause.values),
        exclude: clause.exclude === true ? true : undefined,
      }
    case 'flag':
      return { ...clause, states: distinct(clause.states) }
    case 'area':
      return { ...clause, codes: distinct(clause.codes) }
    case 'cells':
      return { ...clause, cells: [...new Set(clause.cells)].sort((a, b) => a - b), name: undefined }
    case 'hours':
      return { ...clause, hours: [...new Set(clause.hours)].sort((a, b) => a - b) }
    case 'precision':
      return { ...clause, precisions: distinct(clause.precisions) }
    case 'text':
      return { kind: 'text', words: distinct(searchTerms(clause.words)), columns: distinct(clause.columns) }
    case 'polygon':
      return { ...clause, name: undefined }
    default:
      return clause
  }
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].sort()
}
