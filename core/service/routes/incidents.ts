import { canonicalJson } from '#core/analysis/select/filter-key.ts'
import { timeLabel } from '#core/analysis/support/wall-clock.ts'
import {
  FLAG_NO,
  FLAG_UNKNOWN,
  FLAG_YES,
  type IncidentColumns,
  NO_TIME,
  precisions,
  textColumns,
  timePrecisions,
} from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'
import type { IncidentsPage, IncidentsRequest, SearchAnswer } from '#core/contract/routes.ts'
import { encodeTable } from '#core/data/columns/encode-table.ts'
import { readTextRows } from '#core/data/columns/read-text-rows.ts'
import { arrow, json, readJson } from '../answer.ts'
import type { Services } from '../core.ts'
import type { OpenDataset } from '../datasets.ts'
import type { Routes } from '../router.ts'
import { checked, schemas } from '../schemas.ts'

type Cell = string | number | null

export function incidentRoutes(services: Services): Routes {
  const { datasets, jobs, store } = services
  let lastOrder: { readonly key: string; readonly rows: Int32Array } | undefined

  /** Rows of the selection in the order asked for; the last order is kept, as a table is read page by page. */
  async function ordered(
    dataset: OpenDataset,
    body: Pick<IncidentsRequest, 'filter' | 'sort'>,
  ): Promise<Int32Array> {
    const key = canonicalJson([dataset.manifest.id, body.filter, body.sort ?? null])
    if (lastOrder?.key !== key) {
      const rows = rowsIn(await datasets.mask(dataset, body.filter))
      if (body.sort) sortRows(rows, dataset.columns, body.sort)
      lastOrder = { key, rows }
    }
    return lastOrder.rows
  }

  return {
    async 'POST /incidents'({ request }) {
      const body = checked(schemas.incidents, await readJson(request))
      const dataset = datasets.open(body.dataset)
      const rows = await ordered(dataset, body)
      const shown = rows.subarray(body.offset, body.offset + body.limit)
      const text = readTextRows(store.datasetFolder(dataset.manifest.id), dataset.manifest, shown)
      return json(page(dataset, rows.length, shown, text))
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

function rowsIn(mask: Uint8Array): Int32Array {
  let count = 0
  for (let row = 0; row < mask.length; row++) count += mask[row]
  const rows = new Int32Array(count)
  for (let row = 0, at = 0; row < mask.length; row++) if (mask[row] === 1) rows[at++] = row
  return rows
}

const timeColumns = ['occurredFrom', 'occurredTo', 'reportedAt'] as const
const numberColumns = ['easting', 'northing'] as const

/** Sorts by one column, then by file order; what is not recorded comes last either way. */
function sortRows(
  rows: Int32Array,
  columns: IncidentColumns,
  sort: NonNullable<IncidentsRequest['sort']>,
): void {
  const keys = sortKeys(columns, sort.column)
  const direction = sort.descending ? -1 : 1
  rows.sort((a, b) => {
    const x = keys[a]
    const y = keys[b]
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return a - b
    if (Number.isNaN(x)) return 1
    if (Number.isNaN(y)) return -1
    return x < y ? -direction : direction
  })
}

/** A number per incident that sorts as the column does; NaN where it is not recorded. */
function sortKeys(columns: IncidentColumns, name: string): Float64Array {
  const keys = new Float64Array(columns.length)
  const time = timeColumns.find((each) => each === name)
  const number = numberColumns.find((each) => each === name)
  if (time)
    for (let i = 0; i < keys.length; i++)
      keys[i] = columns[time][i] === NO_TIME ? Number.NaN : columns[time][i]
  else if (number) keys.set(columns[number])
  else if (name === 'precision') keys.set(columns.precision)
  else if (Object.hasOwn(columns.flags, name))
    for (let i = 0; i < keys.length; i++)
      keys[i] = columns.flags[name][i] === FLAG_UNKNOWN ? Number.NaN : columns.flags[name][i]
  else if (Object.hasOwn(columns.dictionaries, name)) {
    const { codes, words } = columns.dictionaries[name]
    const order = Float64Array.from(words.keys())
    const byWord = [...words.keys()].sort((a, b) => (words[a] < words[b] ? -1 : words[a] > words[b] ? 1 : 0))
    byWord.forEach((code, place) => {
      order[code] = words[code] === '' ? Number.NaN : place
    })
    for (let i = 0; i < keys.length; i++) keys[i] = order[codes[i]]
  } else
    throw new InputError('E-INC-SORT', `Incidents cannot be sorted by “${name}”.`, {
      cure: 'Sort by a date, a place, a flag or a word column.',
    })
  return keys
}

function page(
  { columns, manifest }: OpenDataset,
  total: number,
  rows: Int32Array,
  text: Readonly<Record<string, readonly string[]>>,
): IncidentsPage {
  const held = textColumns.filter((name) => Object.hasOwn(text, name))
  const readers: [string, (row: number, at: number) => Cell][] = [
    ...held.filter((name) => name !== 'note').map((name) => textReader(name, text)),
    ['occurredFrom', (row) => timeText(columns.occurredFrom[row], columns.timePrecision[row])],
    ['occurredTo', (row) => timeText(columns.occurredTo[row], columns.timePrecision[row])],
    ...Object.keys(columns.dictionaries).map((name): [string, (row: number) => Cell] => {
      const { codes, words } = columns.dictionaries[name]
      return [name, (row) => words[codes[row]] || null]
    }),
    ['easting', (row) => metres(columns.easting[row])],
    ['northing', (row) => metres(columns.northing[row])],
    ['precision', (row) => precisions[columns.precision[row]]],
    ...Object.keys(columns.flags).map((name): [string, (row: number) => Cell] => [
      name,
      (row) => flagText(columns.flags[name][row]),
    ]),
    ...held.filter((name) => name === 'note').map((name) => textReader(name, text)),
    ['file', (row) => manifest.files[columns.source[row]]?.name ?? null],
    ['fileRow', (row) => columns.sourceRow[row]],
  ]
  return {
    total,
    columns: readers.map(([name]) => name),
    rows: Array.from(rows, (row, at) => readers.map(([, read]) => read(row, at))),
  }
}

function textReader(
  name: string,
  text: Readonly<Record<string, readonly string[]>>,
): [string, (row: number, at: number) => Cell] {
  return [name, (_row, at) => text[name][at] || null]
}

function timeText(minutes: number, precision: number): Cell {
  if (minutes === NO_TIME) return null
  const label = timeLabel(minutes)
  const kind = timePrecisions[precision]
  return kind === 'minute' ? label : kind === 'day' ? label.slice(0, 10) : label.slice(0, 7)
}

const metres = (value: number): Cell => (Number.isNaN(value) ? null : Math.round(value * 10) / 10)
const flagText = (value: number): Cell => (value === FLAG_YES ? 'yes' : value === FLAG_NO ? 'no' : null)
