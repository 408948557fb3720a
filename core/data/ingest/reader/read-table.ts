/** One file through the tokeniser: blocks of data rows with the identity of each row. */
import type { FieldBlock } from '../csv/field-block.ts'
import { hashRows } from '../csv/hash-rows.ts'
import { createTokeniser } from '../csv/tokenise.ts'
import { decodeStream, type Encoding } from '../sources/decode-stream.ts'
import { openSource } from '../sources/open-source.ts'
import type { Meter, SourceSpec } from '../sources/source.ts'

/** How a file is cut into rows; plain data. */
export interface TableSpec {
  readonly source: SourceSpec
  /** What the analyst calls it. */
  readonly name: string
  readonly encoding: Encoding
  readonly delimiter: number
  readonly header: boolean
  readonly columns: number
  /** Column of the reference, −1 where there is none. */
  readonly ref: number
}

export interface TableHandlers {
  /** `hashes` as `hashRows` writes them. Both are used again after the call. */
  onBlock(block: FieldBlock, hashes: Int32Array): void
  onStrayQuote(row: number, column: number): void
  /** Called after every chunk; true ends the reading early. */
  between(): boolean | Promise<boolean>
}

/** Reads the table to its end and fills `meter` on the way; refuses like the tokeniser and the decoder. */
export async function readTable(spec: TableSpec, meter: Meter, handlers: TableHandlers): Promise<void> {
  let hashes = new Int32Array(0)
  const tokeniser = createTokeniser({
    delimiter: spec.delimiter,
    columns: spec.columns,
    firstRow: spec.header ? 0 : 1,
    file: spec.name,
    onBlock(block) {
      if (block.rowNumbers[0] === 0) dropFirst(block)
      if (block.rows === 0) return
      if (hashes.length < block.rows * 4) hashes = new Int32Array(block.rows * 4)
      hashRows(block, spec.ref, hashes)
      handlers.onBlock(block, hashes)
    },
    onStrayQuote(row, column) {
      if (row > 0) handlers.onStrayQuote(row, column)
    },
  })
  for await (const chunk of decodeStream(openSource(spec.source).read(meter), spec.encoding, spec.name)) {
    tokeniser.push(chunk)
    const stop = handlers.between()
    if (stop === true || (stop !== false && (await stop))) return
  }
  tokeniser.end()
}

/** The header is not an incident. */
function dropFirst(block: FieldBlock): void {
  const { columns } = block
  block.starts.copyWithin(0, columns, block.rows * columns)
  block.ends.copyWithin(0, columns, block.rows * columns)
  for (const array of [block.rowNumbers, block.fieldCounts, block.rowStarts, block.rowEnds])
    array.copyWithin(0, 1, block.rows)
  block.rows--
}
