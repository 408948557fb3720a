import { create } from 'zustand'
import type { Filter } from '#core/contract/filter.ts'
import type { MethodCard } from '#core/contract/method.ts'
import type { AnalysisRequest, AnalysisResult } from '#core/contract/routes.ts'
import { columnsOf, putColumns } from '#renderer/api/cache.ts'
import { callBytes, callJson } from '#renderer/api/client.ts'
import { type Columns, decodeColumns } from '#renderer/api/columns.ts'
import { runJob } from './jobs.ts'
import { useWorkspace } from './workspace.ts'

/** Cards of every method, as the core describes them. */
export const useMethods = create<{ readonly cards: readonly MethodCard[] }>(() => ({ cards: [] }))

export async function loadMethods(): Promise<void> {
  const { methods } = await callJson<{ methods: MethodCard[] }>('GET', '/methods')
  useMethods.setState({ cards: methods })
}

export function cardOf(id: string): MethodCard | undefined {
  return useMethods.getState().cards.find((card) => card.id === id)
}

/** Default values of a method's parameters. */
export function defaultsOf(card: MethodCard | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(card?.parameters ?? {}).map(([name, held]) => [name, held.default]),
  )
}

/** Runs a method on the dataset in work, with the workspace's study area and weights. */
export function analyse<S>(
  method: string,
  params: Readonly<Record<string, unknown>>,
  filter: Filter,
  signal?: AbortSignal,
): Promise<AnalysisResult<S>> {
  const { state } = useWorkspace.getState()
  const body: AnalysisRequest = {
    method,
    params,
    dataset: state.dataset ?? '',
    filter,
    ...(state.studyArea ? { studyArea: state.studyArea } : {}),
    ...(state.weights ? { weights: state.weights } : {}),
  }
  return runJob<AnalysisResult<S>>(cardOf(method)?.title ?? method, '/analyses', body, signal)
}

/** The columns of a result by its key: a second, quick question. */
export async function resultColumns(key: string, signal?: AbortSignal): Promise<Columns> {
  const held = columnsOf(`result ${key}`)
  if (held) return held
  const columns = decodeColumns(
    await callBytes('GET', `/results/${encodeURIComponent(key)}`, undefined, signal),
  )
  putColumns(`result ${key}`, columns)
  return columns
}
