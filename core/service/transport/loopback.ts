import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SECURITY_HEADERS, secured } from './headers.ts'
import { checkRequest, HEALTH_PATH, pathOf, SESSION_PATH } from './loopback-checks.ts'
import { refusal } from './refusal.ts'
import { type Body, readBody } from './request-body.ts'
import { hasBody, MOST_BODY_BYTES, tooLarge } from './request-checks.ts'
import { sendResponse } from './send-response.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { answerPage, type Page } from './static-page.ts'

export interface LoopbackOptions {
  readonly handle: (request: Request) => Promise<Response>
  /** The built page by path. */
  readonly page: Page
  /** A free one when absent. */
  readonly port?: number
  readonly onReady?: (url: string) => void
  /** For tests: shorter patience, a smaller body, another clock for tokens. */
  readonly limits?: {
    readonly bodyBytes?: number
    readonly headersMs?: number
    readonly requestMs?: number
    readonly now?: () => number
  }
}

export interface Loopback {
  /** `http://127.0.0.1:PORT/#t=TOKEN`: works once, within a minute. For the owner's terminal only. */
  readonly url: string
  readonly origin: string
  /** A fresh one-time token, for another window of the same owner. */
  newToken(): string
  close(): Promise<void>
}

/**
 * Serves the page and the API to this machine's browser, and to nobody else: bound to 127.0.0.1, and every request
 * checked (`checkRequest`) before a route is looked for. The desktop app never starts it.
 */
export async function serveLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { limits = {} } = options
  const sessions = createSessions(limits.now)
  const server = createServer({
    maxHeaderSize: 16 << 10,
    headersTimeout: limits.headersMs ?? 10_000,
    requestTimeout: limits.requestMs ?? 60_000,
    connectionsCheckingInterval: Math.min(5_000, limits.headersMs ?? 5_000),
    keepAliveTimeout: 5_000,
    // Checked by us, so that a missing name is refused like a wrong one.
    requireHostHeader: false,
  })
  server.maxConnections = 32
  let port = 0
  server.on('request', (request, response) => {
    void serve(request, response, port, sessions, options)
  })
  server.on('connect', (_request, socket) => socket.end(rawRefusal(405, 'Method Not Allowed')))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    const [status, text] = statusOf(error.code)
    socket.end(rawRefusal(status, text))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  port = (server.address() as AddressInfo).port
  const origin = `http://127.0.0.1:${port}`
  const url = `${origin}/#t=${sessions.newToken()}`
  options.onReady?.(url)
  return {
    url,
    origin,
    newToken: () => sessions.newToken(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  sessions: Sessions,
  options: LoopbackOptions,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    const answer = await answerTo(request, port, sessions, options, gone.signal)
    // What is left of a refused body is not read: the connection ends with the answer.
    if (!request.complete) response.setHeader('connection', 'close')
    await sendResponse(secured(answer), response)
  } catch {
    // A handler that throws is a bug of ours; the page is told, without the reason.
    if (response.headersSent) response.destroy()
    else
      await sendResponse(
        secured(refusal(500, 'E-BUG', 'Something went wrong inside the program. Nothing was changed.')),
        response,
      )
  }
}

async function answerTo(
  request: IncomingMessage,
  port: number,
  sessions: Sessions,
  { handle, page, limits }: LoopbackOptions,
  signal: AbortSignal,
): Promise<Response> {
  const refused = checkRequest(request, port, sessions)
  if (refused) return refused
  const path = pathOf(request)
  const method = request.method as string
  const isSession = path === SESSION_PATH && method === 'POST'
  const most = isSession ? 1024 : (limits?.bodyBytes ?? MOST_BODY_BYTES)
  const body: Body = hasBody(method) ? await readBody(request, most) : undefined
  if (body === 'too large') return tooLarge(most)
  if (isSession) return exchange(body, sessions)
  if (path === HEALTH_PATH) return jsonOf({ ok: true })
  if (!path.startsWith('/api/'))
    return method === 'GET'
      ? answerPage(page, path)
      : refusal(405, 'E-REQ-METHOD', 'This method is not possible here.')
  const headers = new Headers()
  for (const name of ['content-type', 'accept']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  return handle(
    new Request(`http://127.0.0.1:${port}${request.url}`, {
      method,
      headers,
      signal,
      ...(body === undefined ? {} : { body }),
    }),
  )
}

/** A one-time token for the session key. */
function exchange(body: Body, sessions: Sessions): Response {
  let token: unknown
  try {
    token = (JSON.parse(new TextDecoder().decode(body as Uint8Array)) as { token?: unknown } | null)?.token
  } catch {
    return refusal(400, 'E-REQ-JSON', 'The request is not valid JSON.')
  }
  const key = typeof token === 'string' ? sessions.exchange(token) : null
  return key === null
    ? refusal(
        401,
        'E-REQ-TOKEN',
        'This start address has been used, or is older than a minute.',
        'Start the workbench again, or ask it for a new address.',
      )
    : jsonOf({ key })
}

function jsonOf(value: unknown): Response {
  const body = new TextEncoder().encode(JSON.stringify(value))
  return new Response(body, {
    headers: { 'content-type': 'application/json', 'content-length': String(body.byteLength) },
  })
}

function statusOf(code: string | undefined): [number, string] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'Request Timeout']
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'Request Header Fields Too Large']
  return [400, 'Bad Request']
}

/** For what the parser refused, where there is no response to write to. */
function rawRefusal(status: number, text: string): string {
  const headers = Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${text}\r\n${headers.join('')}connection: close\r\ncontent-length: 0\r\n\r\n`
}
