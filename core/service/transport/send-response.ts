import type { ServerResponse } from 'node:http'

/**
 * Writes a fetch response to the socket. A body whose length is stated goes out whole; NDJSON goes out line by line, no
 * faster than the page reads, and is cancelled when the page goes away; anything else gets its length counted first.
 */
export async function sendResponse(answer: Response, response: ServerResponse): Promise<void> {
  const streams = answer.headers.get('content-type')?.startsWith('application/x-ndjson') ?? false
  if (!streams || !answer.body) {
    const body = Buffer.from(await answer.arrayBuffer())
    if (response.destroyed) return
    response.setHeaders(answer.headers)
    response.setHeader('content-length', body.length)
    response.writeHead(answer.status)
    response.end(body)
    return
  }
  const reader = answer.body.getReader()
  const cancel = (): void => void reader.cancel().catch(() => undefined)
  if (response.destroyed) {
    cancel()
    return
  }
  response.on('close', () => {
    if (!response.writableFinished) cancel()
  })
  response.setHeaders(answer.headers)
  response.writeHead(answer.status)
  response.flushHeaders()
  for (;;) {
    const { done, value } = await reader.read()
    if (done || response.destroyed) break
    if (!response.write(value)) await drained(response)
  }
  response.end()
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go)
      response.off('close', go)
      resolve()
    }
    response.on('drain', go)
    response.on('close', go)
  })
}
