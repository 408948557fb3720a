import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { LayerInfo } from '#core/contract/layer.ts'
import type { FoundPlace } from '#core/contract/routes.ts'
import { createClient } from '#core/service/client.ts'
import { createCore } from '#core/service/core.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('GET /places', () => {
  const folder = temporaryFolder()
  const core = createCore({ workspace: join(folder.path, 'w'), trustsPaths: true, workers: 1 })
  const client = createClient(core.handle)
  const ask = async (query: string) => (await client.get<{ found: FoundPlace[] }>(`/places?${query}`)).found
  afterAll(async () => {
    await core.close()
    folder.remove()
  })

  it('reads a position without any layer', async () => {
    const [found, ...more] = await ask('q=SK%2058621%2004412')
    expect(more).toEqual([])
    expect(found).toMatchObject({ title: 'SK 58621 04412', easting: 458_621, northing: 304_412, layer: '' })
    expect(found.rings).toBeUndefined()
    // Caister water tower in Ordnance Survey's guide: 52° 39′ 28.8282″ N, 1° 42′ 57.8663″ E.
    const [tower] = await ask('q=651409.804%20313177.450')
    expect(tower.longitude).toBeCloseTo(1 + 42 / 60 + 57.8663 / 3600, 7)
    expect(tower.latitude).toBeCloseTo(52 + 39 / 60 + 28.8282 / 3600, 7)
  })
  it('outlines a grid square and stands in its middle', async () => {
    const [found] = await ask('q=TL12')
    expect(found).toMatchObject({ within: 'square of 10 km', easting: 515_000, northing: 225_000 })
    expect(found.rings?.[0]).toHaveLength(4)
  })
  it('ranks the places of every layer together, and forgets a removed layer', async () => {
    const add = async (name: string, text: string) => {
      const path = join(folder.path, name)
      writeFileSync(path, text)
      return client.run<LayerInfo>('/layers', { files: [{ path }], kind: 'places' })
    }
    const postcodes = await add('codes.csv', '"LE1 1AA",10,459318,304176\n"LE101AA",10,442567,293570\n')
    await add(
      'names.csv',
      'name,kind,x,y\nLeicester,City,458700,304500\nLeicester Road,Named Road,460000,300000\n',
    )
    expect(postcodes).toMatchObject({ features: 2, kind: 'places' })
    expect(postcodes.box[0]).toBeLessThan(postcodes.box[2])
    expect((await ask('q=le')).map(({ title, layer }) => [title, layer])).toEqual([
      ['Leicester', 'names'],
      ['Leicester Road', 'names'],
      ['LE1 1AA', 'codes'],
      ['LE10 1AA', 'codes'],
    ])
    expect((await ask('q=le&near=-1.37,52.54')).map(({ title }) => title).slice(2)).toEqual([
      'LE10 1AA',
      'LE1 1AA',
    ])
    expect(await ask('q=le&limit=1')).toHaveLength(1)
    expect(await ask('q=l')).toEqual([])
    await client.send('DELETE', `/layers/${postcodes.id}`)
    expect(await ask('q=le1')).toEqual([])
  })
  it('refuses a limit that makes no sense', async () => {
    await expect(ask('q=le&limit=0')).rejects.toMatchObject({ code: 'E-REQ-LIMIT' })
  })
})
