/** The tokeniser against csv-parse, on random tables and random bytes cut at random places. */
import { type CsvError, parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '#core/contract/problem.ts'
import { fieldText } from '#core/data/ingest/csv/field-block.ts'
import { createTokeniser } from '#core/data/ingest/csv/tokenise.ts'

const MOST = 40

function rowsOf(
  bytes: Uint8Array,
  cuts: readonly number[],
  delimiter = ',',
): { rows: string[][]; stray: number } {
  const rows: string[][] = []
  let stray = 0
  const tokeniser = createTokeniser({
    delimiter: delimiter.charCodeAt(0),
    columns: MOST,
    firstRow: 1,
    file: 'x.csv',
    onBlock(block) {
      for (let r = 0; r < block.rows; r++)
        rows.push(Array.from({ length: block.fieldCounts[r] }, (_, f) => fieldText(block, r, f)))
    },
    onStrayQuote: () => stray++,
  })
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  let from = 0
  for (const to of [...places, bytes.length]) {
    // Copied, as the tokeniser must not depend on its caller keeping a chunk.
    tokeniser.push(bytes.slice(from, to))
    from = to
  }
  tokeniser.end()
  return { rows, stray }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

const cell = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', ' ', '1', 'é', '😀', '-', '!') }),
  },
  {
    weight: 2,
    arbitrary: fc.string({ maxLength: 6, unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'x', '\r\n') }),
  },
)
const cuts = fc.array(fc.nat({ max: 2000 }), { maxLength: 12 })

describe('tokeniser', () => {
  it('reads any table that csv-parse reads, wherever it is cut', () => {
    const table = fc
      .integer({ min: 1, max: 6 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }))
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        cuts,
        (rows, delimiter, ends, last, where) => {
          const quote = (value: string): string =>
            /[",;\t|\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
          const text = rows
            .map((row, i) => row.map(quote).join(delimiter) + (i < rows.length - 1 || last ? ends[i] : ''))
            .join('')
          const expected = parse(text, {
            delimiter,
            record_delimiter: ['\r\n', '\n', '\r'],
            skip_empty_lines: true,
            relax_column_count: true,
          }) as string[][]
          const read = rowsOf(encode(text), where, delimiter)
          expect(read.rows).toEqual(expected)
          expect(read.stray).toBe(0)
        },
      ),
      { seed: 20_251_122, numRuns: 1500 },
    )
  })

  it('agrees with csv-parse on random text, or refuses or reports what csv-parse refuses', () => {
    const text = fc.string({
      maxLength: 60,
      unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'b', ' ', '"', ','),
    })
    let agreed = 0
    let reported = 0
    fc.assert(
      fc.property(text, cuts, (raw, where) => {
        let expected: string[][] | undefined
        try {
          expected = parse(raw, {
            record_delimiter: ['\r\n', '\n', '\r'],
            skip_empty_lines: true,
            relax_column_count: true,
          }) as string[][]
        } catch (error) {
          expect((error as CsvError).code).toMatch(/^(CSV_|INVALID_)/)
        }
        let read: ReturnType<typeof rowsOf> | undefined
        try {
          read = rowsOf(encode(raw), where)
        } catch (error) {
          if (!(error instanceof InputError)) throw error
          expect(error.code).toMatch(/^E-CSV-00[56]$/)
        }
        if (expected) {
          expect(read?.rows).toEqual(expected)
          agreed++
        } else {
          // What csv-parse stops at is either refused here or kept with a note.
          expect(read === undefined || read.stray > 0).toBe(true)
          reported++
        }
      }),
      { seed: 7, numRuns: 4000 },
    )
    expect(agreed).toBeGreaterThan(300)
    expect(reported).toBeGreaterThan(300)
  })

  it('gives the same rows for every single cut', () => {
    const bytes = encode('a,"b ""x""",c\r\n"d\r\ne",,f\rg,h,"i"\n\n,,\nend,"",é')
    const whole = rowsOf(bytes, []).rows
    expect(whole).toEqual([
      ['a', 'b "x"', 'c'],
      ['d\r\ne', '', 'f'],
      ['g', 'h', 'i'],
      ['', '', ''],
      ['end', '', 'é'],
    ])
    for (let cut = 0; cut <= bytes.length; cut++) expect(rowsOf(bytes, [cut]).rows).toEqual(whole)
  })

  it('numbers rows and counts fields beyond those it keeps', () => {
    const seen: [number, number][] = []
    const tokeniser = createTokeniser({
      delimiter: 44,
      columns: 2,
      firstRow: 0,
      file: 'x.csv',
      onBlock(block) {
        for (let r = 0; r < block.rows; r++) seen.push([block.rowNumbers[r], block.fieldCounts[r]])
      },
    })
    tokeniser.push(encode('a,b\n1,2,3,4\n5\n\n6,7\n'))
    tokeniser.end()
    expect(seen).toEqual([
      [0, 2],
      [1, 4],
      [2, 1],
      [3, 2],
    ])
  })
})
