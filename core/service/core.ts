import { methods } from '#core/analysis/registry.ts'
import type { About } from '#core/contract/routes.ts'
import { openWorkspace, type WorkspaceStore } from '#core/data/store/workspace-store.ts'
import { createDatasets, type Datasets } from './datasets.ts'
import { createHandler } from './handler.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { createLayers, type Layers } from './layers.ts'
import { createPool, type Pool } from './pool.ts'
import { PRODUCT, VERSION } from './product.ts'
import { forkIntake, type SpawnIntake } from './run-intake.ts'
import { createUploads, type Uploads } from './uploads.ts'

/** Everything a route may use. */
export interface Services {
  readonly about: About
  readonly store: WorkspaceStore
  readonly pool: Pool
  readonly jobs: Jobs
  readonly datasets: Datasets
  readonly layers: Layers
  readonly uploads: Uploads
  readonly spawnIntake: SpawnIntake
  /** Paths may be named in requests: true for the command line and tests only, never for a page. */
  readonly trustsPaths: boolean
}

export interface CoreOptions {
  readonly workspace: string
  readonly name?: string
  readonly shell?: About['shell']
  readonly trustsPaths?: boolean
  readonly spawnIntake?: SpawnIntake
  readonly workers?: number
}

export interface Core {
  /** The one boundary. Never throws, never hangs. */
  readonly handle: (request: Request) => Promise<Response>
  readonly close: () => Promise<void>
}

/** Opens a workspace and answers for it. Runs in a worker thread of the host, or directly in the command line. */
export function createCore(options: CoreOptions): Core {
  if (methods.length === 0) throw new Error('no methods are registered')
  const store = openWorkspace(options.workspace, options.name)
  const pool = createPool(options.workers)
  const layers = createLayers(store)
  const services: Services = {
    about: {
      product: PRODUCT,
      version: VERSION,
      workspace: store.state().state.name,
      shell: options.shell ?? 'direct',
    },
    store,
    pool,
    jobs: createJobs(),
    datasets: createDatasets(store, pool, layers),
    layers,
    uploads: createUploads(store),
    spawnIntake: options.spawnIntake ?? forkIntake,
    trustsPaths: options.trustsPaths ?? false,
  }
  return {
    handle: createHandler(services),
    async close() {
      await pool.close()
      store.close()
    },
  }
}
