/** Which encoding the bytes are in, and whether that is certain. */
import { isUtf8 } from 'node:buffer'
import { type Encoding, firstInvalid, refuseBinary } from '../sources/decode-stream.ts'
import type { Head } from '../sources/read-head.ts'

export interface EncodingGuess {
  readonly encoding: Encoding
  /** False: more than one reading is possible and the analyst must say. */
  readonly certain: boolean
}

/**
 * A byte order mark decides. Without one: valid UTF-8 is taken as such; every second byte zero looks like UTF-16 and
 * is asked; other zero bytes are binary data (E-CSV-004). Bytes that are not UTF-8 are asked as Windows-1252, unless
 * most of the non-ASCII text is sound UTF-8: then the file is a damaged UTF-8 file, which reading it will refuse.
 */
export function sniffEncoding(head: Head, file: string): EncodingGuess {
  const { bytes } = head
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', certain: true }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', certain: true }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', certain: true }
  const nul = bytes.indexOf(0)
  if (nul >= 0) return { encoding: wideEncoding(bytes, nul, file), certain: false }
  if (isUtf8(bytes)) return { encoding: 'utf-8', certain: true }
  // The head may end inside a character; that is not a fault.
  if (!head.whole && firstInvalid(bytes) >= bytes.length - 3) return { encoding: 'utf-8', certain: true }
  let sound = 0
  let broken = 0
  for (const character of new TextDecoder().decode(bytes)) {
    if (character === '\ufffd') broken++
    else if (character > '\u007f') sound++
  }
  return sound >= broken ? { encoding: 'utf-8', certain: true } : { encoding: 'windows-1252', certain: false }
}

function wideEncoding(bytes: Uint8Array, firstNul: number, file: string): Encoding {
  const zeros = [0, 0]
  const length = Math.min(bytes.length, 4096) & ~1
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 1]++
  const half = length / 2
  if (zeros[1] >= 0.4 * half && zeros[0] <= 0.1 * half) return 'utf-16le'
  if (zeros[0] >= 0.4 * half && zeros[1] <= 0.1 * half) return 'utf-16be'
  return refuseBinary(file, firstNul)
}
