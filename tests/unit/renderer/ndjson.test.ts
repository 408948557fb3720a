import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLines } from '#renderer/api/ndjson.ts'

function streamOf(bytes: Uint8Array, cuts: readonly number[]): ReadableStream<Uint8Array> {
  const edges = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return new ReadableStream({
    start(controller) {
      for (let i = 1; i < edges.length; i++) controller.enqueue(bytes.slice(edges[i - 1], edges[i]))
      controller.close()
    },
  })
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<unknown[]> {
  const lines: unknown[] = []
  for await (const line of readLines(stream)) lines.push(line)
  return lines
}

describe('NDJSON reader', () => {
  it('gives the same lines wherever the chunks are cut, also inside a character', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ stage: fc.string({ unit: 'grapheme' }), done: fc.double({ noNaN: true }) })),
        fc.array(fc.nat()),
        fc.boolean(),
        async (values, cuts, ended) => {
          const text = values.map((value) => JSON.stringify(value)).join('\n') + (ended ? '\n' : '')
          const lines = await collect(streamOf(new TextEncoder().encode(text), cuts))
          expect(lines).toEqual(JSON.parse(JSON.stringify(values)))
        },
      ),
    )
  })

  it('skips blank lines and takes CRLF', async () => {
    const bytes = new TextEncoder().encode('\r\n{"a":1}\r\n\n{"b":2}')
    expect(await collect(streamOf(bytes, []))).toEqual([{ a: 1 }, { b: 2 }])
  })

  it('fails on a line that is not JSON', async () => {
    await expect(collect(streamOf(new TextEncoder().encode('{"a":1}\nnot json\n'), []))).rejects.toThrow(
      SyntaxError,
    )
  })
})
