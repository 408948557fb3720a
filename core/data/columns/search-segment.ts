/**
 * Words looked for in the text columns of one segment, over its bytes. Rows are folded byte by byte, by a table
 * made of `foldText`, into one long run of text in which the terms are then looked for; only a row with a letter that
 * the table does not hold is decoded and folded as `foldText` does, so that both ways find the same.
 */
import { termsIn } from '#core/analysis/select/text-search.ts'
import type { SegmentFile } from '#core/contract/dataset.ts'
import { foldText } from '#core/contract/search-text.ts'
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

/** Letters that are folded by table: those of western and central Europe, and the general punctuation. */
const LETTERS = 0x250
const MARKS_FROM = 0x2000
const MARKS_TO = 0x2070
const NOT_ASCII = 0xffffffff

// Each letter as `foldText` leaves it, when that is up to three ASCII characters: their number in the lowest byte.
const folded = new Uint32Array(MARKS_TO).fill(NOT_ASCII)
for (let letter = 0; letter < MARKS_TO; letter++) {
  if (letter === LETTERS) letter = MARKS_FROM
  const text = foldText(String.fromCharCode(letter))
  if (text.length > 3 || !/^[\0-\x7f]*$/.test(text)) continue
  folded[letter] = text.length
  for (let k = 0; k < text.length; k++) folded[letter] |= text.charCodeAt(k) << (8 * (k + 1))
}
const foldedByte = Uint8Array.from({ length: 128 }, (_, byte) => folded[byte] >>> 8)

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
    // A letter of two bytes may become three characters.
    const room = 2 * (offsets[to] - offsets[from]) + (to - from)
    if (run.length < room) run = Buffer.alloc(room)
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

/** Folds one row into `run` at `at`. Returns where it ends, or −1 when it holds a letter the table does not. */
function foldRow(values: Uint8Array, from: number, to: number, run: Uint8Array, at: number): number {
  let end = at
  let before = 0
  for (let i = from; i < to; i++) {
    const byte = values[i]
    if (byte < 128) {
      const letter = foldedByte[byte]
      if (letter === BLANK && before === BLANK) continue
      run[end++] = letter
      before = letter
      continue
    }
    let letter = NOT_ASCII
    if (byte >= 0xc2 && byte < 0xe0 && i + 1 < to && values[i + 1] >> 6 === 2)
      letter = ((byte & 31) << 6) | (values[++i] & 63)
    else if (byte === 0xe2 && i + 2 < to && values[i + 1] >> 6 === 2 && values[i + 2] >> 6 === 2) {
      letter = 0x2000 | ((values[i + 1] & 63) << 6) | (values[i + 2] & 63)
      i += 2
    }
    const text = letter < MARKS_TO ? folded[letter] : NOT_ASCII
    if (text === NOT_ASCII) return -1
    for (let k = 1; k <= (text & 255); k++) {
      const next = (text >> (8 * k)) & 255
      if (next === BLANK && before === BLANK) continue
      run[end++] = next
      before = next
    }
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
