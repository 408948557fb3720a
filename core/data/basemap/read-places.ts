import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { toNationalGrid } from '#core/analysis/space/national-grid.ts'
import type { PlaceFeature } from '#core/contract/layer.ts'
import { InputError } from '#core/contract/problem.ts'
import { fieldText } from '../ingest/csv/field-block.ts'
import { sampleRecords } from '../ingest/csv/sample-records.ts'
import { createTokeniser } from '../ingest/csv/tokenise.ts'
import { loadOstn15 } from '../projection/ostn15.ts'
import { placeColumns } from './place-columns.ts'

export interface Places {
  /** EPSG:27700 metres, in the order of the file. */
  readonly places: readonly PlaceFeature[]
  readonly sha256: string
  readonly warnings: readonly string[]
}

const MOST_BYTES = 1024 << 20
const MOST_COLUMNS = 500
const STEP = 1 << 16

/**
 * Reads a CSV file of places (schools, stations, licensed premises, a gazetteer): a name, a kind where there is one, and
 * easting and northing or longitude and latitude. OS Open Names and Code-Point Open are known without their headers. Rows
 * without usable coordinates are left out and counted, never put at 0, 0. Cost: one pass, about 5 µs a row.
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
  const first = (sampleRecords(text, delimiter, MOST_COLUMNS, 1, true, file)[0] ?? []).map((name) =>
    name.trim(),
  )
  const columns = placeColumns(first)
  if (!columns)
    throw refuse(
      file,
      `has no columns for easting and northing or longitude and latitude (it has ${first.slice(0, 12).join(', ')})`,
      'Name the columns name, kind, easting, northing in the first row.',
    )
  const places: PlaceFeature[] = []
  const pair = [0, 0]
  const table = loadOstn15()
  const everyKind = columns.everyKind || file.replace(/\.[a-z.]+$/i, '').replaceAll('_', ' ')
  let toSkip = columns.header ? 1 : 0
  let rows = 0
  const tokeniser = createTokeniser({
    delimiter,
    columns: 1 + Math.max(columns.name, columns.kind, columns.within, columns.x, columns.y),
    firstRow: columns.header ? 0 : 1,
    file,
    onBlock(block) {
      const field = (row: number, column: number) => (column < 0 ? '' : fieldText(block, row, column).trim())
      for (let row = 0; row < block.rows; row++) {
        if (toSkip > 0) {
          toSkip--
          continue
        }
        rows++
        const x = numberIn(field(row, columns.x))
        const y = numberIn(field(row, columns.y))
        if (columns.reference === 'bng') {
          pair[0] = x
          pair[1] = y
        } else toNationalGrid(table, x, y, pair)
        if (!onGrid(pair[0], pair[1])) continue
        const within = field(row, columns.within)
        places.push({
          kind: field(row, columns.kind) || everyKind,
          name: spaced(field(row, columns.name)),
          x: pair[0],
          y: pair[1],
          ...(within && { within }),
        })
      }
    },
  })
  for (let at = 0; at < text.length; at += STEP) tokeniser.push(text.subarray(at, at + STEP))
  tokeniser.end()
  if (places.length === 0)
    throw refuse(
      file,
      rows === 0
        ? 'has no rows'
        : `has no row with usable coordinates${columns.header ? ` in ${first[columns.x]} and ${first[columns.y]}` : ''}`,
      'Check that these columns hold easting and northing, or longitude and latitude.',
    )
  const unlocated = rows - places.length
  return {
    places,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    warnings:
      unlocated === 0
        ? []
        : [
            `${unlocated.toLocaleString('en-GB')} of ${rows.toLocaleString('en-GB')} rows have no usable coordinates and were left out.`,
          ],
  }
}

/** 'LE101AA' and 'E1  1AA', as fixed-width lists of postcodes write them, with one space before the last three. */
function spaced(name: string): string {
  return /^[A-Z]{1,2}\d[A-Z\d]? *\d[A-Z]{2}$/.test(name)
    ? `${name.slice(0, -3).trimEnd()} ${name.slice(-3)}`
    : name
}

/** Zero, or beyond the National Grid, is a place nobody measured. */
function onGrid(easting: number, northing: number): boolean {
  return easting > 0 && northing > 0 && easting < 700_000 && northing < 1_300_000
}

function numberIn(text: string): number {
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN
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
  if (isUtf8(bytes)) return bytes.subarray(start)
  return new TextEncoder().encode(new TextDecoder('windows-1252').decode(bytes))
}

function refuse(file: string, what: string, cure: string): InputError {
  return new InputError('E-GEO-015', `${file} ${what}. Nothing was added.`, { file, cure })
}
