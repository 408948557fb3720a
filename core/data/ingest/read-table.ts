/** One file through the tokeniser into the builder. */

import type { IncidentBuilder } from './build/incident-builder.ts'
import type { FieldBlock } from './csv/field-block.ts'
import { createTokeniser } from './csv/tokenise.ts'
import type { FilePlan } from './plan.ts'
import { decodeStream } from './sources/decode-stream.ts'
import type { Meter } from './sources/source.ts'

/**
 * Reads `plan` to its end, or until `between` (called after every chunk) returns true; at most `most` data rows are
 * handed on.
 */
export async function readTable(
  plan: FilePlan,
  index: number,
  builder: IncidentBuilder,
  meter: Meter,
  between: () => Promise<boolean>,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  // A plain file of incidents has 100 to 300 bytes a row; a compressed one tells nothing before it is read.
  builder.beginFile(index, plan, Math.min(most, Math.round(plan.source.storedBytes / 250)))
  let left = most
  const tokeniser = createTokeniser({
    delimiter: plan.delimiter,
    columns: plan.layout.names.length,
    firstRow: plan.header ? 0 : 1,
    file: plan.source.name,
    onBlock(block) {
      if (block.rowNumbers[0] === 0) dropFirst(block)
      if (block.rows > left) block.rows = left
      left -= block.rows
      if (block.rows > 0) builder.take(block)
    },
    onStrayQuote(row, column) {
      if (row > 0 && left > 0) builder.strayQuote(row, column)
    },
  })
  for await (const chunk of decodeStream(plan.source.read(meter), plan.encoding, plan.source.name)) {
    tokeniser.push(chunk)
    if (left === 0 || (await between())) return
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
