/**
 * A file of places with its index: what is kept of a places layer. Every word of every name is an entry; entries are
 * sorted by their first six letters, so that what is typed is found by halving. Little-endian, each part on a multiple
 * of 8 bytes:
 *
 *   'HWPLACES' · uint32 version · uint32 length of the head · head (JSON) · entries (uint64: first six letters, entry) ·
 *   x, y (float64 metres) · nameStarts, foldStarts (uint32, rows + 1) · kind, within (uint32, of the head's words) ·
 *   entryRow, entryAt (uint32: row, and where in the folded text) · names (UTF-8) · folded names (ASCII)
 */
import type { PlaceFeature } from '#core/contract/layer.ts'
import { foldName } from './fold-name.ts'

const MAGIC = 'HWPLACES'
const VERSION = 1
/** Letters of an entry's key. 38 signs to the power of 6 fit 32 bits. */
export const KEY_LETTERS = 6
export const SIGNS = 38

interface Head {
  readonly rows: number
  readonly entries: number
  readonly nameBytes: number
  readonly foldBytes: number
  readonly kinds: readonly string[]
  readonly withins: readonly string[]
}

export interface PlaceIndex {
  readonly rows: number
  /** Sorted; the low half is the entry, the high half its first six letters. */
  readonly sorted: BigUint64Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly foldStarts: Uint32Array
  readonly kind: Uint32Array
  readonly within: Uint32Array
  readonly entryRow: Uint32Array
  readonly entryAt: Uint32Array
  readonly folded: Uint8Array
  readonly kinds: readonly string[]
  readonly withins: readonly string[]
  /** '' stands for a place without a name. */
  name(row: number): string
}

/** The bytes of a places layer. Cost: about 4 µs a place. */
export function encodePlaces(places: readonly PlaceFeature[]): Uint8Array {
  const kinds = words()
  const withins = words()
  const rows = places.length
  const folds = places.map((place) => foldOf(place.name))
  const encoder = new TextEncoder()
  let nameBytes = 0
  let foldBytes = 0
  let entries = 0
  for (let row = 0; row < rows; row++) {
    nameBytes += Buffer.byteLength(places[row].name)
    foldBytes += folds[row].length
    entries += wordsIn(folds[row])
    kinds.number(places[row].kind)
    withins.number(places[row].within ?? '')
  }
  const head: Head = { rows, entries, nameBytes, foldBytes, kinds: kinds.list, withins: withins.list }
  const headBytes = encoder.encode(JSON.stringify(head))
  const bytes = new Uint8Array(lengthOf(head, headBytes.length))
  bytes.set(encoder.encode(MAGIC))
  new DataView(bytes.buffer).setUint32(8, VERSION, true)
  new DataView(bytes.buffer).setUint32(12, headBytes.length, true)
  bytes.set(headBytes, 16)
  const parts = partsOf(bytes.buffer, 0, head, headBytes.length)
  const halves = new Uint32Array(parts.sorted.buffer, parts.sorted.byteOffset, entries * 2)
  let nameAt = 0
  let foldAt = 0
  let entry = 0
  for (let row = 0; row < rows; row++) {
    const place = places[row]
    const fold = folds[row]
    parts.x[row] = place.x
    parts.y[row] = place.y
    parts.kind[row] = kinds.number(place.kind)
    parts.within[row] = withins.number(place.within ?? '')
    nameAt += encoder.encodeInto(place.name, parts.names.subarray(nameAt)).written
    parts.nameStarts[row + 1] = nameAt
    for (let i = 0; i < fold.length; i++) {
      parts.folded[foldAt + i] = fold.charCodeAt(i)
      if (i > 0 && fold[i - 1] !== ' ') continue
      parts.entryRow[entry] = row
      parts.entryAt[entry] = foldAt + i
      halves[entry * 2] = entry
      halves[entry * 2 + 1] = keyOf(fold, i)
      entry++
    }
    foldAt += fold.length
    parts.foldStarts[row + 1] = foldAt
  }
  parts.sorted.sort()
  return bytes
}

