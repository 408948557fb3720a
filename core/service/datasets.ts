import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AreaIndex } from '#core/analysis/select/compile-filter.ts'
import { evaluateFilter } from '#core/analysis/select/evaluate-filter.ts'
import { canonicalJson } from '#core/analysis/select/filter-key.ts'
import { type PreparedSelection, prepareSelection } from '#core/analysis/select/prepare-selection.ts'
import type { Manifest } from '#core/contract/dataset.ts'
import type { Filter } from '#core/contract/filter.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Dictionary, IncidentColumns } from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'
import { openColumns } from '#core/data/columns/open-columns.ts'
import { readTextDictionary } from '#core/data/columns/text-dictionary.ts'
import { safeWrite } from '#core/data/store/safe-write.ts'
import type { WorkspaceStore } from '#core/data/store/workspace-store.ts'
import type { Job } from './jobs.ts'
import type { Layers } from './layers.ts'
import type { Pool } from './pool.ts'
import { searchTexts } from './search-texts.ts'

/** A dataset in memory, with what has been worked out for it so far. */
export interface OpenDataset {
  readonly manifest: Manifest
  readonly columns: IncidentColumns
  prepared: PreparedSelection | undefined
  readonly texts: Map<string, Dictionary>
  readonly areas: Map<string, { readonly codes: readonly string[]; readonly index: Int32Array }>
  /** 1 where the incident contains the words of a search, by its key. */
  readonly searches: Map<string, Uint8Array>
}

export interface Datasets {
  manifest(id: string): Manifest
  open(id: string): OpenDataset
  /** Area of every incident for each layer named; found once per dataset and layer, then kept on disk. */
  areaIndex(dataset: OpenDataset, layers: readonly string[], job?: Job): Promise<AreaIndex>
  /** Where the words of each text clause occur; looked for once, then kept in memory and on disk. */
  searches(dataset: OpenDataset, filter: Filter, job?: Job): Promise<ReadonlyMap<string, Uint8Array>>
  /** The incidents a filter means, as a mask in shared memory. */
  mask(dataset: OpenDataset, filter: Filter, job?: Job): Promise<Uint8Array>
  prepared(dataset: OpenDataset, grid: GridSpec, byDay?: boolean): PreparedSelection
  /** Text columns as dictionaries; those the dataset does not hold are absent. */
  texts(dataset: OpenDataset, columns: readonly string[]): Record<string, Dictionary>
  forget(id: string): void
}

/** Datasets kept open at once; the one used longest ago is let go. */
const OPEN_AT_ONCE = 2

export function createDatasets(store: WorkspaceStore, pool: Pool, layers: Layers): Datasets {
  const open = new Map<string, OpenDataset>()
  let lastMask: { readonly key: string; readonly mask: Uint8Array } | undefined

  function manifest(id: string): Manifest {
    const found = store.datasets().find((each) => each.id === id)
    if (!found)
      throw new InputError('E-DAT-001', 'That dataset is not in this workspace.', {
        status: 404,
        cure: 'Import the files again.',
      })
    return found
  }

  function forget(id: string): void {
    open.delete(id)
    pool.forget(id)
    lastMask = undefined
  }

  async function areaIndex(dataset: OpenDataset, ids: readonly string[], job?: Job): Promise<AreaIndex> {
    for (const id of ids) {
      if (dataset.areas.has(id)) continue
      const areas = layers.areas(id)
      const file = join(store.datasetFolder(dataset.manifest.id), `areas-${id}.bin`)
      const index = readIndex(file, dataset.columns.length) ?? (await locate(dataset, areas, file, job))
      dataset.areas.set(id, { codes: areas.map((area) => area.code), index })
    }
    return Object.fromEntries(dataset.areas)
  }

  async function locate(dataset: OpenDataset, areas: ReturnType<Layers['areas']>, file: string, job?: Job) {
    job?.tell({ stage: 'Finding the area of each incident' })
    const { id } = dataset.manifest
    const index = await pool.run<Int32Array>(
      { kind: 'locate', dataset: id, areas: areas.map(({ rings }) => ({ rings })) },
      job,
      { id, columns: dataset.columns },
    )
    writeIndex(file, index)
    return index
  }

  return {
    manifest,
    open(id) {
      const known = open.get(id)
      if (known) {
        open.delete(id)
        open.set(id, known)
        return known
      }
      const found = manifest(id)
      const dataset: OpenDataset = {
        manifest: found,
        columns: openColumns(store.datasetFolder(id), found),
        prepared: undefined,
        texts: new Map(),
        areas: new Map(),
        searches: new Map(),
      }
      open.set(id, dataset)
      for (const oldest of open.keys()) {
        if (open.size <= OPEN_AT_ONCE) break
        forget(oldest)
      }
      return dataset
    },
    areaIndex,
    searches: (dataset, filter, job) => searchTexts(store, pool, dataset, filter, job),
    async mask(dataset, filter, job) {
      const key = `${dataset.manifest.id} ${canonicalJson(filter)}`
      if (lastMask?.key === key) return lastMask.mask
      const wanted = filter.clauses.flatMap((clause) => (clause.kind === 'area' ? [clause.layer] : []))
      const areas = await areaIndex(dataset, wanted, job)
      const texts = await searchTexts(store, pool, dataset, filter, job)
      const { prepared } = dataset
      const kept = {
        texts,
        ...(prepared && {
          hour: prepared.hour,
          located: prepared.located,
          cells: new Map([[canonicalJson(prepared.grid), prepared.cell]]),
        }),
      }
      const found = evaluateFilter(filter, dataset.columns, areas, kept)
      const mask = new Uint8Array(new SharedArrayBuffer(found.length))
      mask.set(found)
      lastMask = { key, mask }
      return mask
    },
    prepared(dataset, grid, byDay = false) {
      dataset.prepared = prepareSelection(dataset.columns, grid, dataset.prepared, byDay)
      return dataset.prepared
    },
    texts(dataset, columns) {
      for (const column of columns) {
        if (dataset.texts.has(column)) continue
        const { manifest: held } = dataset
        const found = readTextDictionary(store.datasetFolder(held.id), held, column)
        if (found) dataset.texts.set(column, found)
      }
      return Object.fromEntries([...dataset.texts].filter(([name]) => columns.includes(name)))
    },
    forget,
  }
}

/** Kept area numbers: the values, then the SHA-256 of their bytes; anything else is worked out again. */
function readIndex(file: string, rows: number): Int32Array | undefined {
  if (!existsSync(file)) return undefined
  const bytes = readFileSync(file)
  if (bytes.length !== rows * 4 + 32) return undefined
  const values = bytes.subarray(0, rows * 4)
  if (
    !createHash('sha256')
      .update(values)
      .digest()
      .equals(bytes.subarray(rows * 4))
  )
    return undefined
  const index = new Int32Array(new SharedArrayBuffer(rows * 4))
  new Uint8Array(index.buffer).set(values)
  return index
}

function writeIndex(file: string, index: Int32Array): void {
  const values = Buffer.from(index.buffer as ArrayBuffer, index.byteOffset, index.byteLength)
  safeWrite(file, Buffer.concat([values, createHash('sha256').update(values).digest()]))
}
