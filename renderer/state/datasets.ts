import { callJson } from '#renderer/api/client.ts'
import { saveFile } from '#renderer/api/download.ts'
import { refreshLists } from './save-workspace.ts'
import { editWorkspace, useWorkspace } from './workspace.ts'

/** Makes another import the one in work; the filter is emptied, because it names the other's words. */
export function chooseDataset(id: string): void {
  if (id !== useWorkspace.getState().state.dataset) editWorkspace({ dataset: id, filter: { clauses: [] } })
}

export async function removeDataset(id: string): Promise<void> {
  await callJson('DELETE', `/datasets/${encodeURIComponent(id)}`)
  const { state } = useWorkspace.getState()
  editWorkspace({
    ...(state.dataset === id ? { dataset: null, filter: { clauses: [] } } : {}),
    ...(state.plan?.dataset === id ? { plan: null } : {}),
  })
  await refreshLists()
}

/** Every rejected, repaired and blanked row as a file. */
export function saveIssues(id: string, name: string): Promise<void> {
  return saveFile(`/datasets/${encodeURIComponent(id)}/issues`, `${name || 'import'} issues.csv`)
}
