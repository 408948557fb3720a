/**
 * A block of rows as byte ranges: what the tokeniser hands on and every column reads. Field `f` of row `r` is
 * `bytes[starts[r * columns + f] … ends[r * columns + f])`, already without its quotes. Valid only during the call
 * that hands it over: the tokeniser writes the next block into the same arrays.
 */
export interface FieldBlock {
  bytes: Uint8Array
  /** The same memory, for reading four bytes at a time. */
  view: DataView
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
}

const decoder = new TextDecoder()

/** The text of one field. Allocates: for previews, issues and new dictionary words only. */
export function fieldText(block: FieldBlock, row: number, column: number): string {
  const at = row * block.columns + column
  const start = block.starts[at]
  const end = block.ends[at]
  return end > start ? decoder.decode(block.bytes.subarray(start, end)) : ''
}
