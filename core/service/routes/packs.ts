import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson } from '#core/analysis/select/filter-key.ts'
import { InputError } from '#core/contract/problem.ts'
import type { PackInfo, PackRequest } from '#core/contract/routes.ts'
import { safeWrite } from '#core/data/store/safe-write.ts'
import { applyDecisions } from '#core/programme/hotspot-plan.ts'
import { bytes, json, readJson } from '../answer.ts'
import type { Services } from '../core.ts'
import type { Job } from '../jobs.ts'
import { composePack } from '../pack/compose-pack.ts'
import { recipeOf } from '../pack/recipe.ts'
import { type PackClaim, verifyPack } from '../pack/verify-pack.ts'
import type { WrittenPack } from '../pack/write-pack.ts'
import type { Routes } from '../router.ts'
import { checked, schemas } from '../schemas.ts'

export function packRoutes(services: Services): Routes {
  const { store, jobs } = services
  return {
    async 'POST /packs'({ request }) {
      const body = checked(schemas.pack, await readJson(request))
      return jobs.stream((job) => makePack(services, body, job))
    },
    'GET /packs': () => json({ packs: store.packs() }),
    'GET /packs/{id}/{file}'({ parts }) {
      const pack = store.packs().find((each) => each.id === parts.id)
      const file = pack?.files.find((each) => each.name === parts.file)
      const path = pack && file && join(store.packFolder(pack.id), file.name)
      if (!path || !existsSync(path))
        throw new InputError('E-PCK-GONE', 'That file of a pack is not here any more.', {
          status: 404,
          cure: 'Export the pack again.',
        })
      return bytes(readFileSync(path), typeOf(file.name), 200, {
        'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      })
    },
    async 'POST /verifications'({ request }) {
      const claim = (await readJson(request)) as PackClaim
      if (!Array.isArray(claim?.figures) || typeof claim?.recipe !== 'object')
        throw new InputError(
          'E-VER-PACK',
          'This pack does not carry the recipe it was made by, so it cannot be checked.',
          { status: 400 },
        )
      checked(schemas.pack, claim.recipe.request)
      return jobs.stream((job) => verifyPack(services, claim, job))
    },
  }
}

async function makePack(services: Services, request: PackRequest, job: Job): Promise<PackInfo> {
  const { store, pool } = services
  const { state } = store.state()
  const input = await composePack(services, request, state, job)
  const recipe = recipeOf(services, request, state)
  job.tell({ stage: 'Drawing the pages' })
  const written = await pool.run<WrittenPack>({ kind: 'pack', input, recipe }, job)
  job.throwIfCancelled()
  const staged = store.stagePack()
  for (const file of written.files) safeWrite(join(staged.folder, file.name), file.bytes)
  const planned = applyDecisions(input.summary, request.plan.decisions)
  const info: PackInfo = {
    id: createHash('sha256').update(canonicalJson(recipe)).digest('hex').slice(0, 16),
    files: written.files.map(({ name, bytes: content }) => ({
      name,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
    pages: written.pages,
    hotspots: planned.hotspots.length,
    shareOfHarm: planned.shareOfHarm,
    shareOfCount: planned.shareOfCount,
    shareOfArea: planned.shareOfArea,
  }
  const folder = staged.adopt(info)
  return services.trustsPaths ? { ...info, folder } : info
}

function typeOf(name: string): string {
  const types: Readonly<Record<string, string>> = {
    pdf: 'application/pdf',
    geojson: 'application/geo+json',
    json: 'application/json',
    csv: 'text/csv; charset=utf-8',
    gpkg: 'application/geopackage+sqlite3',
  }
  return types[name.split('.').pop() ?? ''] ?? 'application/octet-stream'
}
