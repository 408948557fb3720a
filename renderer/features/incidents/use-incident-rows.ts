import { useCallback, useEffect, useRef, useState } from 'react'
import type { Filter } from '#core/contract/filter.ts'
import type { Problem } from '#core/contract/problem.ts'
import type { IncidentsPage } from '#core/contract/routes.ts'
import { problemOf } from '#renderer/api/client.ts'
import { incidentsPage, pageRows } from '#renderer/state/incidents.ts'

export interface Sort {
  readonly column: string
  readonly descending: boolean
}

export interface IncidentRows {
  readonly total: number | null
  /** False while `total` is still that of the filter before. */
  readonly fresh: boolean
  readonly columns: readonly string[]
  readonly problem: Problem | null
  readonly rowAt: (index: number) => IncidentsPage['rows'][number] | null
  /** Asks for the pages that hold these rows. */
  readonly need: (from: number, to: number) => void
}

/** Pages of the incidents of a filter, fetched as they come into view and dropped when the question changes. */
export function useIncidentRows(dataset: string, filter: Filter, sort: Sort | null): IncidentRows {
  const pages = useRef(new Map<number, IncidentsPage | 'asked'>())
  const control = useRef(new AbortController())
  const [head, setHead] = useState<{
    readonly total: number
    readonly columns: readonly string[]
    readonly filter: Filter
  } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [, redraw] = useState(0)

  const fetchPage = useCallback(
    async (page: number) => {
      if (pages.current.has(page)) return
      pages.current.set(page, 'asked')
      const { signal } = control.current
      try {
        const answer = await incidentsPage(dataset, filter, page, sort, signal)
        if (signal.aborted) return
        pages.current.set(page, answer)
        setHead({ total: answer.total, columns: answer.columns, filter })
        redraw((count) => count + 1)
      } catch (error) {
        if (signal.aborted) return
        pages.current.delete(page)
        setProblem(problemOf(error))
      }
    },
    [dataset, filter, sort],
  )

  useEffect(() => {
    control.current = new AbortController()
    pages.current = new Map()
    setProblem(null)
    void fetchPage(0)
    const { current } = control
    return () => current.abort()
  }, [fetchPage])

  const rowAt = useCallback((index: number) => {
    const page = pages.current.get(Math.floor(index / pageRows))
    return page && page !== 'asked' ? (page.rows[index % pageRows] ?? null) : null
  }, [])
  const need = useCallback(
    (from: number, to: number) => {
      for (let page = Math.floor(from / pageRows); page <= Math.floor(to / pageRows); page++)
        void fetchPage(page)
    },
    [fetchPage],
  )
  return {
    total: head?.total ?? null,
    fresh: head?.filter === filter,
    columns: head?.columns ?? [],
    problem,
    rowAt,
    need,
  }
}
