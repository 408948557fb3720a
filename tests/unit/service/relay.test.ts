import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { answerOver, askOver } from '#core/service/transport/relay.ts'

function joined(handle: (request: Request) => Promise<Response>) {
  const { port1, port2 } = new MessageChannel()
  answerOver(port1, handle)
  return { ask: askOver(port2), close: () => port1.close() }
}

describe('requests over a message port', () => {
  it('carry method, address, headers and body, and bring back status, headers and bytes', async () => {
    const { ask, close } = joined(async (request) => {
      const body = new Uint8Array(await request.arrayBuffer())
      const told = `${request.method} ${new URL(request.url).pathname} ${request.headers.get('x-test')} ${body.length}`
      return new Response(told, {
        status: 201,
        headers: { 'content-length': String(told.length), 'x-back': 'yes' },
      })
    })
    const response = await ask(
      new Request('http://core/api/x', {
        method: 'POST',
        body: new Uint8Array(5000),
        headers: { 'x-test': 'one' },
      }),
    )
    expect(response.status).toBe(201)
    expect(response.headers.get('x-back')).toBe('yes')
    expect(await response.text()).toBe('POST /api/x one 5000')
    close()
  })

  it('keep many answers apart', async () => {
    const { ask, close } = joined(async (request) => {
      await new Promise((resolve) =>
        setTimeout(resolve, Math.floor(Number(new URL(request.url).searchParams.get('n')) % 7)),
      )
      return Response.json(new URL(request.url).searchParams.get('n'))
    })
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => (await ask(new Request(`http://core/?n=${n}`))).json()),
    )
    expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => String(n)))
    close()
  })

  it('stream chunk by chunk, and tell the other side when nobody reads any more', async () => {
    let cancelled: () => void
    const stopped = new Promise<void>((resolve) => {
      cancelled = resolve
    })
    const { ask, close } = joined(async () => {
      let n = 0
      return new Response(
        new ReadableStream({
          async pull(controller) {
            await new Promise((resolve) => setTimeout(resolve, 2))
            controller.enqueue(new TextEncoder().encode(`${n++}\n`))
          },
          cancel: () => cancelled(),
        }),
      )
    })
    const reader = (await ask(new Request('http://core/'))).body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('0\n')
    await reader?.cancel()
    await stopped
    close()
  })
})
