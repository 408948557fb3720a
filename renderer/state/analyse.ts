import { create } from 'zustand'
import type { Filter } from '#core/contract/filter.ts'
import type { MethodCard } from '#core/contract/method.ts'
import type { AnalysisRequest, AnalysisResult, MethodGroupCard } from '#core/contract/routes.ts'
import { columnsOf, putColumns } from '#renderer/api/cache.ts'
import { callBytes, callJson } from '#renderer/api/client.ts'
import { type Columns, decodeColumns } from '#renderer/api/columns.ts'
import { runJob } from './jobs.ts'
import { useWorkspace } from './workspace.ts'

/** Cards of every method, as the core describes them, and the groups to list them in. */
export const useMethods = create<{
  readonly cards: readonly MethodCard[]
  readonly groups: readonly MethodGroupCard[]
}>(() => ({ cards: [], groups: [] }))

export async function loadMethods(): Promise<void> {
  const { methods, groups } = await callJson<{ methods: MethodCard[]; groups: MethodGroupCard[] }>(
    'GET',
    '/methods',
  )
  useMethods.setState({ cards: methods, groups })
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

/** The question of a method about a selection, with the dataset in work and the workspace's study area and weights. */
export function requestOf(
  method: string,
  params: Readonly<Record<string, unknown>>,
  filter: Filter,
): AnalysisRequest {
  const { state } = useWorkspace.getState()
  return {
    method,
    params,
    dataset: state.dataset ?? '',
    filter,
    ...(state.studyArea ? { studyArea: state.studyArea } : {}),
    ...(state.weights ? { weights: state.weights } : {}),
  }
}

/** Asks the core; the answer it gave before is found again. */
export function runRequest<S>(
  title: string,
  request: AnalysisRequest,
  signal?: AbortSignal,
): Promise<AnalysisResult<S>> {
  return runJob<AnalysisResult<S>>(title, '/analyses', request, signal)
}

/** Runs a method on a selection of the dataset in work. */
export function analyse<S>(
  method: string,
  params: Readonly<Record<string, unknown>>,
  filter: Filter,
  signal?: AbortSignal,
): Promise<AnalysisResult<S>> {
  return runRequest(cardOf(method)?.title ?? method, requestOf(method, params, filter), signal)
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
