import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Agreement } from '#core/contract/agreement.ts'
import { smallAreas, smallExtract } from './small-force.ts'
import { temporaryFolder } from './temporary-folder.ts'

const launcher = fileURLToPath(new URL('../../core/service/hotspot.mjs', import.meta.url))

describe('the command line', () => {
  const folder = temporaryFolder()
  const at = (name: string) => join(folder.path, name)
  const hotspot = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  beforeAll(() => {
    writeFileSync(at('extract.csv'), smallExtract())
    writeFileSync(at('areas.geojson'), smallAreas())
    writeFileSync(at('empty.csv'), '')
  })
  afterAll(folder.remove)

  it('lists the methods, and one with its settings', () => {
    const all = JSON.parse(hotspot('methods', '--json').stdout) as { id: string }[]
    expect(all.map(({ id }) => id)).toContain('gistar')
    const card = JSON.parse(hotspot('methods', 'density', '--json').stdout)
    expect(card.parameters.bandwidth.unit).toBe('m')
    const page = hotspot('methods', 'density').stdout
    for (const part of [
      'Formula',
      'Settings',
      'Assumes',
      'Does not show',
      'Beside other tools',
      'References',
    ])
      expect(page).toContain(`\n${part}\n`)
  })

  it('prints how each method agreed with its peers, every difference within its tolerance', () => {
    const rows = JSON.parse(hotspot('methods', '--agreement', '--json').stdout) as Agreement[]
    expect(rows.length).toBeGreaterThan(40)
    for (const row of rows) expect(row.largestDifference).toBeLessThanOrEqual(row.tolerance)
    const table = hotspot('methods', '--agreement').stdout.split('\n')
    expect(table[0]).toMatch(/^method +peer and version +largest difference +tolerance$/)
    expect(table.filter((line) => line !== '')).toHaveLength(2 * rows.length + 1)
  })

  it('takes a layer for a setting by its file', () => {
    const { status, stdout } = hotspot(
      'analyse',
      'unitCounts',
      '--input',
      at('extract.csv'),
      '--layer',
      `areas=${at('areas.geojson')}`,
      '--params',
      '{"units":"areas"}',
      '--json',
    )
    expect(status).toBe(0)
    const { columns, provenance } = JSON.parse(stdout)
    expect([...columns.unit].sort()).toEqual(['A', 'B'])
    expect(provenance.layers.areas.sha256).toMatch(/^[0-9a-f]{64}$/)
    const refused = hotspot(
      'analyse',
      'unitCounts',
      '--input',
      at('extract.csv'),
      '--layer',
      'nothing=x.geojson',
    )
    expect(refused.status).toBe(2)
  })

  it('lists incidents to a marked file', () => {
    const { status, stdout } = hotspot(
      'incidents',
      '--input',
      at('extract.csv'),
      '--filter',
      JSON.stringify({ clauses: [{ kind: 'text', words: '"market street"', columns: ['location'] }] }),
      '--columns',
      'ref,location',
      '--sort',
      'occurredFrom:desc',
      '--out',
      at('lists'),
      '--json',
    )
    expect(status).toBe(0)
    const info = JSON.parse(stdout)
    expect(info.rows).toBe(200)
    const lines = readFileSync(info.path, 'utf8').trimEnd().split('\r\n')
    expect(lines[0]).toBe('\ufeff# OFFICIAL-SENSITIVE')
    const rows = lines.filter((line) => !/^[\ufeff"]*#/.test(line))
    expect(rows).toHaveLength(201)
    expect(rows.slice(1).every((line) => line.endsWith('"Market Street, Centre"'))).toBe(true)
    expect(hotspot('incidents', '--input', at('extract.csv')).status).toBe(2)
    expect(
      hotspot('incidents', '--input', at('extract.csv'), '--out', at('lists'), '--columns', 'note').status,
    ).toBe(3)
  })

  it('analyses a file without making a workspace, columns named on the command line', () => {
    writeFileSync(
      at('odd.csv'),
      'id,e,n,what\n1,458300,304500,Theft\n2,458310,304505,Theft\n3,458900,304900,Robbery\n',
    )
    const { status, stdout } = hotspot(
      'analyse',
      'gridCounts',
      '--input',
      at('odd.csv'),
      '--map',
      'ref=id,x=e,y=n,offence=what',
      '--reading',
      'coordinates=bng',
      '--params',
      '{"shape":"square","cellSize":100}',
      '--json',
      '--quiet',
    )
    expect(status).toBe(0)
    const result = JSON.parse(stdout)
    expect(result.summary).toMatchObject({ incidents: 3, occupied: 2, maximum: 2 })
    expect(result.columns.count.reduce((a: number, b: number) => a + b, 0)).toBe(3)
  })

  it('says what is wrong on standard error, with a code and its own exit code', () => {
    expect(hotspot('fly').status).toBe(2)
    expect(hotspot('import', at('extract.csv')).stderr).toContain('--workspace is needed')
    const empty = hotspot('import', at('empty.csv'), '--workspace', at('w0'), '--quiet')
    expect(empty.status).toBe(3)
    expect(empty.stderr).toMatch(/^E-IMP-001: .*empty/)
    const missing = hotspot('import', at('nothing.csv'), '--workspace', at('w0'), '--json')
    expect(missing.status).toBe(3)
    expect(JSON.parse(missing.stderr.trim().split('\n').at(-1) as string)).toMatchObject({
      code: 'E-IMP-000',
    })
    expect(hotspot('analyse', 'gridCounts', '--input', at('extract.csv'), '--params', '{').stderr).toContain(
      'E-CLI-JSON',
    )
    expect(
      hotspot('analyse', 'gridCounts', '--input', at('extract.csv'), '--params', '{"cellSize":1}').stderr,
    ).toContain('E-PRM-RANGE')
  })

  it('makes a pack in one command, and verifies it from the PDF alone against the original files', () => {
    const made = hotspot(
      'pack',
      '--input',
      at('extract.csv'),
      '--boundary',
      at('areas.geojson'),
      '--out',
      at('pack'),
      '--force',
      'Small Force',
      '--json',
      '--quiet',
    )
    expect(made.stderr).toBe('')
    expect(JSON.parse(made.stdout).hotspots).toBeGreaterThan(0)
    const pdf = readdirSync(at('pack')).find((name) => name.endsWith('.pdf')) as string
    const good = hotspot(
      'verify',
      join(at('pack'), pdf),
      '--input',
      at('extract.csv'),
      '--boundary',
      at('areas.geojson'),
      '--json',
      '--quiet',
    )
    const verified = JSON.parse(good.stdout)
    expect(verified.differ).toEqual([])
    expect(verified.figures).toBeGreaterThan(50)
    expect(good.status).toBe(0)

    mkdirSync(at('forged'))
    const claim = JSON.parse(
      readFileSync(
        join(at('pack'), readdirSync(at('pack')).find((name) => name.endsWith('provenance.json')) as string),
        'utf8',
      ),
    )
    claim.figures[5][1] += 1
    writeFileSync(at('forged/provenance.json'), JSON.stringify(claim))
    const forged = hotspot(
      'verify',
      at('forged'),
      '--input',
      at('extract.csv'),
      '--boundary',
      at('areas.geojson'),
      '--quiet',
    )
    expect(forged.status).toBe(5)
    expect(forged.stdout).toContain(claim.figures[5][0])

    writeFileSync(at('other.csv'), smallExtract().replace('Robbery', 'Theft'))
    const other = hotspot(
      'verify',
      join(at('pack'), pdf),
      '--input',
      at('other.csv'),
      '--boundary',
      at('areas.geojson'),
      '--quiet',
    )
    expect(other.status).toBe(3)
    expect(other.stderr).toContain('E-VER-DATA')
    expect(hotspot('verify', at('extract.csv'), '--input', at('extract.csv')).stderr).toContain('E-VER-PACK')
  })
})
