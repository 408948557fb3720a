/**
 * One segment file as typed arrays over the bytes themselves. The bytes must have been checked against their hash
 * before, because a broken length in Arrow metadata can ask for more memory than there is; even so, nothing found
 * here is trusted: every column must be of a known type, without nulls, and as long as the batch says.
 */
import { type Data, type DataType, Type, tableFromIPC } from 'apache-arrow'
import { InputError } from '#core/contract/problem.ts'
import type { SegmentColumn } from './encode-segment.ts'

export interface Segment {
  readonly rows: number
  readonly columns: readonly SegmentColumn[]
}

/** Refuses with E-ARW-001 to -006. Copies nothing. */
export function decodeSegment(bytes: Uint8Array, name: string): Segment {
  if (bytes.length === 0) refuse('E-ARW-001', name, 'is empty')
  const magic = String.fromCharCode(...bytes.subarray(0, 6))
  if (magic !== 'ARROW1') refuse('E-ARW-002', name, 'is not a data segment')
  if (String.fromCharCode(...bytes.subarray(bytes.length - 6)) !== 'ARROW1')
    refuse('E-ARW-003', name, 'is cut short')
  let table: ReturnType<typeof tableFromIPC>
  try {
    table = tableFromIPC(bytes)
  } catch {
    return refuse('E-ARW-005', name, 'has a damaged structure')
  }
  if (table.batches.length !== 1) refuse('E-ARW-005', name, 'has a damaged structure')
  const batch = table.batches[0]
  const rows = batch.numRows
  const columns = table.schema.fields.map((field, index) => {
    const data = batch.data.children[index]
    if (data.length !== rows || data.nullCount !== 0)
      refuse('E-ARW-006', name, `has a damaged column (${field.name})`)
    return columnOf(field.name, data, rows, name)
  })
  return { rows, columns }
}

function columnOf(column: string, data: Data<DataType>, rows: number, name: string): SegmentColumn {
  const damaged = (): never => refuse('E-ARW-006', name, `has a damaged column (${column})`)
  if (data.typeId === Type.Utf8) {
    const offsets = data.valueOffsets as Int32Array
    const values = data.values as Uint8Array
    if (offsets.length < rows + 1 || offsets[0] !== 0) damaged()
    for (let i = 0; i < rows; i++) if (offsets[i + 1] < offsets[i]) damaged()
    if (offsets[rows] > values.length) damaged()
    return { name: column, offsets: offsets.subarray(0, rows + 1), values }
  }
  const values = data.values as unknown
  const plain =
    values instanceof Float64Array ||
    values instanceof Int32Array ||
    values instanceof Uint32Array ||
    values instanceof Uint16Array ||
    values instanceof Uint8Array
  if (!plain || values.length < rows) return damaged()
  return { name: column, values: values.subarray(0, rows) }
}

function refuse(code: string, name: string, what: string): never {
  throw new InputError(code, `The stored data file ${name} ${what}. Nothing was read from it.`, {
    file: name,
    cure: 'Restore the workspace from a backup, or import the source files again.',
  })
}
