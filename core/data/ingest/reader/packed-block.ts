/** A block of fields in one piece of shared memory, for another thread. */
import type { FieldBlock } from '../csv/field-block.ts'

export interface PackedBlock {
  readonly buffer: SharedArrayBuffer
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
  spare: SharedArrayBuffer | undefined,
): PackedBlock {
  const { rows, columns } = block
  const bytes = block.rowEnds[rows - 1]
  const padded = paddedLength(bytes)
  const wanted = padded + numbersOf(rows, columns) * 4
  const buffer = spare && spare.byteLength >= wanted ? spare : new SharedArrayBuffer(Math.ceil(wanted * 1.25))
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

/** Turns packed blocks into blocks again, each valid until the next call. */
export function createUnpacker(): (packed: PackedBlock) => { block: FieldBlock; hashes: Int32Array } {
  let local = new Uint8Array(0)
  return (packed) => {
    const { rows, columns } = packed
    const padded = paddedLength(packed.bytes)
    const length = padded + numbersOf(rows, columns) * 4
    // Copied in one go: the columns then find it in this core's cache, and the shared piece is free at once.
    if (local.length < length) local = new Uint8Array(Math.ceil(length * 1.25))
    local.set(new Uint8Array(packed.buffer, 0, length))
    return unpackBlock(local.buffer, packed, padded)
  }
}

function unpackBlock(
  buffer: ArrayBuffer,
  packed: PackedBlock,
  padded: number,
): { block: FieldBlock; hashes: Int32Array } {
  const { rows, columns } = packed
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
