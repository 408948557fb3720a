/** Which rows can be incidents, and which were there before: worked out where their bytes are still at hand. */
import type { FieldBlock } from '../csv/field-block.ts'
import { hashRange } from '../csv/hash-bytes.ts'
import { createSeenSet } from './seen-set.ts'

/** What a row is … */
export const VERDICT = 3
export const INCIDENT = 0
/** … with another number of fields than there are names, */
export const RAGGED = 1
/** … without anything in the columns that are read; */
export const BLANK = 2
/** and of an incident: all of the row was there before, */
export const IDENTICAL = 4
/** its reference was there before. */
export const REPEATED = 8

/** Rows judged together: their text stays in the cache. */
const BATCH = 256

export interface RowJudge {
  /** Rows from here on are laid out like this, about `rows` of them where that can be told. */
  begin(mapped: readonly number[], ref: number, rows: number): void
  /** Fills the verdicts of the block. */
  judge(block: FieldBlock): void
}

/** Remembers rows and references over all files: 12 bytes a row, and up to three times that while it grows. */
export function createRowJudge(): RowJudge {
  const rowsSeen = createSeenSet()
  const refsSeen = createSeenSet()
  let mapped = new Int32Array(0)
  let ref = -1
  // Both halves of the hash of the row, and of its reference.
  const hashes = new Int32Array(BATCH * 4)

  function sift(block: FieldBlock, from: number, to: number): void {
    const { starts, ends, columns, fieldCounts, verdicts } = block
    for (let r = from; r < to; r++) {
      const base = r * columns
      let blank = true
      for (let i = 0; blank && i < mapped.length; i++)
        blank = starts[base + mapped[i]] === ends[base + mapped[i]]
      verdicts[r] = fieldCounts[r] !== columns ? RAGGED : blank ? BLANK : INCIDENT
    }
  }

  function hashAll(block: FieldBlock, from: number, to: number): void {
    const { view, starts, ends, columns, rowStarts, rowEnds } = block
    for (let r = from; r < to; r++) {
      const at = (r - from) * 4
      const field = r * columns + ref
      // Rows are only compared with rows of the same reference: where they begin with it, the rest will do.
      const start = ref === 0 ? ends[field] : rowStarts[r]
      hashRange(view, start, rowEnds[r], hashes, at)
      if (ref < 0 || starts[field] === ends[field]) {
        hashes[at + 2] = 0
        hashes[at + 3] = 0
        continue
      }
      hashRange(view, starts[field], ends[field], hashes, at + 2)
      // Two zeros stand for a blank reference.
      if ((hashes[at + 2] | hashes[at + 3]) === 0) hashes[at + 3] = 1
    }
  }

  /** A row can only be identical to one with the same reference, so most rows need one look-up. */
  function lookUp({ verdicts }: FieldBlock, from: number, to: number): void {
    for (let r = from; r < to; r++) {
      if (verdicts[r] !== INCIDENT) continue
      const at = (r - from) * 4
      const rowA = hashes[at]
      const rowB = hashes[at + 1]
      const refA = hashes[at + 2]
      const refB = hashes[at + 3]
      if ((refA | refB) === 0) {
        if (rowsSeen.add(rowA, rowB, 0) !== 0) verdicts[r] = IDENTICAL
        continue
      }
      const seen = refsSeen.add(refA, refB, rowA)
      if (seen === 0) continue
      // Another row with this reference came first; a third may be identical to this one.
      const before = seen === 1 || rowsSeen.add(rowA ^ refA, rowB ^ refB, 0) !== 0
      verdicts[r] = before ? IDENTICAL | REPEATED : REPEATED
    }
  }

  return {
    begin(next, column, rows) {
      mapped = Int32Array.from(next)
      ref = column
      if (ref >= 0) refsSeen.expect(rows)
      else rowsSeen.expect(rows)
    },
    judge(block) {
      for (let from = 0; from < block.rows; from += BATCH) {
        const to = Math.min(from + BATCH, block.rows)
        sift(block, from, to)
        hashAll(block, from, to)
        refsSeen.fetch(hashes, 2, to - from)
        lookUp(block, from, to)
      }
    },
  }
}
