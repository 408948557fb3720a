import { create } from 'zustand'
import type { CellsClause, Filter } from '#core/contract/filter.ts'
import type { Problem } from '#core/contract/problem.ts'
import type { Hotspot, HotspotsSummary } from '#core/contract/results.ts'
import type { AnalysisResult } from '#core/contract/routes.ts'
import type { HotspotDecision, HotspotPlan } from '#core/contract/workspace.ts'
import { problemOf } from '#renderer/api/client.ts'
import { analyse, cardOf, defaultsOf } from './analyse.ts'
import { editWorkspace, useWorkspace } from './workspace.ts'

export interface HotspotsStore {
  readonly status: 'none' | 'working' | 'ready' | 'failed'
  readonly result: AnalysisResult<HotspotsSummary> | null
  /** Of which plan the result is: its dataset, filter and parameters. */
  readonly of: string
  readonly problem: Problem | null
}

export const useHotspots = create<HotspotsStore>(() => ({
  status: 'none',
  result: null,
  of: '',
  problem: null,
}))

let running: AbortController | null = null

function planKey(plan: { dataset: string; filter: Filter; params: unknown }): string {
  const { studyArea, weights } = useWorkspace.getState().state
  return JSON.stringify([plan.dataset, plan.filter, plan.params, studyArea, weights])
}

/** Finds the hotspots of the current selection and makes them the plan in work. Earlier decisions are kept. */
export async function runHotspots(params: Readonly<Record<string, unknown>>): Promise<void> {
  const { state } = useWorkspace.getState()
  if (!state.dataset) return
  const plan = {
    dataset: state.dataset,
    filter: state.filter,
    params,
    decisions: state.plan?.decisions ?? [],
  }
  if (await compute(plan)) editWorkspace({ plan })
}

async function compute(plan: {
  dataset: string
  filter: Filter
  params: Readonly<Record<string, unknown>>
}): Promise<boolean> {
  running?.abort()
  const control = new AbortController()
  running = control
  const of = planKey(plan)
  useHotspots.setState({ status: 'working', problem: null })
  try {
    const result = await analyse<HotspotsSummary>('hotspots', plan.params, plan.filter, control.signal)
    if (running !== control) return false
    useHotspots.setState({ status: 'ready', result, of })
    return true
  } catch (error) {
    if (running !== control) return false
    const problem = problemOf(error)
    const held = useHotspots.getState().result
    useHotspots.setState({
      status: problem ? 'failed' : held ? 'ready' : 'none',
      problem,
      of: problem ? of : '',
    })
    return false
  }
}

export function cancelHotspots(): void {
  running?.abort()
}

/** Parameters the form starts from: those of the plan, else the card's defaults. */
export function hotspotParams(): Record<string, unknown> {
  return { ...defaultsOf(cardOf('hotspots')), ...useWorkspace.getState().state.plan?.params }
}

/** Brings back the plan's hotspots after a start or an undo. The core answers from its results if nothing changed. */
export function watchHotspots(): () => void {
  const check = () => {
    const { state, datasets } = useWorkspace.getState()
    const { plan } = state
    const held = useHotspots.getState()
    if (!plan || !datasets.some((dataset) => dataset.id === plan.dataset)) {
      if (held.status === 'ready') useHotspots.setState({ status: 'none', result: null, of: '' })
      return
    }
    if (held.status !== 'working' && held.of !== planKey(plan)) void compute(plan)
  }
  check()
  return useWorkspace.subscribe(check)
}

/** Changes what the analyst decided about one hotspot; an empty change takes the decision back. */
export function decide(hotspot: string, change: Partial<Omit<HotspotDecision, 'hotspot'>> | null): void {
  const { plan } = useWorkspace.getState().state
  if (!plan) return
  const others = plan.decisions.filter((held) => held.hotspot !== hotspot)
  const own = plan.decisions.find((held) => held.hotspot === hotspot)
  const decisions = change ? [...others, { ...own, ...change, hotspot }] : others
  editWorkspace({ plan: { ...plan, decisions } })
}

/** Drops one field of a decision: the name, the drop or the merge. */
export function takeBack(hotspot: string, field: 'name' | 'dropped' | 'mergedInto'): void {
  const { plan } = useWorkspace.getState().state
  if (!plan) return
  const decisions = plan.decisions.flatMap((held) => {
    if (held.hotspot !== hotspot) return [held]
    const { [field]: _, ...rest } = held
    return Object.keys(rest).length > 1 ? [rest] : []
  })
  editWorkspace({ plan: { ...plan, decisions } })
}

/** The incidents one hotspot counts: the plan's selection, less what the ranking left out, inside its cells. */
export function filterOfHotspot(
  plan: Pick<HotspotPlan, 'filter'>,
  summary: HotspotsSummary,
  hotspot: Pick<Hotspot, 'cells'>,
  name: string,
): Filter {
  const cells: CellsClause = { kind: 'cells', name, grid: summary.grid, cells: hotspot.cells }
  return { clauses: [...plan.filter.clauses, ...summary.clauses, cells] }
}