/** Reads what {@link encodePlaces} wrote, without copying. */
export function openPlaceIndex(bytes: Uint8Array): PlaceIndex {
  // The arrays must begin on multiples of eight, which a buffer out of Node's pool need not.
  const held = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)
  const view = new DataView(held.buffer, held.byteOffset, held.byteLength)
  const magic = new TextDecoder('latin1').decode(held.subarray(0, 8))
  if (magic !== MAGIC || view.getUint32(8, true) !== VERSION)
    throw new Error('The file of places is not one of this program.')
  const headLength = view.getUint32(12, true)
  const head = JSON.parse(new TextDecoder().decode(held.subarray(16, 16 + headLength))) as Head
  if (lengthOf(head, headLength) !== held.length) throw new Error('The file of places is damaged.')
  const { names, nameStarts, ...parts } = partsOf(held.buffer, held.byteOffset, head, headLength)
  const decoder = new TextDecoder()
  return {
    rows: head.rows,
    kinds: head.kinds,
    withins: head.withins,
    ...parts,
    name: (row) => decoder.decode(names.subarray(nameStarts[row], nameStarts[row + 1])),
  }
}

/** The places of an index, as the rest of the program knows them. */
export function placesOf(index: PlaceIndex): PlaceFeature[] {
  return Array.from({ length: index.rows }, (_, row) => {
    const within = index.withins[index.within[row]]
    return {
      kind: index.kinds[index.kind[row]],
      name: index.name(row),
      x: index.x[row],
      y: index.y[row],
      ...(within && { within }),
    }
  })
}

/** Postcodes are one word, however they are spaced. */
export function foldOf(name: string): string {
  const fold = foldName(name)
  return /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/.test(fold) ? fold.replace(' ', '') : fold
}

/** First six signs from `at`: an end before a space, that before digits, these before letters. */
export function keyOf(fold: string, at: number): number {
  let key = 0
  for (let i = at; i < at + KEY_LETTERS; i++) {
    const code = i < fold.length ? fold.charCodeAt(i) : 0
    const sign = code === 0 ? 0 : code === 32 ? 1 : code < 65 ? code - 46 : code - 53
    key = key * SIGNS + sign
  }
  return key
}

function wordsIn(fold: string): number {
  let count = fold === '' ? 0 : 1
  for (let i = 0; i < fold.length; i++) if (fold.charCodeAt(i) === 32) count++
  return count
}

function words(): { readonly list: string[]; number(word: string): number } {
  const known = new Map<string, number>()
  const list: string[] = []
  return {
    list,
    number(word) {
      const found = known.get(word)
      if (found !== undefined) return found
      known.set(word, list.length)
      return list.push(word) - 1
    },
  }
}

const up = (length: number): number => (length + 7) & ~7

function lengthOf(head: Head, headLength: number): number {
  const { rows, entries, nameBytes, foldBytes } = head
  return (
    up(16 + headLength) +
    8 * (entries + 2 * rows) +
    2 * up(4 * (rows + 1)) +
    2 * up(4 * rows) +
    2 * up(4 * entries) +
    up(nameBytes) +
    up(foldBytes)
  )
}

function partsOf(buffer: ArrayBufferLike, offset: number, head: Head, headLength: number) {
  const { rows, entries, nameBytes, foldBytes } = head
  let at = offset + up(16 + headLength)
  const take = (bytes: number): number => {
    const here = at
    at += up(bytes)
    return here
  }
  const ints = (length: number) => new Uint32Array(buffer, take(length * 4), length)
  return {
    sorted: new BigUint64Array(buffer, take(entries * 8), entries),
    x: new Float64Array(buffer, take(rows * 8), rows),
    y: new Float64Array(buffer, take(rows * 8), rows),
    nameStarts: ints(rows + 1),
    foldStarts: ints(rows + 1),
    kind: ints(rows),
    within: ints(rows),
    entryRow: ints(entries),
    entryAt: ints(entries),
    names: new Uint8Array(buffer, take(nameBytes), nameBytes),
    folded: new Uint8Array(buffer, take(foldBytes), foldBytes),
  }
}
