/** Typed arrays as one Arrow IPC file. */
import {
  AsyncByteQueue,
  type DataType,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
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

/**
 * The bytes of a segment file. The arrays are copied, so they may be used again at once. `into` is where the bytes go
 * when they fit: memory used before costs less than new.
 */
export function encodeSegment(
  columns: readonly SegmentColumn[],
  rows: number,
  into?: ArrayBuffer,
): Uint8Array<ArrayBuffer> {
  const children = columns.map((column) => childOf(column, rows))
  const fields = columns.map(
    (column, index) => new Field(column.name, children[index].type as DataType, false),
  )
  const schema = new Schema(fields)
  const struct = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children })
  const parts: Uint8Array[] = []
  const queue = new AsyncByteQueue()
  // Arrow's own way would join what is still to be copied from the columns in memory that is new each time.
  queue.write = (part) => void parts.push(part as Uint8Array)
  const writer = new RecordBatchFileWriter()
  writer.reset(queue, schema)
  writer.write(new RecordBatch(schema, struct))
  writer.finish()
  return joined(parts, into)
}

function joined(parts: readonly Uint8Array[], into: ArrayBuffer | undefined): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  // The next segment may be a little longer.
  const memory = into && into.byteLength >= length ? into : new ArrayBuffer(Math.ceil(length * 1.06))
  const bytes = new Uint8Array(memory, 0, length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
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
