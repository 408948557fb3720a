/** The kernel worker's part of a list of incidents: rows to CSV on disk, block by block. */
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import type { Manifest } from '#core/contract/dataset.ts'
import { columnTitles, type IncidentColumns } from '#core/contract/incident.ts'
import { readTextRows } from '#core/data/columns/read-text-rows.ts'
import { incidentsHead, incidentsRow } from '#core/report/write/incidents-csv.ts'
import { incidentCells } from './incident-cells.ts'

export interface ListOrder {
  readonly dataset: string
  /** Where the dataset's segments lie. */
  readonly folder: string
  readonly manifest: Pick<Manifest, 'files' | 'segments' | 'textColumns'>
  readonly rows: Int32Array
  readonly columns: readonly string[]
  /** Lines before the headings. */
  readonly head: readonly string[]
  readonly path: string
}

export interface WrittenList {
  readonly bytes: number
  readonly sha256: string
}

/** Rows whose text is read at a time. */
const BLOCK = 20_000

export function writeIncidentList(
  order: ListOrder,
  columns: IncidentColumns,
  tick: (done: number) => void,
): WrittenList {
  const { folder, manifest, rows, path } = order
  const texts = manifest.textColumns.filter((name) => order.columns.includes(name))
  const hash = createHash('sha256')
  const file = openSync(path, 'w')
  let bytes = 0
  const put = (text: string): void => {
    const part = Buffer.from(text)
    hash.update(part)
    bytes += part.length
    for (let at = 0; at < part.length; ) at += writeSync(file, part, at)
  }
  let whole = false
  try {
    put(
      incidentsHead(
        order.head,
        order.columns.map((name) => columnTitles[name] ?? name),
      ),
    )
    for (let from = 0; from < rows.length; from += BLOCK) {
      tick(from / rows.length)
      const block = rows.subarray(from, from + BLOCK)
      const text = readTextRows(folder, manifest, block, texts)
      const readers = new Map(
        incidentCells(columns, manifest.files, text).map((cell) => [cell.name, cell.read]),
      )
      const reads = order.columns.map((name) => {
        const read = readers.get(name)
        if (!read) throw new Error(`no column ${name} to list`)
        return read
      })
      const lines: string[] = []
      for (let at = 0; at < block.length; at++)
        lines.push(incidentsRow(reads.map((read) => read(block[at], at))))
      put(lines.join(''))
    }
    fsyncSync(file)
    whole = true
  } finally {
    closeSync(file)
    if (!whole) rmSync(path, { force: true })
  }
  return { bytes, sha256: hash.digest('hex') }
}
