import { Cancelled } from '#core/contract/problem.ts'
import type { Line, Progress } from '#core/contract/progress.ts'
import { problemOf } from './answer.ts'

/** What a piece of long work holds: its cancel flag in shared memory, and a place to tell how far it is. */
export interface Job {
  readonly id: string
  /** One Int32 in shared memory: 1 = asked to stop. Kernels poll it. */
  readonly flag: Int32Array
  readonly tell: (progress: Omit<Progress, 'kind'>) => void
  /** Runs when the job is cancelled (to kill a process, say). */
  onCancel(act: () => void): void
  throwIfCancelled(): void
}

export interface Jobs {
  /** Answers at once with NDJSON: the job's id, progress lines, then one result or problem. */
  stream<T>(work: (job: Job) => Promise<T>): Response
  cancel(id: string): boolean
}

const TELL_EVERY_MS = 60

export function createJobs(): Jobs {
  const running = new Map<string, () => void>()
  let last = 0

  function stream<T>(work: (job: Job) => Promise<T>): Response {
    const id = `job-${++last}`
    const flag = new Int32Array(new SharedArrayBuffer(4))
    const acts: (() => void)[] = []
    const encoder = new TextEncoder()
    let toldAt = 0
    let open = true
    let sink: ReadableStreamDefaultController<Uint8Array>
    const write = (line: Line<T>) => {
      if (open) sink.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
    }
    const cancel = () => {
      if (Atomics.exchange(flag, 0, 1) === 0) for (const act of acts) act()
    }
    const job: Job = {
      id,
      flag,
      tell(progress) {
        const now = performance.now()
        if (now - toldAt < TELL_EVERY_MS) return
        toldAt = now
        write({ kind: 'progress', ...progress })
      },
      onCancel(act) {
        if (Atomics.load(flag, 0) === 1) act()
        else acts.push(act)
      },
      throwIfCancelled() {
        if (Atomics.load(flag, 0) === 1) throw new Cancelled()
      },
    }
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        sink = controller
        running.set(id, cancel)
        write({ kind: 'job', id })
        // The work starts in its own turn, so that even a quick refusal comes as a line of the stream.
        setImmediate(async () => {
          try {
            const result = await work(job)
            write({ kind: 'result', result })
          } catch (error) {
            write({ kind: 'problem', problem: problemOf(error) })
          } finally {
            running.delete(id)
            if (open) {
              open = false
              sink.close()
            }
          }
        })
      },
      cancel() {
        open = false
        cancel()
      },
    })
    return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } })
  }

  return {
    stream,
    cancel(id) {
      const act = running.get(id)
      act?.()
      return act !== undefined
    },
  }
}
