/** What is stored is read back exactly, and what is damaged is refused before it is decoded. */

import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Manifest } from '#core/contract/dataset.ts'
import { InputError } from '#core/contract/problem.ts'
import { decodeSegment } from '#core/data/columns/decode-segment.ts'
import { encodeSegment } from '#core/data/columns/encode-segment.ts'
import { openColumns } from '#core/data/columns/open-columns.ts'
import { readTextRows } from '#core/data/columns/read-text-rows.ts'
import { verifyStaging } from '#core/data/columns/verify-staging.ts'
import { EXTRACT_HEADER, extractRow, type ImportFolder, importFolder } from './import-folder.ts'

let folder: ImportFolder
beforeEach(() => {
  folder = importFolder()
})
afterEach(() => folder.remove())

const codeOf = (action: () => unknown): string => {
  try {
    action()
  } catch (error) {
    if (error instanceof InputError) return error.code
    throw error
  }
  return ''
}

/** More rows than a segment holds, with a place, a time and a text that follow from the row. */
async function twoSegments(): Promise<{ manifest: Manifest; staging: string }> {
  const rows = Array.from({ length: 250_010 }, (_, i) =>
    extractRow({
      0: `L/${i}`,
      3: String(400_000 + (i % 1000)),
      5: `Offence ${i % 7}`,
      7: i % 3 === 0 ? `note ${i} “é”` : '',
    }),
  )
  folder.write('a.csv', `${EXTRACT_HEADER}\n${rows.join('\n')}\n`)
  return folder.run(['a.csv'])
}

describe('stored columns', () => {
  it('come back whole over several segments, in shared memory', async () => {
    const { manifest, staging } = await twoSegments()
    expect(manifest.segments.map((segment) => segment.rows)).toEqual([250_000, 10])
    const columns = openColumns(staging, manifest)
    expect(columns.length).toBe(250_010)
    expect(columns.easting.buffer).toBeInstanceOf(SharedArrayBuffer)
    for (const row of [0, 1, 249_999, 250_000, 250_009]) {
      expect(columns.easting[row]).toBe(400_000 + (row % 1000))
      const { codes, words } = columns.dictionaries.offence
      expect(words[codes[row]]).toBe(`Offence ${row % 7}`)
      expect(columns.sourceRow[row]).toBe(row + 1)
      expect(columns.flags.knife[row]).toBe(0)
    }
    const wanted = [250_009, 0, 3, 249_999, 250_002]
    const texts = readTextRows(staging, manifest, wanted)
    expect(Object.keys(texts)).toEqual(['ref', 'note'])
    expect(texts.ref).toEqual(wanted.map((row) => `L/${row}`))
    expect(texts.note).toEqual(wanted.map((row) => (row % 3 === 0 ? `note ${row} “é”` : '')))
    // The second look at the same segments goes straight to the rows.
    expect(readTextRows(staging, manifest, Int32Array.of(7)).ref).toEqual(['L/7'])
  })

  it('an extra column with too many words becomes text in every segment', async () => {
    const rows = Array.from({ length: 251_000 }, (_, i) => `${extractRow()},x${i % 70_000},${i % 2}`)
    folder.write('a.csv', `${EXTRACT_HEADER},many,few\n${rows.join('\n')}\n`)
    const { manifest, staging, columns } = await folder.run(['a.csv'])
    expect(manifest.extra).toEqual(['many', 'few'])
    expect(manifest.textColumns).toContain('many')
    expect(Object.keys(manifest.dictionaries)).not.toContain('many')
    expect(columns.dictionaries.few.words).toEqual(['', '0', '1'])
    expect(manifest.warnings).toContain(
      '“many” has more than 65,535 different values; it is kept as text and cannot be filtered.',
    )
    const wanted = [0, 69_999, 70_000, 249_999, 250_000, 250_999]
    expect(readTextRows(staging, manifest, wanted).many).toEqual(wanted.map((row) => `x${row % 70_000}`))
  })

  it('an extra column that overflows only in a later segment is rewritten in the earlier ones', async () => {
    const rows = Array.from({ length: 320_000 }, (_, i) => `${extractRow()},x${i < 250_000 ? i % 5 : i}`)
    folder.write('a.csv', `${EXTRACT_HEADER},many\n${rows.join('\n')}\n`)
    const { manifest, staging } = await folder.run(['a.csv'])
    expect(manifest.textColumns).toContain('many')
    expect(readTextRows(staging, manifest, [3, 249_999, 250_000, 319_999]).many).toEqual([
      'x3',
      'x4',
      'x250000',
      'x319999',
    ])
  })

  it('columns a file does not have are missing in its rows, not blank in all', async () => {
    folder.write(
      'a.csv',
      'crime_ref,committed_from,easting,northing,knife_flag_officer\nA,2025-01-01,458500,304500,Y\n',
    )
    folder.write(
      'b.csv',
      'crime_ref,committed_from,easting,northing,offence_title,district\nB,2025-01-02,458500,304500,Robbery,North\n',
    )
    const { columns, manifest } = await folder.run(['a.csv', 'b.csv'])
    expect([...columns.flags.knife]).toEqual([1, 255])
    expect([...columns.dictionaries.offence.codes]).toEqual([0, 1])
    expect([...columns.dictionaries.district.codes]).toEqual([0, 1])
    expect(manifest.flags).toEqual(['knife'])
    expect(columns.dictionaries.location).toBeUndefined()
    expect([...columns.source]).toEqual([0, 1])
  })
})

