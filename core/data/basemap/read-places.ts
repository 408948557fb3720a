import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { toNationalGrid } from '#core/analysis/space/national-grid.ts'
import type { PlaceFeature } from '#core/contract/layer.ts'
import { InputError } from '#core/contract/problem.ts'
import { sampleRecords } from '../ingest/csv/sample-records.ts'
import { loadOstn15 } from '../projection/ostn15.ts'
import { placeColumns } from './place-columns.ts'

export interface Places {
  /** EPSG:27700 metres, in the order of the file. */
  readonly places: readonly PlaceFeature[]
  readonly sha256: string
  readonly warnings: readonly string[]
}

const MOST_BYTES = 128 << 20
const MOST_COLUMNS = 500

/**
 * Reads a CSV file of places (schools, stations, licensed premises): a name, a kind where there is one, and easting and
 * northing or longitude and latitude. Rows without usable coordinates are left out and counted, never put at 0, 0.
 *
 * @param options.file Name to use in sentences; the file's own name when absent.
 * @throws InputError E-IMP-001 empty, E-GEO-015 no coordinate columns, no places or too large, E-CSV-… as the
 *   tokeniser
 */
export function readPlaces(path: string, options: { readonly file?: string | undefined } = {}): Places {
  const file = options.file ?? basename(path)
  const size = statSync(path).size
  if (size === 0)
    throw new InputError('E-IMP-001', `${file} is empty. Nothing was added.`, {
      file,
      cure: 'Export or copy the file again.',
    })
  if (size > MOST_BYTES)
    throw refuse(
      file,
      `is larger than the ${MOST_BYTES >> 20} MB a file of places may have`,
      'Keep only the places you need.',
    )
  const bytes = readFileSync(path)
  const text = asUtf8(bytes, file)
  const delimiter = delimiterOf(text)
  const records = sampleRecords(text, delimiter, MOST_COLUMNS, Number.POSITIVE_INFINITY, true, file)
  const header = (records[0] ?? []).map((name) => name.trim())
  const columns = placeColumns(header)
  if (!columns)
    throw refuse(
      file,
      `has no columns for easting and northing or longitude and latitude (it has ${header.slice(0, 12).join(', ')})`,
      'Name the columns name, kind, easting, northing in the first row.',
    )
  const places: PlaceFeature[] = []
  const pair = [0, 0]
  const table = loadOstn15()
  const kindOfFile = file.replace(/\.[a-z.]+$/i, '').replaceAll('_', ' ')
  let unlocated = 0
  for (let r = 1; r < records.length; r++) {
    const record = records[r]
    const first = numberIn(record[columns.x])
    const second = numberIn(record[columns.y])
    if (columns.reference === 'bng') {
      pair[0] = first
      pair[1] = second
    } else toNationalGrid(table, first, second, pair)
    if (!onGrid(pair[0], pair[1])) {
      unlocated++
      continue
    }
    places.push({
      kind: field(record, columns.kind) || kindOfFile,
      name: field(record, columns.name),
      x: pair[0],
      y: pair[1],
    })
  }
  if (places.length === 0)
    throw refuse(
      file,
      records.length < 2
        ? 'has no rows'
        : `has no row with usable coordinates in ${header[columns.x]} and ${header[columns.y]}`,
      'Check that these columns hold easting and northing, or longitude and latitude.',
    )
  return {
    places,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    warnings:
      unlocated === 0
        ? []
        : [
            `${unlocated.toLocaleString('en-GB')} of ${(records.length - 1).toLocaleString('en-GB')} rows have no usable coordinates and were left out.`,
          ],
  }
}

/** Zero, or beyond the National Grid, is a place nobody measured. */
function onGrid(easting: number, northing: number): boolean {
  return easting > 0 && northing > 0 && easting < 700_000 && northing < 1_300_000
}

function numberIn(text: string | undefined): number {
  const trimmed = text?.trim() ?? ''
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN
}

function field(record: readonly string[], column: number): string {
  return column < 0 ? '' : (record[column] ?? '').trim()
}

function delimiterOf(bytes: Uint8Array): number {
  const end = bytes.indexOf(10)
  const header = bytes.subarray(0, end < 0 ? bytes.length : end)
  const counts = [44, 59, 9, 124].map((byte) => ({ byte, count: header.filter((b) => b === byte).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).byte
}

/** UTF-8 as it is; Windows-1252, which Excel writes, turned into it. Without a byte order mark. */
function asUtf8(bytes: Uint8Array, file: string): Uint8Array {
  if (bytes.includes(0))
    throw refuse(
      file,
      `holds binary data at byte ${(bytes.indexOf(0) + 1).toLocaleString('en-GB')}`,
      'Save it as CSV (UTF-8).',
    )
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return bytes.subarray(start)
  } catch {
    return new TextEncoder().encode(new TextDecoder('windows-1252').decode(bytes))
  }
}

function refuse(file: string, what: string, cure: string): InputError {
  return new InputError('E-GEO-015', `${file} ${what}. Nothing was added.`, { file, cure })
}
