/**
 * Chunks of `size` bytes, however the pieces come: what is unpacked comes in pieces that differ from run to run, and
 * issues are listed chunk by chunk. Every chunk but the last is full; each is valid until the next one is asked for.
 */
export async function* evenChunks(
  pieces: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(size)
  let filled = 0
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + size - filled)
      chunk.set(part, filled)
      filled += part.length
      at += part.length
      if (filled < size) continue
      yield chunk
      filled = 0
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled)
}
