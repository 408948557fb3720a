/**
 * The whole main job on the sample force: makes the force's files, imports them, finds the hotspots of serious
 * violence in public places, writes the briefing pack to out/, and says what it found. `npm run demo`.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Filter } from '#core/contract/filter.ts'
import type { LayerInfo } from '#core/contract/layer.ts'
import { InputError } from '#core/contract/problem.ts'
import type { PackInfo } from '#core/contract/routes.ts'
import type { DatasetInfo, HotspotPlan, WeightTable, Workspace } from '#core/contract/workspace.ts'
import { importSummary } from '#core/service/cli/import-command.ts'
import { packSummary } from '#core/service/cli/pack-command.ts'
import { progressLine } from '#core/service/cli/progress.ts'
import { type Client, createClient } from '#core/service/client.ts'
import { createCore } from '#core/service/core.ts'
import { generateSample, type SampleAbout } from './generate.ts'
import { sampleForce } from './sample-force.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'out')
const source = 'Sample force: wholly fictional'

/** Violence with injury, robbery and weapons, in public, not domestic: one force's reading of the Duty's definition. */
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

const { files } = sampleForce
const layers = [
  { file: files.districts, kind: 'boundary', name: 'Districts' },
  { file: files.beats, kind: 'boundary', name: 'Beats' },
  { file: files.lsoas, kind: 'boundary', name: 'LSOA-like areas' },
  { file: files.land, kind: 'basemap', name: 'Land' },
  { file: files.roads, kind: 'basemap', name: 'Roads' },
  { file: files.placeNames, kind: 'basemap', name: 'Place names' },
  { file: files.schools, kind: 'places', name: 'Schools' },
  { file: files.licensed, kind: 'places', name: 'Licensed premises' },
] as const

async function demo(): Promise<void> {
  const began = performance.now()
  const progress = progressLine(false)
  const folder = join(root, sampleForce.folder)
  const about = sampleFiles(folder)
  mkdirSync(out, { recursive: true })
  const core = createCore({ workspace: join(out, 'workspace'), name: 'Sample workspace', trustsPaths: true })
  try {
    const client = createClient(core.handle)
    const paths = about.years.map((year) => ({ path: join(folder, files.incidents(year)) }))
    const dataset = await client.run<DatasetInfo>(
      '/imports',
      {
        files: paths,
        profile: 'force-extract',
        name: `${sampleForce.name} ${about.years[0]} to ${about.years.at(-1)}`,
      },
      progress.tell,
    )
    progress.end()
    const workspace = await prepareWorkspace(client, folder, dataset, progress.tell)
    const plan = workspace.state.plan as HotspotPlan
    const pack = await client.run<PackInfo>(
      '/packs',
      {
        plan,
        title: 'GRIP hotspot briefing pack: serious violence in public places',
        author: 'Force intelligence bureau',
      },
      progress.tell,
    )
    progress.end()
    const target = join(out, 'pack')
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target, { recursive: true })
    for (const file of pack.files)
      copyFileSync(join(pack.folder as string, file.name), join(target, file.name))
    process.stdout.write(
      `\n${importSummary(dataset)}\n${packSummary(pack, target)}\nDone in ${Math.round((performance.now() - began) / 1000)} s. "npm start" opens the workbench on this workspace.\n`,
    )
  } finally {
    progress.end()
    await core.close()
  }
}

/** The sample's files: those of an earlier run when they are the same sample, else made now. */
function sampleFiles(folder: string): SampleAbout {
  const known = join(folder, files.about)
  if (existsSync(known)) {
    const about: SampleAbout = JSON.parse(readFileSync(known, 'utf8'))
    const whole = about.files.every((file) => existsSync(join(folder, file.name)))
    if (whole && about.seed === sampleForce.seed && about.rows === sampleForce.rows) return about
  }
  process.stderr.write(
    `Making the sample force: ${sampleForce.rows.toLocaleString('en-GB')} fictional incidents\n`,
  )
  mkdirSync(folder, { recursive: true })
  return generateSample({
    out: folder,
    rows: sampleForce.rows,
    seed: sampleForce.seed,
    years: sampleForce.years,
  })
}

/** Adds the force's map and weights, and chooses the definition; what an analyst changed since stays. */
async function prepareWorkspace(
  client: Client,
  folder: string,
  dataset: DatasetInfo,
  tell: Parameters<Client['run']>[2],
): Promise<Workspace> {
  const added = new Map<string, LayerInfo>()
  for (const { file, kind, name } of layers)
    added.set(
      file,
      await client.run<LayerInfo>(
        '/layers',
        { files: [{ path: join(folder, file) }], kind, name, source },
        tell,
      ),
    )
  const weights = await client.send<WeightTable>('POST', '/weights', {
    file: { path: join(folder, files.weights) },
    name: 'Sample harm weights (made up)',
    version: '1',
    unit: 'days',
    source,
  })
  const { version, state } = await client.get<Workspace>('/workspace')
  const plan: HotspotPlan = {
    dataset: dataset.id,
    filter: seriousViolence,
    params: { score: 'harm' },
    decisions: [],
  }
  return client.send<Workspace>('PUT', '/workspace', {
    ifVersion: version,
    state: {
      ...state,
      force: sampleForce.name,
      dataset: dataset.id,
      studyArea: added.get(files.districts)?.id ?? null,
      areaLayer: added.get(files.beats)?.id ?? null,
      weights: weights.id,
      filter: state.plan ? state.filter : seriousViolence,
      definition: { name: 'Serious violence in public places', version: 1 },
      plan: state.plan?.dataset === dataset.id ? state.plan : plan,
    },
  })
}

try {
  await demo()
} catch (error) {
  if (!(error instanceof InputError)) throw error
  process.stderr.write(`${error.code}: ${[error.message, error.detail.cure].filter(Boolean).join(' ')}\n`)
  process.exitCode = 3
}
