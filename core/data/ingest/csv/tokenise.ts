/**
 * Cuts a stream of UTF-8 bytes into rows and fields (RFC 4180): quoted values, doubled quotes, line breaks inside
 * quotes; CRLF, LF and CR in any mixture; chunk boundaries anywhere. It works on bytes alone, so nothing is decoded
 * that nobody reads, and hands over blocks of rows as byte ranges in arrays that are used again.
 *
 * Lenient in one thing, and counted: a quote inside a value stays part of the value (`onStrayQuote`), unless that
 * value runs over a line break, where the rows themselves would be in doubt: then the file is refused (E-CSV-006).
 * A quote that never closes is refused (E-CSV-005), after at most `limits.cellBytes`. Empty lines are skipped.
 * Cost: one pass, about 1 ns a byte; memory: one chunk plus one row.
 */
import { InputError } from '#core/contract/problem.ts'
import { limits } from '../limits.ts'
import type { FieldBlock } from './field-block.ts'

export interface TokeniserOptions {
  /** Byte between fields. */
  readonly delimiter: number
  /** Fields kept per row; rows with more are still counted in full. */
  readonly columns: number
  /** Number of the first row: 0 when it is a header, 1 when the file has none. */
  readonly firstRow: number
  readonly file: string
  onBlock(block: FieldBlock): void
  onStrayQuote?(row: number, column: number): void
}

export interface Tokeniser {
  push(chunk: Uint8Array): void
  end(): void
}

const QUOTE = 34
const LF = 10
const CR = 13
const PLAIN = 0
const DELIMITER = 1
const END_OF_LINE = 2
const IS_QUOTE = 3
const SLACK = 8
const TOP_BITS = 0x80808080 | 0
const BELOW_QUOTE = 0x23232323

