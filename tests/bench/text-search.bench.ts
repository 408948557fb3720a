/**
 * How long words are looked for in the notes and locations of five million incidents: written as segments, searched
 * one after the other on one thread as a kernel worker does it. Run: `node tests/bench/text-search.bench.ts
 * [incidents] [--json]`.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findInWords } from '#core/analysis/select/text-search.ts'
import type { SegmentFile } from '#core/contract/dataset.ts'
import { encodeSegment } from '#core/data/columns/encode-segment.ts'
import { searchSegment } from '#core/data/columns/search-segment.ts'
import { segmentName } from '#core/data/columns/segment-format.ts'

const incidents = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 5_000_000)
const perSegment = 250_000
const locations = 60_000
const notes = [
  'Suspect seen near the café with a knife, made off towards the station',
  'Window broken overnight, no witnesses, CCTV requested from the shop',
  'Victim pushed by an unknown male after an argument outside the premises',
  'Report by telephone; caller did not wish to leave a name or an address',
]

const folder = mkdtempSync(join(tmpdir(), 'search-bench-'))
try {
  const segments: SegmentFile[] = []
  let textBytes = 0
  for (let first = 0; first < incidents; first += perSegment) {
    const rows = Math.min(perSegment, incidents - first)
    const texts = Array.from({ length: rows }, (_, at) =>
      Buffer.from(`${notes[(first + at) % 4]} ${first + at}`),
    )
    const offsets = new Int32Array(rows + 1)
    for (let at = 0; at < rows; at++) offsets[at + 1] = offsets[at] + texts[at].length
    textBytes += offsets[rows]
    const column = { name: 'text:note', values: new Uint8Array(Buffer.concat(texts)), offsets }
    const bytes = encodeSegment([column], rows)
    const name = segmentName(segments.length)
    writeFileSync(join(folder, name), bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    segments.push({ name, rows, bytes: bytes.length, sha256 })
  }
  const searched = (terms: readonly string[]) => {
    const found = new Uint8Array(incidents)
    const began = performance.now()
    let first = 0
    for (const segment of segments) {
      searchSegment(folder, segment, ['note'], terms, first, found, () => undefined)
      first += segment.rows
    }
    return { ms: Math.round(performance.now() - began), found }
  }
  const codes = Uint32Array.from({ length: incidents }, (_, row) => (row * 7919) % locations)
  const words = Array.from({ length: locations }, (_, at) => `${at} Mill Lane, Alderwick`)
  const began = performance.now()
  const inWords = new Uint8Array(incidents)
  findInWords({ codes, words }, ['mill', '123'], inWords)
  const wordsMs = Math.round(performance.now() - began)

  const one = searched(['knife'])
  assert.equal(
    one.found.reduce((sum, bits) => sum + bits, 0),
    Math.ceil(incidents / 4),
  )
  const three = searched(['999', 'cafe', 'station'])
  const results = [
    { search: 'location, 60,000 words, two terms', ms: wordsMs },
    { search: 'note, one term', ms: one.ms },
    { search: 'note, three terms, a quarter of the rows not ASCII', ms: three.ms },
  ]
  const summary = { incidents, textMb: Math.round(textBytes / 1e6), node: process.version, results }
  if (process.argv.includes('--json')) console.log(JSON.stringify(summary, null, 1))
  else {
    console.log(`${incidents.toLocaleString('en-GB')} incidents, ${summary.textMb} MB of notes, one thread`)
    console.table(results)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
