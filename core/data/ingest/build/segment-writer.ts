/** Segments onto the disk: encoded at once, then written, flushed and hashed while the next one is being filled. */
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SegmentFile } from '#core/contract/dataset.ts'
import { decodeSegment } from '#core/data/columns/decode-segment.ts'
import { encodeSegment, type SegmentColumn } from '#core/data/columns/encode-segment.ts'
import { segmentName, TEXT, WORD } from '#core/data/columns/segment-format.ts'
import type { TableReader } from '../reader/table-reader.ts'

export interface SegmentWriter {
  put(columns: readonly SegmentColumn[], rows: number): void
  /** Waits until at most two segments are still on their way, so that no more than three are held in memory. */
  ready(): Promise<void>
  /** From here on the column comes as text; segments already put are rewritten by `finish`. */
  becomesText(column: string, wordBytes: (code: number) => Uint8Array): void
  finish(): Promise<SegmentFile[]>
  /** Waits until nothing is on its way to the disk any more, whether it got there or not. */
  settle(): Promise<void>
}

/** `hash` may take the bytes away and give them back as another array. */
export function createSegmentWriter(folder: string, hash: TableReader['hash']): SegmentWriter {
  const files: SegmentFile[] = []
  const pending = new Set<Promise<void>>()
  const turned: { column: string; before: number; wordBytes: (code: number) => Uint8Array }[] = []
  // Memory of segments that are written, for those to come.
  const spares: ArrayBuffer[] = []
  let put = 0
  let failure: unknown

  async function write(index: number, bytes: Uint8Array<ArrayBuffer>, rows: number): Promise<void> {
    const name = segmentName(index)
    const hashed = await hash(bytes)
    const { length, buffer } = hashed.bytes
    // Memory is free again once the system has its bytes, which is long before the disk has them.
    await writeDurably(join(folder, name), hashed.bytes, () => void spares.push(buffer))
    files[index] = { name, rows, bytes: length, sha256: hashed.sha256 }
  }

  return {
    put(columns, rows) {
      const bytes = encodeSegment(columns, rows, spares.pop())
      const task = write(put++, bytes, rows)
        .catch((error: unknown) => {
          failure ??= error
        })
        .finally(() => pending.delete(task))
      pending.add(task)
    },
    async ready() {
      while (pending.size > 2) await Promise.race(pending)
      if (failure) throw failure
    },
    becomesText(column, wordBytes) {
      turned.push({ column, before: put, wordBytes })
    },
    async settle() {
      await Promise.all(pending)
    },
    async finish() {
      await Promise.all(pending)
      if (failure) throw failure
      const last = Math.max(0, ...turned.map((turn) => turn.before))
      for (let index = 0; index < last; index++) {
        const segment = decodeSegment(await readFile(join(folder, files[index].name)), files[index].name)
        const columns = segment.columns.map((column) => {
          const turn = turned.find((t) => t.before > index && WORD + t.column === column.name)
          return turn
            ? asText(turn.column, column.values as Uint16Array | Uint32Array, turn.wordBytes)
            : column
        })
        await write(index, encodeSegment(columns, segment.rows), segment.rows)
      }
      return files
    },
  }
}

/** Codes as the words they stand for. */
export function asText(
  name: string,
  codes: Uint16Array | Uint32Array,
  wordBytes: (code: number) => Uint8Array,
): SegmentColumn {
  const offsets = new Int32Array(codes.length + 1)
  for (let i = 0; i < codes.length; i++) offsets[i + 1] = offsets[i] + wordBytes(codes[i]).length
  const values = new Uint8Array(offsets[codes.length])
  for (let i = 0; i < codes.length; i++) values.set(wordBytes(codes[i]), offsets[i])
  return { name: TEXT + name, offsets, values }
}

/** Writes a file and waits until the disk has it; `onTaken` hears when the bytes are not needed any more. */
export async function writeDurably(
  path: string,
  bytes: Uint8Array | string,
  onTaken?: () => void,
): Promise<void> {
  const handle = await open(path, 'w')
  try {
    await handle.writeFile(bytes)
    onTaken?.()
    await handle.sync()
  } finally {
    await handle.close()
  }
}
