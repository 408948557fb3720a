/** An entry of a ZIP archive, unpacked as it is read; sizes and checksum are proved at the end. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { InputError } from '#core/contract/problem.ts'
import { evenChunks } from './even-chunks.ts'
import { checkRatio, unpackProblem } from './file-source.ts'
import { fileType } from './file-type.ts'
import { baseName, type Meter, type Source } from './source.ts'
import type { ZipEntry } from './zip-directory.ts'

const CHUNK = 1 << 18

export function zipEntrySource(path: string, archive: string, entry: ZipEntry): Source {
  const name = `${archive}/${entry.name}`
  return {
    name,
    fileName: baseName(entry.name),
    storedBytes: entry.packedBytes,
    spec: { kind: 'zip', path, name: archive, entry },
    fingerprint: `${entry.bytes}-${entry.crc}`,
    read: (meter) => readEntry(path, name, entry, meter),
  }
}

async function* readEntry(
  path: string,
  name: string,
  entry: ZipEntry,
  meter: Meter,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let crc = 0
  let given = 0
  try {
    for await (const chunk of evenChunks(unpack(path, entry, meter), CHUNK)) {
      if (given === 0) refuseNested(name, chunk)
      given += chunk.length
      if (given > entry.bytes) refuseSize(name)
      checkRatio(name, given, Math.max(meter.stored, 1))
      hash.update(chunk)
      crc = crc32(chunk, crc)
      yield chunk
    }
  } catch (error) {
    throw unpackProblem(error, name)
  }
  if (given !== entry.bytes) refuseSize(name)
  if (crc !== entry.crc)
    throw new InputError('E-ZIP-009', `${name} is damaged: its checksum is wrong. Nothing was imported.`, {
      file: name,
      cure: 'Copy or download the archive again.',
    })
  meter.sha256 = hash.digest('hex')
  meter.bytes = given
}

function unpack(path: string, entry: ZipEntry, meter: Meter): AsyncIterable<Uint8Array> {
  if (entry.packedBytes === 0) return nothing()
  const stored = createReadStream(path, {
    start: entry.dataStart,
    end: entry.dataStart + entry.packedBytes - 1,
    highWaterMark: CHUNK,
  })
  stored.on('data', (chunk) => {
    meter.stored += chunk.length
  })
  if (entry.method === 0) return stored
  const inflate = createInflateRaw({ chunkSize: CHUNK })
  pipeline(stored, inflate, () => {})
  return inflate
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function refuseNested(name: string, head: Uint8Array): void {
  const type = fileType(head)
  if (type === 'zip' || type === 'gzip' || type === 'archive')
    throw new InputError('E-ZIP-003', `${name} is an archive inside an archive. Nothing was imported.`, {
      file: name,
      cure: 'Unpack the outer archive and import the inner one.',
    })
}

function refuseSize(name: string): never {
  throw new InputError(
    'E-ZIP-004',
    `${name} does not have the size the archive gives for it. Nothing was imported.`,
    { file: name, cure: 'Ask the sender for a new archive or the plain CSV files.' },
  )
}
