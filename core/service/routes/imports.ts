import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ImportProfile, Manifest, Preview } from '#core/contract/dataset.ts'
import { InputError } from '#core/contract/problem.ts'
import type { FileRef, ImportRequest, PreviewRequest } from '#core/contract/routes.ts'
import { verifyStaging } from '#core/data/columns/verify-staging.ts'
import type { ImportJob } from '#core/data/ingest/import-job.ts'
import { builtInProfiles } from '#core/data/ingest/profiles/list-profiles.ts'
import { bytes, json, readJson } from '../answer.ts'
import type { Services } from '../core.ts'
import type { Job } from '../jobs.ts'
import type { Routes } from '../router.ts'
import { runIntake } from '../run-intake.ts'
import { checked, schemas } from '../schemas.ts'
import { datasetInfo } from './workspace.ts'

export function importRoutes(services: Services): Routes {
  const { store, jobs, datasets, uploads, spawnIntake } = services
  return {
    async 'POST /uploads'({ request }) {
      const { name } = checked(schemas.beginUpload, await readJson(request))
      return json({ id: uploads.begin(name) })
    },
    async 'PUT /uploads/{id}'({ request, parts, query }) {
      const slice = new Uint8Array(await request.arrayBuffer())
      return json({ received: await uploads.append(parts.id, Number(query.get('offset')), slice) })
    },
    async 'POST /previews'({ request }) {
      const body = checked(schemas.preview, await readJson(request))
      return jobs.stream(async (job) => {
        const order = await importJob(services, body, '')
        return runIntake<Preview>(spawnIntake, { kind: 'preview', job: order }, job)
      })
    },
    async 'POST /imports'({ request }) {
      const body = checked(schemas.import, await readJson(request))
      return jobs.stream(async (job) => {
        const manifest = await importFiles(services, body, job)
        for (const file of body.files) if ('upload' in file) uploads.discard(file.upload)
        return datasetInfo(manifest)
      })
    },
    'GET /datasets/{id}': ({ parts }) => json(datasetInfo(datasets.manifest(parts.id))),
    'DELETE /datasets/{id}'({ parts }) {
      datasets.manifest(parts.id)
      datasets.forget(parts.id)
      store.removeDataset(parts.id)
      return json({})
    },
    'GET /datasets/{id}/issues'({ parts }) {
      const manifest = datasets.manifest(parts.id)
      const file = join(store.datasetFolder(manifest.id), 'issues.csv')
      const body = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
      return bytes(body, 'text/csv; charset=utf-8', 200, {
        'content-disposition': 'attachment; filename="rows-not-taken-or-repaired.csv"',
      })
    },
  }
}

/** The files of a request as paths: uploads always, paths only where the caller is trusted with them. */
export async function filesOf(
  services: Services,
  files: readonly FileRef[],
): Promise<{ path: string; name: string }[]> {
  return Promise.all(
    files.map(async (file) => {
      if ('upload' in file) return services.uploads.finish(file.upload)
      if (!services.trustsPaths)
        throw new InputError('E-REQ-PATHS', 'A window may not name files by path. Nothing was read.', {
          status: 403,
        })
      if (!existsSync(file.path))
        throw new InputError('E-IMP-000', `There is no file or folder ${file.path}. Nothing was imported.`, {
          file: basename(file.path),
          cure: 'Check the path.',
        })
      return { path: file.path, name: basename(file.path) }
    }),
  )
}

async function importJob(
  services: Services,
  body: PreviewRequest | ImportRequest,
  staging: string,
): Promise<ImportJob> {
  const profile = body.profile === undefined ? undefined : profileNamed(services, body.profile)
  return {
    files: await filesOf(services, body.files),
    staging,
    ...(profile && { profile }),
    ...(body.mapping && { mapping: body.mapping }),
    ...(body.reading && { reading: body.reading }),
    ...('name' in body && body.name !== undefined && { name: body.name }),
  }
}

function profileNamed({ store }: Services, id: string): ImportProfile {
  const found = [...builtInProfiles.map(({ profile }) => profile), ...store.profiles()].find(
    (profile) => profile.id === id || profile.name === id,
  )
  if (!found)
    throw new InputError('E-IMP-PROFILE', `There is no import profile called “${id}”.`, {
      status: 404,
      cure: `Profiles are: ${builtInProfiles.map(({ profile }) => profile.id).join(', ')}, and those you saved.`,
    })
  return found
}

/** Parses in the intake process, checks what it wrote with other code, then shows the dataset in one act. */
async function importFiles(services: Services, body: ImportRequest, job: Job): Promise<Manifest> {
  const { store, spawnIntake } = services
  const work = store.workFolder('staging')
  const staging = join(work, 'dataset')
  try {
    const order = await importJob(services, body, staging)
    const manifest = await runIntake<Manifest>(spawnIntake, { kind: 'import', job: order }, job)
    job.tell({ stage: 'Checking what was read' })
    verifyStaging(staging, manifest)
    job.throwIfCancelled()
    store.adoptDataset(staging, manifest)
    if (body.saveProfileAs !== undefined)
      store.saveProfile({
        ...manifest.profile,
        id: `own-${manifest.profile.id}-${body.saveProfileAs}`,
        name: body.saveProfileAs,
      })
    return manifest
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
