import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { everything, type Filter } from '#core/contract/filter.ts'
import { tellsOfPersons } from '#core/contract/incident.ts'
import type { IncidentFileInfo, IncidentsPage } from '#core/contract/routes.ts'
import type { DatasetInfo } from '#core/contract/workspace.ts'
import { type Given, jsonOption, neededOption, textOption, UsageError } from './arguments.ts'
import { datasetGiven, type Session, withSession } from './session.ts'

/** The incidents of a filter as a marked CSV file in a folder. Columns about persons only when they are named. */
export async function incidentsCommand(given: Given): Promise<number> {
  const out = resolve(neededOption(given, 'out'))
  const sort = sortOption(given)
  return withSession(given, async (session) => {
    const { dataset } = await datasetGiven(session, given)
    const filter = (jsonOption(given, 'filter') as Filter | undefined) ?? everything
    const named = textOption(given, 'columns')
      ?.split(',')
      .map((name) => name.trim())
    const columns = named ?? (await usualColumns(session, dataset))
    const info = await session.client.run<IncidentFileInfo>(
      '/incident-files',
      { dataset: dataset.id, filter, columns, ...(sort && { sort }) },
      session.progress.tell,
    )
    await mkdir(out, { recursive: true })
    const path = join(out, info.name)
    await save(session, info, path)
    session.progress.end()
    if (given.options.json) process.stdout.write(`${JSON.stringify({ ...info, path })}\n`)
    else process.stdout.write(`${info.rows.toLocaleString('en-GB')} incidents written to ${path}\n`)
    return 0
  })
}

async function usualColumns(session: Session, dataset: DatasetInfo): Promise<string[]> {
  const page = await session.client.send<IncidentsPage>('POST', '/incidents', {
    dataset: dataset.id,
    filter: everything,
    offset: 0,
    limit: 0,
  })
  return page.columns.filter((name) => !tellsOfPersons(name, dataset.textColumns))
}

async function save(session: Session, { id, bytes }: IncidentFileInfo, path: string): Promise<void> {
  const file = openSync(path, 'w')
  let offset = 0
  try {
    while (offset < bytes) {
      const slice = await session.client.bytes(`/incident-files/${id}?offset=${offset}`)
      if (slice.length === 0) throw new Error('the list ended early')
      for (let at = 0; at < slice.length; ) at += writeSync(file, slice, at)
      offset += slice.length
    }
  } finally {
    closeSync(file)
    if (offset < bytes) rmSync(path, { force: true })
    await session.client.send('DELETE', `/incident-files/${id}`)
  }
}

/** `--sort occurredFrom` or `--sort occurredFrom:desc`. */
function sortOption(given: Given): { column: string; descending: boolean } | undefined {
  const value = textOption(given, 'sort')
  if (value === undefined) return undefined
  const [column, order = 'asc'] = value.split(':')
  if (column === '' || !['asc', 'desc'].includes(order))
    throw new UsageError('--sort takes a column, as in occurredFrom or occurredFrom:desc')
  return { column, descending: order === 'desc' }
}
