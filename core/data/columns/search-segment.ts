/**
 * Words looked for in the text columns of one segment, over its bytes. A row of plain ASCII, as nearly all are, is
 * folded byte by byte into one long run of text in which the terms are then looked for; only a row with other letters
 * is decoded and folded as `foldText` does, so that both ways find the same.
 */
import { termsIn } from '#core/analysis/select/text-search.ts'
import type { SegmentFile } from '#core/contract/dataset.ts'
import { readCheckedSegment } from './check-segment.ts'
import { decodeSegment } from './decode-segment.ts'
import type { SegmentColumn } from './encode-segment.ts'
import { TEXT } from './segment-format.ts'

type TextColumn = Extract<SegmentColumn, { readonly offsets: Int32Array }>

/** Stands between rows in the folded run; no term holds one, so none is found across two rows. */
const BETWEEN = 10
const BLANK = 32
/** Rows folded at a time, between two looks at whether to go on. */
const BLOCK = 8192

// Each ASCII byte as `foldText` leaves it: small letters, one kind of apostrophe, every kind of blank a blank.
const folded = Uint8Array.from({ length: 128 }, (_, byte) => {
  if (byte >= 65 && byte <= 90) return byte + 32
  if (byte === 96) return 39
  return byte >= 9 && byte <= 13 ? BLANK : byte
})

/**
 * Adds to `found` (one byte for each incident of the dataset) the bits of the terms that the text columns contain, for
 * the rows of one segment, the first of which is row `first`. Refuses with E-ARW-001 to -007.
 *
 * Cost: the reading and hashing of the file and about 2 ns a byte of text; memory twice the longest column.
 */
export function searchSegment(
  folder: string,
  segment: SegmentFile,
  names: readonly string[],
  terms: readonly string[],
  first: number,
  found: Uint8Array,
  tick: () => void,
): void {
  const { columns } = decodeSegment(readCheckedSegment(folder, segment), segment.name)
  const here = found.subarray(first, first + segment.rows)
  for (const name of names) {
    const column = columns.find((each) => each.name === TEXT + name)
    if (column && 'offsets' in column) searchColumn(column, terms, here, tick)
  }
}

/** As `searchSegment`, for one column whose first row has the first byte of `found`. */
export function searchColumn(
  { offsets, values }: TextColumn,
  terms: readonly string[],
  found: Uint8Array,
  tick: () => void,
): void {
  const rows = offsets.length - 1
  const ascii = terms.flatMap((term, k) =>
    /^[\0-\x7f]*$/.test(term) ? [{ bytes: Buffer.from(term), bit: 1 << k }] : [],
  )
  const decoder = new TextDecoder()
  const ends = new Int32Array(BLOCK)
  let run = Buffer.alloc(0)
  for (let from = 0; from < rows; from += BLOCK) {
    tick()
    const to = Math.min(rows, from + BLOCK)
    const room = offsets[to] - offsets[from] + (to - from)
    if (run.length < room) run = Buffer.alloc(room * 2)
    let at = 0
    for (let row = from; row < to; row++) {
      const end = foldRow(values, offsets[row], offsets[row + 1], run, at)
      if (end >= 0) at = end
      else found[row] |= termsIn(decoder.decode(values.subarray(offsets[row], offsets[row + 1])), terms)
      run[at++] = BETWEEN
      ends[row - from] = at
    }
    const text = run.subarray(0, at)
    for (const { bytes, bit } of ascii) markRows(text, bytes, bit, ends, from, found)
  }
}

/** Folds one row into `run` at `at`. Returns where it ends, or −1 when it is not all ASCII. */
function foldRow(values: Uint8Array, from: number, to: number, run: Uint8Array, at: number): number {
  let end = at
  let before = 0
  for (let i = from; i < to; i++) {
    const byte = values[i]
    if (byte > 127) return -1
    const letter = folded[byte]
    if (letter === BLANK && before === BLANK) continue
    run[end++] = letter
    before = letter
  }
  return end
}

function markRows(
  text: Buffer,
  term: Buffer,
  bit: number,
  ends: Int32Array,
  from: number,
  found: Uint8Array,
): void {
  let row = 0
  let at = text.indexOf(term)
  while (at >= 0) {
    while (ends[row] <= at) row++
    found[from + row] |= bit
    at = text.indexOf(term, ends[row])
  }
}
