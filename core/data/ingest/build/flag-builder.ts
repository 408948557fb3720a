/** A yes/no column. What is neither is "not recorded" and listed. */
import { FLAG_UNKNOWN } from '#core/contract/incident.ts'
import type { FieldBlock } from '../csv/field-block.ts'
import { readFlag } from '../fields/read-flag.ts'
import { limits } from '../limits.ts'

export interface FlagBuilder {
  readonly name: string
  readonly values: Uint8Array
  take(block: FieldBlock, column: number, rows: Int32Array, from: number, to: number, at: number): void
  fill(at: number, to: number): void
}

export function createFlag(
  name: string,
  onFault: (blockRow: number, column: number, code: string) => void,
): FlagBuilder {
  const values = new Uint8Array(limits.segmentRows)
  const decoder = new TextDecoder()
  // Most flags are one letter: 255 and 0–1 are answers, 254 is not yet known, 253 is no flag.
  const letters = new Uint8Array(256).fill(254)

  function read(bytes: Uint8Array, start: number, end: number): number {
    if (end === start) return FLAG_UNKNOWN
    if (end - start > 1) return readFlag(decoder.decode(bytes.subarray(start, end))) ?? 253
    const letter = bytes[start]
    if (letters[letter] === 254) letters[letter] = readFlag(String.fromCharCode(letter)) ?? 253
    return letters[letter]
  }

  return {
    name,
    values,
    take(block, column, rows, from, to, at) {
      const { bytes, starts, ends, columns } = block
      for (let k = from; k < to; k++) {
        const field = rows[k] * columns + column
        const value = read(bytes, starts[field], ends[field])
        values[at + k - from] = value === 253 ? FLAG_UNKNOWN : value
        if (value === 253) onFault(rows[k], column, 'E-FLAG-001')
      }
    },
    fill(at, to) {
      values.fill(FLAG_UNKNOWN, at, to)
    },
  }
}
