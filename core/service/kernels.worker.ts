/**
 * A kernel worker: runs one task at a time over shared columns, tells how far it is, and stops when the flag says so.
 * It holds no state but the datasets it was handed.
 */
import { parentPort } from 'node:worker_threads'
import { methodNamed } from '#core/analysis/registry.ts'
import { type SelectionParts, summariseRange } from '#core/analysis/select/selection.ts'
import { findInWords } from '#core/analysis/select/text-search.ts'
import { locateAreas } from '#core/analysis/space/polygon.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import type { SegmentFile } from '#core/contract/dataset.ts'
import type { Rings } from '#core/contract/geometry.ts'
import type { Dictionary, IncidentColumns } from '#core/contract/incident.ts'
import type { Context, Control, Incidents } from '#core/contract/method.ts'
import { Cancelled, InputError, type InputErrorDetail } from '#core/contract/problem.ts'
import { searchSegment } from '#core/data/columns/search-segment.ts'
import type { PackInput } from '#core/report/pack/pack-input.ts'
import type { PackRecipe } from './pack/recipe.ts'
import type { ListOrder } from './write-incident-list.ts'

/** A method with all it needs besides the columns of the dataset. */
export interface MethodTask {
  readonly method: string
  readonly dataset: string
  readonly mask: Uint8Array
  /** Text columns the method groups by. */
  readonly texts?: Readonly<Record<string, Dictionary>>
  readonly params: Readonly<Record<string, unknown>>
  readonly context: Context
}

export type KernelTask =
  | ({ readonly kind: 'method' } & MethodTask)
  | ({ readonly kind: 'begin' } & MethodTask)
  | {
      readonly kind: 'parts'
      readonly method: string
      readonly state: unknown
      /** The number of the next part nobody has taken yet, shared by all workers of the run. */
      readonly next: Int32Array
      readonly parts: number
    }
  | ({ readonly kind: 'finish'; readonly state: unknown; readonly parts: readonly unknown[] } & MethodTask)
  | {
      readonly kind: 'locate'
      readonly dataset: string
      readonly areas: readonly { readonly rings: Rings }[]
    }
  | {
      readonly kind: 'searchWords'
      readonly dataset: string
      readonly columns: readonly string[]
      readonly terms: readonly string[]
      /** One byte for each incident, in shared memory: the bits of the terms found so far. */
      readonly found: Uint8Array
    }
  | {
      readonly kind: 'searchText'
      readonly folder: string
      readonly segment: SegmentFile
      readonly columns: readonly string[]
      readonly terms: readonly string[]
      /** Row of the dataset that the segment begins with. */
      readonly first: number
      readonly found: Uint8Array
    }
  | ({ readonly kind: 'list' } & ListOrder)
  | { readonly kind: 'pack'; readonly input: PackInput; readonly recipe: PackRecipe }
  | { readonly kind: 'count'; readonly parts: SelectionParts; readonly from: number; readonly to: number }

export type KernelAnswer =
  | { readonly kind: 'progress'; readonly stage: string; readonly done: number }
  | { readonly kind: 'done'; readonly value: unknown }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      readonly detail: InputErrorDetail
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string }

type Order =
  | { readonly kind: 'open'; readonly id: string; readonly columns: IncidentColumns }
  | { readonly kind: 'forget'; readonly id: string }
  | { readonly kind: 'run'; readonly task: KernelTask; readonly flag: Int32Array | undefined }

const TELL_EVERY_MS = 60
const datasets = new Map<string, IncidentColumns>()
const port = parentPort
if (!port) throw new Error('kernels.worker.ts is started by the pool, as a worker thread')

port.on('message', async (order: Order) => {
  if (order.kind === 'open') datasets.set(order.id, order.columns)
  else if (order.kind === 'forget') datasets.delete(order.id)
  else port.postMessage(await answer(order.task, order.flag))
})

