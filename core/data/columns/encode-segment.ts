/** Typed arrays as one Arrow IPC file. */
import {
  type DataType,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Uint8,
  Uint16,
  Uint32,
  Utf8,
} from 'apache-arrow'

export type SegmentColumn =
  | {
      readonly name: string
      readonly values: Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array
    }
  /** Text `i` is `values[offsets[i] … offsets[i + 1])`; `offsets` has one entry more than there are rows. */
  | { readonly name: string; readonly values: Uint8Array; readonly offsets: Int32Array }

/** The bytes of a segment file. The arrays are copied, so they may be used again at once. */
export function encodeSegment(columns: readonly SegmentColumn[], rows: number): Uint8Array {
  const children = columns.map((column) => childOf(column, rows))
  const fields = columns.map(
    (column, index) => new Field(column.name, children[index].type as DataType, false),
  )
  const schema = new Schema(fields)
  const struct = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children })
  return tableToIPC(new Table(schema, [new RecordBatch(schema, struct)]), 'file')
}

function childOf(column: SegmentColumn, length: number) {
  if ('offsets' in column)
    return makeData({
      type: new Utf8(),
      length,
      nullCount: 0,
      valueOffsets: column.offsets,
      data: column.values,
    })
  const { values } = column
  if (values instanceof Float64Array)
    return makeData({ type: new Float64(), length, nullCount: 0, data: values })
  if (values instanceof Int32Array) return makeData({ type: new Int32(), length, nullCount: 0, data: values })
  if (values instanceof Uint32Array)
    return makeData({ type: new Uint32(), length, nullCount: 0, data: values })
  if (values instanceof Uint16Array)
    return makeData({ type: new Uint16(), length, nullCount: 0, data: values })
  return makeData({ type: new Uint8(), length, nullCount: 0, data: values })
}
