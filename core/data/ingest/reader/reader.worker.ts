/**
 * Reads tables on a thread of its own: disk, unpacking, hashing, tokenising and the search for duplicates go on while
 * incidents are built. Blocks are sent off with their memory, which comes back when it is free.
 */
import { parentPort } from 'node:worker_threads'
import { InputError } from '#core/contract/problem.ts'
import type { BlockMemory } from '../csv/tokenise.ts'
import { newMeter } from '../sources/source.ts'
import { createRowJudge } from './judge-rows.ts'
import { readTable, type TableSpec } from './read-table.ts'
import { sha256Of } from './sha256-of.ts'

export type FromReader =
  /** Quotes kept inside values come with the block they stand in; `stored` is for the progress line. */
  | {
      readonly kind: 'block'
      readonly buffer: ArrayBuffer
      readonly columns: number
      readonly rows: number
      readonly stray: readonly number[]
      readonly stored: number
    }
  | { readonly kind: 'hashed'; readonly sha256: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly sha256: string; readonly bytes: number; readonly stored: number }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      readonly detail: InputError['detail']
    }
  | { readonly kind: 'failed'; readonly message: string }

export type ToReader =
  | { readonly kind: 'read'; readonly tables: readonly TableSpec[] }
  /** Memory that is free again. */
  | { readonly kind: 'free'; readonly buffer: ArrayBuffer }
  /** Bytes to be hashed and given back: this thread has more time to spare than the builder. */
  | { readonly kind: 'hash'; readonly bytes: Uint8Array<ArrayBuffer> }

/** Blocks on their way at once: enough to keep both threads busy, few enough to bound memory. */
const MOST_OUT = 6
/** Room for the text of most chunks, so that the same pieces of memory go round. */
const USUAL_TEXT = 576 << 10

const port = parentPort
if (!port) throw new Error('reader.worker.ts runs as a worker thread.')
const spares: ArrayBuffer[] = []
let out = 0
let resume: (() => void) | undefined

port.on('message', (message: ToReader) => {
  if (message.kind === 'read') void readAll(message.tables)
  else if (message.kind === 'hash') {
    const { bytes } = message
    tell({ kind: 'hashed', sha256: sha256Of(bytes), bytes }, [bytes.buffer])
  } else {
    spares.push(message.buffer)
    out--
    resume?.()
  }
})

const tell = (message: FromReader, given: ArrayBuffer[] = []): void => port.postMessage(message, given)

const memory: BlockMemory = {
  take(bytes) {
    const spare = spares.pop()
    return spare && spare.byteLength >= bytes ? spare : new ArrayBuffer(bytes + USUAL_TEXT)
  },
  giveBack: (buffer) => void spares.push(buffer),
}

async function readAll(tables: readonly TableSpec[]): Promise<void> {
  const judge = createRowJudge()
  try {
    for (const table of tables) {
      const meter = newMeter()
      let stray: number[] = []
      await readTable(table, judge, meter, {
        memory,
        onBlock({ buffer, columns, rows }) {
          out++
          tell({ kind: 'block', buffer, columns, rows, stray, stored: meter.stored }, [buffer])
          stray = []
        },
        onStrayQuote: (row, column) => void stray.push(row, column),
        between: () => (out < MOST_OUT ? false : untilOneIsFree()),
      })
      tell({ kind: 'end', sha256: meter.sha256, bytes: meter.bytes, stored: meter.stored })
    }
  } catch (error) {
    if (error instanceof InputError)
      tell({ kind: 'refused', code: error.code, message: error.message, detail: error.detail })
    else
      tell({
        kind: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
  }
}

async function untilOneIsFree(): Promise<boolean> {
  while (out >= MOST_OUT)
    await new Promise<void>((resolve) => {
      resume = resolve
    })
  return false
}
