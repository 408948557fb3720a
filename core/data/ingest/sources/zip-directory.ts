/**
 * The table of contents of a ZIP archive, read with distrust: every entry must have a plain relative name, a local
 * header that says the same as the directory, and bytes of its own. Nothing is unpacked here.
 * @see PKWARE APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3 (Zip64).
 */
import type { FileHandle } from 'node:fs/promises'
import { InputError } from '#core/contract/problem.ts'
import { limits } from '../limits.ts'

export interface ZipEntry {
  readonly name: string
  readonly method: 0 | 8
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  /** Where the packed bytes start in the archive. */
  readonly dataStart: number
}

interface Listed extends Omit<ZipEntry, 'dataStart' | 'method'> {
  readonly method: number
  readonly flags: number
  readonly offset: number
  readonly rawName: Uint8Array
}

const END = 0x06054b50
const END_64_LOCATOR = 0x07064b50
const END_64 = 0x06064b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const FULL_32 = 0xffffffff

/** Every file entry in the archive, folders left out, in the directory's order. Refuses with E-ZIP-001 to -011. */
export async function readZipDirectory(
  handle: FileHandle,
  size: number,
  archive: string,
): Promise<ZipEntry[]> {
  const directory = await findDirectory(handle, size, archive)
  if (directory.count > limits.zipEntries)
    refuse(
      'E-ZIP-011',
      archive,
      `holds more than ${limits.zipEntries.toLocaleString('en-GB')} files`,
      'Split the archive.',
    )
  const bytes = await readAt(handle, directory.offset, directory.length, archive)
  const listed = parseDirectory(bytes, directory.count, archive)
  const entries: ZipEntry[] = []
  const ranges: { from: number; to: number }[] = []
  const names = new Set<string>()
  for (const entry of listed) {
    checkName(entry.name, archive)
    const key = entry.name.normalize('NFC').toLowerCase()
    if (names.has(key)) refuse('E-ZIP-007', archive, `holds “${shown(entry.name)}” twice`)
    names.add(key)
    const dataStart = await checkLocal(handle, entry, archive)
    ranges.push({ from: entry.offset, to: dataStart + entry.packedBytes })
    if (entry.name.endsWith('/')) continue
    if (entry.method !== 0 && entry.method !== 8)
      refuse('E-ZIP-010', archive, `holds “${shown(entry.name)}” packed in a way that is not supported`)
    entries.push({ ...entry, method: entry.method, dataStart })
  }
  ranges.sort((a, b) => a.from - b.from)
  for (let i = 0; i < ranges.length; i++) {
    const end = i + 1 < ranges.length ? ranges[i + 1].from : directory.offset
    if (ranges[i].to > end) refuse('E-ZIP-005', archive, 'has entries that share the same bytes')
  }
  return entries
}

async function findDirectory(
  handle: FileHandle,
  size: number,
  archive: string,
): Promise<{ offset: number; length: number; count: number }> {
  const tailStart = Math.max(0, size - 65_557)
  const tail = await readAt(handle, tailStart, size - tailStart, archive)
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== END || at + 22 + view.getUint16(at + 20, true) !== tail.length) continue
    let count = view.getUint16(at + 10, true)
    let length = view.getUint32(at + 12, true)
    let offset = view.getUint32(at + 16, true)
    if (at >= 20 && view.getUint32(at - 20, true) === END_64_LOCATOR) {
      const record = await readAt(handle, Number(view.getBigUint64(at - 12, true)), 56, archive)
      const wide = new DataView(record.buffer, record.byteOffset, record.byteLength)
      if (wide.getUint32(0, true) !== END_64) refuseIncomplete(archive)
      count = Number(wide.getBigUint64(32, true))
      length = Number(wide.getBigUint64(40, true))
      offset = Number(wide.getBigUint64(48, true))
    }
    if (offset + length > tailStart + at) refuseIncomplete(archive)
    return { offset, length, count }
  }
  return refuseIncomplete(archive)
}

