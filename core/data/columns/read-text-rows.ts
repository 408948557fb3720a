/** References and notes of the rows that are shown, read from the segments on disk and from nowhere else. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest, SegmentFile } from '#core/contract/dataset.ts'
import { InputError } from '#core/contract/problem.ts'
import { readCheckedSegment } from './check-segment.ts'
import { decodeSegment } from './decode-segment.ts'
import { TEXT } from './segment-format.ts'

/** Where the texts of a segment lie in its file. */
interface TextPlace {
  readonly offsetsAt: number
  readonly valuesAt: number
  readonly valuesLength: number
}

interface CheckedFile {
  readonly mtimeMs: number
  readonly places: ReadonlyMap<string, TextPlace>
}

// A segment is hashed and decoded once; afterwards, while the file is untouched, rows are read where they lie. The
// number of entries is bounded: one for each segment of the datasets in use.
const checked = new Map<string, CheckedFile>()
const MOST_CHECKED = 1024

/** So many rows of a segment, with so few others between them, are read in one go. */
const DENSE = 64
const APART = 10

/**
 * The text columns `names` (absent: all) of `rows` (row numbers of the dataset, any order) by column name; '' where a
 * row has none. Rows that lie close together are read in one go, others one by one. Segments
 * that hold none of the rows are not touched. Refuses with E-ARW-001 to -007. The first use of a segment costs a read
 * of the file, later ones a few reads of bytes.
 */
export function readTextRows(
  folder: string,
  manifest: Pick<Manifest, 'segments' | 'textColumns'>,
  rows: Int32Array | readonly number[],
  names: readonly string[] = manifest.textColumns,
): Record<string, string[]> {
  const texts: Record<string, string[]> = Object.create(null)
  for (const name of names) texts[name] = new Array<string>(rows.length).fill('')
  if (names.length === 0) return texts
  let first = 0
  for (const segment of manifest.segments) {
    const wanted: number[] = []
    for (let i = 0; i < rows.length; i++)
      if (rows[i] >= first && rows[i] < first + segment.rows) wanted.push(i)
    if (wanted.length > 0) readSegment(folder, segment, names, rows, wanted, first, texts)
    first += segment.rows
  }
  return texts
}

function readSegment(
  folder: string,
  segment: SegmentFile,
  names: readonly string[],
  rows: Int32Array | readonly number[],
  wanted: readonly number[],
  first: number,
  texts: Record<string, string[]>,
): void {
  const places = placesOf(folder, segment)
  const decoder = new TextDecoder()
  const file = openSync(join(folder, segment.name), 'r')
  const ends = new Int32Array(2)
  let low = Infinity
  let high = -Infinity
  for (const i of wanted) {
    low = Math.min(low, rows[i] - first)
    high = Math.max(high, rows[i] - first)
  }
  const dense = wanted.length >= DENSE && (high - low + 1) / wanted.length <= APART
  try {
    for (const name of names) {
      const place = places.get(name)
      if (!place) continue
      if (dense) {
        const span = readSpan(file, place, low, high, segment.name)
        for (const i of wanted) {
          const at = rows[i] - first - low
          texts[name][i] = decoder.decode(
            span.values.subarray(span.offsets[at] - span.offsets[0], span.offsets[at + 1] - span.offsets[0]),
          )
        }
        continue
      }
      for (const i of wanted) {
        readExactly(file, new Uint8Array(ends.buffer), place.offsetsAt + (rows[i] - first) * 4, segment.name)
        const length = ends[1] - ends[0]
        if (ends[0] < 0 || length < 0 || ends[1] > place.valuesLength) refuse(segment.name)
        const bytes = new Uint8Array(length)
        readExactly(file, bytes, place.valuesAt + ends[0], segment.name)
        texts[name][i] = decoder.decode(bytes)
      }
    }
  } finally {
    closeSync(file)
  }
}

/** The texts of rows `low` to `high` of a segment, offsets checked. */
function readSpan(
  file: number,
  place: TextPlace,
  low: number,
  high: number,
  segment: string,
): { offsets: Int32Array; values: Uint8Array } {
  const offsets = new Int32Array(high - low + 2)
  readExactly(file, new Uint8Array(offsets.buffer), place.offsetsAt + low * 4, segment)
  if (offsets[0] < 0 || offsets[offsets.length - 1] > place.valuesLength) refuse(segment)
  for (let at = 1; at < offsets.length; at++) if (offsets[at] < offsets[at - 1]) refuse(segment)
  const values = new Uint8Array(offsets[offsets.length - 1] - offsets[0])
  readExactly(file, values, place.valuesAt + offsets[0], segment)
  return { offsets, values }
}

function placesOf(folder: string, segment: SegmentFile): ReadonlyMap<string, TextPlace> {
  const path = join(folder, segment.name)
  const key = `${segment.sha256} ${path}`
  const known = checked.get(key)
  if (known && known.mtimeMs === touchedAt(path)) return known.places
  const mtimeMs = touchedAt(path)
  const bytes = readCheckedSegment(folder, segment)
  const { columns, rows } = decodeSegment(bytes, segment.name)
  if (rows !== segment.rows) refuse(segment.name)
  const places = new Map<string, TextPlace>()
  for (const column of columns)
    if ('offsets' in column && column.name.startsWith(TEXT))
      places.set(column.name.slice(TEXT.length), {
        offsetsAt: column.offsets.byteOffset - bytes.byteOffset,
        valuesAt: column.values.byteOffset - bytes.byteOffset,
        valuesLength: column.values.length,
      })
  if (checked.size >= MOST_CHECKED) checked.clear()
  checked.set(key, { mtimeMs, places })
  return places
}

function touchedAt(path: string): number {
  let file = -1
  try {
    file = openSync(path, 'r')
    return fstatSync(file).mtimeMs
  } catch {
    return -1
  } finally {
    if (file >= 0) closeSync(file)
  }
}

function readExactly(file: number, into: Uint8Array, at: number, name: string): void {
  if (into.length > 0 && readSync(file, into, 0, into.length, at) !== into.length) refuse(name)
}

function refuse(name: string): never {
  throw new InputError(
    'E-ARW-007',
    `The stored data file ${name} does not fit the description of its dataset. Nothing was read from it.`,
    {
      file: name,
      cure: 'Restore the workspace from a backup, or import the source files again.',
    },
  )
}
