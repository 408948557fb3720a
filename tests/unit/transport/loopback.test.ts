import { connect, createServer, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from '#core/service/transport/headers.ts'
import { type Loopback, serveLoopback } from '#core/service/transport/loopback.ts'
import { requestText, sendRaw } from './raw-http.ts'

const page = new Map([
  ['/index.html', { bytes: new TextEncoder().encode('<!doctype html>page'), type: 'text/html' }],
  ['/app.js', { bytes: new TextEncoder().encode('export {}'), type: 'text/javascript' }],
])
let server: Loopback
let port: number
let key: string
let asked: string[] = []
let cancelled = 0
let clock = 0

async function handle(request: Request): Promise<Response> {
  const url = new URL(request.url)
  asked.push(`${request.method} ${url.pathname}${url.search}`)
  if (url.pathname === '/api/throws') throw new Error('secret detail /srv/somewhere')
  if (url.pathname === '/api/cookie')
    return new Response('x', {
      headers: { 'set-cookie': 'a=b', 'access-control-allow-origin': '*', 'cache-control': 'public' },
    })
  if (url.pathname === '/api/lines')
    return new Response(
      new ReadableStream({
        async pull(controller) {
          await new Promise((go) => setTimeout(go, 5))
          controller.enqueue(new TextEncoder().encode('{"kind":"progress"}\n'))
        },
        cancel: () => void cancelled++,
      }),
      { headers: { 'content-type': 'application/x-ndjson' } },
    )
  const body = await request.text()
  return Response.json({
    key: request.headers.get('x-hotspot-key'),
    bytes: body.length,
    type: request.headers.get('content-type'),
  })
}

beforeAll(async () => {
  server = await serveLoopback({
    handle,
    page,
    limits: { bodyBytes: 4096, headersMs: 700, requestMs: 900, now: () => clock },
  })
  port = Number(new URL(server.origin).port)
  key = await signIn(server.newToken()).then(({ body }) => JSON.parse(body).key)
})
afterAll(() => server.close())
beforeEach(() => {
  asked = []
})

type Headers = Record<string, string | readonly string[] | null>
/** An honest request of the page, with some headers changed; null takes one away, a list repeats it. */
function ask(method: string, path: string, changes: Headers = {}, body = '') {
  const honest: Headers = {
    host: `127.0.0.1:${port}`,
    'sec-fetch-site': 'same-origin',
    'x-hotspot-key': key,
    ...(method === 'GET' ? {} : { origin: `http://127.0.0.1:${port}` }),
    ...(method === 'POST' || method === 'PUT'
      ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
      : {}),
    ...changes,
  }
  const lines = Object.entries(honest).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().map((one) => [name, one] as [string, string]),
  )
  return sendRaw(port, requestText(method, path, lines, body))
}
const signIn = (token: string, changes: Headers = {}) =>
  ask('POST', '/api/session', { 'x-hotspot-key': null, ...changes }, JSON.stringify({ token }))

describe('honest requests', () => {
  it.each([
    ['GET', '/', 200],
    ['GET', '/app.js', 200],
    ['GET', '/missing.js', 404],
    ['GET', '/api/x?box=1,2', 200],
    ['POST', '/api/x', 200],
    ['PUT', '/api/x', 200],
    ['DELETE', '/api/x', 200],
  ])('%s %s is %i', async (method, path, status) => {
    const answer = await ask(method, path, {}, method === 'POST' || method === 'PUT' ? '{"a":1}' : '')
    expect(answer.status).toBe(status)
    expect(asked).toEqual(path.startsWith('/api') ? [`${method} ${path}`] : [])
  })
  it('serves the page without a key, and to localhost', async () => {
    const answer = await ask('GET', '/', {
      'x-hotspot-key': null,
      host: `localhost:${port}`,
      'sec-fetch-site': 'none',
    })
    expect([answer.status, answer.body]).toEqual([200, '<!doctype html>page'])
    expect(answer.headers.get('content-length')).toBe('19')
  })
  it('does not hand the key on', async () => {
    expect(JSON.parse((await ask('POST', '/api/x', {}, '{}')).body)).toEqual({
      key: null,
      bytes: 2,
      type: 'application/json',
    })
  })
  it('answers a health check that has the key but no Sec-Fetch-Site', async () => {
    expect((await ask('GET', '/health', { 'sec-fetch-site': null })).status).toBe(200)
    expect((await ask('GET', '/health', { 'sec-fetch-site': null, 'x-hotspot-key': null })).status).toBe(401)
  })
  it('takes uploads of bytes', async () => {
    expect(
      (await ask('PUT', '/api/uploads/1?offset=0', { 'content-type': 'application/octet-stream' }, 'abc'))
        .status,
    ).toBe(200)
  })
})

