/** HTTP by hand, byte by byte: what a forger sends is not what a client library would let through. */
import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** Sends `text` as it is and reads until the server closes or is silent for `patience` ms. */
export function sendRaw(port: number, text: string | Buffer, patience = 1500): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let reply = ''
    const done = (): void => {
      socket.destroy()
      resolve(parse(reply))
    }
    socket.setEncoding('latin1')
    socket.setTimeout(patience, done)
    socket.on('connect', () => socket.write(text))
    socket.on('data', (piece: string) => {
      reply += piece
      if (isWhole(reply)) done()
    })
    socket.on('close', done)
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') done()
      else reject(error)
    })
  })
}

export function requestText(
  method: string,
  path: string,
  headers: readonly (readonly [string, string])[],
  body = '',
): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `${method} ${path} HTTP/1.1\r\n${lines}\r\n${body}`
}

function isWhole(reply: string): boolean {
  const head = reply.indexOf('\r\n\r\n')
  const length = /\r\ncontent-length: (\d+)/i.exec(reply.slice(0, head))
  return head >= 0 && length !== null && reply.length >= head + 4 + Number(length[1])
}

function parse(reply: string): RawAnswer {
  const [head, ...rest] = reply.split('\r\n\r\n')
  const [first, ...lines] = head.split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
    }),
  )
  return { status: Number(first.split(' ')[1] ?? Number.NaN), headers, body: rest.join('\r\n\r\n') }
}
