import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface WrittenFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** A file being written in order, hashed as it goes, holding at most about a quarter of a megabyte. */
export interface OutputFile {
  readonly write: (text: string) => void
  readonly close: () => WrittenFile
}

const HELD = 262_144

export function openOutput(folder: string, name: string): OutputFile {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'w')
  const hash = createHash('sha256')
  let parts: string[] = []
  let held = 0
  let bytes = 0
  const flush = () => {
    const chunk = Buffer.from(parts.join(''))
    for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at)
    hash.update(chunk)
    bytes += chunk.length
    parts = []
    held = 0
  }
  return {
    write: (text) => {
      parts.push(text)
      held += text.length
      if (held >= HELD) flush()
    },
    close: () => {
      flush()
      closeSync(file)
      return { name, bytes, sha256: hash.digest('hex') }
    },
  }
}
