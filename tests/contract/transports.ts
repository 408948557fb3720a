import { createCore } from '#core/service/core.ts'
import { startHost } from '#core/service/transport/host.ts'
import { serveLoopback } from '#core/service/transport/loopback.ts'

/** One way to reach the core. The same suite runs over each, so that none can answer otherwise than the others. */
export interface Transport {
  readonly name: string
  readonly open: (workspace: string) => Promise<{
    readonly handle: (request: Request) => Promise<Response>
    readonly close: () => Promise<void>
  }>
}

export const transports: readonly Transport[] = [
  { name: 'direct call', open: async (workspace) => createCore({ workspace, workers: 2 }) },
  { name: 'core in its own thread', open: (workspace) => startHost({ workspace, shell: 'browser' }) },
  {
    name: 'loopback server',
    async open(workspace) {
      const host = await startHost({ workspace, shell: 'browser' })
      const server = await serveLoopback({ handle: host.handle, page: new Map() })
      const origin = new URL(server.url).origin
      const token = new URL(server.url).hash.slice(3)
      const session = await fetch(`${origin}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify({ token }),
      })
      const { key } = (await session.json()) as { key: string }
      return {
        async handle(request) {
          const { pathname, search } = new URL(request.url)
          const body =
            request.method === 'GET' || request.method === 'DELETE' ? undefined : await request.arrayBuffer()
          return fetch(`${origin}${pathname}${search}`, {
            method: request.method,
            headers: {
              ...Object.fromEntries(request.headers),
              'x-hotspot-key': key,
              origin,
              'sec-fetch-site': 'same-origin',
            },
            ...(body && { body }),
          })
        },
        async close() {
          await server.close()
          await host.close()
        },
      }
    },
  },
]
