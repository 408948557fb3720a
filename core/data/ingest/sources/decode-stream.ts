/** Whatever the encoding, the tokeniser sees checked UTF-8 without a byte order mark. */
import { isAscii, isUtf8 } from 'node:buffer'
import type { Reading } from '#core/contract/dataset.ts'
import { InputError } from '#core/contract/problem.ts'

export type Encoding = NonNullable<Reading['encoding']>

/**
 * `chunks` as UTF-8. Refuses bytes that are not in the encoding (E-CSV-003, with the place) and NUL bytes
 * (E-CSV-004). A chunk that is already right is passed on without a copy.
 */
export async function* decodeStream(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  file: string,
): AsyncGenerator<Uint8Array> {
  const toUtf8 = encoding === 'utf-8' ? checkUtf8(file) : transcode(encoding, file)
  let first = true
  let offset = 0
  for await (const chunk of chunks) {
    let out = toUtf8(chunk, false)
    // A Buffer looks for a byte several times as fast as a plain array does.
    const nul = Buffer.from(out.buffer, out.byteOffset, out.length).indexOf(0)
    if (nul >= 0) refuseBinary(file, encoding === 'utf-8' ? offset + nul : undefined)
    offset += out.length
    if (first && out.length > 0) {
      first = false
      if (out.length >= 3 && out[0] === 0xef && out[1] === 0xbb && out[2] === 0xbf) out = out.subarray(3)
    }
    if (out.length > 0) yield out
  }
  const rest = toUtf8(new Uint8Array(0), true)
  if (rest.length > 0) yield rest
}

export function refuseBinary(file: string, offset?: number): never {
  const where = offset === undefined ? '' : ` at byte ${(offset + 1).toLocaleString('en-GB')}`
  throw new InputError('E-CSV-004', `${file} contains binary data${where}. Nothing was imported.`, {
    file,
    cure: 'Export the data as CSV (UTF-8) again.',
  })
}

type Step = (chunk: Uint8Array, last: boolean) => Uint8Array

function transcode(encoding: Exclude<Encoding, 'utf-8'>, file: string): Step {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: false })
  const encoder = new TextEncoder()
  return (chunk, last) => {
    if (encoding === 'windows-1252' && isAscii(chunk)) return chunk
    try {
      return encoder.encode(decoder.decode(chunk, { stream: !last }))
    } catch {
      throw new InputError('E-CSV-003', `${file} is not ${encoding} text throughout. Nothing was imported.`, {
        file,
        cure: 'Choose another encoding, or export the data as CSV UTF-8.',
      })
    }
  }
}

/** Holds back a character that is cut by the end of a chunk, so that each piece can be checked by itself. */
function checkUtf8(file: string): Step {
  let held = new Uint8Array(0)
  let offset = 0
  return (chunk, last) => {
    let piece = chunk
    if (held.length > 0) {
      piece = new Uint8Array(held.length + chunk.length)
      piece.set(held)
      piece.set(chunk, held.length)
      held = new Uint8Array(0)
    }
    if (!last) {
      const cut = piece.length - cutCharacter(piece)
      if (cut < piece.length) {
        held = piece.slice(cut)
        piece = piece.subarray(0, cut)
      }
    }
    if (!isUtf8(piece)) refuseInvalid(file, offset + firstInvalid(piece))
    offset += piece.length
    return piece
  }
}

/** Bytes at the end that begin a character but do not finish it: 0 to 3. */
function cutCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const b = bytes[bytes.length - back]
    if (b < 0x80) return 0
    if (b >= 0xc0) {
      const needed = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2
      return needed > back ? back : 0
    }
  }
  return 0
}

/** Index of the first byte that is not part of valid UTF-8, by halving: a prefix is valid up to a cut character. */
export function firstInvalid(bytes: Uint8Array): number {
  let low = 0
  let high = bytes.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const cut = middle - cutCharacter(bytes.subarray(0, middle))
    if (isUtf8(bytes.subarray(0, cut))) low = middle
    else high = middle
  }
  return low - cutCharacter(bytes.subarray(0, low))
}

function refuseInvalid(file: string, offset: number): never {
  throw new InputError(
    'E-CSV-003',
    `${file} is not valid UTF-8 text at byte ${(offset + 1).toLocaleString('en-GB')}. Nothing was imported.`,
    { file, cure: 'Choose the encoding the file was written in, or export it as CSV UTF-8.' },
  )
}
