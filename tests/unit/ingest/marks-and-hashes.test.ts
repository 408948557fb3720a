/** The inner loops of the reader against ten obvious lines each. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTextColumn } from '#core/data/ingest/build/text-builder.ts'
import { blockIn, numbersLength } from '#core/data/ingest/csv/field-block.ts'
import { hashRange, hashWord, sameBytes } from '#core/data/ingest/csv/hash-bytes.ts'
import { PIECE, theMarker } from '#core/data/ingest/csv/mark-bytes.ts'
import {
  BLANK,
  createRowJudge,
  IDENTICAL,
  INCIDENT,
  RAGGED,
  REPEATED,
} from '#core/data/ingest/reader/judge-rows.ts'
import { evenChunks } from '#core/data/ingest/sources/even-chunks.ts'

const marksOf = (text: Uint8Array, delimiter: number): number[] => {
  const { mark, marks } = theMarker()
  return Array.from(marks.subarray(0, mark(text, delimiter)))
}

describe('marks', () => {
  it('are where delimiters, quotes and bytes below 14 stand', () => {
    const byte = fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(9, 10, 13, 34, 44, 59, 124))
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 400 }), fc.constantFrom(9, 44, 59, 124), (bytes, delimiter) => {
        const expected = bytes.flatMap((b, at) => (b === delimiter || b === 34 || b < 14 ? [at] : []))
        expect(marksOf(Uint8Array.from(bytes), delimiter)).toEqual(expected)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('holds a piece of nothing but marks, and none that an earlier text left behind', () => {
    expect(marksOf(new Uint8Array(PIECE).fill(44), 44)).toEqual(Array.from({ length: PIECE }, (_, i) => i))
    expect(marksOf(new Uint8Array(3).fill(65), 44)).toEqual([])
    expect(marksOf(new Uint8Array(0), 44)).toEqual([])
  })
})

describe('hashes', () => {
  const view = (bytes: readonly number[], shift: number): DataView => {
    const all = new Uint8Array(shift + bytes.length + 8).fill(shift)
    all.set(bytes, shift)
    return new DataView(all.buffer)
  }
  const hash = (bytes: readonly number[], shift: number): string => {
    const out = new Int32Array(2)
    hashRange(view(bytes, shift), shift, shift + bytes.length, out, 0)
    return out.join()
  }

  it('depend on every byte of the range, and on nothing around it', () => {
    const text = fc.array(fc.nat({ max: 255 }), { minLength: 1, maxLength: 70 })
    fc.assert(
      fc.property(
        text,
        fc.nat({ max: 9 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, shift, at, by) => {
          const other = bytes.with(at % bytes.length, bytes[at % bytes.length] ^ by)
          expect(hash(bytes, shift)).toBe(hash(bytes, 0))
          expect(hash(other, shift)).not.toBe(hash(bytes, shift))
          expect(hash([...bytes, 0], shift)).not.toBe(hash(bytes, shift))
          const end = shift + bytes.length
          expect(hashWord(view(bytes, shift), shift, end)).toBe(hashWord(view(bytes, 0), 0, bytes.length))
          expect(hashWord(view(other, shift), shift, end)).not.toBe(hashWord(view(bytes, shift), shift, end))
          expect(sameBytes(view(bytes, shift), shift, view(bytes, 2), 2, bytes.length)).toBe(true)
          expect(sameBytes(view(bytes, shift), shift, view(other, 2), 2, bytes.length)).toBe(false)
        },
      ),
      { seed: 2, numRuns: 1000 },
    )
  })

  it('of 300,000 rows that differ in two numbers are all different, in each half nearly so', () => {
    const seen = new Set<string>()
    const halves = [new Set<number>(), new Set<number>()]
    const out = new Int32Array(2)
    const bytes = new Uint8Array(48).fill(48)
    const row = new DataView(bytes.buffer)
    for (let i = 0; i < 300_000; i++) {
      row.setInt32(0, i % 1000, true)
      row.setInt32(24, Math.floor(i / 1000), true)
      hashRange(row, 0, 48, out, 0)
      seen.add(out.join())
      halves[0].add(out[0])
      halves[1].add(out[1])
    }
    expect(seen.size).toBe(300_000)
    // Among 300,000 random numbers of 32 bits about ten pairs agree.
    for (const half of halves) expect(half.size).toBeGreaterThan(299_950)
  })
})

describe('verdicts', () => {
  it('are those of a row by row comparison, over blocks of any size', () => {
    const row = fc.tuple(
      fc.constantFrom('', 'r1', 'r2', 'r3'),
      fc.constantFrom('', 'x', 'y'),
      fc.nat({ max: 9 }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(row, { minLength: 1, maxLength: 9 }), { maxLength: 8 }), (blocks) => {
        const judge = createRowJudge()
        judge.begin([0, 1], 0, 1)
        const refs = new Map<string, string>()
        const rows = new Set<string>()
        for (const block of blocks) {
          const verdicts = judgeBlock(judge, block)
          block.forEach(([ref, word, ragged], r) => {
            const whole = `${ref},${word}`
            let expected = INCIDENT
            if (ragged === 0) expected = RAGGED
            else if (whole === ',') expected = BLANK
            else {
              if (rows.has(whole)) expected |= IDENTICAL
              if (ref !== '' && refs.has(ref)) expected |= REPEATED
              rows.add(whole)
              refs.set(ref, whole)
            }
            expect(verdicts[r]).toBe(expected)
          })
        }
      }),
      { seed: 3, numRuns: 500 },
    )
  })
})

function judgeBlock(
  judge: ReturnType<typeof createRowJudge>,
  rows: readonly (readonly [string, string, number])[],
): Uint8Array {
  const block = blockIn(new ArrayBuffer(numbersLength(2) + 4096), 2, rows.length)
  let at = 0
  rows.forEach(([ref, word, ragged], r) => {
    new TextEncoder().encodeInto(`${ref},${word}`, block.bytes.subarray(at))
    block.starts.set([at, at + ref.length + 1], r * 2)
    block.ends.set([at + ref.length, at + ref.length + 1 + word.length], r * 2)
    block.fieldCounts[r] = ragged === 0 ? 3 : 2
    block.rowStarts[r] = at
    at += ref.length + 1 + word.length
    block.rowEnds[r] = at
  })
  judge.judge(block)
  return block.verdicts
}

describe('text columns', () => {
  it('keep every byte of any text', () => {
    // Four-byte characters before a delete sign come nearest to bytes that are not a number when read as one.
    const unit = fc.constantFrom('\u{10ffff}', '\u{1f600}', '\u007f', 'é', 'a', ' ')
    fc.assert(
      fc.property(fc.array(fc.string({ unit, maxLength: 60 }), { maxLength: 40 }), (texts) => {
        const block = blockIn(new ArrayBuffer(numbersLength(1) + 16_384), 1, texts.length)
        let at = 0
        texts.forEach((text, r) => {
          block.starts[r] = at
          at += new TextEncoder().encodeInto(text, block.bytes.subarray(at)).written
          block.ends[r] = at
        })
        const column = createTextColumn('note')
        const rows = Int32Array.from(texts.keys())
        column.take(block, 0, rows, 0, texts.length, 0)
        const kept = texts.map((_, r) =>
          new TextDecoder().decode(column.data().subarray(column.offsets[r], column.offsets[r + 1])),
        )
        expect(kept).toEqual(texts)
      }),
      { seed: 5, numRuns: 300 },
    )
  })
})

describe('even chunks', () => {
  it('hold the same bytes in the same chunks, however they come', async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 1, max: 20 }), async (given, size) => {
        const chunks: number[][] = []
        for await (const chunk of evenChunks(from(given), size)) chunks.push([...chunk])
        expect(chunks.flat()).toEqual(given.flatMap((piece) => [...piece]))
        expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true)
        expect(chunks.at(-1)?.length ?? size).toBeGreaterThan(0)
      }),
      { seed: 4, numRuns: 300 },
    )
  })
})

async function* from(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
