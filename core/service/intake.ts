/**
 * The intake process: the only place that parses bytes from outside. It reads one job, works, answers and ends; it
 * can be killed at any moment, and what it wrote in staging is then swept. A crash or an out-of-memory here costs an
 * import, not the workbench.
 */

import { Cancelled, InputError, type Problem, toProblem } from '#core/contract/problem.ts'
import type { Progress } from '#core/contract/progress.ts'
import type { ImportJob } from '#core/data/ingest/import-job.ts'

export type IntakeOrder =
  | { readonly kind: 'import'; readonly job: ImportJob }
  | { readonly kind: 'preview'; readonly job: ImportJob }
  | {
      readonly kind: 'boundary'
      readonly path: string
      readonly file: string
      readonly codeField?: string
      readonly nameField?: string
    }
  | { readonly kind: 'basemap'; readonly path: string; readonly file: string }
  | { readonly kind: 'places' | 'lines'; readonly path: string; readonly file: string }

export type IntakeAnswer =
  | Progress
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly message: string }

/** Electron's utility process speaks through `process.parentPort`, Node's through `process.send`. */
const parent = (
  process as unknown as {
    parentPort?: {
      on: (e: 'message', f: (m: { data: IntakeOrder }) => void) => void
      postMessage: (m: unknown) => void
    }
  }
).parentPort

if (parent) parent.on('message', (message) => void serve(message.data))
else process.on('message', (order: IntakeOrder) => void serve(order))

function send(answer: IntakeAnswer): Promise<void> {
  if (parent) {
    parent.postMessage(answer)
    return Promise.resolve()
  }
  return new Promise((resolve) => process.send?.(answer, () => resolve()))
}

async function serve(order: IntakeOrder): Promise<void> {
  try {
    await send({ kind: 'done', value: await work(order) })
  } catch (error) {
    if (error instanceof InputError) await send({ kind: 'refused', problem: toProblem(error) })
    else if (error instanceof Cancelled) await send({ kind: 'failed', message: 'Cancelled' })
    else
      await send({
        kind: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
  }
  // The parent closes the channel; nothing else keeps this process alive.
  if (!parent) process.disconnect()
}

async function work(order: IntakeOrder): Promise<unknown> {
  switch (order.kind) {
    case 'import': {
      const { runImport } = await import('#core/data/ingest/run-import.ts')
      return runImport(
        order.job,
        (progress) => void send(progress),
        () => false,
      )
    }
    case 'preview': {
      const { previewImport } = await import('#core/data/ingest/preview-import.ts')
      return previewImport(order.job)
    }
    case 'boundary': {
      const { readBoundary } = await import('#core/data/boundaries/read-boundary.ts')
      const { path, ...options } = order
      return readBoundary(path, options)
    }
    case 'basemap': {
      const { openBasemap } = await import('#core/data/basemap/read-basemap.ts')
      const basemap = openBasemap(order.path, { file: order.file })
      basemap.close()
      return basemap.info
    }
    case 'lines': {
      const { readLines } = await import('#core/data/lines/read-lines.ts')
      return readLines(order.path, { file: order.file })
    }
    case 'places': {
      const { readPlaces } = await import('#core/data/basemap/read-places.ts')
      const { encodePlaces } = await import('#core/data/basemap/place-index.ts')
      const { places, warnings } = readPlaces(order.path, { file: order.file })
      return { bytes: encodePlaces(places), warnings }
    }
  }
}
