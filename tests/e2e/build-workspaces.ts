/**
 * node tests/e2e/build-workspaces.ts DIR: makes what the browser tests open, once per run. DIR/force holds the sample
 * force at 20,000 rows, DIR/sample a workspace of it with layers, weights and a plan, DIR/empty a workspace of nothing.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Filter } from '#core/contract/filter.ts'
import type { LayerInfo } from '#core/contract/layer.ts'
import type { DatasetInfo, HotspotPlan, WeightTable, Workspace } from '#core/contract/workspace.ts'
import { createClient } from '#core/service/client.ts'
import { createCore } from '#core/service/core.ts'
import { generateSample } from '#sample/generate.ts'
import { sampleForce } from '#sample/sample-force.ts'

const { files } = sampleForce
const source = 'Sample force: wholly fictional'

const layers = [
  { file: files.districts, kind: 'boundary', name: 'Districts' },
  { file: files.beats, kind: 'boundary', name: 'Beats' },
  { file: files.land, kind: 'basemap', name: 'Land' },
  { file: files.roads, kind: 'basemap', name: 'Roads' },
  { file: files.placeNames, kind: 'basemap', name: 'Place names' },
  { file: files.schools, kind: 'places', name: 'Schools' },
] as const

const seriousViolence: Filter = {
  clauses: [
    {
      kind: 'oneOf',
      column: 'offenceGroup',
      values: ['Violence with injury', 'Robbery', 'Possession of weapons'],
    },
    { kind: 'flag', column: 'publicSpace', states: ['yes'] },
    { kind: 'flag', column: 'domestic', states: ['no', 'unknown'] },
  ],
}

async function buildSample(folder: string, force: string): Promise<void> {
  mkdirSync(force, { recursive: true })
  const about = generateSample({ out: force, rows: 20_000, seed: sampleForce.seed, years: sampleForce.years })
  const core = createCore({ workspace: folder, name: 'Sample workspace', trustsPaths: true })
  try {
    const client = createClient(core.handle)
    const dataset = await client.run<DatasetInfo>('/imports', {
      files: about.years.map((year) => ({ path: join(force, files.incidents(year)) })),
      profile: 'force-extract',
      name: `${sampleForce.name} ${about.years[0]} to ${about.years.at(-1)}`,
    })
    const added: LayerInfo[] = []
    for (const { file, kind, name } of layers)
      added.push(
        await client.run<LayerInfo>('/layers', { files: [{ path: join(force, file) }], kind, name, source }),
      )
    const weights = await client.send<WeightTable>('POST', '/weights', {
      file: { path: join(force, files.weights) },
      name: 'Sample harm weights (made up)',
      version: '1',
      unit: 'days',
      source,
    })
    const plan: HotspotPlan = {
      dataset: dataset.id,
      filter: seriousViolence,
      params: { score: 'harm' },
      decisions: [],
    }
    const { version, state } = await client.get<Workspace>('/workspace')
    await client.send<Workspace>('PUT', '/workspace', {
      ifVersion: version,
      state: {
        ...state,
        force: sampleForce.name,
        dataset: dataset.id,
        studyArea: added[0].id,
        areaLayer: added[1].id,
        weights: weights.id,
        filter: seriousViolence,
        definition: { name: 'Serious violence in public places', version: 1 },
        plan,
      },
    })
  } finally {
    await core.close()
  }
}

const target = process.argv[2]
await buildSample(join(target, 'sample'), join(target, 'force'))
await createCore({ workspace: join(target, 'empty'), name: 'New workspace' }).close()
