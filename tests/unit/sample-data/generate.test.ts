import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { InputError } from '#core/contract/problem.ts'
import { generateSample, type SampleAbout } from '#sample/generate.ts'
import { offences } from '#sample/offences.ts'
import { sampleForce } from '#sample/sample-force.ts'
import { readIncidents } from './read-sample.ts'

const folders: string[] = []
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'sample-force-'))
  folders.push(made)
  return made
}
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true })
})

const shared = folder()
const options = { rows: 3000, seed: 7, years: 2 }

test('the same seed gives the same bytes, another seed other bytes', () => {
  const first = generateSample({ ...options, out: shared })
  const second = generateSample({ ...options, out: folder() })
  const other = generateSample({ ...options, seed: 8, out: folder() })
  expect(second).toEqual(first)
  expect(JSON.parse(readFileSync(join(shared, sampleForce.files.about), 'utf8'))).toEqual(first)
  const incidents = (about: SampleAbout) => about.files.find((file) => file.name.includes('2025'))!.sha256
  expect(incidents(other)).not.toBe(incidents(first))
})

test('the list of files names every file with its true length and SHA-256, and the rows asked for are there', () => {
  const out = shared
  const about: SampleAbout = JSON.parse(readFileSync(join(out, sampleForce.files.about), 'utf8'))
  expect(about.files.map((file) => file.name)).toEqual([
    'incidents/northmere-2024.csv',
    'incidents/northmere-2025.csv',
    'boundaries/force.geojson',
    'boundaries/districts.geojson',
    'boundaries/beats.geojson',
    'boundaries/lsoa.geojson',
    'basemap/land.geojson',
    'basemap/roads.geojson',
    'basemap/places.geojson',
    'places/schools.csv',
    'places/licensed-premises.csv',
    'weights/sample-weights.csv',
  ])
  for (const file of about.files) {
    const bytes = readFileSync(join(out, file.name))
    expect(bytes.length).toBe(file.bytes)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
  }
  const rows = [2024, 2025].map((year) => readIncidents(out, sampleForce.files.incidents(year)).all.length)
  expect(rows[0] + rows[1]).toBe(3000)
  expect(about.truth.byYear).toEqual({ 2024: rows[0], 2025: rows[1] })
})

test('every offence title has a weight above zero, in days, said to be made up', () => {
  const lines = readFileSync(join(shared, sampleForce.files.weights), 'utf8').trim().split('\r\n').slice(1)
  expect(lines.length).toBe(offences.length)
  for (const { title, harm } of offences) {
    const start = title.includes(',') ? `"${title}",` : `${title},`
    const line = lines.find((candidate) => candidate.startsWith(start))
    expect(line, title).toContain(`${harm},days,`)
    expect(line).toContain('Made up')
    expect(harm).toBeGreaterThan(0)
  }
})

test('refuses options it cannot honour and folders it did not make', () => {
  const codeOf = (run: () => unknown) => {
    try {
      run()
    } catch (error) {
      return error instanceof InputError ? error.code : String(error)
    }
    return 'none'
  }
  expect(codeOf(() => generateSample({ ...options, rows: 10, out: folder() }))).toBe('E-SAMPLE-OPTION')
  expect(codeOf(() => generateSample({ ...options, rows: Number.NaN, out: folder() }))).toBe(
    'E-SAMPLE-OPTION',
  )
  expect(codeOf(() => generateSample({ ...options, years: 0, out: folder() }))).toBe('E-SAMPLE-OPTION')
  const foreign = folder()
  writeFileSync(join(foreign, 'notes.txt'), 'mine')
  expect(codeOf(() => generateSample({ ...options, out: foreign }))).toBe('E-SAMPLE-FOLDER')
  expect(readFileSync(join(foreign, 'notes.txt'), 'utf8')).toBe('mine')
})
