import type { IncomingMessage } from 'node:http'

export type Body = Uint8Array<ArrayBuffer> | undefined | 'too large'

/**
 * The whole body of a request, at most `most` bytes: a stated length is believed only to refuse it at once.
 *
 * @throws Error when the connection ends before the body does
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > most) return 'too large'
  const pieces: Buffer[] = []
  let length = 0
  // Leaving the loop must not close the connection: the refusal still has to go out on it.
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > most) return 'too large'
    pieces.push(piece)
  }
  const body = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    body.set(piece, at)
    at += piece.length
  }
  return body
}
