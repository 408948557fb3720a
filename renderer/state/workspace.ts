import { temporal } from 'zundo'
import { create } from 'zustand'
import type { Clause, Filter } from '#core/contract/filter.ts'
import { defaultMarking } from '#core/contract/marking.ts'
import type { Problem } from '#core/contract/problem.ts'
import type { DatasetInfo, Workspace, WorkspaceState } from '#core/contract/workspace.ts'

export interface WorkspaceStore {
  readonly loaded: boolean
  /** The core's version of the saved document; saving with an older one is refused. */
  readonly version: number
  readonly state: WorkspaceState
  readonly datasets: Workspace['datasets']
  readonly layers: Workspace['layers']
  readonly weights: Workspace['weights']
  readonly profiles: Workspace['profiles']
  readonly saving: 'saved' | 'waiting' | 'saving' | 'failed'
  readonly problem: Problem | null
}

export const emptyState: WorkspaceState = {
  name: 'Workspace',
  force: '',
  marking: defaultMarking,
  dataset: null,
  studyArea: null,
  areaLayer: null,
  weights: null,
  filter: { clauses: [] },
  definition: { name: 'All incidents', version: 1 },
  plan: null,
}

/** Only the analyst's document is undoable; what the core holds (datasets, layers) is not. */
export const useWorkspace = create<WorkspaceStore>()(
  temporal(
    (): WorkspaceStore => ({
      loaded: false,
      version: 0,
      state: emptyState,
      datasets: [],
      layers: [],
      weights: [],
      profiles: [],
      saving: 'saved',
      problem: null,
    }),
    {
      limit: 100,
      partialize: (store) => ({ state: store.state }),
      equality: (past, now) => past.state === now.state,
    },
  ),
)

/** Changes the analyst's document: one undo step, saved soon after. */
export function editWorkspace(change: Partial<WorkspaceState>): void {
  useWorkspace.setState((store) => ({ state: { ...store.state, ...change } }))
}

export function setFilter(filter: Filter): void {
  editWorkspace({ filter })
}

/** Puts `clause` in place of the first that `replaces` accepts, or adds it; null only removes. */
export function putClause(replaces: (clause: Clause) => boolean, clause: Clause | null): void {
  setFilter(withClause(useWorkspace.getState().state.filter, replaces, clause))
}

/** Pure form of {@link putClause}; later clauses that `replaces` accepts are dropped. */
export function withClause(
  filter: Filter,
  replaces: (clause: Clause) => boolean,
  clause: Clause | null,
): Filter {
  const clauses: Clause[] = []
  let put = false
  for (const held of filter.clauses) {
    if (!replaces(held)) clauses.push(held)
    else if (clause && !put) {
      clauses.push(clause)
      put = true
    }
  }
  if (clause && !put) clauses.push(clause)
  return { clauses }
}

export function undo(): void {
  useWorkspace.temporal.getState().undo()
}

export function redo(): void {
  useWorkspace.temporal.getState().redo()
}

/** The dataset in work, or null. */
export function useDataset(): DatasetInfo | null {
  return useWorkspace((store) => store.datasets.find((held) => held.id === store.state.dataset) ?? null)
}
