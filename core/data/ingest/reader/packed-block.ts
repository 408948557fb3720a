/** A block of fields in one buffer that can be handed to another thread without a copy, and handed back. */
import type { FieldBlock } from '../csv/field-block.ts'

export interface PackedBlock {
  readonly buffer: ArrayBuffer
  /** Bytes of text at its start, before padding. */
  readonly bytes: number
  readonly columns: number
  readonly rows: number
}

/** Four numbers a row for its place and identity, four for its hashes, two a field. */
const numbersOf = (rows: number, columns: number): number => rows * (8 + 2 * columns)

/** Copies a block and its hashes into `spare` when that is large enough, else into a new buffer. */
export function packBlock(
  block: FieldBlock,
  hashes: Int32Array,
  spare: ArrayBuffer | undefined,
): PackedBlock {
  const { rows, columns } = block
  const bytes = block.rowEnds[rows - 1]
  const padded = paddedLength(bytes)
  const wanted = padded + numbersOf(rows, columns) * 4
  const buffer = spare && spare.byteLength >= wanted ? spare : new ArrayBuffer(Math.ceil(wanted * 1.25))
  new Uint8Array(buffer).set(block.bytes.subarray(0, bytes))
  const numbers = new Int32Array(buffer, padded, numbersOf(rows, columns))
  let at = 0
  for (const part of [block.rowNumbers, block.fieldCounts, block.rowStarts, block.rowEnds]) {
    numbers.set(part.subarray(0, rows), at)
    at += rows
  }
  numbers.set(hashes.subarray(0, rows * 4), at)
  at += rows * 4
  numbers.set(block.starts.subarray(0, rows * columns), at)
  numbers.set(block.ends.subarray(0, rows * columns), at + rows * columns)
  return { buffer, bytes, columns, rows }
}

/** The block again, as views of the buffer. */
export function unpackBlock(packed: PackedBlock): { block: FieldBlock; hashes: Int32Array } {
  const { buffer, rows, columns } = packed
  const padded = paddedLength(packed.bytes)
  let at = padded
  const next = (length: number): Int32Array => {
    const part = new Int32Array(buffer, at, length)
    at += length * 4
    return part
  }
  const rowNumbers = next(rows)
  const fieldCounts = next(rows)
  const rowStarts = next(rows)
  const rowEnds = next(rows)
  const hashes = next(rows * 4)
  const starts = next(rows * columns)
  const ends = next(rows * columns)
  const bytes = new Uint8Array(buffer, 0, padded)
  const view = new DataView(buffer, 0, padded)
  return {
    block: { bytes, view, starts, ends, columns, rows, rowNumbers, fieldCounts, rowStarts, rowEnds },
    hashes,
  }
}

/** Room for reading a few bytes beyond the last one, and a multiple of four. */
function paddedLength(bytes: number): number {
  return (bytes + 11) & ~3
}
