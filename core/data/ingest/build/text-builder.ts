/** A column of free text: the bytes one after the other and where each value ends, as Arrow keeps them. */
import type { FieldBlock } from '../csv/field-block.ts'
import { limits } from '../limits.ts'

export interface TextBuilder {
  readonly name: string
  /** Value `i` is `data()[offsets[i] … offsets[i + 1])`. */
  readonly offsets: Int32Array
  data(): Uint8Array
  take(block: FieldBlock, column: number, rows: Int32Array, from: number, to: number, at: number): void
  /** Leaves a run of rows empty. */
  fill(at: number, to: number): void
  clear(): void
}

/** Rows from which the length of texts can be guessed. */
const ENOUGH_ROWS = 2000
const MOST_GUESSED = 32 << 20

export function createTextColumn(name: string): TextBuilder {
  const offsets = new Int32Array(limits.segmentRows + 1)
  let data = new Uint8Array(1 << 12)
  let view = new DataView(data.buffer)
  let used = 0

  /** `rows` have been read: what the rest of the segment will need is guessed from them. */
  function makeRoom(length: number, rows: number): void {
    if (used + length <= data.length) return
    const likely = rows < ENOUGH_ROWS ? 0 : ((used + length) / rows) * limits.segmentRows * 1.05
    const guess = Math.min(likely, MOST_GUESSED)
    const wider = new Uint8Array(Math.ceil(Math.max(data.length * 2, used + length, guess)))
    wider.set(data.subarray(0, used))
    data = wider
    view = new DataView(data.buffer)
  }

  return {
    name,
    offsets,
    data: () => data.subarray(0, used),
    take(block, column, rows, from, to, at) {
      const { bytes, view: source, starts, ends, columns } = block
      for (let k = from; k < to; k++) {
        const field = rows[k] * columns + column
        const start = starts[field]
        const length = ends[field] - start
        makeRoom(length, at + k - from)
        if (length > 128) data.set(bytes.subarray(start, start + length), used)
        else {
          // Eight bytes at once, as a number nobody looks at; text in UTF-8 never is one of those that are not a number.
          let i = 0
          for (; i + 8 <= length; i += 8) view.setFloat64(used + i, source.getFloat64(start + i, true), true)
          for (; i < length; i++) data[used + i] = bytes[start + i]
        }
        used += length
        offsets[at + k - from + 1] = used
      }
    },
    fill(at, to) {
      offsets.fill(used, at + 1, to + 1)
    },
    clear() {
      used = 0
    },
  }
}
