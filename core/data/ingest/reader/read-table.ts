/** One file through the tokeniser: blocks of data rows with what each row is. */
import type { FieldBlock } from '../csv/field-block.ts'
import { type BlockMemory, createTokeniser } from '../csv/tokenise.ts'
import { decodeStream, type Encoding } from '../sources/decode-stream.ts'
import { openSource } from '../sources/open-source.ts'
import type { Meter, SourceSpec } from '../sources/source.ts'
import type { RowJudge } from './judge-rows.ts'

/** How a file is cut into rows; plain data. */
export interface TableSpec {
  readonly source: SourceSpec
  /** What the analyst calls it. */
  readonly name: string
  readonly encoding: Encoding
  readonly delimiter: number
  readonly header: boolean
  readonly columns: number
  /** Columns that are read; a row that is blank in all of them is no incident. */
  readonly mapped: readonly number[]
  /** Column of the reference, −1 where there is none. */
  readonly ref: number
  /** About how many rows it has. */
  readonly rows: number
}

export interface TableHandlers {
  /** The block's memory is used again after the call, unless `memory` is there. */
  onBlock(block: FieldBlock): void
  onStrayQuote(row: number, column: number): void
  /** Called after every chunk; true ends the reading early. */
  between(): boolean | Promise<boolean>
  /** See `TokeniserOptions`. */
  readonly memory?: BlockMemory
}

/** Reads the table to its end and fills `meter` on the way; refuses like the tokeniser and the decoder. */
export async function readTable(
  spec: TableSpec,
  judge: RowJudge,
  meter: Meter,
  handlers: TableHandlers,
): Promise<void> {
  judge.begin(spec.mapped, spec.ref, spec.rows)
  const tokeniser = createTokeniser({
    delimiter: spec.delimiter,
    columns: spec.columns,
    firstRow: spec.header ? 0 : 1,
    file: spec.name,
    memory: handlers.memory,
    onBlock(block) {
      if (block.rowNumbers[0] === 0) dropFirst(block)
      if (block.rows === 0) return
      judge.judge(block)
      handlers.onBlock(block)
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
