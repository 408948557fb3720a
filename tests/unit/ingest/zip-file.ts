/** A small ZIP writer for tests, with every field open to lies. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface Entry {
  readonly name: string
  readonly content: Uint8Array | string
  readonly stored?: boolean
  /** Overrides what the directory, and unless told otherwise the local header, says. */
  readonly size?: number
  readonly crc?: number
  readonly localName?: string
  readonly flags?: number
  /** Unix mode, for links. */
  readonly mode?: number
  /** Listed in the directory only, with its local header said to be here. */
  readonly at?: number
}

export function zipFile(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  const offsets: number[] = []
  let at = 0
  entries.forEach((entry, index) => {
    const content = Buffer.from(entry.content)
    const packed = entry.stored ? content : deflateRawSync(content)
    const name = Buffer.from(entry.name)
    const localName = Buffer.from(entry.localName ?? entry.name)
    const size = entry.size ?? content.length
    const crc = entry.crc ?? crc32(content)
    const method = entry.stored ? 0 : 8
    const flags = (entry.flags ?? 0) | 0x800
    offsets[index] = entry.at ?? at
    if (entry.at === undefined) {
      const local = Buffer.alloc(30)
      local.writeUInt32LE(0x04034b50, 0)
      local.writeUInt16LE(20, 4)
      local.writeUInt16LE(flags, 6)
      local.writeUInt16LE(method, 8)
      local.writeUInt32LE(crc, 14)
      local.writeUInt32LE(packed.length, 18)
      local.writeUInt32LE(size, 22)
      local.writeUInt16LE(localName.length, 26)
      parts.push(local, localName, packed)
      at += 30 + localName.length + packed.length
    }
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(0x0314, 4)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(flags, 8)
    central.writeUInt16LE(method, 10)
    central.writeUInt32LE(crc, 16)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(size, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38)
    central.writeUInt32LE(offsets[index], 42)
    directory.push(central, name)
  })
  const body = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(body.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, body, end])
}
