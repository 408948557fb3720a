import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { runImport } from '#core/data/ingest/run-import.ts'
import { temporaryFolder } from '../../contract/temporary-folder.ts'

const police = resolve(fileURLToPath(new URL('../../..', import.meta.url)), '../shared/data/police')
const folder = temporaryFolder()
afterAll(folder.remove)
let last = 0

async function warningsOf(paths: readonly string[]): Promise<readonly string[]> {
  const { warnings } = await runImport(
    {
      files: paths.map((path) => ({ path, name: path.split('/').pop() as string })),
      staging: join(folder.path, `s${++last}`),
    },
    () => {},
    () => false,
  )
  return warnings.filter((warning) => warning.includes('map points'))
}

/** Ten months of one force; from month `change` on every street stands 40 m further east. */
function months(name: string, change: number): string[] {
  const head =
    'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context'
  return Array.from({ length: 10 }, (_, month) => {
    const rows = Array.from({ length: 900 }, (_, i) => {
      const street = (i * 7 + month * 131) % 1200
      const longitude = (-1.2 + (street % 40) * 0.004 + (month >= change ? 0.0006 : 0)).toFixed(6)
      const latitude = (52.6 + Math.floor(street / 40) * 0.002).toFixed(6)
      return `${month}-${i},2021-${String(month + 1).padStart(2, '0')},Testshire Police,Testshire Police,${longitude},${latitude},On or near Street ${street},,,Burglary,,`
    })
    const path = join(folder.path, `2021-${String(month + 1).padStart(2, '0')}-${name}-street.csv`)
    writeFileSync(path, `${head}\n${rows.join('\n')}\n`)
    return path
  })
}

describe('a changed list of map points', () => {
  it('is noticed, with its month', async () => {
    const warnings = await warningsOf(months('moved', 6))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('Testshire Police changed its map points in 2021-07')
  })
  it('is not imagined where the points stay', async () => {
    expect(await warningsOf(months('still', 99))).toEqual([])
  })
  describe.skipIf(!existsSync(police))('real months (skipped where ../shared/data is absent)', () => {
    it('Leicestershire changed in July 2022 and at no other time', async () => {
      const warnings = await warningsOf([join(police, 'leicestershire')])
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(
        /Leicestershire Police changed its map points in 2022-07: only about [12]% .*usually about 3[345]%/,
      )
    })
    it('Lancashire 2021 and City of London did not', async () => {
      expect(await warningsOf([join(police, 'lancashire')])).toEqual([])
      expect(await warningsOf([join(police, 'city-of-london')])).toEqual([])
    })
  })
})
