import type { Filter } from '#core/contract/filter.ts'
import type { IncidentColumns } from '#core/contract/incident.ts'
import { type AreaIndex, compileFilter, type KeptColumns } from './compile-filter.ts'
import { failingClauses } from './failing-clauses.ts'

/** Rows tested at a time: the working set stays in the processor's own cache. */
const BLOCK = 16384

/**
 * The incidents a filter means.
 *
 * All clauses must hold. `period` compares `occurredFrom` with midnight at the start of each date on the London wall
 * clock, half-open; an incident recorded by month stands at the first of that month. A missing date, time, place or
 * area fails its clause; a missing word or flag passes only where '' or `unknown` is asked for.
 *
 * @param columns the dataset
 * @param areas area of each incident for every layer an `area` clause names
 * @param kept columns already worked out for this dataset (hour of week, located, cells), to save time
 * @returns mask, 1 = in, one byte per incident
 * @throws InputError E-FLT-COLUMN, -LAYER, -AREA, -DATE, -PERIOD, -POLYGON, -GRID, -HOURS, -CLAUSE
 *
 * Cost: O(incidents × clauses), about 5 ns each (tests/bench/filter.bench.ts); one byte per incident.
 */
export function evaluateFilter(
  filter: Filter,
  columns: IncidentColumns,
  areas: AreaIndex,
  kept: KeptColumns = {},
): Uint8Array {
  const tests = compileFilter(filter, columns, areas, kept)
  const mask = new Uint8Array(columns.length)
  const fail = new Uint8Array(Math.min(BLOCK, columns.length))
  for (let from = 0; from < columns.length; from += BLOCK) {
    const to = Math.min(columns.length, from + BLOCK)
    failingClauses(tests, from, to, fail)
    for (let row = from; row < to; row++) mask[row] = fail[row - from] === 0 ? 1 : 0
  }
  return mask
}