describe('damage', () => {
  let staging = ''
  let manifest: Manifest
  let path = ''
  beforeEach(async () => {
    folder.write('a.csv', `${EXTRACT_HEADER}\n${extractRow()}\n${extractRow({ 5: 'Burglary' })}\n`)
    ;({ staging, manifest } = await folder.run(['a.csv']))
    path = join(staging, manifest.segments[0].name)
  })
  const open = (): string => codeOf(() => openColumns(staging, manifest))
  /** Makes the manifest agree with the bytes, as a forger would. */
  const rehash = (bytes: Uint8Array, rows = 2): Manifest => ({
    ...manifest,
    segments: [
      {
        name: manifest.segments[0].name,
        rows,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    ],
  })

  it('B057 empty or missing', () => {
    writeFileSync(path, '')
    expect(open()).toBe('E-ARW-001')
    rmSync(path)
    expect(open()).toBe('E-ARW-001')
  })

  it('B058 other bytes under the name, even with the right hash', () => {
    const bytes = Buffer.from('PK\x03\x04 not arrow at all')
    writeFileSync(path, bytes)
    manifest = rehash(bytes)
    expect(open()).toBe('E-ARW-002')
  })

  it('B059 cut short anywhere', () => {
    const whole = readFileSync(path)
    for (let length = 1; length < whole.length; length += 97) {
      writeFileSync(path, whole.subarray(0, length))
      expect(open()).toBe('E-ARW-003')
    }
    const cut = whole.subarray(0, whole.length - 8)
    writeFileSync(path, cut)
    manifest = rehash(cut)
    expect(open()).toBe('E-ARW-003')
  })

  it('B060, B061 any flipped bit', () => {
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at += 61) {
      const broken = Buffer.from(whole)
      broken[at] ^= 1 << (at % 8)
      writeFileSync(path, broken)
      expect(open()).toBe('E-ARW-004')
    }
  })

  it('B064 another schema, or codes outside the dictionary', () => {
    const { columns } = decodeSegment(readFileSync(path), 'x')
    const swapped = encodeSegment(
      columns.map((column) =>
        column.name === 'easting' ? { name: 'easting', values: new Int32Array(2) } : column,
      ),
      2,
    )
    writeFileSync(path, swapped)
    expect(codeOf(() => openColumns(staging, rehash(swapped)))).toBe('E-ARW-007')
    const beyond = encodeSegment(
      columns.map((column) =>
        column.name === 'word:offence' ? { name: column.name, values: Uint16Array.of(1, 9) } : column,
      ),
      2,
    )
    writeFileSync(path, beyond)
    expect(codeOf(() => openColumns(staging, rehash(beyond)))).toBe('E-ARW-007')
  })

  it('the second look finds what the parser must never produce', () => {
    const { columns } = decodeSegment(readFileSync(path), 'x')
    const forged = (name: string, values: Float64Array | Uint8Array | Int32Array): string => {
      const bytes = encodeSegment(
        columns.map((column) => (column.name === name ? { name, values } : column)),
        2,
      )
      writeFileSync(path, bytes)
      return codeOf(() => verifyStaging(staging, rehash(bytes)))
    }
    expect(forged('easting', columns.find((c) => c.name === 'easting')?.values as Float64Array)).toBe('')
    expect(forged('easting', Float64Array.of(458_500, 700_001))).toBe('E-STG-004')
    expect(forged('easting', Float64Array.of(458_500, Number.NaN))).toBe('E-STG-004')
    expect(forged('northing', Float64Array.of(-1, 304_500))).toBe('E-STG-004')
    expect(forged('precision', Uint8Array.of(0, 7))).toBe('E-STG-004')
    expect(forged('timePrecision', Uint8Array.of(0, 3))).toBe('E-STG-005')
    expect(forged('flag:knife', Uint8Array.of(0, 2))).toBe('E-STG-005')
    expect(forged('sourceRow', Int32Array.of(1, 0))).toBe('E-STG-005')
  })

  it('the second look counts rows and files', () => {
    expect(codeOf(() => verifyStaging(staging, { ...manifest, rowsKept: 3 }))).toBe('E-STG-002')
    expect(codeOf(() => verifyStaging(staging, { ...manifest, located: 1 }))).toBe('E-STG-002')
    expect(codeOf(() => verifyStaging(staging, { ...manifest, dictionaries: {} }))).toBe('E-STG-003')
    writeFileSync(join(staging, 'run.exe'), 'MZ')
    expect(codeOf(() => verifyStaging(staging, manifest))).toBe('E-STG-001')
  })

  it('a segment name cannot lead out of the folder', () => {
    const segments = [{ ...manifest.segments[0], name: '../a.csv' }]
    expect(codeOf(() => openColumns(staging, { ...manifest, segments }))).toBe('E-ARW-007')
  })
})
