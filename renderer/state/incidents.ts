import type { Filter } from '#core/contract/filter.ts'
import type {
  IncidentFileInfo,
  IncidentFileRequest,
  IncidentsPage,
  IncidentsRequest,
} from '#core/contract/routes.ts'
import { callBytes, callJson, callStream } from '#renderer/api/client.ts'
import { saveParts } from '#renderer/api/download.ts'
import { trackJob } from './jobs.ts'

/** Rows of one page of the incident list. */
export const pageRows = 200

/** One page of the incidents of a filter, in the order asked for. */
export function incidentsPage(
  dataset: string,
  filter: Filter,
  page: number,
  sort: IncidentsRequest['sort'] | null,
  signal: AbortSignal,
): Promise<IncidentsPage> {
  const body: IncidentsRequest = {
    dataset,
    filter,
    offset: page * pageRows,
    limit: pageRows,
    ...(sort ? { sort } : {}),
  }
  return callJson<IncidentsPage>('POST', '/incidents', body, signal)
}

/**
 * Saves the list as a marked CSV: written by the core, which refuses what may not leave, then fetched in slices.
 *
 * @returns what was written
 */
export function saveIncidents(request: IncidentFileRequest): Promise<IncidentFileInfo> {
  return trackJob('Saving the list', async (signal, tell) => {
    const info = await callStream<IncidentFileInfo>('/incident-files', request, signal, tell)
    const path = `/incident-files/${encodeURIComponent(info.id)}`
    const parts: ArrayBuffer[] = []
    try {
      for (let offset = 0; offset < info.bytes; ) {
        const slice = await callBytes('GET', `${path}?offset=${offset}`, undefined, signal)
        if (slice.byteLength === 0) throw new Error('the list ended early')
        parts.push(slice)
        offset += slice.byteLength
        tell({ kind: 'progress', stage: 'Fetching the list', done: offset / info.bytes })
      }
    } finally {
      await callJson('DELETE', path)
    }
    saveParts(parts, info.name)
    return info
  })
}
