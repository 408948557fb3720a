import { minutesOf } from '#core/analysis/support/wall-clock.ts'
import { type IncidentColumns, NO_TIME, precisions, timePrecisions } from '#core/contract/incident.ts'
import type { Context, Control, Incidents } from '#core/contract/method.ts'

/** One incident as a test writes it; what is left out is missing. */
export interface Row {
  readonly at?: readonly [number, number]
  readonly precision?: (typeof precisions)[number]
  /** `2024-02-29 23:15`, `2024-02-29` (day) or `2024-02` (month). */
  readonly from?: string
  readonly to?: string
  readonly words?: Readonly<Record<string, string>>
  readonly flags?: Readonly<Record<string, 'yes' | 'no'>>
}

/** Minutes of `2024-02-29 23:15`, `2024-02-29` or `2024-02`. */
export function clock(text: string): number {
  const [year, month, day = 1, hour = 0, minute = 0] = text.split(/[- :]/).map(Number)
  return minutesOf(year, month, day, hour, minute)
}

/** Columns of the rows; every dictionary and flag any row names, unless `columns` says which. */
export function makeColumns(
  rows: readonly Row[],
  options: {
    readonly dictionaries?: readonly string[]
    readonly flags?: readonly string[]
    readonly shared?: boolean
  } = {},
): IncidentColumns {
  const { length } = rows
  const buffer = (bytes: number): ArrayBufferLike =>
    options.shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
  const named = (pick: (row: Row) => object | undefined): string[] => [
    ...new Set(rows.flatMap((row) => Object.keys(pick(row) ?? {}))),
  ]
  const doubles = (value: (row: Row) => number): Float64Array => {
    const out = new Float64Array(buffer(8 * length))
    rows.forEach((row, at) => {
      out[at] = value(row)
    })
    return out
  }
  const ints = (value: (row: Row) => number): Int32Array => {
    const out = new Int32Array(buffer(4 * length))
    rows.forEach((row, at) => {
      out[at] = value(row)
    })
    return out
  }
  const bytes = (value: (row: Row) => number): Uint8Array => {
    const out = new Uint8Array(buffer(length))
    rows.forEach((row, at) => {
      out[at] = value(row)
    })
    return out
  }
  const precisionOf = (text: string | undefined): number =>
    timePrecisions.indexOf(
      text === undefined ? 'none' : text.length > 10 ? 'minute' : text.length > 7 ? 'day' : 'month',
    )
  const dictionaries: Record<string, { codes: Uint16Array; words: string[] }> = {}
  for (const name of options.dictionaries ?? named((row) => row.words)) {
    const words = ['', ...new Set(rows.map((row) => row.words?.[name] ?? '').filter((word) => word !== ''))]
    const codeOf = new Map(words.map((word, code) => [word, code]))
    const codes = new Uint16Array(buffer(2 * length))
    rows.forEach((row, at) => {
      codes[at] = codeOf.get(row.words?.[name] ?? '')!
    })
    dictionaries[name] = { codes, words }
  }
  const flags: Record<string, Uint8Array> = {}
  for (const name of options.flags ?? named((row) => row.flags))
    flags[name] = bytes((row) => (row.flags?.[name] === 'yes' ? 1 : row.flags?.[name] === 'no' ? 0 : 255))
  return {
    length,
    easting: doubles((row) => row.at?.[0] ?? Number.NaN),
    northing: doubles((row) => row.at?.[1] ?? Number.NaN),
    longitude: doubles(() => Number.NaN),
    latitude: doubles(() => Number.NaN),
    precision: bytes((row) => precisions.indexOf(row.precision ?? (row.at ? 'exact' : 'none'))),
    occurredFrom: ints((row) => (row.from ? clock(row.from) : NO_TIME)),
    occurredTo: ints((row) => (row.to ? clock(row.to) : NO_TIME)),
    reportedAt: ints(() => NO_TIME),
    timePrecision: bytes((row) => precisionOf(row.from)),
    source: new Uint16Array(buffer(2 * length)),
    sourceRow: ints(() => 0),
    dictionaries,
    flags,
  }
}

/** The incidents a method sees; everything is selected unless a mask says otherwise. */
export function toIncidents(
  columns: IncidentColumns,
  mask = new Uint8Array(columns.length).fill(1),
): Incidents {
  return {
    length: columns.length,
    mask,
    x: columns.easting,
    y: columns.northing,
    precision: columns.precision,
    from: columns.occurredFrom,
    to: columns.occurredTo,
    timePrecision: columns.timePrecision,
    dictionaries: columns.dictionaries,
    flags: columns.flags,
  }
}

export function makeIncidents(
  rows: readonly Row[],
  options: Parameters<typeof makeColumns>[1] = {},
): Incidents {
  return toIncidents(makeColumns(rows, options))
}

export const nothingKnown: Context = {}
export const patient: Control = { tick: () => undefined }
