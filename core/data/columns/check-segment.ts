/** A segment's bytes, proved to be those the manifest names before anything decodes them. */
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { SegmentFile } from '#core/contract/dataset.ts'
import { InputError } from '#core/contract/problem.ts'

/** Refuses a missing or empty file (E-ARW-001), a wrong length (E-ARW-003) and a wrong hash (E-ARW-004). */
export function readCheckedSegment(folder: string, segment: SegmentFile): Uint8Array {
  // The name comes from a manifest, so it must be nothing but the name of a segment.
  if (!/^segment-\d{5}\.arrow$/.test(segment.name))
    refuse('E-ARW-007', segment.name, 'is not a segment of this dataset')
  const path = join(folder, segment.name)
  const info = statSync(path, { throwIfNoEntry: false })
  if (!info || info.size === 0) refuse('E-ARW-001', segment.name, info ? 'is empty' : 'is missing')
  if (info?.size !== segment.bytes) refuse('E-ARW-003', segment.name, 'does not have its full length')
  const bytes = readFileSync(path)
  if (createHash('sha256').update(bytes).digest('hex') !== segment.sha256)
    refuse('E-ARW-004', segment.name, 'is damaged: its checksum is wrong')
  return bytes
}

function refuse(code: string, name: string, what: string): never {
  throw new InputError(code, `The stored data file ${name} ${what}. Nothing was read from it.`, {
    file: name,
    cure: 'Restore the workspace from a backup, or import the source files again.',
  })
}
