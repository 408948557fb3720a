/**
 * Lists of incidents as CSV files: written by a worker into a folder that a crash sweeps, read back slice by slice and
 * removed when they have been taken. Marked, with where they come from; what is known of persons leaves only under a
 * marking that says so.
 */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describeFilter } from '#core/analysis/select/describe-filter.ts'
import { canonicalJson } from '#core/analysis/select/filter-key.ts'
import { columnTitles, tellsOfPersons } from '#core/contract/incident.ts'
import { type Marking, markingText } from '#core/contract/marking.ts'
import { InputError } from '#core/contract/problem.ts'
import type { IncidentFileInfo, IncidentFileRequest } from '#core/contract/routes.ts'
import type { Services } from './core.ts'
import type { OpenDataset } from './datasets.ts'
import type { Job } from './jobs.ts'
import { layerNames } from './pack/compose-pack.ts'
import { PRODUCT, VERSION } from './product.ts'
import type { WrittenList } from './write-incident-list.ts'

export interface IncidentFiles {
  /** Refuses what may not leave under the workspace's marking, and columns that are not held. */
  check(request: IncidentFileRequest, dataset: OpenDataset): void
  write(
    request: IncidentFileRequest,
    dataset: OpenDataset,
    rows: Int32Array,
    job: Job,
  ): Promise<IncidentFileInfo>
  /** At most 16 MiB from `offset`; empty at the end. */
  read(id: string, offset: number): Uint8Array
  remove(id: string): void
}

const SLICE = 16 * 1024 * 1024
/** Written and not yet taken; the oldest goes first. */
const MOST_WAITING = 3

export function createIncidentFiles({ store, pool, layers }: Services): IncidentFiles {
  const waiting = new Map<string, string>()

  function remove(id: string): void {
    const path = waiting.get(id)
    waiting.delete(id)
    if (path) rmSync(dirname(path), { recursive: true, force: true })
  }

  return {
    check(request, { manifest, columns }) {
      const { marking } = store.state().state
      const held = new Set([
        ...listColumns,
        ...manifest.textColumns,
        ...Object.keys(columns.dictionaries),
        ...Object.keys(columns.flags),
      ])
      const missing = request.columns.find((column) => !held.has(column))
      if (missing !== undefined)
        throw new InputError('E-INC-COLUMN', `These incidents hold no column “${missing}” to list.`, {
          column: missing,
          cure: 'Choose other columns.',
        })
      const persons = personsIn(request, manifest.textColumns)
      if (persons.length > 0 && !marking.sensitive && marking.tier === 'OFFICIAL')
        throw new InputError(
          'E-INC-MARKING',
          `Under the marking ${markingText(marking)}, what is known of persons (${persons.map((name) => columnTitles[name] ?? name).join(', ')}) may not be saved. Nothing was written.`,
          {
            status: 403,
            cure: 'Leave these columns out of the list and of the search, or mark the workspace OFFICIAL-SENSITIVE.',
          },
        )
    },
    async write(request, dataset, rows, job) {
      const { manifest, columns } = dataset
      const { marking } = store.state().state
      const about = provenance(request, dataset, rows.length)
      const id = createHash('sha256')
        .update(canonicalJson([about, marking]))
        .digest('hex')
        .slice(0, 16)
      remove(id)
      const folder = store.workFolder('staging')
      const path = join(folder, 'incidents.csv')
      const { sentence } = describeFilter(request.filter, layerNames({ layers }, request.filter))
      try {
        const written = await pool.run<WrittenList>(
          {
            kind: 'list',
            dataset: manifest.id,
            folder: store.datasetFolder(manifest.id),
            manifest: {
              files: manifest.files,
              segments: manifest.segments,
              textColumns: manifest.textColumns,
            },
            rows,
            columns: request.columns,
            head: headLines(marking, sentence, manifest.name, rows.length, columns.length, about),
            path,
          },
          job,
          { id: manifest.id, columns },
        )
        job.throwIfCancelled()
        store.log('export incidents', {
          ...about,
          filter: request.filter,
          marking: markingText(marking),
          sha256: written.sha256,
        })
        waiting.set(id, path)
        for (const oldest of waiting.keys()) if (waiting.size > MOST_WAITING) remove(oldest)
        return { id, name: fileName(marking, id), rows: rows.length, ...written }
      } catch (error) {
        rmSync(folder, { recursive: true, force: true })
        throw error
      }
    },
    read(id, offset) {
      const path = waiting.get(id)
      if (!path)
        throw new InputError('E-INC-GONE', 'That list is not here any more.', {
          status: 404,
          cure: 'Save the list again.',
        })
      const file = openSync(path, 'r')
      try {
        const slice = new Uint8Array(Math.max(0, Math.min(SLICE, fstatSync(file).size - offset)))
        let read = 0
        while (read < slice.length) {
          const got = readSync(file, slice, read, slice.length - read, offset + read)
          if (got === 0) throw new Error('the list became shorter while it was read')
          read += got
        }
        return slice
      } finally {
        closeSync(file)
      }
    },
    remove,
  }

  function provenance(request: IncidentFileRequest, { manifest }: OpenDataset, count: number) {
    const areas = request.filter.clauses.flatMap((clause) => (clause.kind === 'area' ? [clause.layer] : []))
    return {
      product: `${PRODUCT} ${VERSION}`,
      dataset: { id: manifest.id, name: manifest.name, rows: manifest.rowsKept },
      sources: manifest.files.map(({ name, sha256 }) => ({ name, sha256 })),
      filter: request.filter,
      ...(areas.length > 0 && {
        layers: areas.map((layer) => {
          const { name, sha256 } = layers.info(layer)
          return { id: layer, name, sha256 }
        }),
      }),
      sort: request.sort ?? null,
      columns: request.columns,
      incidents: count,
    }
  }
}

/** Columns every dataset has, as the list names them. */
const listColumns = ['occurredFrom', 'occurredTo', 'easting', 'northing', 'precision', 'file', 'fileRow']

/** Columns about persons that the list shows, or that its incidents were found by. */
function personsIn({ columns, filter }: IncidentFileRequest, heldAsText: readonly string[]): string[] {
  const searched = filter.clauses.flatMap((clause) => (clause.kind === 'text' ? clause.columns : []))
  return [...new Set([...columns, ...searched])].filter((name) => tellsOfPersons(name, heldAsText))
}

function headLines(
  marking: Marking,
  sentence: string,
  name: string,
  count: number,
  total: number,
  about: unknown,
): string[] {
  const whole = (value: number) => value.toLocaleString('en-GB')
  return [
    markingText(marking),
    ...(marking.handling === '' ? [] : [`Handling: ${marking.handling}`]),
    ...(marking.originator === '' ? [] : [`Originator: ${marking.originator}`]),
    `Incidents: ${sentence}`,
    `${whole(count)} of ${whole(total)} incidents of ${name}. Times are London wall clock; eastings and northings are metres on the British National Grid.`,
    `Where this comes from: ${canonicalJson(about)}`,
  ]
}

/** `OFFICIAL-SENSITIVE incidents 1f2e3d4c.csv`: the marking first, then a number that is the same for the same list. */
function fileName(marking: Marking, id: string): string {
  return `${markingText(marking).replace(/[^A-Za-z0-9 [\],-]/g, '')} incidents ${id.slice(0, 8)}.csv`
}
