/**
 * Requests and responses as messages, so that the host's main thread only relays and the core answers in its own
 * thread. Whole request bodies; response bodies whole when their length is stated, else chunk by chunk.
 */
export interface PortLike {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void
  // biome-ignore lint/suspicious/noExplicitAny: Node's ports and workers declare their listeners with any
  on(event: 'message', hear: (message: any) => void): unknown
}

interface AskMessage {
  readonly kind: 'ask'
  readonly id: number
  readonly method: string
  readonly url: string
  readonly headers: readonly [string, string][]
  readonly body: ArrayBuffer | undefined
}

interface StopMessage {
  readonly kind: 'stop'
  readonly id: number
}

type AnswerMessage =
  | {
      readonly kind: 'head'
      readonly id: number
      readonly status: number
      readonly headers: readonly [string, string][]
      readonly body: ArrayBuffer | undefined
    }
  | { readonly kind: 'chunk'; readonly id: number; readonly chunk: Uint8Array }
  | { readonly kind: 'end'; readonly id: number }

/** Answers what comes over the port with `handle`. */
export function answerOver(port: PortLike, handle: (request: Request) => Promise<Response>): void {
  const reading = new Map<number, ReadableStreamDefaultReader<Uint8Array>>()
  port.on('message', async (message: AskMessage | StopMessage) => {
    if (message.kind === 'stop') {
      await reading.get(message.id)?.cancel()
      return
    }
    if (message.kind !== 'ask') return
    const { id, method, url, headers, body } = message
    const response = await handle(new Request(url, { method, headers: [...headers], ...(body && { body }) }))
    const head = { kind: 'head', id, status: response.status, headers: [...response.headers] } as const
    if (response.headers.has('content-length') || !response.body) {
      const whole = await response.arrayBuffer()
      port.postMessage({ ...head, body: whole } satisfies AnswerMessage, [whole])
      return
    }
    port.postMessage({ ...head, body: undefined } satisfies AnswerMessage)
    const reader = response.body.getReader()
    reading.set(id, reader)
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      port.postMessage({ kind: 'chunk', id, chunk: value } satisfies AnswerMessage)
    }
    reading.delete(id)
    port.postMessage({ kind: 'end', id } satisfies AnswerMessage)
  })
}

/** The other end: a `handle` that asks over the port. */
export function askOver(port: PortLike): (request: Request) => Promise<Response> {
  const waiting = new Map<number, (response: Response) => void>()
  const streams = new Map<number, ReadableStreamDefaultController<Uint8Array>>()
  let last = 0

  port.on('message', (message: AnswerMessage) => {
    if (message.kind === 'chunk') streams.get(message.id)?.enqueue(message.chunk)
    else if (message.kind === 'end') {
      streams.get(message.id)?.close()
      streams.delete(message.id)
    } else if (message.kind === 'head') {
      const { id, status, headers, body } = message
      const stream = (): ReadableStream<Uint8Array> =>
        new ReadableStream({
          start: (controller) => void streams.set(id, controller),
          cancel() {
            streams.delete(id)
            port.postMessage({ kind: 'stop', id } satisfies StopMessage)
          },
        })
      waiting.get(id)?.(new Response(body ?? stream(), { status, headers: [...headers] }))
      waiting.delete(id)
    }
  })

  return async (request) => {
    const id = ++last
    const body =
      request.method === 'GET' || request.method === 'DELETE' ? undefined : await request.arrayBuffer()
    const answered = new Promise<Response>((resolve) => waiting.set(id, resolve))
    port.postMessage(
      {
        kind: 'ask',
        id,
        method: request.method,
        url: request.url,
        headers: [...request.headers],
        body,
      } satisfies AskMessage,
      body ? [body] : [],
    )
    return answered
  }
}
