import type { Filter } from '#core/contract/filter.ts'
import type { IncidentsPage, IncidentsRequest } from '#core/contract/routes.ts'
import { callJson } from '#renderer/api/client.ts'

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
