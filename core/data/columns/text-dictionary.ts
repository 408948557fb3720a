import type { Manifest } from '#core/contract/dataset.ts'
import { type Dictionary, MISSING_CODE } from '#core/contract/incident.ts'
import { readCheckedSegment } from './check-segment.ts'
import { decodeSegment } from './decode-segment.ts'
import { TEXT } from './segment-format.ts'

/**
 * A text column as a dictionary, for the methods that group rows by it (repeat victims): codes in order of first
 * appearance, 0 where a row has none. Undefined when the dataset does not hold the column. Refuses as
 * `decodeSegment`. Cost: one read of the segments, about 200 ns a row, and the distinct words in memory.
 */
export function readTextDictionary(
  folder: string,
  manifest: Manifest,
  column: string,
): Dictionary | undefined {
  if (!manifest.textColumns.includes(column as never)) return undefined
  const total = manifest.segments.reduce((sum, segment) => sum + segment.rows, 0)
  const codes = new Uint32Array(new SharedArrayBuffer(total * 4))
  const words = ['']
  const codeOf = new Map<string, number>([['', MISSING_CODE]])
  const decoder = new TextDecoder()
  let first = 0
  for (const segment of manifest.segments) {
    const { columns } = decodeSegment(readCheckedSegment(folder, segment), segment.name)
    const held = columns.find(({ name }) => name === TEXT + column)
    if (held && 'offsets' in held)
      for (let row = 0; row < segment.rows; row++) {
        const word = decoder.decode(held.values.subarray(held.offsets[row], held.offsets[row + 1])).trim()
        let code = codeOf.get(word)
        if (code === undefined) {
          code = words.push(word) - 1
          codeOf.set(word, code)
        }
        codes[first + row] = code
      }
    first += segment.rows
  }
  return { codes, words }
}
