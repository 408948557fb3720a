import type { PackRequest } from '#core/contract/routes.ts'
import type { WorkspaceState } from '#core/contract/workspace.ts'
import type { Services } from '../core.ts'

/**
 * What it takes to make a pack again: the request, the workspace's own words on it, and the files it stood on by
 * their SHA-256. Stored in the pack; `hotspot verify` follows it.
 */
export interface PackRecipe {
  readonly request: PackRequest
  readonly state: Pick<WorkspaceState, 'force' | 'marking' | 'definition'>
  readonly dataset: string
  readonly studyArea: { readonly name: string; readonly sha256: string } | null
  readonly weights: { readonly name: string; readonly sha256: string } | null
  readonly basemaps: readonly { readonly name: string; readonly sha256: string }[]
}

export function recipeOf(
  { store, layers }: Services,
  request: PackRequest,
  state: WorkspaceState,
): PackRecipe {
  const area = state.studyArea === null ? undefined : layers.info(state.studyArea)
  const weights = store.weights().find((table) => table.id === state.weights)
  return {
    request,
    state: { force: state.force, marking: state.marking, definition: state.definition },
    dataset: request.plan.dataset,
    studyArea: area ? { name: area.name, sha256: area.sha256 } : null,
    weights: weights ? { name: weights.name, sha256: weights.sha256 } : null,
    basemaps: store
      .layers()
      .filter((layer) => layer.kind === 'basemap')
      .map(({ name, sha256 }) => ({ name, sha256 })),
  }
}
