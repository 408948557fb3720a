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
  let hashes = new Int32Array(0)

  function sift({ starts, ends, columns, fieldCounts, verdicts, rows }: FieldBlock): void {
    for (let r = 0; r < rows; r++) {
      const base = r * columns
      let blank = true
      for (let i = 0; blank && i < mapped.length; i++)
        blank = starts[base + mapped[i]] === ends[base + mapped[i]]
      verdicts[r] = fieldCounts[r] !== columns ? RAGGED : blank ? BLANK : INCIDENT
    }
  }

  function hashAll({ view, starts, ends, columns, rowStarts, rowEnds, rows }: FieldBlock): void {
    for (let r = 0; r < rows; r++) {
      hashRange(view, rowStarts[r], rowEnds[r], hashes, r * 4)
      const field = r * columns + ref
      if (ref < 0 || starts[field] === ends[field]) {
        hashes[r * 4 + 2] = 0
        hashes[r * 4 + 3] = 0
        continue
      }
      hashRange(view, starts[field], ends[field], hashes, r * 4 + 2)
      // Two zeros stand for a blank reference.
      if ((hashes[r * 4 + 2] | hashes[r * 4 + 3]) === 0) hashes[r * 4 + 3] = 1
    }
  }

  /** A row can only be identical to one with the same reference, so most rows need one look-up. */
  function lookUp({ verdicts, rows }: FieldBlock): void {
    for (let r = 0; r < rows; r++) {
      if (verdicts[r] !== INCIDENT) continue
      const rowA = hashes[r * 4]
      const rowB = hashes[r * 4 + 1]
      const refA = hashes[r * 4 + 2]
      const refB = hashes[r * 4 + 3]
      if ((refA | refB) === 0) {
        if (rowsSeen.add(rowA, rowB, 0) !== 0) verdicts[r] = IDENTICAL
        continue
      }
      const seen = refsSeen.add(refA, refB, rowA)
      if (seen === 0) continue
      // Another row with this reference came first; a third may be identical to this one.
      verdicts[r] = seen === 1 || rowsSeen.add(rowA, rowB, 0) !== 0 ? IDENTICAL | REPEATED : REPEATED
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
      if (hashes.length < block.rows * 4) hashes = new Int32Array(block.rows * 4)
      sift(block)
      hashAll(block)
      refsSeen.fetch(hashes, 2, block.rows)
      lookUp(block)
    },
  }
}
