import { readTextClause, rowsWithAll, type TextSearch } from '#core/analysis/select/text-search.ts'
import type { Filter } from '#core/contract/filter.ts'
import { keepSearch, readKeptSearch } from '#core/data/columns/kept-search.ts'
import type { WorkspaceStore } from '#core/data/store/workspace-store.ts'
import type { OpenDataset } from './datasets.ts'
import type { Job } from './jobs.ts'
import type { Pool } from './pool.ts'

/** Searches held in memory for a dataset, a byte an incident each. */
const MOST_HELD = 12
const STAGE = 'Looking for the words'

/**
 * Where the words of each text clause of a filter occur, by the key of the search. Looked for once on the workers,
 * then held in memory and, as bits, on disk beside the dataset.
 */
export async function searchTexts(
  store: WorkspaceStore,
  pool: Pool,
  dataset: OpenDataset,
  filter: Filter,
  job?: Job,
): Promise<Map<string, Uint8Array>> {
  const wanted = new Map<string, Uint8Array>()
  const held = dataset.searches
  for (const clause of filter.clauses) {
    if (clause.kind !== 'text') continue
    const search = readTextClause(clause, dataset.columns, dataset.manifest.textColumns)
    const found = held.get(search.key) ?? (await find(store, pool, dataset, search, job))
    wanted.set(search.key, found)
    // Put in again, so that the one used longest ago is the first to go.
    held.delete(search.key)
    held.set(search.key, found)
    for (const oldest of held.keys()) {
      if (held.size <= MOST_HELD) break
      held.delete(oldest)
    }
  }
  return wanted
}

async function find(
  store: WorkspaceStore,
  pool: Pool,
  { manifest, columns }: OpenDataset,
  { key, terms, words, texts }: TextSearch,
  job?: Job,
): Promise<Uint8Array> {
  const { id } = manifest
  const folder = store.datasetFolder(id)
  const kept = readKeptSearch(folder, key, columns.length)
  if (kept) return kept
  job?.tell({ stage: STAGE })
  const found = new Uint8Array(new SharedArrayBuffer(columns.length))
  // One after the other: both add bits to the same bytes.
  if (words.length > 0)
    await pool.run({ kind: 'searchWords', dataset: id, columns: words, terms, found }, job, { id, columns })
  if (texts.length > 0) {
    let first = 0
    let done = 0
    const segments: Promise<void>[] = []
    for (const segment of manifest.segments) {
      const task = { kind: 'searchText', folder, segment, columns: texts, terms, first, found } as const
      segments.push(
        pool.run(task, job).then(() => {
          done += segment.rows
          job?.tell({ stage: STAGE, done: done / columns.length, rows: done })
        }),
      )
      first += segment.rows
    }
    await Promise.all(segments)
  }
  rowsWithAll(found, terms.length)
  keepSearch(folder, key, found)
  return found
}
