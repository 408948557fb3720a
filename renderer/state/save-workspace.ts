import type { Workspace, WorkspaceState } from '#core/contract/workspace.ts'
import { callJson, problemOf, Refused } from '#renderer/api/client.ts'
import { useWorkspace } from './workspace.ts'

let timer: ReturnType<typeof setTimeout> | undefined
let known: WorkspaceState | null = null

/** Takes over what the core holds: the lists always, the document only where `andState` says so. */
export function adoptWorkspace(workspace: Workspace, andState: boolean): void {
  const { version, state, datasets, layers, weights, profiles } = workspace
  if (andState) known = state
  useWorkspace.setState({
    version,
    datasets,
    layers,
    weights,
    profiles,
    loaded: true,
    ...(andState ? { state } : {}),
  })
}

/** Reads the workspace at the start; nothing before it can be undone. */
export async function loadWorkspace(): Promise<void> {
  adoptWorkspace(await callJson<Workspace>('GET', '/workspace'), true)
  useWorkspace.temporal.getState().clear()
  useWorkspace.subscribe((store) => {
    if (store.state !== known && store.saving !== 'saving') {
      known = store.state
      useWorkspace.setState({ saving: 'waiting' })
      clearTimeout(timer)
      timer = setTimeout(() => void saveWorkspace(), 300)
    }
  })
}

/** Reads the lists again after an import, keeping the document in work. */
export async function refreshLists(): Promise<void> {
  adoptWorkspace(await callJson<Workspace>('GET', '/workspace'), false)
}

/** Saves the document now; resolves when it is on disk. A change made meanwhile is saved after it. */
export async function saveWorkspace(): Promise<void> {
  clearTimeout(timer)
  if (useWorkspace.getState().saving === 'saving') return
  const { state, version } = useWorkspace.getState()
  useWorkspace.setState({ saving: 'saving' })
  try {
    const saved = await callJson<Workspace>('PUT', '/workspace', { ifVersion: version, state })
    known = state
    useWorkspace.setState({ version: saved.version, saving: 'saved', problem: null })
    if (useWorkspace.getState().state !== state) await saveWorkspace()
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 409) await takeOther()
    else useWorkspace.setState({ saving: 'failed', problem: problemOf(error) })
  }
}

/** Somebody else saved first: theirs is shown, ours is one Undo away. */
async function takeOther(): Promise<void> {
  const other = await callJson<Workspace>('GET', '/workspace')
  adoptWorkspace(other, true)
  useWorkspace.setState({
    saving: 'saved',
    problem: {
      code: 'E-UI-OTHER',
      title: 'The workspace was changed in another window. That version is shown; yours was kept.',
      status: 409,
      cure: 'Use Undo to go back to yours.',
    },
  })
}