describe('forged requests', () => {
  const own = () => `127.0.0.1:${port}`
  const cases: [string, () => Promise<{ status: number }>, number | readonly number[]][] = [
    ['a rebound name', () => ask('GET', '/', { host: `evil.test:${port}` }), 403],
    ['a rebound name for the API', () => ask('GET', '/api/x', { host: `evil.test:${port}` }), 403],
    ['no Host', () => ask('GET', '/api/x', { host: null }), 403],
    ['two Hosts', () => ask('GET', '/api/x', { host: [own(), 'evil.test'] }), [400, 403]],
    ['two Hosts, ours last', () => ask('GET', '/api/x', { host: ['evil.test', own()] }), [400, 403]],
    ['Host without a port', () => ask('GET', '/api/x', { host: '127.0.0.1' }), 403],
    ['another loopback address as Host', () => ask('GET', '/api/x', { host: `127.0.0.2:${port}` }), 403],
    ['Host that begins with ours', () => ask('GET', '/api/x', { host: `${own()}.evil.test` }), 403],
    ['an absolute request line', () => ask('GET', 'http://evil.test/api/x'), 403],
    ['an absolute request line with our name', () => ask('GET', `http://127.0.0.1:${port}/api/x`), 403],
    ['Origin null', () => ask('GET', '/api/x', { origin: 'null' }), 403],
    ['Origin on another port', () => ask('GET', '/api/x', { origin: 'http://127.0.0.1:1' }), 403],
    ['Origin with https', () => ask('GET', '/api/x', { origin: `https://127.0.0.1:${port}` }), 403],
    ['Origin of the other name', () => ask('GET', '/api/x', { origin: `http://localhost:${port}` }), 403],
    ['two Origins', () => ask('GET', '/api/x', { origin: [`http://${own()}`, 'http://evil.test'] }), 403],
    ['POST without Origin', () => ask('POST', '/api/x', { origin: null }, '{}'), 403],
    ['PUT without Origin', () => ask('PUT', '/api/x', { origin: null }, '{}'), 403],
    ['DELETE without Origin', () => ask('DELETE', '/api/x', { origin: null }), 403],
    ['Sec-Fetch-Site same-site', () => ask('GET', '/api/x', { 'sec-fetch-site': 'same-site' }), 403],
    ['Sec-Fetch-Site same-site for the page', () => ask('GET', '/', { 'sec-fetch-site': 'same-site' }), 403],
    ['Sec-Fetch-Site cross-site', () => ask('GET', '/api/x', { 'sec-fetch-site': 'cross-site' }), 403],
    ['no Sec-Fetch-Site', () => ask('GET', '/api/x', { 'sec-fetch-site': null }), 403],
    ['two Sec-Fetch-Sites', () => ask('GET', '/api/x', { 'sec-fetch-site': ['none', 'same-origin'] }), 403],
    ['no key', () => ask('GET', '/api/x', { 'x-hotspot-key': null }), 401],
    ['a wrong key of the right length', () => ask('GET', '/api/x', { 'x-hotspot-key': 'A'.repeat(43) }), 401],
    ['an empty key', () => ask('GET', '/api/x', { 'x-hotspot-key': '' }), 401],
    ['the key twice', () => ask('GET', '/api/x', { 'x-hotspot-key': [key, key] }), 401],
    ['the key in the query', () => ask('GET', `/api/x?x-hotspot-key=${key}`, { 'x-hotspot-key': null }), 401],
    [
      'the key as a cookie',
      () => ask('GET', '/api/x', { 'x-hotspot-key': null, cookie: `x-hotspot-key=${key}` }),
      401,
    ],
    ['an API path in capitals escaped', () => ask('GET', '/%61pi/x', { 'x-hotspot-key': null }), 404],
    ['a wrong token', () => signIn('A'.repeat(43)), 401],
    ['a token that is no text', () => ask('POST', '/api/session', {}, '{"token":{"length":43}}'), 401],
    ['a session request that is not JSON', () => ask('POST', '/api/session', {}, '{'), 400],
    ['a session request that is null', () => ask('POST', '/api/session', {}, 'null'), 401],
    [
      'a session request of 2 kB',
      () => ask('POST', '/api/session', {}, `{"token":"${'a'.repeat(2048)}"}`),
      413,
    ],
    ['a token by GET', () => ask('GET', '/api/session?t=x', { 'x-hotspot-key': null }), 401],
    ['JSON as text/plain', () => ask('POST', '/api/x', { 'content-type': 'text/plain' }, '{}'), 415],
    [
      'a form',
      () => ask('POST', '/api/x', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1'),
      415,
    ],
    [
      'a multipart form',
      () => ask('POST', '/api/x', { 'content-type': 'multipart/form-data; boundary=x' }, ''),
      415,
    ],
    ['POST without a type', () => ask('POST', '/api/x', { 'content-type': null }, '{}'), 415],
    [
      'a type that begins with JSON',
      () => ask('POST', '/api/x', { 'content-type': 'application/jsonp' }, '{}'),
      415,
    ],
    ['HEAD', () => ask('HEAD', '/api/x'), 405],
    ['OPTIONS', () => ask('OPTIONS', '/api/x'), 405],
    ['TRACE', () => ask('TRACE', '/api/x'), 405],
    ['PATCH', () => ask('PATCH', '/api/x'), 405],
    ['CONNECT', () => ask('CONNECT', 'evil.test:443'), 405],
    ['an unknown method', () => ask('BREW', '/api/x'), 400],
    [
      'an upgrade to WebSocket',
      () => ask('GET', '/api/x', { connection: 'Upgrade', upgrade: 'websocket' }),
      405,
    ],
    ['POST to the page', () => ask('POST', '/index.html', {}, '{}'), 405],
    ['GET with a body', () => ask('GET', '/api/x', { 'content-length': '2' }, '{}'), 400],
    ['dot segments', () => ask('GET', '/../../etc/passwd'), 400],
    ['dot segments under the API', () => ask('GET', '/api/../../etc/passwd'), 400],
    ['escaped dot segments', () => ask('GET', '/%2e%2e%2f%2e%2e%2fetc/passwd'), 400],
    ['twice escaped dot segments', () => ask('GET', '/api/%252e%252e%252fx'), 400],
    ['two slashes', () => ask('GET', '//evil.test/x'), 400],
    ['backslashes', () => ask('GET', '/\\..\\..\\windows'), 400],
    ['escaped backslashes', () => ask('GET', '/api/%5c..%5cx'), 400],
    ['a NUL', () => ask('GET', '/index.html%00.js'), 400],
    ['a broken escape', () => ask('GET', '/api/%zz'), 400],
    ['a path of 20 kB', () => ask('GET', `/${'a'.repeat(20_000)}`), 431],
    ['a path of 4 kB', () => ask('GET', `/api/${'a'.repeat(4_000)}`), 400],
    ['a header of 20 kB', () => ask('GET', '/', { 'x-long': 'a'.repeat(20_000) }), 431],
    ['a stated body over the limit', () => ask('POST', '/api/x', { 'content-length': '4097' }, 'a'), 413],
    [
      'a body over the limit in chunks',
      () =>
        ask(
          'POST',
          '/api/x',
          { 'content-length': null, 'transfer-encoding': 'chunked' },
          `1001\r\n${'a'.repeat(4097)}\r\n0\r\n\r\n`,
        ),
      413,
    ],
    [
      'a chunk with a wrong size',
      () =>
        ask(
          'POST',
          '/api/x',
          { 'content-length': null, 'transfer-encoding': 'chunked' },
          '2\r\nabcdef\r\n0\r\n\r\n',
        ),
      400,
    ],
    [
      'length and chunks at once',
      () => ask('POST', '/api/x', { 'transfer-encoding': 'chunked' }, '0\r\n\r\n'),
      400,
    ],
    ['two lengths', () => ask('POST', '/api/x', { 'content-length': ['2', '3'] }, '{}'), 400],
    ['a negative length', () => ask('POST', '/api/x', { 'content-length': '-1' }, '{}'), 400],
    ['bytes that are not HTTP', () => sendRaw(port, Buffer.from([0x16, 3, 1, 0, 200, 1, 0])), 400],
    ['HTTP/1.0 without a name', () => sendRaw(port, 'GET / HTTP/1.0\r\n\r\n'), 403],
  ]
  it.each(cases)('%s', async (_what, send, status) => {
    const answer = await send()
    expect([status].flat()).toContain(answer.status)
    expect(asked).toEqual([])
  })
  it('a body that never comes is let go of with 408 (slow loris)', async () => {
    const head = requestText('POST', '/api/x', [
      ['host', own()],
      ['origin', `http://${own()}`],
      ['sec-fetch-site', 'same-origin'],
      ['x-hotspot-key', key],
      ['content-type', 'application/json'],
      ['content-length', '100'],
    ])
    for (const text of [`${head}{`, 'GET / HTTP/1.1\r\nHost: a']) {
      expect((await sendRaw(port, text, 8000)).status).toBe(408)
    }
    expect(asked).toEqual([])
  })
})

describe('answers', () => {
  it('carry every security header, whatever they are', async () => {
    const answers = await Promise.all([
      ask('GET', '/'),
      ask('GET', '/none'),
      ask('GET', '/api/x'),
      ask('GET', '/api/x', { 'x-hotspot-key': null }),
      ask('GET', '/', { host: 'evil.test' }),
      ask('GET', '/api/throws'),
      ask('GET', '/api/cookie'),
      ask('CONNECT', 'a:1'),
      sendRaw(port, 'nonsense\r\n\r\n'),
    ])
    for (const { headers } of answers) {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(headers.get(name)).toBe(value)
      expect(headers.has('set-cookie')).toBe(false)
      expect([...headers.keys()].some((name) => name.startsWith('access-control'))).toBe(false)
      expect(headers.has('content-length')).toBe(true)
    }
  })
  it('have the policy word for word', () => {
    expect(CONTENT_SECURITY_POLICY).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; object-src 'none'",
    )
  })
  it('tell nothing of a bug inside', async () => {
    const { status, body } = await ask('GET', '/api/throws')
    expect(status).toBe(500)
    expect(body).toMatch(/E-BUG/)
    expect(body).not.toMatch(/secret|work|Error:/)
  })
  it('give whole bytes for any Range', async () => {
    for (const range of ['bytes=5-4', 'bytes=-0', 'bytes=0-0,2-3', 'bytes=9999999999-']) {
      const { status, body } = await ask('GET', '/', { range })
      expect([status, body]).toEqual([200, '<!doctype html>page'])
    }
  })
})

