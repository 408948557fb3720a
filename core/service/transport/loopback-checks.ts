import type { IncomingMessage } from 'node:http'
import { refusal } from './refusal.ts'
import { checkMethod, checkType, hasBody } from './request-checks.ts'
import type { Sessions } from './sessions.ts'
import { isPlainPath } from './static-page.ts'

export const KEY_HEADER = 'x-hotspot-key'
export const SESSION_PATH = '/api/session'
export const HEALTH_PATH = '/health'

/**
 * Everything that is asked of a request before a route is looked for, in the order in which a forger is best turned
 * away: from this machine, to this name (a rebound name has another), from this page, of a kind that needs asking
 * first, and with the key. Null when it may pass.
 *
 * @see safety notes, section 6; Jupyter's `check_host` for the name, and no cookie, because cookies know no ports
 */
export function checkRequest(request: IncomingMessage, port: number, sessions: Sessions): Response | null {
  const method = request.method ?? ''
  return (
    checkPeer(request.socket.remoteAddress) ??
    checkHost(request, port) ??
    checkSite(request) ??
    checkOrigin(request, method) ??
    checkType(method, one(request, 'content-type')) ??
    checkKey(request, method, sessions) ??
    checkShape(request, method)
  )
}

function checkPeer(address: string | undefined): Response | null {
  return address !== undefined && /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address)
    ? null
    : refusal(403, 'E-REQ-PEER', 'Only this machine may ask.')
}

function checkHost(request: IncomingMessage, port: number): Response | null {
  const host = one(request, 'host')
  const isOurs = host === `127.0.0.1:${port}` || host === `localhost:${port}`
  // An absolute address in the request line would overrule the header.
  return isOurs && request.url?.startsWith('/')
    ? null
    : refusal(403, 'E-REQ-HOST', 'This server answers to its own address only.')
}

/** A page on another port of this machine counts as `same-site`: refused. Without the header, only the health check. */
function checkSite(request: IncomingMessage): Response | null {
  const site = one(request, 'sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return null
  const isHealthCheck = request.method === 'GET' && pathOf(request) === HEALTH_PATH
  return site === undefined && isHealthCheck
    ? null
    : refusal(403, 'E-REQ-SITE', 'Only the workbench’s own page may ask.')
}

function checkOrigin(request: IncomingMessage, method: string): Response | null {
  const origin = one(request, 'origin')
  const own = `http://${one(request, 'host')}`
  const isMissed = origin === undefined && (hasBody(method) || method === 'DELETE')
  return isMissed || (origin !== undefined && origin !== own)
    ? refusal(403, 'E-REQ-ORIGIN', 'Only the workbench’s own page may ask.')
    : null
}

function checkKey(request: IncomingMessage, method: string, sessions: Sessions): Response | null {
  const path = pathOf(request)
  const isOpen = !(path === '/api' || path.startsWith('/api/') || path === HEALTH_PATH)
  if (isOpen || (method === 'POST' && path === SESSION_PATH)) return null
  const key = one(request, KEY_HEADER)
  return key !== undefined && sessions.isKey(key)
    ? null
    : refusal(
        401,
        'E-REQ-KEY',
        'This window is not signed in to the workbench.',
        'Open the workbench again from its start address.',
      )
}

function checkShape(request: IncomingMessage, method: string): Response | null {
  const wrongMethod = checkMethod(method)
  if (wrongMethod) return wrongMethod
  if (request.headers.upgrade !== undefined)
    return refusal(405, 'E-REQ-METHOD', 'Connections are not upgraded here.')
  if (!isPlainPath(pathOf(request))) return refusal(400, 'E-REQ-PATH', 'This is not an address.')
  const sendsBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  if (sendsBody && !hasBody(method)) return refusal(400, 'E-REQ-BODY', `${method} carries no body here.`)
  return null
}

/** The path as it was sent: not yet decoded, not yet resolved. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0]
}

/** A header given exactly once; a repeated one counts as none of them (and `null` is never ours). */
function one(request: IncomingMessage, name: string): string | undefined {
  const values = request.headersDistinct[name]
  if (values === undefined) return undefined
  return values.length === 1 ? values[0] : 'repeated'
}