export function createTokeniser(options: TokeniserOptions): Tokeniser {
  const { columns, delimiter, file } = options
  const blockRows = Math.max(16, Math.min(8192, Math.floor(131_072 / columns)))
  const kinds = new Uint8Array(256)
  kinds[delimiter] = DELIMITER
  kinds[LF] = END_OF_LINE
  kinds[CR] = END_OF_LINE
  kinds[QUOTE] = IS_QUOTE

  let bytes = new Uint8Array(0)
  let used = 0
  let nextRow = options.firstRow
  const block: FieldBlock = {
    bytes,
    view: new DataView(bytes.buffer),
    starts: new Int32Array(blockRows * columns),
    ends: new Int32Array(blockRows * columns),
    columns,
    rows: 0,
    rowNumbers: new Int32Array(blockRows),
    fieldCounts: new Int32Array(blockRows),
    rowStarts: new Int32Array(blockRows),
    rowEnds: new Int32Array(blockRows),
  }
  // Fields of the row being read that hold doubled quotes; they are closed up only when the row is complete,
  // because an incomplete row is read again from its start when the next chunk comes.
  let doubled: number[] = []
  let stray: number[] = []

  function flush(): void {
    if (block.rows === 0) return
    options.onBlock(block)
    block.rows = 0
  }

  function makeRoom(extra: number): void {
    // A line feed stands after the used bytes as a sentinel, and the scan reads four bytes at a time.
    if (used + extra + SLACK <= bytes.length) return
    const grown = new Uint8Array(Math.max(used + extra + SLACK, 1 << 16, bytes.length * 2))
    grown.set(bytes.subarray(0, used))
    bytes = grown
    block.bytes = bytes
    block.view = new DataView(bytes.buffer)
  }

  /** Reads whole rows from `from`; returns where the first incomplete row starts. */
  function scan(from: number, final: boolean): number {
    const limit = used
    const source = bytes
    const { starts, ends } = block
    const kind = kinds
    // Every byte that means something is at most this one, so that most bytes need a single comparison.
    const highest = Math.max(QUOTE, delimiter)
    const belowHighest = Math.imul(highest + 1, 0x01010101)
    const view = block.view
    source[limit] = LF
    let rowStart = from
    while (rowStart < limit) {
      let p = rowStart
      let field = 0
      const base = block.rows * columns
      let after = -1
      if (doubled.length > 0) doubled = []
      if (stray.length > 0) stray = []
      for (;;) {
        let start = p
        let end: number
        if (source[p] === QUOTE && p < limit) {
          start = p + 1
          end = quotedEnd(source, start, limit, final, field, kind)
          if (end === INCOMPLETE) break
          p = end + 1
        } else {
          for (;;) {
            // Four bytes at once: does any of them mean something? (hasless of Anderson's Bit Twiddling Hacks.)
            let word = view.getInt32(p, true)
            while ((((word - belowHighest) | 0) & ~word & TOP_BITS) === 0) {
              p += 4
              word = view.getInt32(p, true)
            }
            let c = source[p]
            while (c > highest) c = source[++p]
            if (kind[c] === PLAIN) p++
            else if (c === QUOTE) {
              stray.push(field)
              p++
            } else break
          }
          end = p
        }
        if (field < columns) {
          starts[base + field] = start
          ends[base + field] = end
        }
        if (end - start > limits.cellBytes) refuseLong(nextRow, field, false)
        field++
        if (p >= limit) {
          if (final) after = limit
          break
        }
        const c = source[p]
        if (c === delimiter) {
          p++
          continue
        }
        if (c === LF) after = p + 1
        else if (p + 1 < limit) after = source[p + 1] === LF ? p + 2 : p + 1
        else if (final) after = p + 1
        break
      }
      if (after < 0) return rowStart
      const rowEnd = p
      if (field === 1 && rowEnd === rowStart) {
        rowStart = after
        continue
      }
      for (let f = field; f < columns; f++) {
        starts[base + f] = rowEnd
        ends[base + f] = rowEnd
      }
      if (doubled.length > 0) closeUp(source, starts, ends, base)
      for (const column of stray) options.onStrayQuote?.(nextRow, column)
      const r = block.rows
      block.rowNumbers[r] = nextRow
      block.fieldCounts[r] = field
      block.rowStarts[r] = rowStart
      block.rowEnds[r] = rowEnd
      nextRow++
      rowStart = after
      block.rows = r + 1
      if (block.rows === blockRows) flush()
    }
    return rowStart
  }

  /** Index of the closing quote, or INCOMPLETE when it lies beyond what has been read. */
  function quotedEnd(
    source: Uint8Array,
    start: number,
    limit: number,
    final: boolean,
    field: number,
    kind: Uint8Array,
  ): number {
    let p = start
    let broken = false
    const view = block.view
    let strayHere = false
    let doubledHere = false
    for (;;) {
      for (;;) {
        let word = view.getInt32(p, true)
        while ((((word - BELOW_QUOTE) | 0) & ~word & TOP_BITS) === 0) {
          p += 4
          word = view.getInt32(p, true)
        }
        let c = source[p]
        while (c > QUOTE) c = source[++p]
        if (c === QUOTE || p >= limit) break
        if (c === LF || c === CR) broken = true
        p++
      }
      if (p >= limit) {
        if (final) refuseOpen(nextRow)
        return INCOMPLETE
      }
      if (p + 1 >= limit) {
        if (!final) return INCOMPLETE
        break
      }
      const next = source[p + 1]
      if (next === QUOTE) {
        doubledHere = true
        p += 2
        continue
      }
      if (kind[next] === DELIMITER || kind[next] === END_OF_LINE) break
      if (broken) refuseStray(nextRow, field)
      strayHere = true
      p++
    }
    if (strayHere) {
      if (broken) refuseStray(nextRow, field)
      stray.push(field)
    }
    if (doubledHere && field < columns) doubled.push(field)
    return p
  }

  /** Turns `""` into `"` in place; the value only gets shorter. */
  function closeUp(source: Uint8Array, starts: Int32Array, ends: Int32Array, base: number): void {
    for (const field of doubled) {
      const end = ends[base + field]
      let to = starts[base + field]
      for (let p = to; p < end; p++) {
        source[to++] = source[p]
        if (source[p] === QUOTE && p + 1 < end && source[p + 1] === QUOTE) p++
      }
      ends[base + field] = to
    }
  }

  function refuseOpen(row: number): never {
    throw new InputError(
      'E-CSV-005',
      `A quotation mark opened in ${rowWords(row)} of ${file} is never closed. Nothing was imported.`,
      { file, row, cure: 'Open the file at that row and close or remove the quotation mark.' },
    )
  }

  function refuseStray(row: number, column: number): never {
    throw new InputError(
      'E-CSV-006',
      `A quotation mark stands inside a value that runs over several lines, ${rowWords(row)}, column ${column + 1} of ${file}. Nothing was imported.`,
      {
        file,
        row,
        column: String(column + 1),
        cure: 'Double the quotation marks inside values, or export again.',
      },
    )
  }

  function refuseLong(row: number, column: number, open: boolean): never {
    if (open)
      throw new InputError(
        'E-CSV-005',
        `A quotation mark opened in ${rowWords(row)} of ${file} is not closed within 1 MB. Nothing was imported.`,
        { file, row, cure: 'Open the file at that row and close or remove the quotation mark.' },
      )
    throw new InputError(
      'E-CSV-011',
      `${capital(rowWords(row))} of ${file} holds more than the 1 MB a value or 4 MB a row may have. Nothing was imported.`,
      {
        file,
        row,
        column: String(column + 1),
        cure: 'Check that the file has line breaks and the right separator.',
      },
    )
  }

  /** What is left over is one incomplete row: bounded, whatever the file holds. */
  function checkLeftOver(from: number): void {
    const left = used - from
    if (left <= limits.cellBytes) return
    let open = false
    let fieldStart = from
    let field = 0
    for (let p = from; p < used; p++) {
      const c = bytes[p]
      if (c === QUOTE) open = !open
      else if (c === delimiter && !open) {
        fieldStart = p + 1
        field++
      }
    }
    if (used - fieldStart > limits.cellBytes || left > limits.rowBytes) refuseLong(nextRow, field, open)
  }

  return {
    push(chunk) {
      makeRoom(chunk.length)
      bytes.set(chunk, used)
      used += chunk.length
      const from = scan(0, false)
      flush()
      checkLeftOver(from)
      bytes.copyWithin(0, from, used)
      used -= from
    },
    end() {
      makeRoom(0)
      scan(0, true)
      flush()
      used = 0
    },
  }
}

const INCOMPLETE = -1

function rowWords(row: number): string {
  return row === 0 ? 'the header row' : `row ${row.toLocaleString('en-GB')}`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
