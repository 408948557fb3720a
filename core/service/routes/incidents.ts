import { canonicalJson } from '#core/analysis/select/filter-key.ts'
import { sortRows } from '#core/analysis/select/sort-rows.ts'
import { InputError } from '#core/contract/problem.ts'
import type { IncidentsPage, IncidentsRequest, SearchAnswer } from '#core/contract/routes.ts'
import { encodeTable } from '#core/data/columns/encode-table.ts'
import { readTextRows } from '#core/data/columns/read-text-rows.ts'
import { arrow, bytes, json, readJson } from '../answer.ts'
import type { Services } from '../core.ts'
import type { OpenDataset } from '../datasets.ts'
import { incidentCells } from '../incident-cells.ts'
import { createIncidentFiles } from '../incident-files.ts'
import type { Job } from '../jobs.ts'
import type { Routes } from '../router.ts'
import { checked, schemas } from '../schemas.ts'

export function incidentRoutes(services: Services): Routes {
  const { datasets, jobs, store } = services
  const files = createIncidentFiles(services)
  let lastOrder: { readonly key: string; readonly rows: Int32Array } | undefined

  /** Rows of the selection in the order asked for; the last order is kept, as a table is read page by page. */
  async function ordered(
    dataset: OpenDataset,
    body: Pick<IncidentsRequest, 'filter' | 'sort'>,
    job?: Job,
  ): Promise<Int32Array> {
    const key = canonicalJson([dataset.manifest.id, body.filter, body.sort ?? null])
    if (lastOrder?.key !== key) {
      const rows = rowsIn(await datasets.mask(dataset, body.filter, job))
      if (body.sort) sortRows(rows, dataset.columns, body.sort)
      lastOrder = { key, rows }
    }
    return lastOrder.rows
  }

  return {
    async 'POST /incidents'({ request }) {
      const body = checked(schemas.incidents, await readJson(request))
      const dataset = datasets.open(body.dataset)
      const { manifest, columns } = dataset
      const rows = await ordered(dataset, body)
      const shown = rows.subarray(body.offset, body.offset + body.limit)
      const text = readTextRows(store.datasetFolder(manifest.id), manifest, shown)
      const cells = incidentCells(columns, manifest.files, text)
      const page: IncidentsPage = {
        total: rows.length,
        columns: cells.map(({ name }) => name),
        rows: Array.from(shown, (row, at) => cells.map(({ read }) => read(row, at))),
      }
      return json(page)
    },
    async 'POST /incident-files'({ request }) {
      const body = checked(schemas.incidentFile, await readJson(request))
      return jobs.stream(async (job) => {
        const dataset = datasets.open(body.dataset)
        files.check(body, dataset)
        return files.write(body, dataset, await ordered(dataset, body, job), job)
      })
    },
    async 'GET /incident-files/{id}'({ parts, query }) {
      const offset = Number(query.get('offset') ?? 0)
      if (!Number.isInteger(offset) || offset < 0)
        throw new InputError('E-REQ-SHAPE', 'The place in the file is not a whole number.', { status: 400 })
      return bytes(files.read(parts.id, offset), 'text/csv; charset=utf-8')
    },
    async 'DELETE /incident-files/{id}'({ parts }) {
      files.remove(parts.id)
      return json({})
    },
    async 'POST /searches'({ request }) {
      const body = checked(schemas.search, await readJson(request))
      return jobs.stream(async (job): Promise<SearchAnswer> => {
        const filter = { clauses: [body.clause] }
        const [mask] = (await datasets.searches(datasets.open(body.dataset), filter, job)).values()
        return { found: mask.reduce((sum, one) => sum + one, 0) }
      })
    },
    async 'POST /points'({ request }) {
      const body = checked(schemas.points, await readJson(request))
      const dataset = datasets.open(body.dataset)
      const mask = await datasets.mask(dataset, body.filter)
      const { easting, longitude, latitude, precision } = dataset.columns
      const located = rowsIn(mask).filter((row) => !Number.isNaN(easting[row]))
      // Over the limit, every n-th in file order is shown: an even sample that is the same each time.
      const step = Math.max(1, Math.ceil(located.length / body.limit))
      const shown = located.filter((_, i) => i % step === 0)
      const columns = {
        row: shown,
        longitude: Float64Array.from(shown, (row) => longitude[row]),
        latitude: Float64Array.from(shown, (row) => latitude[row]),
        precision: Uint8Array.from(shown, (row) => precision[row]),
      }
      return arrow(encodeTable(columns, { total: located.length, shown: shown.length }))
    },
  }
}

/** In shared memory, so that a worker that lists them reads them without a copy. */
function rowsIn(mask: Uint8Array): Int32Array {
  let count = 0
  for (let row = 0; row < mask.length; row++) count += mask[row]
  const rows = new Int32Array(new SharedArrayBuffer(count * 4))
  for (let row = 0, at = 0; row < mask.length; row++) if (mask[row] === 1) rows[at++] = row
  return rows
}
