import { InputError } from '#core/contract/problem.ts'

export interface Call {
  readonly request: Request
  /** Named parts of the path. */
  readonly parts: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

/** `'GET /datasets/{id}'` → what answers it. */
export type Routes = Readonly<Record<string, (call: Call) => Response | Promise<Response>>>

interface Route {
  readonly method: string
  readonly parts: readonly string[]
  readonly answer: Routes[string]
}

/** Finds the route of a request under /api; a known path with another method is 405, anything else 404. */
export function createRouter(routes: Routes): (request: Request) => Promise<Response> {
  const table: Route[] = Object.entries(routes).map(([key, answer]) => {
    const [method, path] = key.split(' ')
    return { method, parts: path.split('/').slice(1), answer }
  })
  return async (request) => {
    const url = new URL(request.url)
    const given = url.pathname.split('/').slice(1)
    if (given.shift() !== 'api')
      throw new InputError('E-REQ-PATH', 'There is nothing at this address.', { status: 404 })
    const onPath = table.flatMap((route) => {
      const parts = match(route.parts, given)
      return parts ? [{ route, parts }] : []
    })
    const found = onPath.find(({ route }) => route.method === request.method)
    if (found) return found.route.answer({ request, parts: found.parts, query: url.searchParams })
    if (onPath.length > 0)
      throw new InputError('E-REQ-METHOD', `${request.method} is not possible here.`, { status: 405 })
    throw new InputError('E-REQ-PATH', 'There is nothing at this address.', { status: 404 })
  }
}

function match(pattern: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== given.length) return undefined
  const parts: Record<string, string> = {}
  for (let i = 0; i < pattern.length; i++) {
    if (!pattern[i].startsWith('{')) {
      if (pattern[i] !== given[i]) return undefined
    } else {
      try {
        parts[pattern[i].slice(1, -1)] = decodeURIComponent(given[i])
      } catch {
        return undefined
      }
    }
  }
  return parts
}
