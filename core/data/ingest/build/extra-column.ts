/**
 * A column of the source that the product has no word for: kept as words by code, so that it can be filtered. With
 * more than 65,535 different words it is no category any more and is kept as text; codes then last for one segment.
 */
import type { SegmentColumn } from '#core/data/columns/encode-segment.ts'
import { WORD } from '#core/data/columns/segment-format.ts'
import type { FieldBlock } from '../csv/field-block.ts'
import { limits } from '../limits.ts'
import type { WordRepair } from '../profiles/built-in-profile.ts'
import { createDictionary } from './dictionary-builder.ts'
import { narrowCodes } from './narrow-codes.ts'
import { asText, type SegmentWriter } from './segment-writer.ts'

export interface ExtraColumn {
  readonly name: string
  /** Codes of the segment being filled; another array after `segment` when the column became text. */
  codes(): Uint32Array
  isText(): boolean
  words(): string[]
  take(
    block: FieldBlock,
    column: number,
    repairs: ReadonlyMap<string, WordRepair> | undefined,
    rows: Int32Array,
    from: number,
    to: number,
    at: number,
  ): void
  /** For rows of a file that does not have it. */
  fill(at: number, to: number): void
  /** The column for a segment; undefined while it has held no word. */
  segment(rows: number): SegmentColumn | undefined
}

export function createExtra(
  name: string,
  onRepair: (blockRow: number, column: number, code: string) => void,
  writer: SegmentWriter | undefined,
): ExtraColumn {
  let dictionary = createDictionary(name, Number.POSITIVE_INFINITY, onRepair)
  let text = false

  return {
    name,
    codes: () => dictionary.codes,
    isText: () => text || dictionary.size() - 1 > limits.extraWords,
    words: () => dictionary.words(),
    take(block, column, repairs, rows, from, to, at) {
      dictionary.setRepairs(repairs)
      dictionary.take(block, column, rows, from, to, at)
    },
    fill(at, to) {
      dictionary.fill(0, at, to)
    },
    segment(rows) {
      const { codes } = dictionary
      if (!text && dictionary.size() - 1 > limits.extraWords) {
        text = true
        const before = dictionary
        writer?.becomesText(name, (code) => before.wordBytes(code))
        // The old words are needed again when earlier segments are rewritten, so this one starts afresh.
        dictionary = createDictionary(name, Number.POSITIVE_INFINITY, onRepair)
        return asText(name, codes.subarray(0, rows), (code) => before.wordBytes(code))
      }
      if (text) {
        const part = asText(name, codes.subarray(0, rows), (code) => dictionary.wordBytes(code))
        dictionary.clear()
        return part
      }
      if (dictionary.size() === 1) return undefined
      return { name: WORD + name, values: narrowCodes(codes.subarray(0, rows), dictionary.size()) }
    },
  }
}
