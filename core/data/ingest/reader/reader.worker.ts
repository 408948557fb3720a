/** Reads tables on a thread of its own: disk, unpacking, hashing and tokenising go on while incidents are built. */
import { parentPort, workerData } from 'node:worker_threads'
import { InputError } from '#core/contract/problem.ts'
import { newMeter } from '../sources/source.ts'
import { type PackedBlock, packBlock } from './packed-block.ts'
import { readTable, type TableSpec } from './read-table.ts'

export type FromReader =
  /** Quotes kept inside values come with the block they stand in; `stored` is for the progress line. */
  | {
      readonly kind: 'block'
      readonly packed: PackedBlock
      readonly stray: readonly number[]
      readonly stored: number
    }
  | { readonly kind: 'end'; readonly sha256: string; readonly bytes: number; readonly stored: number }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      readonly detail: InputError['detail']
    }
  | { readonly kind: 'failed'; readonly message: string }

/** A buffer that is free again. */
export interface ToReader {
  readonly spare: SharedArrayBuffer
}

/** Blocks on their way at once: enough to keep both threads busy, few enough to bound memory. */
const MOST_OUT = 6

const port = parentPort
if (!port) throw new Error('reader.worker.ts runs as a worker thread.')
const { tables } = workerData as { readonly tables: readonly TableSpec[] }
const spares: SharedArrayBuffer[] = []
let out = 0
let resume: (() => void) | undefined

port.on('message', ({ spare }: ToReader) => {
  spares.push(spare)
  out--
  resume?.()
})

const tell = (message: FromReader): void => port.postMessage(message)

try {
  for (const table of tables) {
    const meter = newMeter()
    let stray: number[] = []
    await readTable(table, meter, {
      onBlock(block, hashes) {
        const packed = packBlock(block, hashes, spares.pop())
        out++
        tell({ kind: 'block', packed, stray, stored: meter.stored })
        stray = []
      },
      onStrayQuote: (row, column) => void stray.push(row, column),
      async between() {
        while (out >= MOST_OUT)
          await new Promise<void>((resolve) => {
            resume = resolve
          })
        return false
      },
    })
    tell({ kind: 'end', sha256: meter.sha256, bytes: meter.bytes, stored: meter.stored })
  }
} catch (error) {
  if (error instanceof InputError)
    tell({ kind: 'refused', code: error.code, message: error.message, detail: error.detail })
  else
    tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}
port.close()
