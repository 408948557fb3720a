import type { GridSpec } from '#core/contract/grid.ts'
import type { IncidentColumns } from '#core/contract/incident.ts'
import {
  cellColumn,
  type DayColumn,
  dayColumn,
  hourColumn,
  locatedColumn,
  type MonthColumn,
  monthColumn,
  NO_HOUR,
  stateColumns,
} from './derived-columns.ts'
import { canonicalJson } from './filter-key.ts'

/** What is worked out once per dataset and grid, and kept between filters. */
export interface PreparedSelection {
  readonly columns: IncidentColumns
  readonly months: MonthColumn
  readonly hour: Uint8Array
  /** False when no incident has a time of day: there is no hour histogram then. */
  readonly timed: boolean
  readonly located: Uint8Array
  /** Flags of the dataset in order of name; `states` holds them four at a time. */
  readonly flagNames: readonly string[]
  readonly states: readonly Uint8Array[]
  readonly grid: GridSpec
  readonly cell: Int32Array
  /** Absent until days are asked for. */
  readonly days?: DayColumn
}

/**
 * The columns the views count by. `earlier` of the same dataset is used again where it still holds: only a changed
 * grid costs a new cell column.
 */
export function prepareSelection(
  columns: IncidentColumns,
  grid: GridSpec,
  earlier?: PreparedSelection,
  byDay = false,
): PreparedSelection {
  const same = earlier !== undefined && earlier.columns === columns
  const flagNames = Object.keys(columns.flags).sort()
  const hour = same ? earlier.hour : hourColumn(columns)
  const days = (same ? earlier.days : undefined) ?? (byDay ? dayColumn(columns) : undefined)
  return {
    ...(days && { days }),
    columns,
    months: same ? earlier.months : monthColumn(columns),
    hour,
    timed: same ? earlier.timed : hour.some((value) => value !== NO_HOUR),
    located: same ? earlier.located : locatedColumn(columns),
    flagNames: same ? earlier.flagNames : flagNames,
    states: same ? earlier.states : stateColumns(columns, flagNames),
    grid,
    cell:
      same && canonicalJson(earlier.grid) === canonicalJson(grid) ? earlier.cell : cellColumn(columns, grid),
  }
}
