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
 * Cost: O(incidents × clauses) and about 5 ns an incident for the histograms; `counts` is 4 bytes per cell. No
 * allocation per incident. Deterministic; integers only.
 *
 * @see Crossfilter (Square, 2012) for leaving out a view's own filter.
 */
import type { Filter } from '#core/contract/filter.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { FLAG_NO, FLAG_YES } from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'
import {
  type AreaIndex,
  BRUSH_HOURS,
  BRUSH_OFFENCE,
  BRUSH_PERIOD,
  type ClauseTest,
  compileFilter,
} from './compile-filter.ts'
import { failingClauses } from './failing-clauses.ts'
import { canonicalJson } from './filter-key.ts'
import type { PreparedSelection } from './prepare-selection.ts'

/** Rows counted at a time: the lists of a block stay in the processor's own cache. */
const BLOCK = 16384

/** Where each histogram starts in the counts; a bucket for "none" follows months and hours, precedes areas and cells. */
export interface SelectionLayout {
  readonly selected: number
  readonly located: number
  readonly months: number
  readonly hours: number
  readonly offences: number
  readonly areas: number
  readonly flags: number
  readonly cells: number
  readonly length: number
}

type Codes = Uint8Array | Uint16Array | Uint32Array | Int32Array

/** One filter ready to be counted. Plain data over the dataset's columns. */
export interface SelectionParts {
  readonly rows: number
  readonly tests: readonly ClauseTest[]
  readonly month: Uint16Array
  readonly firstMonth: number
  readonly monthCount: number
  readonly hour: Uint8Array
  readonly timed: boolean
  readonly located: Uint8Array
  readonly offence: Uint16Array | Uint32Array | null
  readonly offenceWords: readonly string[]
  readonly area: Int32Array | null
  readonly areaCodes: readonly string[]
  readonly flagNames: readonly string[]
  readonly flags: readonly Uint8Array[]
  readonly cell: Int32Array
  readonly grid: GridSpec
  readonly layout: SelectionLayout
}

/**
 * A filter over prepared columns.
 *
 * @param areaLayer boundary layer whose areas are counted; none when absent
 * @throws InputError as `compileFilter`; E-FLT-LAYER when `areaLayer` is not in `areas`
 */
export function selectionParts(
  prepared: PreparedSelection,
  filter: Filter,
  areas: AreaIndex,
  areaLayer?: string,
): SelectionParts {
  const { columns, months, hour, located, grid, cell } = prepared
  if (areaLayer !== undefined && !Object.hasOwn(areas, areaLayer))
    throw new InputError('E-FLT-LAYER', `The boundary layer “${areaLayer}” is not loaded.`, {
      cure: 'Choose another boundary layer to count by.',
    })
  const cells = new Map([[canonicalJson(grid), cell]])
  const layer = areaLayer === undefined ? null : areas[areaLayer]
  const offence = Object.hasOwn(columns.dictionaries, 'offence') ? columns.dictionaries.offence : null
  const flagNames = Object.keys(columns.flags).sort()
  const layout = layOut(
    months.count,
    offence?.words.length ?? 0,
    layer?.codes.length ?? 0,
    flagNames.length,
    grid.columns * grid.rows,
  )
  return {
    rows: columns.length,
    tests: compileFilter(filter, columns, areas, { hour, located, cells }),
    month: months.month,
    firstMonth: months.first,
    monthCount: months.count,
    hour,
    timed: prepared.timed,
    located,
    offence: offence?.codes ?? null,
    offenceWords: offence?.words ?? [],
    area: layer?.index ?? null,
    areaCodes: layer?.codes ?? [],
    flagNames,
    flags: flagNames.map((name) => columns.flags[name]),
    cell,
    grid,
    layout,
  }
}

function layOut(
  months: number,
  offences: number,
  areas: number,
  flags: number,
  cells: number,
): SelectionLayout {
  const monthsAt = 2
  const hoursAt = monthsAt + months + 1
  const offencesAt = hoursAt + 256
  const areasAt = offencesAt + offences + 1
  const flagsAt = areasAt + areas
  const cellsAt = flagsAt + flags * 2 + 1
  return {
    selected: 0,
    located: 1,
    months: monthsAt,
    hours: hoursAt,
    offences: offencesAt,
    areas: areasAt,
    flags: flagsAt,
    cells: cellsAt,
    length: cellsAt + cells,
  }
}

/** Adds the counts of incidents [from, to) to `counts` (`layout.length` long, zero at first). */
export function summariseRange(parts: SelectionParts, from: number, to: number, counts: Uint32Array): void {
  const { layout, tests } = parts
  const size = Math.min(BLOCK, Math.max(0, to - from))
  const fail = new Uint8Array(size)
  // Rows of the block by what they fail: nothing, or one brush alone.
  const inside = new Int32Array(size)
  const butPeriod = new Int32Array(size)
  const butHours = new Int32Array(size)
  const butOffence = new Int32Array(size)
  for (let start = from; start < to; start += BLOCK) {
    const end = Math.min(to, start + BLOCK)
    failingClauses(tests, start, end, fail)
    let selected = 0
    let periodOnly = 0
    let hoursOnly = 0
    let offenceOnly = 0
    // Always written, kept only by moving on: no branch to mispredict.
    for (let row = start; row < end; row++) {
      const failed = fail[row - start]
      inside[selected] = row
      butPeriod[periodOnly] = row
      butHours[hoursOnly] = row
      butOffence[offenceOnly] = row
      selected += failed === 0 ? 1 : 0
      periodOnly += failed === BRUSH_PERIOD ? 1 : 0
      hoursOnly += failed === BRUSH_HOURS ? 1 : 0
      offenceOnly += failed === BRUSH_OFFENCE ? 1 : 0
    }
    counts[layout.selected] += selected
    counts[layout.located] += countOf(parts.located, 1, inside, selected)
    tally(parts.month, inside, selected, counts, layout.months)
    tally(parts.month, butPeriod, periodOnly, counts, layout.months)
    tally(parts.hour, inside, selected, counts, layout.hours)
    tally(parts.hour, butHours, hoursOnly, counts, layout.hours)
    if (parts.offence !== null) {
      tally(parts.offence, inside, selected, counts, layout.offences)
      tally(parts.offence, butOffence, offenceOnly, counts, layout.offences)
    }
    // −1 (in no area, in no cell) falls in the spare bucket before the first.
    if (parts.area !== null) tally(parts.area, inside, selected, counts, layout.areas)
    for (let flag = 0; flag < parts.flags.length; flag++) {
      const at = layout.flags + 2 * flag
      counts[at] += countOf(parts.flags[flag], FLAG_YES, inside, selected)
      counts[at + 1] += countOf(parts.flags[flag], FLAG_NO, inside, selected)
    }
    tally(parts.cell, inside, selected, counts, layout.cells)
  }
}

/** One more in the bucket of each listed incident. */
function tally(codes: Codes, rows: Int32Array, listed: number, counts: Uint32Array, at: number): void {
  for (let i = 0; i < listed; i++) counts[at + codes[rows[i]]]++
}

/** How many of the listed incidents have the value: in a register, as a few buckets would wait on one another. */
function countOf(codes: Uint8Array, value: number, rows: Int32Array, listed: number): number {
  let count = 0
  for (let i = 0; i < listed; i++) count += codes[rows[i]] === value ? 1 : 0
  return count
}
