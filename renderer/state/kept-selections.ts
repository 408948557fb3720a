import type { Filter } from '#core/contract/filter.ts'
import { editWorkspace, useWorkspace } from './workspace.ts'

/** Keeps a selection under a name; the same name replaces the one that had it. */
export function keepSelection(name: string, filter: Filter): void {
  const { selections = [] } = useWorkspace.getState().state
  const same = selections.find((held) => held.name === name)
  const id = same?.id ?? nextId(selections.map((held) => held.id))
  editWorkspace({ selections: [...selections.filter((held) => held !== same), { id, name, filter }] })
}

export function dropSelection(id: string): void {
  const { selections = [] } = useWorkspace.getState().state
  editWorkspace({ selections: selections.filter((held) => held.id !== id) })
}

function nextId(ids: readonly string[]): string {
  const highest = Math.max(0, ...ids.map((id) => Number(id.slice(1)) || 0))
  return `s${highest + 1}`
}
