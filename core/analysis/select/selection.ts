/**
 * The counts behind the linked views: how many incidents the filter means, and their months, hours of the week,
 * offences, areas, flags and grid cells.
 *
 * Each histogram leaves out its own clause (crossfilter), so that a brushed month still shows the others. With
 * `fails(i)` the set of brushes (period, hours, offence) or other clauses incident `i` fails:
 *
 *     selected       = #{ i : fails(i) = ∅ }
 *     histogram_d[b] = #{ i : fails(i) ⊆ {d}, value_d(i) = b }
 *
 * found in one pass. Counts are whole numbers in one array that add up: any split of the rows over any number of
 * workers gives the same bytes.
 *
 *     const prepared = prepareSelection(columns, grid)               // once per dataset and grid (prepare-selection.ts)
 *     const parts = selectionParts(prepared, filter, areas, layer)   // per filter; can be sent to workers
 *     summariseRange(parts, from, to, counts)                        // per worker, then added up
 *     const { summary, cells } = finishSelection(parts, counts, …)  // finish-selection.ts
 *
 * Cost: O(incidents × clauses) and 10 to 40 ns an incident for the histograms (tests/bench/filter.bench.ts); `counts` is 4 bytes per cell. No
 * allocation per incident. Deterministic; integers only.
 *
 * @see Crossfilter (Square, 2012) for leaving out a view's own filter.
 */
import type { Filter } from '#core/contract/filter.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { InputError } from '#core/contract/problem.ts'
import { MOST_WORD_COLUMNS } from '#core/contract/routes.ts'
import {
  type AreaIndex,
  BRUSH_HOURS,
  BRUSH_OFFENCE,
  BRUSH_PERIOD,
  BRUSH_WORDS,
  type ClauseTest,
  compileFilter,
} from './compile-filter.ts'
import type { DayColumn } from './derived-columns.ts'
import { failingClauses } from './failing-clauses.ts'
import { canonicalJson } from './filter-key.ts'
import type { PreparedSelection } from './prepare-selection.ts'

/** Rows counted at a time: the lists of a block stay in the processor's own cache. */
const BLOCK = 16384

/** Where each histogram starts in the counts; a bucket for "none" follows months and hours, precedes areas and cells. */
export interface SelectionLayout {
  readonly selected: number
  readonly months: number
  readonly hours: number
  readonly offences: number
  readonly areas: number
  /** 256 buckets per group of `states`. */
  readonly states: number
  readonly cells: number
  /** Days, then one for "not known to the day". */
  readonly days: number
  readonly length: number
}

/** A further dictionary column to count, with its bit and where its words start in the counts. */
export interface CountedWords {
  readonly column: string
  readonly codes: Uint16Array | Uint32Array
  readonly words: readonly string[]
  readonly bit: number
  readonly at: number
}

/** One filter ready to be counted. Plain data over the dataset's columns. */
export interface SelectionParts {
  readonly rows: number
  readonly tests: readonly ClauseTest[]
  readonly month: Uint16Array
  readonly firstMonth: number
  readonly monthCount: number
  readonly hour: Uint8Array
  readonly timed: boolean
  readonly offence: Uint16Array | Uint32Array | null
  readonly offenceWords: readonly string[]
  readonly area: Int32Array | null
  readonly areaCodes: readonly string[]
  readonly flagNames: readonly string[]
  readonly states: readonly Uint8Array[]
  readonly cell: Int32Array
  readonly grid: GridSpec
  readonly words: readonly CountedWords[]
  readonly days: DayColumn | null
  readonly layout: SelectionLayout
}

export interface CountedMore {
  /** Where the words of the filter's text clauses occur, by their `textKey`. */
  readonly texts?: ReadonlyMap<string, Uint8Array>
  /** Dictionary columns to count besides the offence. */
  readonly words?: readonly string[]
  /** Counts by day too, where the column is given (`dayColumn`). */
  readonly days?: DayColumn
}

/**
 * A filter over prepared columns.
 *
 * @param areaLayer boundary layer whose areas are counted; none when absent
 * @param more what else the filter needs and what else is counted
 * @throws InputError as `compileFilter`; E-FLT-LAYER when `areaLayer` is not in `areas`; E-FLT-COLUMN for a column to
 *   count that is not held, E-FLT-WORDS for more than four
 */
export function selectionParts(
  prepared: PreparedSelection,
  filter: Filter,
  areas: AreaIndex,
  areaLayer?: string,
  more: CountedMore = {},
): SelectionParts {
  const { columns, months, hour, located, flagNames, states, grid, cell } = prepared
  if (areaLayer !== undefined && !Object.hasOwn(areas, areaLayer))
    throw new InputError('E-FLT-LAYER', `The boundary layer “${areaLayer}” is not loaded.`, {
      cure: 'Choose another boundary layer to count by.',
    })
  const cells = new Map([[canonicalJson(grid), cell]])
  const layer = areaLayer === undefined ? null : areas[areaLayer]
  const offence = Object.hasOwn(columns.dictionaries, 'offence') ? columns.dictionaries.offence : null
  const base = layOut(
    months.count,
    offence?.words.length ?? 0,
    layer?.codes.length ?? 0,
    states.length,
    grid.columns * grid.rows,
  )
  const days = more.days ?? null
  const wordsAt = base.length + (days === null ? 0 : days.count + 1)
  const words = countedWords(prepared, more.words ?? [], wordsAt)
  const last = words.at(-1)
  const layout = { ...base, days: base.length, length: last ? last.at + last.words.length : wordsAt }
  return {
    rows: columns.length,
    tests: compileFilter(filter, columns, areas, {
      hour,
      located,
      cells,
      ...(more.texts && { texts: more.texts }),
      brushes: new Map(words.map(({ column, bit }) => [column, bit])),
    }),
    words,
    days,
    month: months.month,
    firstMonth: months.first,
    monthCount: months.count,
    hour,
    timed: prepared.timed,
    offence: offence?.codes ?? null,
    offenceWords: offence?.words ?? [],
    area: layer?.index ?? null,
    areaCodes: layer?.codes ?? [],
    flagNames,
    states,
    cell,
    grid,
    layout,
  }
}

