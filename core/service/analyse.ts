import { createHash } from 'node:crypto'
import { methodNamed } from '#core/analysis/registry.ts'
import { canonicalJson } from '#core/analysis/select/filter-key.ts'
import { monthCoverage } from '#core/analysis/select/finish-selection.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import type { Caveat } from '#core/contract/caveat.ts'
import type { PeriodClause } from '#core/contract/filter.ts'
import type { LayerInfo } from '#core/contract/layer.ts'
import type { Computed, Context, MethodCard } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import type { Provenance } from '#core/contract/provenance.ts'
import type { AnalysisRequest, AnalysisResult } from '#core/contract/routes.ts'
import { decodeTable, encodeTable } from '#core/data/columns/encode-table.ts'
import type { Services } from './core.ts'
import type { OpenDataset } from './datasets.ts'
import type { Job } from './jobs.ts'
import { PRODUCT, VERSION } from './product.ts'
import { runShares } from './run-shares.ts'
import { checked, schemas } from './schemas.ts'

/**
 * Runs a method over a selection, or finds the answer it gave before: the key is a hash of the dataset, the filter,
 * the method with its version, the parameters and what else it was given, so the same question has the same key.
 */
export async function analyse<S>(
  services: Services,
  request: AnalysisRequest,
  job: Job,
): Promise<AnalysisResult<S>> {
  const { datasets, pool, store } = services
  const method = methodNamed(request.method)
  const params = readParameters(method.card, request.params)
  const dataset = datasets.open(request.dataset)
  const context = contextOf(services, request, params, dataset.manifest.coverage)
  const provenance = provenanceOf(services, request, params, dataset.manifest)
  const key = createHash('sha256').update(canonicalJson(provenance)).digest('hex').slice(0, 32)
  const kept = store.openResult(key)
  if (kept) {
    return { key, ...readBack<S>(kept), provenance }
  }
  const mask = await datasets.mask(dataset, request.filter, job)
  const selections = await selectionsOf(services, method.card, params, dataset, job)
  job.throwIfCancelled()
  const task = {
    method: request.method,
    dataset: dataset.manifest.id,
    mask,
    texts: datasets.texts(dataset, method.card.reads ?? []),
    params: request.params,
    context: selections ? { ...context, selections } : context,
  }
  const held = { id: dataset.manifest.id, columns: dataset.columns }
  const { summary, caveats, columns } = await (method.shares
    ? runShares<S>(pool, task, job, held)
    : pool.run<Computed<S>>({ kind: 'method', ...task }, job, held))
  const bytes = encodeTable(columns, { summary, caveats, provenance })
  store.putResult(key, bytes)
  // Read back, so that a fresh answer and a kept one are the same to the letter.
  return { key, ...readBack<S>(bytes), provenance }
}

/** Summary and caveats of a kept result. Undefined numbers, null in JSON, are NaN again: null would add up as 0. */
function readBack<S>(bytes: Uint8Array): { summary: S; caveats: Caveat[] } {
  const { summary, caveats } = decodeTable(bytes).summary as { summary: unknown; caveats: Caveat[] }
  return { summary: nullAsNaN(summary) as S, caveats }
}

function nullAsNaN(value: unknown): unknown {
  if (value === null) return Number.NaN
  if (Array.isArray(value)) return value.map(nullAsNaN)
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, nullAsNaN(part)]))
}

function contextOf(
  services: Services,
  request: AnalysisRequest,
  params: Readonly<Record<string, unknown>>,
  coverage: Parameters<typeof monthCoverage>[0],
): Context {
  const states = [...monthCoverage(coverage)]
  const period = request.filter.clauses.find((clause): clause is PeriodClause => clause.kind === 'period')
  const weights = request.weights === undefined ? undefined : weightsNamed(services, request.weights)
  const layers = layersGiven(services, methodNamed(request.method).card, params)
  return {
    ...(layers && {
      layers: Object.fromEntries(
        Object.entries(layers).map(([name, layer]) => [
          name,
          { name: layer.name, shapes: services.layers.shapes(layer.id) },
        ]),
      ),
    }),
    missingMonths: states.flatMap(([month, state]) => (state === 'missing' ? [month] : [])),
    partialMonths: states.flatMap(([month, state]) => (state === 'partial' ? [month] : [])),
    ...(period && { period: { from: period.from, to: period.to } }),
    ...(request.studyArea !== undefined && {
      studyArea: {
        name: services.layers.info(request.studyArea).name,
        areas: services.layers.areas(request.studyArea),
      },
    }),
    ...(weights && {
      weights: {
        name: weights.name,
        version: weights.version,
        unit: weights.unit,
        byOffence: weights.byOffence,
        ...(weights.byCode && { byCode: weights.byCode }),
        ...(weights.byGroup && { byGroup: weights.byGroup }),
      },
    }),
  }
}

