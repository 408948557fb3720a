import {
  type Data,
  Field,
  Float32,
  Float64,
  Int8,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  tableFromIPC,
  Uint8,
  Uint32,
  Utf8,
} from 'apache-arrow'
import type { ResultColumn } from '#core/contract/method.ts'

/**
 * Columns of equal length as one Arrow IPC stream with one record batch, and `summary` as JSON in the schema's
 * metadata. NaN in the summary becomes null, as everywhere in JSON. The same input gives the same bytes.
 */
export function encodeTable(columns: Readonly<Record<string, ResultColumn>>, summary: unknown): Uint8Array {
  const names = Object.keys(columns)
  const data = names.map((name) => toData(columns[name]))
  const length = data[0]?.length ?? 0
  const fields = names.map((name, i) => new Field(name, data[i].type, false))
  const schema = new Schema(fields, new Map([['summary', JSON.stringify(summary)]]))
  const batch = new RecordBatch(
    schema,
    makeData({ type: new Struct(fields), length, nullCount: 0, children: data }),
  )
  const writer = new RecordBatchStreamWriter()
  writer.write(batch)
  writer.finish()
  return writer.toUint8Array(true)
}

/** The columns and summary of {@link encodeTable}; float and integer columns are views, not copies. */
export function decodeTable(bytes: Uint8Array): {
  columns: Record<string, ResultColumn>
  summary: unknown
} {
  const table = tableFromIPC(bytes)
  const columns: Record<string, ResultColumn> = {}
  for (const field of table.schema.fields) {
    const vector = table.getChild(field.name)
    columns[field.name] =
      field.type instanceof Utf8
        ? Array.from({ length: table.numRows }, (_, row) => String(vector?.get(row) ?? ''))
        : ((vector?.data[0]?.values ?? new Float64Array(0)) as ResultColumn)
  }
  return { columns, summary: JSON.parse(table.schema.metadata.get('summary') ?? 'null') }
}

function toData(column: ResultColumn): Data {
  const length = column.length
  if (column instanceof Float64Array)
    return makeData({ type: new Float64(), length, nullCount: 0, data: column })
  if (column instanceof Float32Array)
    return makeData({ type: new Float32(), length, nullCount: 0, data: column })
  if (column instanceof Int32Array) return makeData({ type: new Int32(), length, nullCount: 0, data: column })
  if (column instanceof Uint32Array)
    return makeData({ type: new Uint32(), length, nullCount: 0, data: column })
  if (column instanceof Uint8Array) return makeData({ type: new Uint8(), length, nullCount: 0, data: column })
  if (column instanceof Int8Array) return makeData({ type: new Int8(), length, nullCount: 0, data: column })
  const bytes = new TextEncoder()
  const parts = column.map((text) => bytes.encode(text))
  const valueOffsets = new Int32Array(length + 1)
  for (let i = 0; i < length; i++) valueOffsets[i + 1] = valueOffsets[i] + parts[i].length
  const data = new Uint8Array(valueOffsets[length])
  for (let i = 0; i < length; i++) data.set(parts[i], valueOffsets[i])
  return makeData({ type: new Utf8(), length, nullCount: 0, valueOffsets, data })
}
