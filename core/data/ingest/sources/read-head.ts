/** The first bytes of a source, for recognising and sniffing. */
import { newMeter, type Source } from './source.ts'

export interface Head {
  readonly bytes: Uint8Array
  /** The source holds no more than this. */
  readonly whole: boolean
}

/** Reads up to `most` bytes (never more than one chunk beyond) and closes the source again. */
export async function readHead(source: Source, most: number): Promise<Head> {
  const parts: Uint8Array[] = []
  let length = 0
  let whole = true
  for await (const chunk of source.read(newMeter())) {
    // Copied: a reader may use its buffer again once the next chunk is asked for.
    parts.push(chunk.slice(0, most - length))
    length += chunk.length
    if (length > most) {
      whole = false
      break
    }
  }
  const bytes = new Uint8Array(Math.min(length, most))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return { bytes, whole }
}