const kindOfGeometry = { area: 'boundary', point: 'places', line: 'lines' } as const

/** The layers that were given for the parameters that ask for one; refuses the wrong kind and what is missing. */
function layersGiven(
  services: Services,
  card: MethodCard,
  params: Readonly<Record<string, unknown>>,
): Record<string, LayerInfo> | undefined {
  const found: Record<string, LayerInfo> = {}
  for (const [name, parameter] of Object.entries(card.parameters)) {
    if (parameter.type !== 'layer') continue
    if (params[name] === '') {
      if (!parameter.required) continue
      throw new InputError('E-MTH-LAYER', `${card.title} needs a layer for “${parameter.title}”.`, {
        column: name,
        cure: 'Add the layer to the workspace and choose it.',
      })
    }
    const layer = services.layers.info(services.layers.idOf(String(params[name])))
    if (layer.kind !== kindOfGeometry[parameter.geometry])
      throw new InputError(
        'E-MTH-LAYER',
        `${card.title}: “${parameter.title}” needs a layer of kind ${kindOfGeometry[parameter.geometry]}; “${layer.name}” is of kind ${layer.kind}.`,
        { column: name, cure: 'Choose another layer.' },
      )
    found[name] = layer
  }
  return Object.keys(found).length > 0 ? found : undefined
}

/** Masks of the other selections that were given. */
async function selectionsOf(
  { datasets }: Services,
  card: MethodCard,
  params: Readonly<Record<string, unknown>>,
  dataset: OpenDataset,
  job: Job,
): Promise<Record<string, Uint8Array> | undefined> {
  const found: Record<string, Uint8Array> = {}
  for (const [name, parameter] of Object.entries(card.parameters)) {
    if (parameter.type !== 'selection') continue
    if (params[name] !== null)
      found[name] = await datasets.mask(dataset, checked(schemas.filter, params[name]), job)
    else if (parameter.required)
      throw new InputError('E-MTH-SELECTION', `${card.title} needs a selection for “${parameter.title}”.`, {
        column: name,
        cure: 'Choose the incidents to compare with.',
      })
  }
  return Object.keys(found).length > 0 ? found : undefined
}

export function weightsNamed({ store }: Services, id: string) {
  const found = store.weights().find((table) => table.id === id)
  if (!found)
    throw new InputError('E-WGT-000', 'That harm weight table is not in this workspace.', {
      status: 404,
      cure: 'Add the table again, or rank by count.',
    })
  return found
}

function provenanceOf(
  services: Services,
  request: AnalysisRequest,
  params: Readonly<Record<string, unknown>>,
  manifest: { readonly id: string; readonly name: string; readonly rowsKept: number },
): Provenance {
  const method = methodNamed(request.method).card
  const area = request.studyArea === undefined ? undefined : services.layers.info(request.studyArea)
  const weights = request.weights === undefined ? undefined : weightsNamed(services, request.weights)
  const layers = layersGiven(services, method, params)
  return {
    product: `${PRODUCT} ${VERSION}`,
    dataset: { id: manifest.id, name: manifest.name, rows: manifest.rowsKept },
    filter: request.filter,
    method: { id: method.id, version: method.version },
    params,
    ...(area && { studyArea: { id: area.id, name: area.name, sha256: area.sha256 } }),
    ...(weights && { weights: { name: weights.name, version: weights.version, sha256: weights.sha256 } }),
    ...(layers && {
      layers: Object.fromEntries(
        Object.entries(layers).map(([given, { id, name, sha256 }]) => [given, { id, name, sha256 }]),
      ),
    }),
  }
}
