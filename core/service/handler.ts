import { problem } from './answer.ts'
import type { Services } from './core.ts'
import { createRouter } from './router.ts'
import { analysisRoutes } from './routes/analyses.ts'
import { importRoutes } from './routes/imports.ts'
import { incidentRoutes } from './routes/incidents.ts'
import { layerRoutes } from './routes/layers.ts'
import { packRoutes } from './routes/packs.ts'
import { placeRoutes } from './routes/places.ts'
import { selectionRoutes } from './routes/selections.ts'
import { workspaceRoutes } from './routes/workspace.ts'

/** The one boundary: every request to a response, whatever goes wrong inside. */
export function createHandler(services: Services): (request: Request) => Promise<Response> {
  const route = createRouter({
    ...workspaceRoutes(services),
    ...importRoutes(services),
    ...layerRoutes(services),
    ...placeRoutes(services),
    ...selectionRoutes(services),
    ...incidentRoutes(services),
    ...analysisRoutes(services),
    ...packRoutes(services),
  })
  return async (request) => {
    try {
      return await route(request)
    } catch (error) {
      return problem(error)
    }
  }
}
