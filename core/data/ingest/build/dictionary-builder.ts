/**
 * Words into small codes, straight from bytes. The codes run over the whole import; 0 is "not recorded". A word is
 * decoded once, when it is first seen; after that only its bytes are compared. Spaces around a word do not count.
 */
import { InputError } from '#core/contract/problem.ts'
import type { FieldBlock } from '../csv/field-block.ts'
import { hashWord, sameBytes } from '../csv/hash-bytes.ts'
import { limits } from '../limits.ts'
import type { WordRepair } from '../profiles/built-in-profile.ts'

export interface DictionaryBuilder {
  readonly name: string
  /** Codes of the segment being filled. */
  readonly codes: Uint32Array
  /** Codes in use, the empty word included. */
  size(): number
  /** Reads `column` of the block's rows `rows[from … to)` into `codes` from `at` on. */
  take(block: FieldBlock, column: number, rows: Int32Array, from: number, to: number, at: number): void
  /** Gives the same code to a run of rows: 0, or that of a word from outside the file. */
  fill(code: number, at: number, to: number): void
  codeOf(word: string): number
  words(): string[]
  /** Bytes of a word, for writing it as text. */
  wordBytes(code: number): Uint8Array
  /** Forgets everything: used where codes are local to a segment. */
  clear(): void
}

/** Words remembered as seen last: 512. */
const RECENT_SHIFT = 23

export interface RepairingDictionary extends DictionaryBuilder {
  /** Words to put right from here on; a spelling that was seen before keeps its code. */
  setRepairs(repairs: ReadonlyMap<string, WordRepair> | undefined): void
}

/** `onRepair` hears of each row whose word was put right and is to be listed. */
export function createDictionary(
  name: string,
  most: number,
  onRepair?: (blockRow: number, column: number, code: string) => void,
): RepairingDictionary {
  const codes = new Uint32Array(limits.segmentRows)
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let arena = new Uint8Array(1 << 12)
  let arenaView = new DataView(arena.buffer)
  let used = 0
  // A key is a spelling that occurred; its code is the word it stands for. Key 0 is the empty word.
  let keys = 1
  let size = 1
  let keyStarts = new Int32Array(256)
  let keyHashes = new Int32Array(256)
  let keyCodes = new Int32Array(256)
  let wordKeys = new Int32Array(256)
  let slots = new Int32Array(1024)
  const recent = new Int32Array(1 << (32 - RECENT_SHIFT))
  let repairs: ReadonlyMap<string, WordRepair> | undefined
  let listed: string[] = []

  function grow(): void {
    keyStarts = longer(keyStarts)
    keyHashes = longer(keyHashes)
    keyCodes = longer(keyCodes)
    wordKeys = longer(wordKeys)
    slots = new Int32Array(slots.length * 2)
    const mask = slots.length - 1
    for (let key = 1; key < keys; key++) {
      let slot = keyHashes[key] & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = key
    }
  }

  /** The key of a spelling, made when it is new. */
  function keyOf(view: DataView, bytes: Uint8Array, start: number, end: number): number {
    const hash = hashWord(view, start, end)
    const mask = slots.length - 1
    let slot = hash & mask
    for (let key = slots[slot]; key !== 0; key = slots[slot]) {
      const from = keyStarts[key]
      if (keyHashes[key] === hash && keyStarts[key + 1] - from === end - start)
        if (sameBytes(view, start, arenaView, from, end - start)) return key
      slot = (slot + 1) & mask
    }
    return addKey(bytes, start, end, hash, slot)
  }

  function addKey(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const length = end - start
    if (used + length > arena.length) {
      const wider = new Uint8Array(Math.max(arena.length * 2, used + length))
      wider.set(arena.subarray(0, used))
      arena = wider
      arenaView = new DataView(arena.buffer)
    }
    arena.set(bytes.subarray(start, end), used)
    const key = keys++
    keyStarts[key] = used
    used += length
    keyStarts[key + 1] = used
    keyHashes[key] = hash
    slots[slot] = key
    const repair = repairs?.get(decoder.decode(arena.subarray(keyStarts[key], used)))
    if (keys + 2 >= keyStarts.length || keys * 2 > slots.length) grow()
    if (repair) {
      listed[key] = repair.code ?? ''
      keyCodes[key] = codeOf(repair.to)
    } else {
      if (size > most) refuseWords(name, most)
      wordKeys[size] = key
      keyCodes[key] = size++
    }
    return key
  }

  function codeOf(word: string): number {
    if (word === '') return 0
    const bytes = encoder.encode(word)
    return keyCodes[keyOf(new DataView(bytes.buffer), bytes, 0, bytes.length)]
  }

  function wordBytes(code: number): Uint8Array {
    return arena.subarray(
      keyStarts[wordKeys[code]],
      code === 0 ? keyStarts[wordKeys[0]] : keyStarts[wordKeys[code] + 1],
    )
  }

  return {
    name,
    codes,
    size: () => size,
    setRepairs(next) {
      repairs = next
    },
    take(block, column, rows, from, to, at) {
      const { bytes, view, starts, ends, columns } = block
      for (let k = from; k < to; k++) {
        const field = rows[k] * columns + column
        let start = starts[field]
        let end = ends[field]
        while (start < end && bytes[start] === 32) start++
        while (end > start && bytes[end - 1] === 32) end--
        const length = end - start
        if (length === 0) {
          codes[at + k - from] = 0
          continue
        }
        // A few words come again and again: those seen last are found by a glance at their ends.
        const first = view.getInt32(start, true)
        const last = length < 4 ? length : view.getInt32(end - 4, true)
        const place = Math.imul(first ^ Math.imul(last, 0x9e3779b1) ^ length, 0x85ebca6b) >>> RECENT_SHIFT
        let key = recent[place]
        const keyStart = keyStarts[key]
        if (
          keyStarts[key + 1] - keyStart !== length ||
          !sameBytes(view, start, arenaView, keyStart, length)
        ) {
          key = keyOf(view, bytes, start, end)
          recent[place] = key
        }
        codes[at + k - from] = keyCodes[key]
        if (listed.length > 0 && listed[key]) onRepair?.(rows[k], column, listed[key])
      }
    },
    fill(code, at, to) {
      codes.fill(code, at, to)
    },
    codeOf,
    wordBytes,
    words() {
      const words = ['']
      for (let code = 1; code < size; code++) words.push(decoder.decode(wordBytes(code)))
      return words
    },
    clear() {
      used = 0
      keys = 1
      size = 1
      listed = []
      slots.fill(0)
      recent.fill(0)
      codes.fill(0)
    },
  }
}

function longer(array: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2)
  next.set(array)
  return next
}

function refuseWords(name: string, most: number): never {
  throw new InputError(
    'E-IMP-009',
    `The column mapped as “${name}” has more than ${most.toLocaleString('en-GB')} different values. Nothing was imported.`,
    { column: name, cure: 'Map a column of free text as the note instead.' },
  )
}
