import { foldName } from './fold-name.ts'
import { foldOf, KEY_LETTERS, keyOf, type PlaceIndex, SIGNS } from './place-index.ts'

export interface PlaceMatch {
  readonly row: number
  /** Lower is better: whole name, start of the name, start of a word, words in any order. */
  readonly fit: number
  /** Lower is more important: city, town, village …, postcode. */
  readonly rank: number
  /** Metres from where the map is; 0 when not told. */
  readonly distance: number
}

const ANY_ORDER = 3
/** Words as common as 'street' are not looked through: a rarer word of the same name leads to the same place. */
const MOST_SCANNED = 200_000

/** Whether `name` matches as the analyst typed it with a space in a postcode: 'LE1 1' is not 'LE11'. */
const outwardTyped = /^[A-Z]{1,2}\d[A-Z\d]? \d/

/**
 * The places of an index that what was typed begins, the best first: fit, importance, nearness, length of the name,
 * then the order of the file. Words out of order and words of the place around it ('high street wigston') are tried where
 * the words as typed are not enough.
 *
 * @param near metres (EPSG:27700), or null
 * @param limit how many at most
 */
export function searchPlaces(
  index: PlaceIndex,
  typed: string,
  near: readonly [number, number] | null,
  limit: number,
): PlaceMatch[] {
  const words = foldName(typed)
  const postcode = /^[A-Z]{1,2}\d/.test(words) ? foldOf(words).replaceAll(' ', '') : ''
  const best = bestOf(index, near, limit)
  if (words.length === 0) return []
  const outward = outwardTyped.test(words) ? words.slice(0, words.indexOf(' ')).length : 0
  if (postcode)
    eachEntry(index, postcode, (entry) => {
      const row = index.entryRow[entry]
      if (outward && index.foldStarts[row + 1] - index.foldStarts[row] !== outward + 3) return
      best.offer(row, fitOf(index, entry, postcode.length))
    })
  if (words !== postcode)
    eachEntry(index, words, (entry) => best.offer(index.entryRow[entry], fitOf(index, entry, words.length)))
  const parts = words.split(' ')
  if (parts.length > 1 && best.size() < limit) {
    const around = aroundOf(index)
    const counted = parts
      .map((part) => ({ part, count: countOf(index, part) }))
      .filter(({ count }) => count > 0)
    counted.sort((a, b) => a.count - b.count)
    for (const [at, { part, count }] of counted.entries()) {
      if (at > 0 && count > MOST_SCANNED) break
      eachEntry(index, part, (entry) => {
        const row = index.entryRow[entry]
        const text = ` ${foldText(index, row)} ${around(row)}`
        if (parts.every((other) => text.includes(` ${other}`))) best.offer(row, ANY_ORDER)
      })
    }
  }
  return best.list()
}

function fitOf(index: PlaceIndex, entry: number, length: number): number {
  const row = index.entryRow[entry]
  const start = index.foldStarts[row]
  if (index.entryAt[entry] !== start) return 2
  return index.foldStarts[row + 1] - start === length ? 0 : 1
}

/** Where in the sorted entries those begin whose key is at least `key`. */
function lowest(index: PlaceIndex, key: number): number {
  const wanted = BigInt(key) << 32n
  let low = 0
  let high = index.sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (index.sorted[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low
}

function rangeOf(index: PlaceIndex, words: string): readonly [number, number] {
  const key = keyOf(words, 0)
  const width = SIGNS ** Math.max(0, KEY_LETTERS - words.length)
  return [lowest(index, key), lowest(index, key + width)]
}

function countOf(index: PlaceIndex, words: string): number {
  const [from, to] = rangeOf(index, words)
  return to - from
}

/** Every entry that `words` begins. */
function eachEntry(index: PlaceIndex, words: string, take: (entry: number) => void): void {
  const [from, to] = rangeOf(index, words)
  const halves = new Uint32Array(index.sorted.buffer, index.sorted.byteOffset, index.sorted.length * 2)
  for (let i = from; i < to; i++) {
    const entry = halves[i * 2]
    if (words.length <= KEY_LETTERS || begins(index, entry, words)) take(entry)
  }
}

function begins(index: PlaceIndex, entry: number, words: string): boolean {
  const at = index.entryAt[entry]
  if (at + words.length > index.foldStarts[index.entryRow[entry] + 1]) return false
  for (let i = KEY_LETTERS; i < words.length; i++)
    if (index.folded[at + i] !== words.charCodeAt(i)) return false
  return true
}

function foldText(index: PlaceIndex, row: number): string {
  return Buffer.from(
    index.folded.buffer,
    index.folded.byteOffset + index.foldStarts[row],
    index.foldStarts[row + 1] - index.foldStarts[row],
  ).toString('latin1')
}

/** Folded words of what a row lies in. */
function aroundOf(index: PlaceIndex): (row: number) => string {
  const folded = new Map<number, string>()
  return (row) => {
    const at = index.within[row]
    const known = folded.get(at)
    if (known !== undefined) return known
    const text = foldName(index.withins[at])
    folded.set(at, text)
    return text
  }
}

const importance: readonly (readonly [RegExp, number])[] = [
  [/^city$/i, 0],
  [/^town$/i, 1],
  [/^(village|suburban area|hamlet|other settlement|suburb)$/i, 2],
  [/postcode/i, 5],
  [/(road|street|way|junction)/i, 4],
]

function rankOf(kind: string): number {
  return importance.find(([words]) => words.test(kind))?.[1] ?? 3
}

/** Keeps the best few of what it is offered; a row counts once, at its best. */
function bestOf(index: PlaceIndex, near: readonly [number, number] | null, limit: number) {
  const ranks = index.kinds.map(rankOf)
  const held: PlaceMatch[] = []
  const longer = (row: number) => index.foldStarts[row + 1] - index.foldStarts[row]
  const before = (a: PlaceMatch, b: PlaceMatch): number =>
    a.fit - b.fit ||
    a.rank - b.rank ||
    a.distance - b.distance ||
    longer(a.row) - longer(b.row) ||
    a.row - b.row
  return {
    size: () => held.length,
    list: () => held,
    offer(row: number, fit: number): void {
      const worst = held.length < limit ? null : held[held.length - 1]
      const rank = ranks[index.kind[row]]
      if (worst && (fit > worst.fit || (fit === worst.fit && rank > worst.rank))) return
      const distance = near ? Math.hypot(index.x[row] - near[0], index.y[row] - near[1]) : 0
      const match = { row, fit, rank, distance }
      if (worst && before(match, worst) >= 0) return
      const known = held.findIndex((other) => other.row === row)
      if (known >= 0) {
        if (before(held[known], match) <= 0) return
        held.splice(known, 1)
      } else if (worst) held.pop()
      const at = held.findIndex((other) => before(match, other) < 0)
      held.splice(at < 0 ? held.length : at, 0, match)
    },
  }
}
