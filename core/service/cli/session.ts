import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { LayerInfo } from '#core/contract/layer.ts'
import { InputError } from '#core/contract/problem.ts'
import type { FileRef } from '#core/contract/routes.ts'
import type { DatasetInfo, WeightTable, Workspace, WorkspaceState } from '#core/contract/workspace.ts'
import { type Client, createClient } from '../client.ts'
import { createCore } from '../core.ts'
import { type Given, listOption, mappingOption, readingOption, textOption, UsageError } from './arguments.ts'
import { progressLine } from './progress.ts'

/** One command's hold on a workspace: the same handler a window talks to, and a way to tell how far it is. */
export interface Session {
  readonly client: Client
  readonly progress: ReturnType<typeof progressLine>
  readonly quiet: boolean
}

/** Opens the workspace named, or one that is gone afterwards, runs, and closes it whatever happens. */
export async function withSession<T>(given: Given, run: (session: Session) => Promise<T>): Promise<T> {
  const named = textOption(given, 'workspace')
  const folder = named === undefined ? mkdtempSync(join(tmpdir(), 'hotspot-')) : resolve(named)
  const quiet = given.options.quiet === true
  const progress = progressLine(quiet)
  const core = createCore({ workspace: folder, trustsPaths: true })
  try {
    return await run({ client: createClient(core.handle), progress, quiet })
  } finally {
    progress.end()
    await core.close()
    if (named === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

export function pathRefs(paths: readonly string[]): FileRef[] {
  return paths.map((path) => ({ path: resolve(path) }))
}

/** Imports the files of --input (or the words given) by the profile, mapping and reading of the command. */
export async function importGiven(
  session: Session,
  given: Given,
  paths: readonly string[],
): Promise<DatasetInfo> {
  if (paths.length === 0) throw new UsageError('Name the files to import')
  const mapping = mappingOption(given)
  const reading = readingOption(given)
  const profile = textOption(given, 'profile')
  const name = textOption(given, 'name')
  const saveProfileAs = textOption(given, 'save-profile')
  return session.client.run<DatasetInfo>(
    '/imports',
    {
      files: pathRefs(paths),
      ...(profile !== undefined && { profile }),
      ...(mapping && { mapping }),
      ...(reading && { reading }),
      ...(name !== undefined && { name }),
      ...(saveProfileAs !== undefined && { saveProfileAs }),
    },
    session.progress.tell,
  )
}

export async function addLayer(
  session: Session,
  path: string,
  kind: string,
  name?: string,
  source?: string,
): Promise<LayerInfo> {
  return session.client.run<LayerInfo>(
    '/layers',
    {
      files: pathRefs([path]),
      kind,
      ...(name !== undefined && { name }),
      ...(source !== undefined && { source }),
    },
    session.progress.tell,
  )
}

export async function addWeights(
  session: Session,
  path: string,
  about: { name: string; version: string; unit: string; source: string },
): Promise<WeightTable> {
  return session.client.send<WeightTable>('POST', '/weights', { file: { path: resolve(path) }, ...about })
}

/** Changes the workspace's own document, from its newest state. */
export async function changeState(
  session: Session,
  change: (state: WorkspaceState, all: Workspace) => WorkspaceState,
): Promise<Workspace> {
  const all = await session.client.get<Workspace>('/workspace')
  return session.client.send<Workspace>('PUT', '/workspace', {
    ifVersion: all.version,
    state: change(all.state, all),
  })
}

/**
 * The dataset a command is about: the files of --input imported now, else --dataset, else the workspace's current or
 * only one. Boundary, basemap and weight files named on the command line are added and used.
 */
export async function datasetGiven(
  session: Session,
  given: Given,
): Promise<{ dataset: DatasetInfo; workspace: Workspace }> {
  const inputs = listOption(given, 'input')
  const imported = inputs.length > 0 ? await importGiven(session, given, inputs) : undefined
  for (const path of listOption(given, 'basemap'))
    await addLayer(session, path, 'basemap', undefined, textOption(given, 'source'))
  for (const path of listOption(given, 'places')) await addLayer(session, path, 'places')
  const boundaries: LayerInfo[] = []
  for (const path of listOption(given, 'boundary'))
    boundaries.push(await addLayer(session, path, 'boundary', undefined, textOption(given, 'source')))
  const weightsFile = textOption(given, 'weights')
  const weights =
    weightsFile === undefined
      ? undefined
      : await addWeights(session, weightsFile, {
          name: weightsFile.split(/[\\/]/).pop() ?? '',
          version: textOption(given, 'table-version') ?? '1',
          unit: textOption(given, 'unit') ?? '',
          source: '',
        })
  const force = textOption(given, 'force')
  const workspace = await changeState(session, (state, { datasets }) => ({
    ...state,
    dataset:
      imported?.id ??
      textOption(given, 'dataset') ??
      state.dataset ??
      (datasets.length === 1 ? datasets[0].id : null),
    ...(boundaries.length > 0 && {
      studyArea: boundaries[0].id,
      areaLayer: (boundaries[1] ?? boundaries[0]).id,
    }),
    ...(weights && { weights: weights.id }),
    ...(force !== undefined && { force }),
  }))
  const dataset = workspace.datasets.find((each) => each.id === workspace.state.dataset)
  if (!dataset)
    throw new InputError('E-CLI-DATASET', 'No dataset is chosen.', {
      cure: 'Name files with --input, or a dataset of the workspace with --dataset.',
    })
  return { dataset, workspace }
}
