/** The open data sets of ../shared, against the counts their README gives (read back there with Python's csv). */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { NO_TIME } from '#core/contract/incident.ts'
import { openColumns } from '#core/data/columns/open-columns.ts'
import { verifyStaging } from '#core/data/columns/verify-staging.ts'
import type { ImportJob } from '#core/data/ingest/import-job.ts'
import { previewImport } from '#core/data/ingest/preview-import.ts'
import { runImport } from '#core/data/ingest/run-import.ts'

const data = resolve(import.meta.dirname, '../../../../shared/data')
const absent = !existsSync(data)
const title = absent ? 'real sets (skipped: ../shared/data is not there)' : 'real sets'
const work = absent ? '' : mkdtempSync(join(tmpdir(), 'hotspot-real-'))
afterAll(() => {
  if (work) rmSync(work, { recursive: true, force: true })
})

let runs = 0
async function take(path: string, options: Partial<ImportJob> = {}) {
  const staging = join(work, String(runs++))
  const files = [{ path: join(data, path), name: path }]
  const manifest = await runImport(
    { files, staging, ...options },
    () => {},
    () => false,
  )
  verifyStaging(staging, manifest)
  return { manifest, columns: openColumns(staging, manifest) }
}

describe.skipIf(absent)(title, () => {
  it('35 months of Leicestershire', async () => {
    const { manifest } = await take('police/leicestershire')
    expect(manifest).toMatchObject({
      rowsRead: 301_838,
      rowsKept: 301_838,
      rowsRejected: 0,
      located: 294_375,
      duplicates: { identical: 7936, repeatedRef: 10, dropped: 0 },
      issues: [],
      timePrecision: 'month',
      warnings: [expect.stringContaining('map points in 2022-07')],
    })
    expect(manifest.files).toHaveLength(35)
    expect(manifest.dictionaries.offence).toHaveLength(15)
    expect(manifest.coverage).toHaveLength(35)
    expect(manifest.coverage.every((cell) => cell.state === 'present')).toBe(true)
  })

  it('a year of Lancashire', async () => {
    const { manifest } = await take('police/lancashire')
    expect(manifest).toMatchObject({
      rowsKept: 217_257,
      located: 217_257 - 17_963,
      duplicates: { identical: 28_923, repeatedRef: 884 },
    })
  })

  it('City of London: street files, with stop and search left out', async () => {
    const { manifest } = await take('police/city-of-london')
    expect(manifest).toMatchObject({ rowsKept: 22_111, located: 20_412, duplicates: { repeatedRef: 240 } })
    expect(manifest.files).toHaveLength(32)
    expect(manifest.warnings[0]).toContain('32 files of stop and search left out')
    expect(manifest.coverage.find((cell) => cell.month === '2020-05')).toMatchObject({
      rows: 226,
      state: 'partial',
    })
  })

  it('a file without a header', async () => {
    const { manifest } = await take('police/headerless')
    expect(manifest).toMatchObject({ rowsKept: 247, located: 213, profile: { id: 'police-uk-street' } })
  })

  it('reduced columns', async () => {
    const { manifest } = await take('police/nottingham')
    expect(manifest).toMatchObject({ rowsKept: 1795 + 555, located: 1795 + 555, timePrecision: 'month' })
  })

  it('Met outcomes', async () => {
    const { manifest } = await take('police/metropolitan-burglary-only-outcomes')
    expect(manifest).toMatchObject({ rowsKept: 35_649, profile: { id: 'police-uk-outcomes' } })
  })

  it('Met stop and search: UTC to London time', async () => {
    const { manifest, columns } = await take('police/metropolitan-stop-and-search')
    expect(manifest).toMatchObject({
      rowsKept: 149_643,
      located: 134_380,
      duplicates: { identical: 2449 },
      timePrecision: 'minute',
      firstFrom: Date.UTC(2023, 0, 1) / 60_000,
    })
    expect(manifest.lastFrom).toBeLessThan(Date.UTC(2024, 0, 1) / 60_000)
    expect(manifest.coverage.map((cell) => cell.month)).toEqual(
      Array.from({ length: 12 }, (_, i) => `2023-${String(i + 1).padStart(2, '0')}`),
    )
    // A summer month's file begins at 23:00 UTC of the day before: in London time no row lies outside its month.
    let outside = 0
    for (let row = 0; row < columns.length; row++)
      if (new Date(columns.occurredFrom[row] * 60_000).getUTCMonth() !== columns.source[row]) outside++
    expect(outside).toBe(0)
  })

  it('New York thefts with from and to, off the National Grid', async () => {
    const mapping = {
      x: 'longitude',
      y: 'latitude',
      ref: 'uid',
      from: ['date_start'],
      to: ['date_end'],
      locationType: 'location_type',
    }
    const { manifest, columns } = await take('exact-time/nyc_vehicle_thefts_2014_2017_from_to.csv.gz', {
      mapping,
    })
    expect(manifest).toMatchObject({ rowsKept: 35_746, located: 0, timePrecision: 'minute' })
    expect(manifest.issues).toEqual([
      expect.objectContaining({ code: 'E-GEO-006', action: 'blanked', count: 35_746 }),
    ])
    let open = 0
    for (const to of columns.occurredTo) if (to === NO_TIME) open++
    expect(open).toBe(2852)
    expect(columns.occurredFrom[0]).toBe(Date.UTC(2013, 11, 31, 10) / 60_000)
    expect(columns.occurredTo[0]).toBe(Date.UTC(2014, 0, 1, 16, 30) / 60_000)
  })

  it('London fire brigade: British dates, grid coordinates, free text', async () => {
    const path = 'exact-time/london_fire_brigade_animal_rescue_2009_on.csv.gz'
    const preview = await previewImport({
      files: [{ path: join(data, path), name: path }],
      staging: join(work, 'none'),
    })
    expect(preview.columns).toContain('HourlyNotionalCost(£)')
    expect(preview.profile.reading).toMatchObject({ dateOrder: 'day-first', coordinates: 'bng' })
    expect(preview.profile.mapping).toMatchObject({
      x: 'Easting_m',
      y: 'Northing_m',
      from: ['DateTimeOfCall'],
    })
    const mapping = { ...preview.profile.mapping, x: 'Easting_rounded', y: 'Northing_rounded' }
    const { manifest, columns } = await take(path, { mapping })
    expect(manifest).toMatchObject({ rowsKept: 5898, located: 5898, timePrecision: 'minute' })
    expect(manifest.firstFrom).toBe(Date.UTC(2009, 0, 1, 3, 1) / 60_000)
    expect(new Date(manifest.lastFrom * 60_000).toISOString().slice(0, 10)).toBe('2019-01-31')
    expect(columns.easting[0]).toBe(532_350)
  })
})
