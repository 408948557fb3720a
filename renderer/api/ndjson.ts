/**
 * Lines of an NDJSON body as they arrive, one parsed value each. Chunks may cut a line, or a character, anywhere;
 * blank lines are skipped.
 *
 * @throws SyntaxError for a line that is not JSON
 */
export async function* readLines<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
      let end = rest.indexOf('\n')
      while (end >= 0) {
        const line = rest.slice(0, end).trim()
        rest = rest.slice(end + 1)
        if (line) yield JSON.parse(line) as T
        end = rest.indexOf('\n')
      }
      if (done) break
    }
    if (rest.trim()) yield JSON.parse(rest) as T
  } finally {
    reader.releaseLock()
  }
}
