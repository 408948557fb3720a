/**
 * Where the bytes stand that may end a field: delimiters, quotes and line ends, sixty-four bytes at a time (Langdale &
 * Lemire 2019, Parsing gigabytes of JSON per second). JavaScript has no instructions for that, so it is a function of
 * WebAssembly, written out at the end of this file. It sees nothing but the piece of text it is given.
 */

/** Most bytes marked in one go: few enough that text and marks stay in the cache. */
export const PIECE = 1 << 15

/** What of WebAssembly is used here; the types of Node do not name it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  Instance: new (module: object) => { readonly exports: Exports }
}

interface Exports {
  readonly mark: (at: number, finish: number, out: number, delimiter: number) => number
  readonly memory: { readonly buffer: ArrayBuffer }
}

export interface Marker {
  /** Positions in the text given last, upwards; every delimiter, quote, LF and CR is among them. */
  readonly marks: Int32Array
  /** Marks `text`, of at most `PIECE` bytes; returns how many marks there are. Some are of other control bytes. */
  mark(text: Uint8Array, delimiter: number): number
}

let marker: Marker | undefined

/** One for each thread: what it returns lasts until it is used again. */
export function theMarker(): Marker {
  marker ??= createMarker()
  return marker
}

function createMarker(): Marker {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()))
  const { buffer } = exports.memory
  const bytes = new Uint8Array(buffer, 0, PIECE)
  return {
    marks: new Int32Array(buffer, PIECE),
    mark(text, delimiter) {
      const { length } = text
      bytes.set(text)
      // The last stride is read in full: what an earlier text left behind there must not be marked.
      bytes.fill(PLAIN, length, (length + STRIDE - 1) & -STRIDE)
      return length === 0 ? 0 : (exports.mark(0, length, PIECE, delimiter) - PIECE) >> 2
    },
  }
}

const STRIDE = 64
const PLAIN = 0x7f
/** Marks are written six at a time, wanted or not, and the others of a stride one by one. */
const AT_ONCE = 6
const PAGES = (PIECE + (PIECE + AT_ONCE + 1) * 4 + 0xffff) >> 16

const I32 = 0x7f
const I64 = 0x7e
const V128 = 0x7b
const LOOP = [0x03, 0x40]
const IF = [0x04, 0x40]
const END = [0x0b]
/** Back to the start of the innermost loop. */
const AGAIN_IF = [0x0d, 0]
const I32_GT = [0x4a]
const I32_LT = [0x48]
const I32_ADD = [0x6a]
const I32_SHL = [0x74]
const I64_NE = [0x52]
const I64_CTZ = [0x7a]
const I64_POPCNT = [0x7b]
const I64_SUB = [0x7d]
const I64_AND = [0x83]
const I64_OR = [0x84]
const I64_SHL = [0x86]
const TO_I32 = [0xa7]
const TO_I64 = [0xad]
const SPLAT = [0xfd, 15]
const EQUAL = [0xfd, 35]
const BELOW = [0xfd, 38]
const EITHER = [0xfd, 80]
const BITMASK = [0xfd, 100]
const load16 = (offset: number): number[] => [0xfd, 0, 0, offset]
const store = (offset: number): number[] => [0x36, 2, offset]
const get = (local: number): number[] => [0x20, local]
const set = (local: number): number[] => [0x21, local]
const setAndKeep = (local: number): number[] => [0x22, local]
/** Constants from 0 to 8191, and from 0 to 63. */
const i32 = (value: number): number[] => [0x41, (value & 127) | 128, value >> 7]
const i64 = (value: number): number[] => [0x42, value]

// The parameters; marks of this stride not yet written, and how many there were; what bytes are compared with; the
// bytes themselves; where the marks after those written at once begin.
const [AT, FINISH, OUT, DELIMITER, LEFT, COUNT, DELIMITERS, QUOTES, BELOW_14, TEXT, NEXT] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
]
const LOCALS = [4, 1, I64, 1, I32, 4, V128, 1, I32]

/** One bit for each of sixteen bytes: a delimiter, a quote, or below 14 as line feed (10) and carriage return (13). */
function marksAt(offset: number): number[][] {
  const compare = [get(DELIMITERS), EQUAL, get(TEXT), get(QUOTES), EQUAL, EITHER]
  return [
    get(AT),
    load16(offset),
    setAndKeep(TEXT),
    ...compare,
    get(TEXT),
    get(BELOW_14),
    BELOW,
    EITHER,
    BITMASK,
    TO_I64,
  ]
}

/** Writes the position of the lowest bit of LEFT and clears that bit. */
function writeOne(slot: number): number[][] {
  const position = [get(AT), get(LEFT), I64_CTZ, TO_I32, I32_ADD]
  const clear = [get(LEFT), get(LEFT), i64(1), I64_SUB, I64_AND, set(LEFT)]
  return [get(OUT), ...position, store(slot * 4), ...clear]
}

function instructions(): number[] {
  const join = (offset: number): number[][] => [...marksAt(offset), i64(offset), I64_SHL, I64_OR]
  return [
    ...[get(DELIMITER), SPLAT, set(DELIMITERS), i32(34), SPLAT, set(QUOTES), i32(14), SPLAT, set(BELOW_14)],
    LOOP,
    ...[
      ...marksAt(0),
      ...join(16),
      ...join(32),
      ...join(48),
      setAndKeep(LEFT),
      I64_POPCNT,
      TO_I32,
      set(COUNT),
    ],
    ...Array.from({ length: AT_ONCE }, (_, slot) => writeOne(slot)).flat(),
    ...[get(COUNT), i32(AT_ONCE), I32_GT, IF],
    ...[get(OUT), set(NEXT)],
    LOOP,
    ...[...writeOne(AT_ONCE), get(OUT), i32(4), I32_ADD, set(OUT), get(LEFT), i64(0), I64_NE, AGAIN_IF],
    END,
    ...[get(NEXT), set(OUT), END],
    ...[get(OUT), get(COUNT), i32(2), I32_SHL, I32_ADD, set(OUT)],
    ...[get(AT), i32(STRIDE), I32_ADD, setAndKeep(AT), get(FINISH), I32_LT, AGAIN_IF],
    END,
    ...[get(OUT), END],
  ].flat()
}

/** A module of one function and its memory, both exported (WebAssembly Core Specification 2.0, section 5.5). */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const size = (length: number): number[] => [(length & 127) | 128, length >> 7]
  const section = (id: number, content: number[]): number[] => [id, ...size(content.length), ...content]
  const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)]
  const body = [...LOCALS, ...instructions()]
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 4, I32, I32, I32, I32, 1, I32]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, PAGES]),
    ...section(7, [2, ...name('mark'), 0, 0, ...name('memory'), 2, 0]),
    ...section(10, [1, ...size(body.length), ...body]),
  ])
}
