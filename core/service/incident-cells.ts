import { timeLabel } from '#core/analysis/support/wall-clock.ts'
import type { Manifest } from '#core/contract/dataset.ts'
import {
  FLAG_NO,
  FLAG_YES,
  type IncidentColumns,
  NO_TIME,
  precisions,
  type TextColumn,
  textColumns,
  timePrecisions,
} from '#core/contract/incident.ts'

export type Cell = string | number | null

export interface CellReader {
  readonly name: string
  /** Value of a row of the dataset, which is number `at` of the rows whose text was read. */
  readonly read: (row: number, at: number) => Cell
}

/** Names of the files a dataset was made of, by number. */
type Files = readonly Pick<Manifest['files'][number], 'name'>[]

/**
 * What the list of incidents shows of a row, column by column in its usual order: references, times, words, place,
 * flags, note, and where the row was read from. Null where it is not recorded.
 */
export function incidentCells(
  columns: IncidentColumns,
  files: Files,
  text: Readonly<Record<string, readonly string[]>>,
): CellReader[] {
  const texts = Object.keys(text).map(
    (name): CellReader => ({ name, read: (_row, at) => text[name][at] || null }),
  )
  const isReference = ({ name }: CellReader) => name !== 'note' && textColumns.includes(name as TextColumn)
  const time = (name: 'occurredFrom' | 'occurredTo'): CellReader => ({
    name,
    read: (row) => timeText(columns[name][row], columns.timePrecision[row]),
  })
  return [
    ...texts.filter(isReference),
    time('occurredFrom'),
    time('occurredTo'),
    ...Object.keys(columns.dictionaries).map((name): CellReader => {
      const { codes, words } = columns.dictionaries[name]
      return { name, read: (row) => words[codes[row]] || null }
    }),
    { name: 'easting', read: (row) => metres(columns.easting[row]) },
    { name: 'northing', read: (row) => metres(columns.northing[row]) },
    { name: 'precision', read: (row) => precisions[columns.precision[row]] },
    ...Object.keys(columns.flags).map(
      (name): CellReader => ({ name, read: (row) => flagText(columns.flags[name][row]) }),
    ),
    ...texts.filter((cell) => !isReference(cell)),
    { name: 'file', read: (row) => files[columns.source[row]]?.name ?? null },
    { name: 'fileRow', read: (row) => columns.sourceRow[row] },
  ]
}

function timeText(minutes: number, precision: number): Cell {
  if (minutes === NO_TIME) return null
  const label = timeLabel(minutes)
  const kind = timePrecisions[precision]
  return kind === 'minute' ? label : kind === 'day' ? label.slice(0, 10) : label.slice(0, 7)
}

const metres = (value: number): Cell => (Number.isNaN(value) ? null : Math.round(value * 10) / 10)
const flagText = (value: number): Cell => (value === FLAG_YES ? 'yes' : value === FLAG_NO ? 'no' : null)
