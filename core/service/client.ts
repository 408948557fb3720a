import { InputError, type Problem } from '#core/contract/problem.ts'
import type { Line, Progress } from '#core/contract/progress.ts'

/** The boundary as the command line, the demo and the tests speak to it: the same requests a window makes. */
export interface Client {
  get<T>(path: string): Promise<T>
  send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>
  bytes(path: string): Promise<Uint8Array>
  /** POST that answers with NDJSON: progress as it comes, then the result. */
  run<T>(path: string, body: unknown, tell?: (progress: Progress) => void): Promise<T>
}

const ORIGIN = 'http://core.invalid'

export function createClient(handle: (request: Request) => Promise<Response>): Client {
  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await handle(
      new Request(`${ORIGIN}/api${path}`, {
        method,
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      }),
    )
    if (!response.ok) throw toError((await response.json()) as Problem)
    return response
  }
  return {
    get: async <T>(path: string) => (await (await call('GET', path)).json()) as T,
    send: async <T>(method: string, path: string, body?: unknown) =>
      (await (await call(method, path, body)).json()) as T,
    bytes: async (path) => new Uint8Array(await (await call('GET', path)).arrayBuffer()),
    async run<T>(path: string, body: unknown, tell?: (progress: Progress) => void) {
      const response = await call('POST', path, body)
      for await (const line of linesOf<T>(response)) {
        if (line.kind === 'progress') tell?.(line)
        else if (line.kind === 'result') return line.result
        else if (line.kind === 'problem') throw toError(line.problem)
      }
      throw new Error(`${path} ended without an answer`)
    },
  }
}

function toError({ code, title, ...detail }: Problem): Error {
  return code === 'E-BUG' ? new Error(title) : new InputError(code, title, detail)
}

async function* linesOf<T>(response: Response): AsyncGenerator<Line<T>> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield JSON.parse(line)
  }
}
