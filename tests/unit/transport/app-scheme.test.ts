import { describe, expect, it } from 'vitest'
import { appHandler, isAppUrl } from '#core/service/transport/app-scheme.ts'
import { SECURITY_HEADERS } from '#core/service/transport/headers.ts'
import { MOST_BODY_BYTES } from '#core/service/transport/request-checks.ts'

const page = new Map([['/index.html', { bytes: new TextEncoder().encode('page'), type: 'text/html' }]])
const asked: string[] = []
const answer = appHandler(async (request) => {
  asked.push(`${request.method} ${new URL(request.url).pathname}`)
  if (request.url.endsWith('/throws')) throw new Error('secret')
  return Response.json({ ok: true })
}, page)
const ask = (url: string, init: RequestInit = {}) => answer(new Request(url, init))

it.each(['app://workbench/', 'app://workbench/index.html?x#y'])('%s is the app', (url) =>
  expect(isAppUrl(url)).toBe(true),
)

it.each([
  'app://workbench.evil/',
  'app://evil/workbench',
  'app://core/',
  'app://user@workbench/',
  'app://workbench:80/',
  'app:workbench',
  'app:///index.html',
  'xapp://workbench/',
  'http://workbench/',
  'https://workbench/',
  'file:///index.html',
  'file://workbench/index.html',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:app://workbench/1',
  'about:blank',
  '//workbench/',
  'view-source:app://workbench/',
  '',
])('%s is not the app', (url) => expect(isAppUrl(url)).toBe(false))

describe('requests', () => {
  it.each([
    ['the page', 'app://workbench/', {}, 200],
    ['a path that is not in the page', 'app://workbench/secrets', {}, 404],
    ['the API', 'app://workbench/api/x', {}, 200],
    [
      'JSON',
      'app://workbench/api/x',
      { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
      200,
    ],
    ['another host', 'app://other/api/x', {}, 403],
    ['another origin', 'app://workbench/api/x', { headers: { origin: 'https://evil.test' } }, 403],
    ['origin null', 'app://workbench/api/x', { headers: { origin: 'null' } }, 403],
    ['its own origin', 'app://workbench/api/x', { headers: { origin: 'app://workbench' } }, 200],
    ['a foreign frame', 'app://workbench/api/x', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    [
      'text',
      'app://workbench/api/x',
      { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } },
      415,
    ],
    ['PATCH', 'app://workbench/api/x', { method: 'PATCH' }, 405],
    [
      'POST to the page',
      'app://workbench/',
      { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
      405,
    ],
    ['an escaped dot segment', 'app://workbench/api/%252e%252e%252fx', {}, 400],
    [
      'a body over the limit',
      'app://workbench/api/x',
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'content-length': String(MOST_BODY_BYTES + 1) },
      },
      413,
    ],
    ['a bug inside', 'app://workbench/api/throws', {}, 500],
  ])('%s', async (_what, url, init, status) => {
    asked.length = 0
    const response = await ask(url, init)
    expect(response.status).toBe(status)
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      expect(response.headers.get(name)).toBe(value)
    if (status >= 400 && status !== 500) expect(asked).toEqual([])
    if (status === 500) expect(await response.text()).not.toMatch(/secret/)
  })
  it('limits a body to 64 MB', () => expect(MOST_BODY_BYTES).toBe(67_108_864))
})
