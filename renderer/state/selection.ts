import { create } from 'zustand'
import type { Problem } from '#core/contract/problem.ts'
import type { SelectionRequest, SelectionSummary } from '#core/contract/routes.ts'
import { putColumns } from '#renderer/api/cache.ts'
import { callBytes, problemOf } from '#renderer/api/client.ts'
import { decodeColumns } from '#renderer/api/columns.ts'
import { countedColumns, useCountBy } from './count-by.ts'
import { useView } from './view.ts'
import { useWorkspace } from './workspace.ts'

export interface SelectionStore {
  readonly status: 'none' | 'working' | 'ready' | 'failed'
  readonly summary: SelectionSummary | null
  /** Key in the column cache of the counted cells of `summary`. */
  readonly cells: string | null
  readonly problem: Problem | null
  /** Milliseconds from the change to the answer, as the analyst waits for it. */
  readonly waited: number
}

export const useSelection = create<SelectionStore>(() => ({
  status: 'none',
  summary: null,
  cells: null,
  problem: null,
  waited: 0,
}))

let asked = ''
let running: AbortController | null = null

function request(): SelectionRequest | null {
  const { state, datasets } = useWorkspace.getState()
  const { shape, cellSize, chartsOpen } = useView.getState()
  const { columns, byDay } = useCountBy.getState()
  if (!state.dataset) return null
  const held = datasets.find(({ id }) => id === state.dataset)
  const words = held ? countedColumns(held, columns) : []
  return {
    dataset: state.dataset,
    filter: state.filter,
    grid: { shape, size: cellSize },
    ...(state.areaLayer ? { areaLayer: state.areaLayer } : {}),
    ...(words.length > 0 ? { words } : {}),
    ...(byDay && chartsOpen ? { days: true } : {}),
  }
}

/** Asks for the counts of the current filter; an answer that has been overtaken is dropped. */
export async function updateSelection(): Promise<void> {
  const body = request()
  const key = body ? `selection ${JSON.stringify(body)}` : ''
  if (key === asked) return
  asked = key
  running?.abort()
  if (!body) {
    useSelection.setState({ status: 'none', summary: null, cells: null, problem: null })
    return
  }
  const control = new AbortController()
  running = control
  useSelection.setState({ status: 'working' })
  const started = performance.now()
  try {
    const columns = decodeColumns<SelectionSummary>(
      await callBytes('POST', '/selections', body, control.signal),
    )
    if (asked !== key) return
    putColumns(key, columns)
    const waited = performance.now() - started
    useSelection.setState({ status: 'ready', summary: columns.summary, cells: key, problem: null, waited })
  } catch (error) {
    if (asked !== key) return
    const problem = problemOf(error)
    if (problem) useSelection.setState({ status: 'failed', summary: null, cells: null, problem })
  }
}

/** Asks again after a failure. */
export function retrySelection(): void {
  asked = ''
  void updateSelection()
}

/** Keeps the counts in step with the filter, the dataset, the area layer and the grid. */
export function watchSelection(): () => void {
  const stopWorkspace = useWorkspace.subscribe(() => void updateSelection())
  const stopView = useView.subscribe(() => void updateSelection())
  const stopCountBy = useCountBy.subscribe(() => void updateSelection())
  void updateSelection()
  return () => {
    stopWorkspace()
    stopView()
    stopCountBy()
  }
}