async function answer(task: KernelTask, flag: Int32Array | undefined): Promise<KernelAnswer> {
  try {
    return { kind: 'done', value: await run(task, control(flag)) }
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'cancelled' }
    if (error instanceof InputError)
      return { kind: 'refused', code: error.code, message: error.message, detail: error.detail }
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    return { kind: 'failed', message, stack }
  }
}

function control(flag: Int32Array | undefined): Control {
  let toldAt = performance.now()
  return {
    tick(done, stage = 'Computing') {
      if (flag && Atomics.load(flag, 0) === 1) throw new Cancelled()
      const now = performance.now()
      if (now - toldAt < TELL_EVERY_MS) return
      toldAt = now
      port?.postMessage({ kind: 'progress', stage, done } satisfies KernelAnswer)
    },
  }
}

function run(task: KernelTask, tell: Control): unknown {
  if (task.kind === 'count') {
    const counts = new Uint32Array(task.parts.layout.length)
    summariseRange(task.parts, task.from, task.to, counts)
    return counts
  }
  if (task.kind === 'pack') {
    // Loaded when first needed: most workers never draw a page.
    return import('./pack/write-pack.ts').then(({ writePack }) => writePack(task.input, task.recipe))
  }
  if (task.kind === 'parts') return takeParts(task, tell)
  if (task.kind === 'searchText') {
    const { folder, segment, columns, terms, first, found } = task
    const share = first / found.length
    searchSegment(folder, segment, columns, terms, first, found, () =>
      tell.tick(share, 'Looking for the words'),
    )
    return null
  }
  const columns = datasets.get(task.dataset)
  if (!columns) throw new Error(`dataset ${task.dataset} was not opened in this worker`)
  if (task.kind === 'searchWords') {
    for (const name of task.columns) {
      tell.tick(0, 'Looking for the words')
      findInWords(columns.dictionaries[name], task.terms, task.found)
    }
    return null
  }
  if (task.kind === 'list')
    return import('./write-incident-list.ts').then(({ writeIncidentList }) =>
      writeIncidentList(task, columns, (done) => tell.tick(done, 'Writing the list')),
    )
  if (task.kind === 'locate') return shared(locateAreas(task.areas, columns.easting, columns.northing))
  const method = methodNamed(task.method)
  const params = readParameters(method.card, task.params)
  const incidents = incidentsOf(columns, task.mask, task.texts)
  if (task.kind === 'method') return method.run(incidents, params, task.context, tell)
  const { shares } = method
  if (!shares) throw new Error(`${task.method} has no parts to share`)
  return task.kind === 'begin'
    ? shares.begin(incidents, params, task.context, tell)
    : shares.finish(task.state, task.parts, incidents, params, task.context, tell)
}

/** Takes part after part until none is left. Answers [number, part] for each; told progress is that of all workers. */
function takeParts(task: KernelTask & { readonly kind: 'parts' }, tell: Control): [number, unknown][] {
  const { shares } = methodNamed(task.method)
  if (!shares) throw new Error(`${task.method} has no parts to share`)
  const taken: [number, unknown][] = []
  const ofAll: Control = {
    tick: (_done, stage) => tell.tick(Math.min(1, Atomics.load(task.next, 0) / task.parts), stage),
  }
  for (;;) {
    const index = Atomics.add(task.next, 0, 1)
    if (index >= task.parts) return taken
    taken.push([index, shares.part(task.state, index, ofAll)])
    ofAll.tick(0)
  }
}

/** The kernel's view of a dataset: the same arrays under the names kernels use. */
function incidentsOf(
  columns: IncidentColumns,
  mask: Uint8Array,
  texts: Readonly<Record<string, Dictionary>> = {},
): Incidents {
  return {
    length: columns.length,
    mask,
    x: columns.easting,
    y: columns.northing,
    longitude: columns.longitude,
    latitude: columns.latitude,
    precision: columns.precision,
    from: columns.occurredFrom,
    to: columns.occurredTo,
    timePrecision: columns.timePrecision,
    dictionaries: { ...columns.dictionaries, ...texts },
    flags: columns.flags,
  }
}

function shared(values: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(values.byteLength))
  copy.set(values)
  return copy
}
