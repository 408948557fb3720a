import type { Manifest } from '#core/contract/dataset.ts'
import type { DatasetInfo, Workspace } from '#core/contract/workspace.ts'
import { builtInProfiles } from '#core/data/ingest/profiles/list-profiles.ts'
import { json, readJson } from '../answer.ts'
import type { Services } from '../core.ts'
import type { Routes } from '../router.ts'
import { checked, schemas } from '../schemas.ts'

export function workspaceRoutes(services: Services): Routes {
  const { store, jobs } = services
  return {
    'GET /about': () => json({ ...services.about, workspace: store.state().state.name }),
    'GET /workspace': () => json(workspaceOf(services)),
    async 'PUT /workspace'({ request }) {
      const { ifVersion, state } = checked(schemas.saveWorkspace, await readJson(request))
      store.saveState(ifVersion, state)
      return json(workspaceOf(services))
    },
    async 'PUT /profiles/{id}'({ request, parts }) {
      const profile = { ...checked(schemas.profile, await readJson(request)), id: parts.id }
      store.saveProfile(profile)
      return json(profile)
    },
    'DELETE /profiles/{id}'({ parts }) {
      store.removeProfile(parts.id)
      return json({})
    },
    'DELETE /jobs/{id}': ({ parts }) => json({ cancelled: jobs.cancel(parts.id) }),
  }
}

export function workspaceOf({ store }: Services): Workspace {
  const { version, state } = store.state()
  return {
    version,
    state,
    datasets: store.datasets().map(datasetInfo),
    layers: store.layers(),
    weights: store.weights(),
    profiles: [...builtInProfiles.map(({ profile }) => profile), ...store.profiles()],
  }
}

/** Words listed whole to the window; a longer list (addresses) is searched in the core instead. */
const WORDS_SHOWN = 2000

/** A manifest without what only the core needs. */
export function datasetInfo(manifest: Manifest): DatasetInfo {
  const { segments: _segments, dictionaries, ...info } = manifest
  const shown = Object.entries(dictionaries).map(([name, words]) => [name, words.slice(0, WORDS_SHOWN)])
  return { ...info, dictionaries: Object.fromEntries(shown) }
}
