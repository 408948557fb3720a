/**
 * The names and types of the columns in a segment file (Arrow IPC, one record batch). Fixed columns by their
 * canonical name; `word:` codes of a dictionary column, `flag:` a flag, `text:` free text. A `word:` column that held
 * no word so far may be absent from a segment: every row of it is then "not recorded".
 */
export const fixedColumns = {
  easting: 'float64',
  northing: 'float64',
  longitude: 'float64',
  latitude: 'float64',
  precision: 'uint8',
  occurredFrom: 'int32',
  occurredTo: 'int32',
  reportedAt: 'int32',
  timePrecision: 'uint8',
  source: 'uint16',
  sourceRow: 'int32',
} as const

export type FixedColumn = keyof typeof fixedColumns
export type SegmentType = 'float64' | 'int32' | 'uint32' | 'uint16' | 'uint8' | 'utf8'

export const WORD = 'word:'
export const FLAG = 'flag:'
export const TEXT = 'text:'

export function segmentName(index: number): string {
  return `segment-${String(index).padStart(5, '0')}.arrow`
}
