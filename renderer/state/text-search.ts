import { create } from 'zustand'
import type { TextClause } from '#core/contract/filter.ts'
import { columnTitles, textColumns } from '#core/contract/incident.ts'
import type { Problem } from '#core/contract/problem.ts'
import type { SearchAnswer, SearchRequest } from '#core/contract/routes.ts'
import { searchTerms } from '#core/contract/search-text.ts'
import type { DatasetInfo } from '#core/contract/workspace.ts'
import { problemOf } from '#renderer/api/client.ts'
import { isText } from './clauses.ts'
import { runJob } from './jobs.ts'
import { putClause } from './workspace.ts'

export interface SearchColumn {
  readonly column: string
  readonly title: string
}

/** Columns words can be looked for in: where it happened and what was written first, references of persons last. */
export function searchColumns(dataset: DatasetInfo): SearchColumn[] {
  const held = [...Object.keys(dataset.dictionaries), ...dataset.textColumns]
  const rank = (column: string) => {
    if (column === 'location') return 0
    if (column === 'note') return 1
    if (column === 'locationType') return 2
    return (textColumns as readonly string[]).includes(column) ? 4 : 3
  }
  return held
    .sort((a, b) => rank(a) - rank(b))
    .map((column) => ({ column, title: columnTitles[column] ?? column }))
}

/** Location and note where they are held, else all that is. */
export function usualColumns(dataset: DatasetInfo): string[] {
  const held = searchColumns(dataset).map(({ column }) => column)
  const usual = held.filter((column) => column === 'location' || column === 'note')
  return usual.length > 0 ? usual : held
}

/** Looks for the words ahead of their use in a filter, as a job that tells how far it is. */
export async function findWords(dataset: string, clause: TextClause, signal?: AbortSignal): Promise<number> {
  const body: SearchRequest = { dataset, clause }
  return (await runJob<SearchAnswer>('Looking for words', '/searches', body, signal)).found
}

export interface WordsStore {
  readonly status: 'none' | 'working' | 'ready' | 'failed'
  /** Incidents of the whole dataset that contain the words of `clause`. */
  readonly found: number | null
  readonly clause: TextClause | null
  readonly problem: Problem | null
}

export const useWords = create<WordsStore>(() => ({
  status: 'none',
  found: null,
  clause: null,
  problem: null,
}))

let running: AbortController | null = null

/** Narrows the selection to incidents that contain the words; no words widen it again. The newest search wins. */
export async function searchSelection(
  dataset: string,
  words: string,
  columns: readonly string[],
): Promise<void> {
  running?.abort()
  running = null
  if (searchTerms(words).length === 0) {
    useWords.setState({ status: 'none', found: null, problem: null })
    putClause(isText, null)
    return
  }
  const clause: TextClause = { kind: 'text', words: words.trim(), columns }
  const control = new AbortController()
  running = control
  useWords.setState({ status: 'working', problem: null })
  try {
    const found = await findWords(dataset, clause, control.signal)
    if (running !== control) return
    useWords.setState({ status: 'ready', found, clause })
    putClause(isText, clause)
  } catch (error) {
    if (running === control) useWords.setState({ status: 'failed', found: null, problem: problemOf(error) })
  }
}
