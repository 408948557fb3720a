/** A stored dataset into memory: one shared array per column, whatever the number of segments. */
import type { Manifest } from '#core/contract/dataset.ts'
import { type Dictionary, FLAG_UNKNOWN, type IncidentColumns } from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'
import { readCheckedSegment } from './check-segment.ts'
import { decodeSegment, type Segment } from './decode-segment.ts'
import { FLAG, WORD } from './segment-format.ts'

type Numbers = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array

/**
 * Reads every segment of `manifest` from `folder` into SharedArrayBuffer-backed columns, so that workers read them
 * without a copy. Length and SHA-256 of a segment are checked before it is decoded. Refuses with E-ARW-001 to -007.
 * Memory: 52 bytes a row plus two or four per dictionary column and one per flag, and one segment at a time.
 */
export function openColumns(folder: string, manifest: Manifest): IncidentColumns {
  const length = manifest.rowsKept
  const easting = new Float64Array(shared(length, 8))
  const northing = new Float64Array(shared(length, 8))
  const longitude = new Float64Array(shared(length, 8))
  const latitude = new Float64Array(shared(length, 8))
  const precision = new Uint8Array(shared(length, 1))
  const occurredFrom = new Int32Array(shared(length, 4))
  const occurredTo = new Int32Array(shared(length, 4))
  const reportedAt = new Int32Array(shared(length, 4))
  const timePrecision = new Uint8Array(shared(length, 1))
  const source = new Uint16Array(shared(length, 2))
  const sourceRow = new Int32Array(shared(length, 4))
  const fixed: Record<string, Numbers> = {
    easting,
    northing,
    longitude,
    latitude,
    precision,
    occurredFrom,
    occurredTo,
    reportedAt,
    timePrecision,
    source,
    sourceRow,
  }
  const dictionaries: Record<string, Dictionary> = Object.create(null)
  for (const [name, words] of Object.entries(manifest.dictionaries)) {
    const wide = words.length > 65_536
    const codes = wide ? new Uint32Array(shared(length, 4)) : new Uint16Array(shared(length, 2))
    dictionaries[name] = { codes, words }
  }
  const flags: Record<string, Uint8Array> = Object.create(null)
  for (const name of manifest.flags) flags[name] = new Uint8Array(shared(length, 1)).fill(FLAG_UNKNOWN)

  let at = 0
  for (const file of manifest.segments) {
    const segment = decodeSegment(readCheckedSegment(folder, file), file.name)
    if (segment.rows !== file.rows || at + segment.rows > length) refuseShape(file.name)
    for (const [name, into] of Object.entries(fixed)) put(segment, name, into, at, file.name, false)
    for (const [name, { codes, words }] of Object.entries(dictionaries))
      put(segment, WORD + name, codes as Numbers, at, file.name, true, words.length)
    for (const [name, into] of Object.entries(flags)) put(segment, FLAG + name, into, at, file.name, false)
    at += segment.rows
  }
  if (at !== length) refuseShape('manifest.json')
  return {
    length,
    easting,
    northing,
    longitude,
    latitude,
    precision,
    occurredFrom,
    occurredTo,
    reportedAt,
    timePrecision,
    source,
    sourceRow,
    dictionaries,
    flags,
  }
}

function shared(length: number, width: number): SharedArrayBuffer {
  return new SharedArrayBuffer(length * width)
}

function put(
  segment: Segment,
  name: string,
  into: Numbers,
  at: number,
  file: string,
  mayBeAbsent: boolean,
  words?: number,
): void {
  const column = segment.columns.find((candidate) => candidate.name === name)
  if (!column && mayBeAbsent) return
  if (!column || 'offsets' in column) throw shapeProblem(file)
  const { values } = column
  if (words === undefined) {
    // Same type exactly: a float read as an integer would look right and be wrong.
    if (values.constructor !== into.constructor) refuseShape(file)
  } else {
    if (!(values instanceof Uint16Array || values instanceof Uint32Array)) refuseShape(file)
    for (let i = 0; i < values.length; i++) if (values[i] >= words) refuseShape(file)
  }
  into.set(values, at)
}

function refuseShape(file: string): never {
  throw shapeProblem(file)
}

function shapeProblem(file: string): InputError {
  return new InputError(
    'E-ARW-007',
    `The stored data file ${file} does not fit the description of its dataset. Nothing was read from it.`,
    { file, cure: 'Restore the workspace from a backup, or import the source files again.' },
  )
}
