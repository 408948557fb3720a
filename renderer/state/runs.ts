import { create } from 'zustand'
import type { Filter } from '#core/contract/filter.ts'
import type { MethodCard } from '#core/contract/method.ts'
import type { AnalysisRequest, AnalysisResult } from '#core/contract/routes.ts'
import type { KeptRun } from '#core/contract/workspace.ts'
import { requestOf, resultColumns, runRequest } from './analyse.ts'
import { setView } from './view.ts'
import { editWorkspace, useWorkspace } from './workspace.ts'

/** A run of a method with its answer. */
export interface Run {
  readonly title: string
  readonly request: AnalysisRequest
  readonly result: AnalysisResult
}

/** The column of a result that the map draws. */
export interface ShownResult {
  readonly run: Run
  readonly column: string
  readonly title: string
  readonly unit: string
}

export interface RunsStore {
  /** This session's runs, newest first; one per question. */
  readonly runs: readonly Run[]
  readonly shown: ShownResult | null
}

const most = 50

export const useRuns = create<RunsStore>(() => ({ runs: [], shown: null }))

/** Runs a method on a selection and puts it on top of the history. */
export async function runMethod(
  card: MethodCard,
  params: Readonly<Record<string, unknown>>,
  filter: Filter,
  signal: AbortSignal,
): Promise<Run> {
  return ask(card.title, requestOf(card.id, params, filter), signal)
}

/** Asks a question of the history or the workspace again; the core knows the answer where nothing has changed. */
export async function ask(title: string, request: AnalysisRequest, signal: AbortSignal): Promise<Run> {
  const result = await runRequest(title, request, signal)
  await resultColumns(result.key, signal)
  const run = { title, request, result }
  useRuns.setState(({ runs }) => ({
    runs: [run, ...runs.filter((held) => held.result.key !== result.key)].slice(0, most),
  }))
  return run
}

/** Keeps a run in the workspace under a name, or changes that name. */
export function keepRun(run: Run, name: string): void {
  const { runs = [] } = useWorkspace.getState().state
  const kept: KeptRun = { id: run.result.key, name, request: run.request }
  editWorkspace({ runs: [...runs.filter((held) => held.id !== kept.id), kept] })
}

export function dropRun(id: string): void {
  const { runs = [] } = useWorkspace.getState().state
  editWorkspace({ runs: runs.filter((held) => held.id !== id) })
}

/** Draws a column of a run over the map, instead of what was drawn before; null takes it away. */
export function showOnMap(shown: ShownResult | null): void {
  useRuns.setState({ shown })
  if (shown) setView({ dialog: null })
}
