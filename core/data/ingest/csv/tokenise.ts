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
import { blockIn, blockRows, type FieldBlock, numbersLength } from './field-block.ts'
import { PIECE, theMarker } from './mark-bytes.ts'

export interface TokeniserOptions {
  /** Byte between fields. */
  readonly delimiter: number
  /** Fields kept per row; rows with more are still counted in full. */
  readonly columns: number
  /** Number of the first row: 0 when it is a header, 1 when the file has none. */
  readonly firstRow: number
  readonly file: string
  /** Where the memory of each block comes from, when `onBlock` keeps it; absent: one piece, used again. */
  readonly memory?: BlockMemory | undefined
  onBlock(block: FieldBlock): void
  onStrayQuote?(row: number, column: number): void
}

export interface BlockMemory {
  /** A buffer of at least so many bytes. */
  take(bytes: number): ArrayBuffer
  giveBack(buffer: ArrayBuffer): void
}

export interface Tokeniser {
  push(chunk: Uint8Array): void
  end(): void
}

const QUOTE = 34
const LF = 10
const CR = 13
/** Bytes that may be read beyond the last one, by those who read four at once. */
const SLACK = 8

export function createTokeniser(options: TokeniserOptions): Tokeniser {
  const { columns, delimiter, file } = options
  const most = blockRows(columns)
  const numbers = numbersLength(columns)
  const marker = theMarker()
  let block = blockIn(newMemory(1 << 12), columns, 0)
  let used = 0
  let nextRow = options.firstRow
  // Fields of the row being read that hold doubled quotes; they are closed up only when the row is complete,
  // because an incomplete row is read again from its start when the next chunk comes.
  let doubled: number[] = []
  let stray: number[] = []

  function newMemory(text: number): ArrayBuffer {
    const bytes = numbers + text + SLACK
    return options.memory ? options.memory.take(bytes) : new ArrayBuffer(bytes)
  }

  /** Goes on in memory with room for `text` bytes, taking along what stands from `from` on. Returns the old block. */
  function moveOn(from: number, text: number): FieldBlock {
    const old = block
    block = blockIn(newMemory(text), columns, 0)
    block.bytes.set(old.bytes.subarray(from, used))
    used -= from
    return old
  }

  function makeRoom(extra: number): void {
    const wanted = used + extra
    if (wanted + SLACK <= block.bytes.length) return
    const { buffer } = moveOn(0, Math.max(wanted, 1 << 16, used * 2))
    options.memory?.giveBack(buffer)
  }

  /** Hands the rows over; returns where the bytes that belong to no row yet stand now. */
  function flush(from: number): number {
    if (block.rows === 0) return from
    if (options.memory) {
      options.onBlock(moveOn(from, used - from))
      return 0
    }
    options.onBlock(block)
    block.rows = 0
    return from
  }

  /** Reads whole rows up to `limit` or until the block is full; returns where the first row that is not in it starts. */
  function scan(from: number, limit: number, final: boolean): number {
    const { bytes, starts, ends } = block
    const { marks } = marker
    let rowStart = from
    let start = from
    let field = 0
    let base = block.rows * columns
    // Inside quotes, and where they closed; the second of two quotes; a line break or a stray quote between quotes.
    let quoted = false
    let closed = -1
    let second = -1
    let broken = false
    let strayHere = false
    let doubledHere = false
    doubled = []
    stray = []
    for (let piece = from; piece < limit; piece += PIECE) {
      const count = marker.mark(bytes.subarray(piece, Math.min(piece + PIECE, limit)), delimiter)
      for (let i = 0; i < count; i++) {
        const at = piece + marks[i]
        const c = bytes[at]
        if (c === delimiter) {
          if (quoted) continue
          const end = closed < 0 ? at : closed
          if (field < columns) {
            starts[base + field] = start
            ends[base + field] = end
          }
          if (end - start > limits.cellBytes) refuseLong(nextRow, field, false)
          field++
          closed = -1
          start = at + 1
          continue
        }
        if (c === QUOTE) {
          if (!quoted) {
            if (at !== start) {
              stray.push(field)
              continue
            }
            start = at + 1
            quoted = true
            broken = false
            strayHere = false
            doubledHere = false
            continue
          }
          if (at === second) continue
          if (at + 1 < limit) {
            const next = bytes[at + 1]
            if (next === QUOTE) {
              doubledHere = true
              second = at + 1
              continue
            }
            if (next !== delimiter && next !== LF && next !== CR) {
              if (broken) refuseStray(nextRow, field)
              strayHere = true
              continue
            }
          } else if (!final) return rowStart
          if (strayHere) {
            if (broken) refuseStray(nextRow, field)
            stray.push(field)
          }
          if (doubledHere && field < columns) doubled.push(field)
          closed = at
          quoted = false
          continue
        }
        if (c !== LF && c !== CR) continue
        if (quoted) {
          broken = true
          continue
        }
        // The second half of a line end.
        if (at < start) continue
        if (c === CR && at + 1 >= limit && !final) return rowStart
        const end = closed < 0 ? at : closed
        if (field < columns) {
          starts[base + field] = start
          ends[base + field] = end
        }
        if (end - start > limits.cellBytes) refuseLong(nextRow, field, false)
        field++
        closed = -1
        start = c === CR && at + 1 < limit && bytes[at + 1] === LF ? at + 2 : at + 1
        // A line without anything in it is no row.
        if (field > 1 || at > rowStart) {
          endRow(rowStart, at, field)
          base += columns
          if (block.rows === most) return start
        }
        field = 0
        rowStart = start
      }
    }
    if (quoted) {
      if (final) refuseOpen(nextRow)
      return rowStart
    }
    if (rowStart >= limit) return limit
    const end = closed < 0 ? limit : closed
    if (end - start > limits.cellBytes) refuseLong(nextRow, field, false)
    if (!final) return rowStart
    if (field < columns) {
      starts[base + field] = start
      ends[base + field] = end
    }
    endRow(rowStart, limit, field + 1)
    return limit
  }

  /** Takes note of a row whose fields are in place. */
  function endRow(rowStart: number, rowEnd: number, fields: number): void {
    const { starts, ends } = block
    const r = block.rows++
    const base = r * columns
    for (let f = fields; f < columns; f++) {
      starts[base + f] = rowEnd
      ends[base + f] = rowEnd
    }
    if (doubled.length > 0) {
      closeUp(base)
      doubled = []
    }
    if (stray.length > 0) {
      for (const column of stray) options.onStrayQuote?.(nextRow, column)
      stray = []
    }
    block.rowNumbers[r] = nextRow++
    block.fieldCounts[r] = fields
    block.rowStarts[r] = rowStart
    block.rowEnds[r] = rowEnd
  }

  /** Turns `""` into `"` in place; the value only gets shorter. */
  function closeUp(base: number): void {
    const { bytes: source, starts, ends } = block
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
    const { bytes } = block
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
      block.bytes.set(chunk, used)
      let limit = used
      used += chunk.length
      let from = 0
      while (limit < used) {
        limit = Math.min(limit + PIECE, used)
        from = scan(from, limit, false)
        while (block.rows === most) {
          const before = used
          from = flush(from)
          limit -= before - used
          from = scan(from, limit, false)
        }
      }
      from = flush(from)
      checkLeftOver(from)
      block.bytes.copyWithin(0, from, used)
      used -= from
    },
    end() {
      let from = scan(0, used, true)
      while (block.rows === most) {
        from = flush(from)
        from = scan(from, used, true)
      }
      flush(from)
      used = 0
      options.memory?.giveBack(block.buffer)
    },
  }
}

function rowWords(row: number): string {
  return row === 0 ? 'the header row' : `row ${row.toLocaleString('en-GB')}`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
