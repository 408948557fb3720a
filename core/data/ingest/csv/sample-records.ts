/** The first rows of a head of bytes as text, for the sniffers and the preview. */
import { fieldText } from './field-block.ts'
import { createTokeniser } from './tokenise.ts'

/**
 * Up to `most` complete rows of `head`, each with as many fields as it really has; those beyond the first `columns` are
 * left empty. `whole` says that the head is the whole
 * file, so that a last row without a line break counts.
 */
export function sampleRecords(
  head: Uint8Array,
  delimiter: number,
  columns: number,
  most: number,
  whole: boolean,
  file: string,
): string[][] {
  const records: string[][] = []
  const tokeniser = createTokeniser({
    delimiter,
    columns,
    firstRow: 0,
    file,
    onBlock(block) {
      for (let r = 0; r < block.rows && records.length < most; r++) {
        const fields: string[] = []
        const count = Math.min(block.fieldCounts[r], columns)
        for (let f = 0; f < count; f++) fields.push(fieldText(block, r, f))
        for (let f = count; f < block.fieldCounts[r]; f++) fields.push('')
        records.push(fields)
      }
    },
  })
  const step = 1 << 13
  for (let at = 0; at < head.length && records.length < most; at += step)
    tokeniser.push(head.subarray(at, at + step))
  if (whole && records.length < most) tokeniser.end()
  return records
}
