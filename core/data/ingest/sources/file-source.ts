/** A plain or gzip-compressed file on disk. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { InputError } from '#core/contract/problem.ts'
import { limits } from '../limits.ts'
import { evenChunks } from './even-chunks.ts'
import { baseName, type Meter, type Source, type Stamp } from './source.ts'

const CHUNK = 1 << 19

export function plainFile(path: string, name: string, stamp: Stamp): Source {
  return {
    name,
    fileName: baseName(name),
    storedBytes: stamp.size,
    spec: { kind: 'plain', path, name, stamp: stampOf(stamp) },
    read: (meter) => readPlain(path, name, stamp, meter),
  }
}

export function gzipFile(path: string, name: string, stamp: Stamp): Source {
  return {
    name,
    fileName: baseName(name).replace(/\.gz$/i, ''),
    storedBytes: stamp.size,
    spec: { kind: 'gzip', path, name, stamp: stampOf(stamp) },
    read: (meter) => readGzip(path, name, stamp, meter),
  }
}

/** Only the two numbers: what the file system answers has more, and cannot go to another thread. */
function stampOf({ size, mtimeMs }: Stamp): Stamp {
  return { size, mtimeMs }
}

/** Two buffers in turn: the next chunk is on its way from the disk while this one is parsed. */
async function* readPlain(
  path: string,
  name: string,
  stamp: Stamp,
  meter: Meter,
): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  const hash = createHash('sha256')
  try {
    const buffers = [new Uint8Array(CHUNK), new Uint8Array(CHUNK)]
    let turn = 0
    let pending = handle.read(buffers[0], 0, CHUNK, null)
    for (;;) {
      const { bytesRead } = await pending
      if (bytesRead === 0) break
      const chunk = buffers[turn].subarray(0, bytesRead)
      turn = 1 - turn
      pending = handle.read(buffers[turn], 0, CHUNK, null)
      hash.update(chunk)
      meter.stored += bytesRead
      yield chunk
    }
    const now = await handle.stat()
    if (meter.stored !== stamp.size || now.size !== stamp.size || now.mtimeMs !== stamp.mtimeMs)
      refuseChanged(name)
    meter.sha256 = hash.digest('hex')
    meter.bytes = meter.stored
  } finally {
    await handle.close()
  }
}

async function* readGzip(path: string, name: string, stamp: Stamp, meter: Meter): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  const stored = createReadStream(path, { highWaterMark: CHUNK })
  stored.on('data', (chunk) => {
    hash.update(chunk)
    meter.stored += chunk.length
  })
  const unpacked = createGunzip({ chunkSize: CHUNK })
  // Errors of either stream end the other and surface in the loop below.
  pipeline(stored, unpacked, () => {})
  let given = 0
  try {
    for await (const chunk of evenChunks(unpacked, CHUNK)) {
      given += chunk.length
      checkRatio(name, given, meter.stored)
      yield chunk
    }
  } catch (error) {
    throw unpackProblem(error, name)
  }
  if (meter.stored !== stamp.size) refuseChanged(name)
  meter.sha256 = hash.digest('hex')
  meter.bytes = meter.stored
}

/** Refuses content that unpacks to far more than any table does (E-ZIP-002). */
export function checkRatio(name: string, given: number, stored: number): void {
  if (given > limits.inflateFloor && given > stored * limits.inflateRatio)
    throw new InputError(
      'E-ZIP-002',
      `${name} unpacks to more than ${limits.inflateRatio} times its size, which no table of incidents does. Nothing was imported.`,
      { file: name, cure: 'Ask the sender for the plain CSV file.' },
    )
}

/** Turns zlib's errors into sentences; anything else passes. */
export function unpackProblem(error: unknown, name: string): unknown {
  const code = (error as { code?: unknown }).code
  if (code === 'Z_BUF_ERROR')
    return new InputError('E-ZIP-001', `${name} is incomplete: it ends too early. Nothing was imported.`, {
      file: name,
      cure: 'Copy or download the file again.',
    })
  if (typeof code === 'string' && code.startsWith('Z_'))
    return new InputError('E-ZIP-009', `${name} is damaged and cannot be unpacked. Nothing was imported.`, {
      file: name,
      cure: 'Copy or download the file again.',
    })
  return error
}

function refuseChanged(name: string): never {
  throw new InputError('E-IMP-006', `${name} changed while it was being read. Nothing was imported.`, {
    file: name,
    cure: 'Wait until the export has finished, then import it again.',
  })
}