function parseDirectory(bytes: Uint8Array, count: number, archive: string): Listed[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const listed: Listed[] = []
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) refuseIncomplete(archive)
    const flags = view.getUint16(at + 8, true)
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    if (next > bytes.length) refuseIncomplete(archive)
    const rawName = bytes.subarray(at + 46, at + 46 + nameLength)
    const name = new TextDecoder(flags & 0x800 ? 'utf-8' : 'latin1').decode(rawName)
    const unix = view.getUint16(at + 4, true) >> 8 === 3
    if (unix && ((view.getUint32(at + 38, true) >>> 28) & 15) === 10)
      refuse('E-ZIP-008', archive, `holds a link (“${shown(name)}”) instead of a file`)
    if (flags & 1)
      refuse('E-ZIP-010', archive, 'is encrypted', 'Unpack it with its password, then import the CSV files.')
    const sizes = wideSizes(view, at, at + 46 + nameLength, extraLength)
    if (!sizes) return refuseIncomplete(archive)
    listed.push({
      name,
      rawName,
      flags,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...sizes,
    })
    at = next
  }
  return listed
}

/** Sizes and offset, from the Zip64 extra field where the 32-bit ones are full; undefined when it is cut short. */
function wideSizes(
  view: DataView,
  at: number,
  extra: number,
  extraLength: number,
): { packedBytes: number; bytes: number; offset: number } | undefined {
  const values = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]
  if (values.includes(FULL_32)) {
    const end = extra + extraLength
    let p = extra
    while (p + 4 <= end && view.getUint16(p, true) !== 1) p += 4 + view.getUint16(p + 2, true)
    if (p + 4 <= end) {
      const fieldEnd = Math.min(end, p + 4 + view.getUint16(p + 2, true))
      p += 4
      for (let i = 0; i < 3; i++) {
        if (values[i] !== FULL_32) continue
        if (p + 8 > fieldEnd) return undefined
        values[i] = Number(view.getBigUint64(p, true))
        p += 8
      }
    }
  }
  return { bytes: values[0], packedBytes: values[1], offset: values[2] }
}

/** The local header must tell the same story; returns where the data start. */
async function checkLocal(handle: FileHandle, entry: Listed, archive: string): Promise<number> {
  const head = await readAt(handle, entry.offset, 30 + entry.rawName.length, archive)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (view.getUint32(0, true) !== LOCAL) refuseIncomplete(archive)
  const nameLength = view.getUint16(26, true)
  const flags = view.getUint16(6, true)
  let same =
    nameLength === entry.rawName.length && view.getUint16(8, true) === entry.method && flags === entry.flags
  for (let i = 0; same && i < nameLength; i++) same = head[30 + i] === entry.rawName[i]
  // With bit 3 the sizes follow the data and are zero here; full ones stand for a Zip64 field.
  if (same && !(flags & 8)) {
    const packed = view.getUint32(18, true)
    const size = view.getUint32(22, true)
    same = packed === FULL_32 || size === FULL_32 || (packed === entry.packedBytes && size === entry.bytes)
  }
  if (!same) refuse('E-ZIP-007', archive, `says two different things about “${shown(entry.name)}”`)
  return entry.offset + 30 + nameLength + view.getUint16(28, true)
}

function checkName(name: string, archive: string): void {
  const plain =
    name.length > 0 &&
    !name.includes('\\') &&
    !name.includes('\0') &&
    !name.startsWith('/') &&
    !/^[A-Za-z]:/.test(name) &&
    !name.split('/').includes('..')
  if (!plain) refuse('E-ZIP-006', archive, `holds an entry with an unsafe name (“${shown(name)}”)`)
}

function shown(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control and direction characters must not reach the screen
  return name.slice(0, 80).replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '·')
}

async function readAt(handle: FileHandle, at: number, length: number, archive: string): Promise<Uint8Array> {
  if (!(length >= 0) || length > 1 << 28) refuseIncomplete(archive)
  const bytes = new Uint8Array(length)
  const { bytesRead } = await handle.read(bytes, 0, length, at)
  if (bytesRead !== length) refuseIncomplete(archive)
  return bytes
}

function refuseIncomplete(archive: string): never {
  return refuse('E-ZIP-001', archive, 'is an incomplete ZIP archive', 'Copy or download the archive again.')
}

function refuse(
  code: string,
  archive: string,
  what: string,
  cure = 'Ask the sender for a new archive or the plain CSV files.',
): never {
  throw new InputError(code, `${archive} ${what}. Nothing was imported.`, { file: archive, cure })
}
