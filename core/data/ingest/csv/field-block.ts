/**
 * A block of rows as byte ranges: what the tokeniser hands on and every column reads. Field `f` of row `r` is
 * `bytes[starts[r * columns + f] … ends[r * columns + f])`, already without its quotes. All of it lies in one buffer,
 * which another thread can be given as it is. Valid only during the call that hands it over, unless the receiver has
 * taken the buffer: the tokeniser writes the next block into the same memory.
 */
export interface FieldBlock {
  readonly buffer: ArrayBuffer
  readonly bytes: Uint8Array
  /** The same memory, for reading four bytes at a time. */
  readonly view: DataView
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Fields kept per row; rows with fewer have empty fields up to it. */
  readonly columns: number
  rows: number
  /** Number of each row in its file, first data row = 1 (0 is the header). */
  readonly rowNumbers: Int32Array
  /** Fields the row really had. */
  readonly fieldCounts: Int32Array
  readonly rowStarts: Int32Array
  readonly rowEnds: Int32Array
  /** What each row is, see `judgeRows`; not written by the tokeniser. */
  readonly verdicts: Uint8Array
}

/** Most rows in a block of so many columns. */
export function blockRows(columns: number): number {
  return Math.max(16, Math.min(8192, Math.floor(131_072 / columns)))
}

/** Bytes that the numbers of a block take; its text stands after them. */
export function numbersLength(columns: number): number {
  return (blockRows(columns) * (2 * columns * 4 + 4 * 4 + 1) + 7) & ~7
}

/** The block that lies in `buffer`, with room for as much text as is left there. */
export function blockIn(buffer: ArrayBuffer, columns: number, rows: number): FieldBlock {
  const most = blockRows(columns)
  let at = 0
  const next = (length: number): Int32Array => {
    const part = new Int32Array(buffer, at, length)
    at += length * 4
    return part
  }
  const textAt = numbersLength(columns)
  return {
    buffer,
    bytes: new Uint8Array(buffer, textAt),
    view: new DataView(buffer, textAt),
    starts: next(most * columns),
    ends: next(most * columns),
    columns,
    rows,
    rowNumbers: next(most),
    fieldCounts: next(most),
    rowStarts: next(most),
    rowEnds: next(most),
    verdicts: new Uint8Array(buffer, at, most),
  }
}

const decoder = new TextDecoder()

/** The text of one field. Allocates: for previews, issues and new dictionary words only. */
export function fieldText(block: FieldBlock, row: number, column: number): string {
  const at = row * block.columns + column
  const start = block.starts[at]
  const end = block.ends[at]
  return end > start ? decoder.decode(block.bytes.subarray(start, end)) : ''
}
