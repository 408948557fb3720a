/** The identity of every row of a block, worked out where its bytes are still at hand. */
import type { FieldBlock } from './field-block.ts'
import { hashA, hashB, hashBytes } from './hash-bytes.ts'

/**
 * Writes four numbers a row into `out`: both halves of the hash of the whole row, and of its reference (column `ref`,
 * −1 where there is none); two zeros stand for a blank reference.
 */
export function hashRows(block: FieldBlock, ref: number, out: Int32Array): void {
  const { view, starts, ends, columns, rowStarts, rowEnds, rows } = block
  for (let r = 0; r < rows; r++) {
    hashBytes(view, rowStarts[r], rowEnds[r])
    out[r * 4] = hashA
    out[r * 4 + 1] = hashB
    out[r * 4 + 2] = 0
    out[r * 4 + 3] = 0
    if (ref < 0) continue
    const field = r * columns + ref
    if (ends[field] === starts[field]) continue
    hashBytes(view, starts[field], ends[field])
    out[r * 4 + 2] = hashA
    out[r * 4 + 3] = (hashA | hashB) === 0 ? 1 : hashB
  }
}
