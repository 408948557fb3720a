import type { Clause, Filter, FlagClause, PeriodClause, TextClause } from '#core/contract/filter.ts'
import { columnTitles } from '#core/contract/incident.ts'
import { searchTerms } from '#core/contract/search-text.ts'
import { civilOf, daysOf } from '../support/wall-clock.ts'
import { describeHours } from './describe-hours.ts'

/** Name of each boundary layer and of its areas by code; a code without a name stands for itself. */
export type LayerNames = Readonly<
  Record<string, { readonly name: string; readonly areas: Readonly<Record<string, string>> }>
>

/** One removable part of the sentence, and the clause it stands for. */
export interface FilterPart {
  readonly clause: number
  readonly text: string
}

export interface FilterDescription {
  /** `Violence with injury or Robbery, Jan 2024 to Dec 2025, public space, Fri–Sat 20:00–04:00, in Alderwick Central` */
  readonly sentence: string
  readonly parts: readonly FilterPart[]
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const precisionWords = {
  exact: 'address',
  snapped: 'map point',
  area: 'area centre',
  none: 'no place',
} as const

/** More words than this are counted instead of listed. */
const LISTED = 6

/** What happened, when, of which kind, in which words, at which hours, where. */
const order: Readonly<Record<Clause['kind'], number>> = {
  oneOf: 1,
  period: 2,
  flag: 3,
  text: 4,
  hours: 5,
  area: 6,
  polygon: 7,
  cells: 8,
  located: 9,
  precision: 10,
}

/**
 * A filter as an analyst says it. Parts come in the order of speech (offence, period, flags, words, hours, place), equals
 * in the order of the filter. Never fails: what cannot be read (a date that is none) is shown as written. The whole
 * filter is in the provenance; a list of more than six words says how many it leaves out.
 */
export function describeFilter(filter: Filter, layers: LayerNames = {}): FilterDescription {
  const parts = filter.clauses
    .map((clause, at) => ({ clause: at, text: describe(clause, layers), rank: rank(clause) }))
    .sort((a, b) => a.rank - b.rank || a.clause - b.clause)
    .map(({ clause, text }) => ({ clause, text }))
  return { sentence: parts.length === 0 ? 'All incidents' : parts.map(({ text }) => text).join(', '), parts }
}

function rank(clause: Clause): number {
  return clause.kind === 'oneOf' && clause.column === 'offence' ? 0 : order[clause.kind]
}

function describe(clause: Clause, layers: LayerNames): string {
  switch (clause.kind) {
    case 'period':
      return describePeriod(clause)
    case 'oneOf': {
      const words = list(clause.values.map((value) => (value === '' ? 'not recorded' : value)))
      const text = clause.exclude === true ? `not ${words}` : words
      if (clause.column === 'offence') return clause.exclude === true ? `any offence but ${words}` : words
      return `${own(columnTitles, clause.column) ?? clause.column}: ${text}`
    }
    case 'flag':
      return describeFlag(clause)
    case 'area': {
      const layer = own(layers, clause.layer)
      return `in ${list(clause.codes.map((code) => (layer && own(layer.areas, code)) || code))}`
    }
    case 'polygon':
      return `in ${clause.name || 'a drawn area'}`
    case 'cells': {
      const size = new Set(clause.cells).size
      return `in ${clause.name || `${size.toLocaleString('en-GB')} ${size === 1 ? 'grid cell' : 'grid cells'}`}`
    }
    case 'hours':
      return describeHours(clause.hours)
    case 'located':
      return 'with a location'
    case 'precision':
      return `placed by ${list(clause.precisions.map((each) => precisionWords[each]))}`
    case 'text':
      return describeText(clause)
  }
}

function list(words: readonly string[]): string {
  if (words.length === 0) return 'nothing'
  if (words.length === 1) return words[0]
  if (words.length > LISTED)
    return `${words.slice(0, LISTED - 1).join(', ')} or ${words.length - LISTED + 1} more`
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`
}

function describeFlag({ column, states }: FlagClause): string {
  const name = (own(columnTitles, column) ?? column).toLowerCase()
  const key = (['yes', 'no', 'unknown'] as const).filter((state) => states.includes(state)).join(' ')
  switch (key) {
    case 'yes':
      return name
    case 'no':
      return `not ${name}`
    case 'unknown':
      return `${name} not recorded`
    case 'yes no':
      return `${name} recorded either way`
    case 'yes unknown':
      return `${name} or not recorded`
    case 'no unknown':
      return `not flagged ${name}`
    case 'yes no unknown':
      return `${name} or not`
    default:
      return `no state of ${name}`
  }
}

/** `location or note contains “knife” and “high street”`; many columns are called text. */
function describeText({ words, columns }: TextClause): string {
  const terms = searchTerms(words).map((term) => `“${term}”`)
  const asked =
    terms.length === 0
      ? 'nothing'
      : [terms.slice(0, -1).join(', '), terms[terms.length - 1]].filter(Boolean).join(' and ')
  const names = columns.map((column) => (own(columnTitles, column) ?? column).toLowerCase())
  return `${names.length > 3 ? 'text' : list(names)} contains ${asked}`
}

/** The end is excluded in the filter and included in the words, as a reader takes it. */
function describePeriod({ from, to }: PeriodClause): string {
  const first = readDate(from)
  const end = readDate(to)
  if (!first || !end) return `${from} to before ${to}`
  const last = civilOf(daysOf(end.year, end.month, end.day) - 1)
  const month = (date: { year: number; month: number }): string => `${months[date.month - 1]} ${date.year}`
  if (first.day === 1 && end.day === 1) {
    const same = first.year === last.year && first.month === last.month
    return same ? month(first) : `${month(first)} to ${month(last)}`
  }
  const oneDay = first.year === last.year && first.month === last.month && first.day === last.day
  return oneDay
    ? `${first.day} ${month(first)}`
    : `${first.day} ${month(first)} to ${last.day} ${month(last)}`
}

function readDate(text: string): { year: number; month: number; day: number } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const back = civilOf(daysOf(year, month, day))
  return back.month === month && back.day === day ? { year, month, day } : null
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
