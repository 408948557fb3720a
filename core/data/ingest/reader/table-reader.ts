/** Tables one after the other, read on this thread when they are small and on one of their own when they are not. */
import { Worker } from 'node:worker_threads'
import { InputError } from '#core/contract/problem.ts'
import { blockIn } from '../csv/field-block.ts'
import type { Meter } from '../sources/source.ts'
import { createRowJudge } from './judge-rows.ts'
import { readTable, type TableHandlers, type TableSpec } from './read-table.ts'
import type { FromReader, ToReader } from './reader.worker.ts'
import { sha256Of } from './sha256-of.ts'

type FromTable = Exclude<FromReader, { readonly kind: 'hashed' }>

export interface TableReader {
  /** Says what to read; a thread begins at once. */
  begin(tables: readonly TableSpec[]): void
  /** Reads the next table of the list. */
  next(meter: Meter, handlers: TableHandlers): Promise<void>
  /** SHA-256 of `bytes`, on the reading thread where there is one. They come back as another array when it is done. */
  hash(bytes: Uint8Array<ArrayBuffer>): Promise<Hashed>
  close(): Promise<void>
}

export interface Hashed {
  readonly sha256: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Starting a thread costs about 50 ms: below this many stored bytes it does not pay. */
const WORTH_A_THREAD = 4 << 20

export function createTableReader(storedBytes: number): TableReader {
  if (storedBytes >= WORTH_A_THREAD) return onThread()
  const judge = createRowJudge()
  let tables: readonly TableSpec[] = []
  let index = 0
  return {
    begin(list) {
      tables = list
    },
    next: (meter, handlers) => readTable(tables[index++], judge, meter, handlers),
    hash: async (bytes) => ({ sha256: sha256Of(bytes), bytes }),
    close: async () => {},
  }
}

function onThread(): TableReader {
  const worker = new Worker(new URL('./reader.worker.ts', import.meta.url))
  const waiting: FromTable[] = []
  const hashing: { resolve(hashed: Hashed): void; reject(error: Error): void }[] = []
  let failure: Error | undefined
  let wake: (() => void) | undefined
  worker.on('message', (message: FromReader) => {
    // Answers come in the order of the questions.
    if (message.kind === 'hashed') return hashing.shift()?.resolve(message)
    waiting.push(message)
    wake?.()
  })
  const fail = (error: Error): void => {
    failure ??= error
    wake?.()
    for (const each of hashing.splice(0)) each.reject(error)
  }
  const tell = (message: ToReader, given: ArrayBuffer[] = []): void => worker.postMessage(message, given)
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The reading thread ended early.')))

  async function take(): Promise<FromTable> {
    for (;;) {
      const message = waiting.shift()
      if (message) return message
      if (failure) throw failure
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  return {
    begin: (tables) => tell({ kind: 'read', tables }),
    async next(meter, handlers) {
      for (;;) {
        const message = await take()
        if (message.kind === 'refused') throw new InputError(message.code, message.message, message.detail)
        if (message.kind === 'failed') throw new Error(message.message)
        meter.stored = message.stored
        if (message.kind === 'end') {
          meter.sha256 = message.sha256
          meter.bytes = message.bytes
          return
        }
        for (let i = 0; i < message.stray.length; i += 2)
          handlers.onStrayQuote(message.stray[i], message.stray[i + 1])
        handlers.onBlock(blockIn(message.buffer, message.columns, message.rows))
        tell({ kind: 'free', buffer: message.buffer }, [message.buffer])
        if (await handlers.between()) return
      }
    },
    hash(bytes) {
      if (failure) return Promise.reject(failure)
      return new Promise((resolve, reject) => {
        hashing.push({ resolve, reject })
        tell({ kind: 'hash', bytes }, [bytes.buffer])
      })
    },
    async close() {
      worker.off('error', fail)
      worker.on('error', () => {})
      await worker.terminate()
      fail(new Error('The reading thread was stopped.'))
    },
  }
}
