import type { CoverageCell } from '#core/contract/dataset.ts'
import { MOST_WORDS, type SelectionSummary } from '#core/contract/routes.ts'
import { dateLabel, MINUTES_PER_DAY, monthLabel, monthOfLabel } from '../support/wall-clock.ts'
import { type DayColumn, FLAGS_PER_GROUP, LOCATED_STATE } from './derived-columns.ts'
import type { SelectionParts } from './selection.ts'

export interface SelectionNames {
  /** Force × month coverage of the dataset; months it does not list are missing. Empty: coverage is not known. */
  readonly coverage: readonly CoverageCell[]
  /** Name of each area code of the counted layer; the code stands where there is none. */
  readonly areaNames: Readonly<Record<string, string>>
}

export interface FinishedSelection {
  /** Everything but the time it took, which the caller knows. */
  readonly summary: Omit<SelectionSummary, 'took'>
  /** Occupied cells by cell number, and the incidents in each. */
  readonly cells: { readonly cell: Int32Array; readonly count: Uint32Array }
}

/**
 * The added-up counts of `summariseRange` as the workbench shows them.
 *
 * Months run without a gap from the first to the last that the data or the coverage know. A month no file covers has
 * NaN (null as JSON) unless incidents fall in it all the same: missing is not zero. Offences and areas: most first,
 * then by word; a word or area of the data with none selected is a true zero and is listed; "not recorded" ('') only
 * where it occurs. `hours` is null when no incident has a time of day.
 *
 * O(cells + words); allocates the answer only.
 */
export function finishSelection(
  parts: SelectionParts,
  counts: Uint32Array,
  names: SelectionNames,
): FinishedSelection {
  const { layout } = parts
  const selected = counts[layout.selected]
  const offences = parts.offenceWords
    .map((value, code) => ({ value, count: counts[layout.offences + code] }))
    .filter(({ value, count }) => value !== '' || count > 0)
    .sort((a, b) => b.count - a.count || byText(a.value, b.value))
  const areas = parts.areaCodes
    .map((value, at) => ({
      value,
      name: Object.hasOwn(names.areaNames, value) ? names.areaNames[value] : value,
      count: counts[layout.areas + at],
    }))
    .sort((a, b) => b.count - a.count || byText(a.name, b.name) || byText(a.value, b.value))
  const flags: Record<string, { yes: number; no: number; unknown: number }> = {}
  parts.flagNames.forEach((name, flag) => {
    const at = layout.states + 256 * Math.floor(flag / FLAGS_PER_GROUP)
    const weight = 3 ** (flag % FLAGS_PER_GROUP)
    const sums = [0, 0, 0]
    for (let state = 0; state < 2 * LOCATED_STATE; state++)
      sums[Math.floor(state / weight) % 3] += counts[at + state]
    flags[name] = { no: sums[0], yes: sums[1], unknown: sums[2] }
  })
  let located = 0
  for (let state = LOCATED_STATE; state < 2 * LOCATED_STATE; state++) located += counts[layout.states + state]
  return {
    summary: {
      total: parts.rows,
      selected,
      located,
      months: months(parts, counts, names.coverage),
      hours: parts.timed ? Array.from(counts.subarray(layout.hours, layout.hours + 168)) : null,
      offences,
      areas,
      flags,
      ...(parts.words.length > 0 && { words: words(parts, counts) }),
      ...(parts.days && { days: days(parts, parts.days, counts, names.coverage) }),
      grid: parts.grid,
    },
    cells: occupied(counts.subarray(layout.cells, layout.days)),
  }
}

/** The state of each month over all forces: missing where none has it, partial where only some have all of it. */
export function monthCoverage(
  coverage: readonly CoverageCell[],
): ReadonlyMap<string, 'present' | 'partial' | 'missing'> {
  const states = new Map<string, 'present' | 'partial' | 'missing'>()
  for (const { month, state } of coverage) {
    const known = states.get(month)
    states.set(month, known === undefined || known === state ? state : 'partial')
  }
  return states
}

function months(
  parts: SelectionParts,
  counts: Uint32Array,
  coverage: readonly CoverageCell[],
): SelectionSummary['months'] {
  const states = monthCoverage(coverage)
  let first = parts.monthCount > 0 ? parts.firstMonth : Infinity
  let last = parts.monthCount > 0 ? parts.firstMonth + parts.monthCount - 1 : -Infinity
  for (const label of states.keys()) {
    first = Math.min(first, monthOfLabel(label))
    last = Math.max(last, monthOfLabel(label))
  }
  const rows: { month: string; count: number; coverage: string }[] = []
  for (let index = first; index <= last; index++) {
    const month = monthLabel(index)
    const at = index - parts.firstMonth
    const count = at >= 0 && at < parts.monthCount ? counts[parts.layout.months + at] : 0
    const state = states.get(month) ?? (coverage.length === 0 ? 'present' : 'missing')
    rows.push({ month, count: state === 'missing' && count === 0 ? Number.NaN : count, coverage: state })
  }
  return rows
}

function words(parts: SelectionParts, counts: Uint32Array): NonNullable<SelectionSummary['words']> {
  const found: Record<string, { values: { value: string; count: number }[]; more: number }> = {}
  for (const { column, words: all, at } of parts.words) {
    // With many words, only those that occur; with few, a true zero is worth seeing.
    const few = all.length <= MOST_WORDS
    const values = all
      .map((value, code) => ({ value, count: counts[at + code] }))
      .filter(({ value, count }) => count > 0 || (few && value !== ''))
      .sort((a, b) => b.count - a.count || byText(a.value, b.value))
    found[column] = { values: values.slice(0, MOST_WORDS), more: Math.max(0, values.length - MOST_WORDS) }
  }
  return found
}

function days(
  parts: SelectionParts,
  { first, count }: DayColumn,
  counts: Uint32Array,
  coverage: readonly CoverageCell[],
): NonNullable<SelectionSummary['days']> | null {
  if (count === 0) return null
  const states = monthCoverage(coverage)
  const found: (number | null)[] = []
  for (let day = 0; day < count; day++) {
    const held = counts[parts.layout.days + day]
    const month = dateLabel((first + day) * MINUTES_PER_DAY).slice(0, 7)
    const missing = coverage.length > 0 && (states.get(month) ?? 'missing') === 'missing'
    found.push(missing && held === 0 ? null : held)
  }
  return { first: dateLabel(first * MINUTES_PER_DAY), counts: found }
}

function occupied(counts: Uint32Array): { cell: Int32Array; count: Uint32Array } {
  let held = 0
  for (let cell = 0; cell < counts.length; cell++) if (counts[cell] > 0) held++
  const cell = new Int32Array(held)
  const count = new Uint32Array(held)
  let at = 0
  for (let number = 0; number < counts.length; number++)
    if (counts[number] > 0) {
      cell[at] = number
      count[at++] = counts[number]
    }
  return { cell, count }
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
