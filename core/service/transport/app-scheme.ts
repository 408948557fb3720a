import { secured } from './headers.ts'
import { refusal } from './refusal.ts'
import { checkMethod, checkType, hasBody, MOST_BODY_BYTES, tooLarge } from './request-checks.ts'
import { answerPage, isPlainPath, type Page } from './static-page.ts'

export const APP_SCHEME = 'app'
export const APP_HOST = 'workbench'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/** Whether an address is the app's own: compared by parts, never by how it begins. */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  )
}

/**
 * What Electron's `protocol.handle` calls: page and API under one origin, with the checks of the loopback server that
 * mean something without a network. It never throws, because the page would only see a network error.
 */
export function appHandler(
  handle: (request: Request) => Promise<Response>,
  page: Page,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return secured(check(request) ?? (await answer(request)))
    } catch {
      return secured(refusal(500, 'E-BUG', 'Something went wrong inside the program. Nothing was changed.'))
    }
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/api/')) return handle(request)
    return request.method === 'GET'
      ? answerPage(page, pathname)
      : refusal(405, 'E-REQ-METHOD', 'This method is not possible here.')
  }
}

function check(request: Request): Response | null {
  if (!isAppUrl(request.url)) return refusal(403, 'E-REQ-HOST', 'This is not the workbench’s address.')
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  if (
    (origin !== null && origin !== APP_ORIGIN) ||
    (site !== null && site !== 'same-origin' && site !== 'none')
  )
    return refusal(403, 'E-REQ-ORIGIN', 'Only the workbench’s own page may ask.')
  const refused =
    checkType(request.method, request.headers.get('content-type')) ?? checkMethod(request.method)
  if (refused) return refused
  if (!isPlainPath(new URL(request.url).pathname))
    return refusal(400, 'E-REQ-PATH', 'This is not an address.')
  const tooLong =
    hasBody(request.method) && Number(request.headers.get('content-length') ?? 0) > MOST_BODY_BYTES
  return tooLong ? tooLarge() : null
}