function countedWords(
  { columns }: PreparedSelection,
  asked: readonly string[],
  start: number,
): CountedWords[] {
  const names = [...new Set(asked)]
  if (names.length > MOST_WORD_COLUMNS)
    throw new InputError('E-FLT-WORDS', `${names.length} columns are more than can be counted at once.`, {
      cure: `Choose up to ${MOST_WORD_COLUMNS}.`,
    })
  let at = start
  return names.map((column, place) => {
    if (!Object.hasOwn(columns.dictionaries, column) || column === 'offence')
      throw new InputError('E-FLT-COLUMN', `These incidents hold no further words in a column “${column}”.`, {
        column,
        cure: 'Choose another column to count by.',
      })
    const { codes, words } = columns.dictionaries[column]
    at += words.length
    return { column, codes, words, bit: BRUSH_WORDS << place, at: at - words.length }
  })
}

function layOut(
  months: number,
  offences: number,
  areas: number,
  groups: number,
  cells: number,
): Omit<SelectionLayout, 'days'> {
  const monthsAt = 1
  const hoursAt = monthsAt + months + 1
  const offencesAt = hoursAt + 256
  const areasAt = offencesAt + offences + 1
  const statesAt = areasAt + areas
  const cellsAt = statesAt + groups * 256 + 1
  return {
    selected: 0,
    months: monthsAt,
    hours: hoursAt,
    offences: offencesAt,
    areas: areasAt,
    states: statesAt,
    cells: cellsAt,
    length: cellsAt + cells,
  }
}

/** Adds the counts of incidents [from, to) to `counts` (`layout.length` long, zero at first). */
export function summariseRange(parts: SelectionParts, from: number, to: number, counts: Uint32Array): void {
  const fail = new Uint8Array(Math.min(BLOCK, Math.max(0, to - from)))
  for (let start = from; start < to; start += BLOCK) {
    const end = Math.min(to, start + BLOCK)
    failingClauses(parts.tests, start, end, fail)
    countBlock(parts, start, end, fail, counts)
    if (parts.offence !== null)
      countBrushed(parts.offence, BRUSH_OFFENCE, start, end, fail, counts, parts.layout.offences)
    if (parts.days !== null)
      countBrushed(parts.days.day, BRUSH_PERIOD, start, end, fail, counts, parts.layout.days)
    for (const { codes, bit, at } of parts.words) countBrushed(codes, bit, start, end, fail, counts, at)
    if (parts.area !== null) countAreas(parts.area, start, end, fail, counts, parts.layout.areas)
    for (let group = 0; group < parts.states.length; group++)
      countStates(parts.states[group], start, end, fail, counts, parts.layout.states + group * 256)
  }
}

/** The columns every dataset has, in one loop: their separate counters do not wait on one another. */
function countBlock(
  parts: SelectionParts,
  from: number,
  to: number,
  fail: Uint8Array,
  counts: Uint32Array,
): void {
  const { month, hour, cell, layout } = parts
  const { months, hours, cells } = layout
  let selected = 0
  for (let row = from; row < to; row++) {
    const failed = fail[row - from]
    if (failed === 0) {
      selected++
      counts[months + month[row]]++
      counts[hours + hour[row]]++
      // −1 (in no cell) falls in the spare bucket before the first.
      counts[cells + cell[row]]++
    } else if (failed === BRUSH_PERIOD) counts[months + month[row]]++
    else if (failed === BRUSH_HOURS) counts[hours + hour[row]]++
  }
  counts[layout.selected] += selected
}

/** Counts of a column by its codes, without the column's own clauses (`bit`). */
function countBrushed(
  codes: Uint16Array | Uint32Array,
  bit: number,
  from: number,
  to: number,
  fail: Uint8Array,
  counts: Uint32Array,
  at: number,
): void {
  for (let row = from; row < to; row++) {
    const failed = fail[row - from]
    if (failed === 0 || failed === bit) counts[at + codes[row]]++
  }
}

/** −1 (in no area) falls in the spare bucket before the first. */
function countAreas(
  index: Int32Array,
  from: number,
  to: number,
  fail: Uint8Array,
  counts: Uint32Array,
  at: number,
): void {
  for (let row = from; row < to; row++) if (fail[row - from] === 0) counts[at + index[row]]++
}

function countStates(
  states: Uint8Array,
  from: number,
  to: number,
  fail: Uint8Array,
  counts: Uint32Array,
  at: number,
): void {
  for (let row = from; row < to; row++) if (fail[row - from] === 0) counts[at + states[row]]++
}
