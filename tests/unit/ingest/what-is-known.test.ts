import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { precisions } from '#core/contract/incident.ts'
import { openColumns } from '#core/data/columns/open-columns.ts'
import { previewImport } from '#core/data/ingest/preview-import.ts'
import { runImport } from '#core/data/ingest/run-import.ts'
import { temporaryFolder } from '../../contract/temporary-folder.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

async function imported(name: string, text: string) {
  const path = join(folder.path, name)
  const staging = join(folder.path, `${name}-staging`)
  writeFileSync(path, text)
  const manifest = await runImport(
    { files: [{ path, name }], staging },
    () => {},
    () => false,
  )
  return { manifest, columns: openColumns(staging, manifest) }
}

describe('location quality', () => {
  it('of a force extract tells the centre of an area from a place', async () => {
    const qualities = [
      'address',
      'street',
      'beat centre',
      'Ward centroid',
      'not located',
      '',
      'Town centre street',
      'LSOA',
    ]
    const rows = qualities.map((quality, i) => {
      const place = quality === 'not located' ? ',' : `${458_000 + i},304000`
      return `R/${i},2025-02-01 10:00,2025-02-01 10:10,Theft,${place},${quality}`
    })
    const { manifest, columns } = await imported(
      'extract.csv',
      `crime_ref,committed_from,committed_to,offence_title,easting,northing,geocode_quality\n${rows.join('\n')}\n`,
    )
    expect(Array.from(columns.precision, (code) => precisions[code])).toEqual([
      'exact',
      'exact',
      'area',
      'area',
      'none',
      'exact',
      'exact',
      'area',
    ])
    expect(manifest.dictionaries.geocode_quality).toContain('beat centre')
  })

  it('a map point without a street name has no location word', async () => {
    const head =
      'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context'
    const rows = ['On or near Long Street', 'On or near ', 'No Location'].map(
      (location, i) =>
        `${i}a,2022-07,Leicestershire Police,Leicestershire Police,-1.13,52.63,${location},E0,Leicester,Robbery,,`,
    )
    const { manifest } = await imported('2022-07-leicestershire-street.csv', `${head}\n${rows.join('\n')}\n`)
    expect(manifest.dictionaries.location).toEqual(['', 'On or near Long Street'])
  })
})

describe('a file none of whose columns is known', () => {
  it('is shown in the preview with nothing mapped, and refused as an import', async () => {
    const path = join(folder.path, 'unknown.csv')
    writeFileSync(path, 'A;B;C\n1;2;3\n')
    const job = { files: [{ path, name: 'unknown.csv' }], staging: join(folder.path, 'unknown-staging') }
    const preview = await previewImport(job)
    expect(preview.columns).toEqual(['A', 'B', 'C'])
    expect(preview.rows).toEqual([['1', '2', '3']])
    expect(preview.wouldKeep).toBe(0)
    await expect(
      runImport(
        job,
        () => {},
        () => false,
      ),
    ).rejects.toMatchObject({ code: 'E-IMP-010' })
  })
})
