import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Filter, TextClause } from '#core/contract/filter.ts'
import type { Problem } from '#core/contract/problem.ts'
import { searchTerms } from '#core/contract/search-text.ts'
import { problemOf } from '#renderer/api/client.ts'
import { findWords } from '#renderer/state/text-search.ts'

export interface ListSearchState {
  /** The list's filter, narrowed to the words found. */
  readonly filter: Filter
  readonly working: boolean
  readonly problem: Problem | null
  readonly search: (words: string) => void
}

/** Words looked for within a list in the given columns: found first, with progress, then the list narrows. */
export function useListSearch(dataset: string, within: Filter, columns: readonly string[]): ListSearchState {
  const [clause, setClause] = useState<TextClause | null>(null)
  const [working, setWorking] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const search = useCallback(
    async (words: string) => {
      running.current?.abort()
      running.current = null
      setProblem(null)
      setWorking(false)
      if (searchTerms(words).length === 0) {
        setClause(null)
        return
      }
      const control = new AbortController()
      running.current = control
      setWorking(true)
      const wanted: TextClause = { kind: 'text', words: words.trim(), columns }
      try {
        await findWords(dataset, wanted, control.signal)
        if (running.current === control) setClause(wanted)
      } catch (error) {
        if (running.current === control) setProblem(problemOf(error))
      } finally {
        if (running.current === control) setWorking(false)
      }
    },
    [dataset, columns],
  )
  const filter = useMemo(
    (): Filter => (clause ? { clauses: [...within.clauses, clause] } : within),
    [within, clause],
  )
  return { filter, working, problem, search }
}