describe('one-time tokens', () => {
  it('work once', async () => {
    const token = server.newToken()
    const first = await signIn(token)
    expect(first.status).toBe(200)
    expect(JSON.parse(first.body).key).toBe(key)
    expect((await signIn(token)).status).toBe(401)
  })
  it('are in the fragment of the address, and work from it', async () => {
    const url = new URL(server.url)
    expect([url.hostname, url.pathname, url.search]).toEqual(['127.0.0.1', '/', ''])
    expect(url.hash).toMatch(/^#t=[\w-]{43}$/)
    expect((await signIn(url.hash.slice(3))).status).toBe(200)
  })
  it('are void after a minute, and then for good', async () => {
    const token = server.newToken()
    clock += 60_001
    expect((await signIn(token)).status).toBe(401)
    clock -= 60_001
    expect((await signIn(token)).status).toBe(401)
  })
  it('are not spent by a request from another page', async () => {
    const token = server.newToken()
    expect((await signIn(token, { 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await signIn(token)).status).toBe(200)
  })
})

describe('the connection', () => {
  it('is bound to 127.0.0.1: the port stays free on other addresses', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((found) => found?.family === 'IPv4' && !found.internal)
    for (const address of ['127.0.0.2', ...others.map((found) => found?.address as string)]) {
      const other = createServer()
      await new Promise<void>((resolve, reject) => other.once('error', reject).listen(port, address, resolve))
      other.close()
    }
  })
  it('cancels the stream of a page that goes away, every time', async () => {
    const before = cancelled
    const times = 40
    for (let i = 0; i < times; i++) await sendLines()
    await new Promise((go) => setTimeout(go, 200))
    expect(cancelled - before).toBe(times)
  })
})

/** Asks for endless lines and hangs up after the first. */
async function sendLines(): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1', () =>
      socket.write(
        requestText('GET', '/api/lines', [
          ['host', `127.0.0.1:${port}`],
          ['sec-fetch-site', 'same-origin'],
          ['x-hotspot-key', key],
        ]),
      ),
    )
    socket.on('data', (piece) => {
      if (!piece.includes('progress')) return
      socket.destroy()
      resolve()
    })
  })
}
