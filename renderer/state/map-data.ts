import { create } from 'zustand'
import type { Problem } from '#core/contract/problem.ts'
import type { DensitySummary } from '#core/contract/results.ts'
import type { AnalysisResult } from '#core/contract/routes.ts'
import { columnsOf, putColumns } from '#renderer/api/cache.ts'
import { callBytes, problemOf } from '#renderer/api/client.ts'
import { decodeColumns } from '#renderer/api/columns.ts'
import { analyse, resultColumns } from './analyse.ts'
import { useSelection } from './selection.ts'
import { useView } from './view.ts'
import { useWorkspace } from './workspace.ts'

/** Dots are drawn up to this many; beyond it the counts grid says more. */
export const mostPoints = 50_000

export interface MapDataStore {
  /** Key of the dots in the column cache. */
  readonly points: string | null
  readonly density: { readonly key: string; readonly summary: DensitySummary } | null
  readonly problem: Problem | null
}

export const useMapData = create<MapDataStore>(() => ({ points: null, density: null, problem: null }))

/** What the map draws: as chosen, or dots while they can still be told apart. */
export function shownMode(mode: string, located: number): 'points' | 'cells' | 'density' {
  if (mode === 'density' || mode === 'cells') return mode
  return located <= mostPoints ? 'points' : 'cells'
}

let asked = ''
let running: AbortController | null = null

async function update(): Promise<void> {
  const { state } = useWorkspace.getState()
  const { summary, status } = useSelection.getState()
  if (!state.dataset || !summary || status === 'working') return
  const mode = shownMode(useView.getState().mapMode, summary.located)
  const key = `${mode} ${state.dataset} ${mode === 'density' ? state.studyArea : ''} ${JSON.stringify(state.filter)}`
  if (key === asked) return
  asked = key
  running?.abort()
  if (mode === 'cells') return
  const control = new AbortController()
  running = control
  try {
    if (mode === 'points') {
      if (!columnsOf(key)) {
        const body = { dataset: state.dataset, filter: state.filter, limit: mostPoints }
        putColumns(key, decodeColumns(await callBytes('POST', '/points', body, control.signal)))
      }
      if (asked === key) useMapData.setState({ points: key, problem: null })
    } else {
      const result: AnalysisResult<DensitySummary> = await analyse(
        'density',
        {},
        state.filter,
        control.signal,
      )
      await resultColumns(result.key, control.signal)
      if (asked === key) {
        useMapData.setState({
          density: { key: `result ${result.key}`, summary: result.summary },
          problem: null,
        })
      }
    }
  } catch (error) {
    if (asked !== key) return
    asked = ''
    const problem = problemOf(error)
    if (problem) useMapData.setState({ problem, points: null, density: null })
  }
}

/** Keeps dots and surface in step with the selection and the map's mode. */
export function watchMapData(): () => void {
  const stops = [
    useSelection.subscribe(() => void update()),
    useView.subscribe((now, before) => now.mapMode !== before.mapMode && void update()),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
