/** The incidents a search found, kept beside the dataset: one bit each, then the SHA-256 of the bytes. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { safeWrite } from '../store/safe-write.ts'

/** Searches kept for a dataset; the one written longest ago goes first. */
const MOST_KEPT = 40
const HASH_BYTES = 32

/** The search by its key: 1 where the incident contains the words. Undefined when it is not kept or is damaged. */
export function readKeptSearch(folder: string, key: string, rows: number): Uint8Array | undefined {
  const file = join(folder, nameOf(key))
  if (!existsSync(file)) return undefined
  const bytes = readFileSync(file)
  const size = Math.ceil(rows / 8)
  if (bytes.length !== size + HASH_BYTES) return undefined
  const bits = bytes.subarray(0, size)
  if (!hashOf(key, bits).equals(bytes.subarray(size))) return undefined
  const found = new Uint8Array(new SharedArrayBuffer(rows))
  for (let row = 0; row < rows; row++) found[row] = (bits[row >> 3] >> (row & 7)) & 1
  return found
}

export function keepSearch(folder: string, key: string, found: Uint8Array): void {
  const bits = Buffer.alloc(Math.ceil(found.length / 8))
  for (let row = 0; row < found.length; row++) bits[row >> 3] |= found[row] << (row & 7)
  safeWrite(join(folder, nameOf(key)), Buffer.concat([bits, hashOf(key, bits)]))
  const kept = readdirSync(folder)
    .filter((name) => /^search-[0-9a-f]{32}\.bin$/.test(name))
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at)
  for (const { name } of kept.slice(MOST_KEPT)) rmSync(join(folder, name), { force: true })
}

/** The words themselves may name a person; the file's name does not. */
function nameOf(key: string): string {
  return `search-${createHash('sha256').update(key).digest('hex').slice(0, 32)}.bin`
}

function hashOf(key: string, bits: Uint8Array): Buffer {
  return createHash('sha256').update(key).update(bits).digest()
}
