import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { IncidentColumns } from '#core/contract/incident.ts'
import { Cancelled, InputError } from '#core/contract/problem.ts'
import type { Job } from './jobs.ts'
import type { KernelAnswer, KernelTask } from './kernels.worker.ts'

/** Kernel workers. Datasets are opened in each once and named after that; their columns are shared, not copied. */
export interface Pool {
  readonly size: number
  /** Runs one task on the next free worker. */
  run<T>(
    task: KernelTask,
    job?: Job,
    columns?: { readonly id: string; readonly columns: IncidentColumns },
  ): Promise<T>
  forget(dataset: string): void
  close(): Promise<void>
}

interface Waiting {
  readonly task: KernelTask
  readonly job: Job | undefined
  readonly columns: { readonly id: string; readonly columns: IncidentColumns } | undefined
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

interface Seat {
  worker: Worker
  readonly holds: Set<string>
  busy: Waiting | undefined
}

/** How long a cancelled task may go on before its worker is ended: a cancel takes effect within 100 ms. */
const GRACE_MS = 60

export function createPool(size = Math.min(Math.max(2, availableParallelism()), 8)): Pool {
  const queue: Waiting[] = []
  let closed = false
  const seats: Seat[] = Array.from({ length: size }, () =>
    sit({ holds: new Set<string>(), busy: undefined } as unknown as Seat),
  )

  function sit(seat: Seat): Seat {
    const worker = new Worker(new URL('./kernels.worker.ts', import.meta.url))
    seat.worker = worker
    worker.unref()
    // A worker that was given up may still say something: it is not heard.
    worker.on('message', (answer: KernelAnswer) => seat.worker === worker && receive(seat, answer))
    worker.on('error', (error) => seat.worker === worker && replace(seat, error))
    return seat
  }

  /** A task that has not looked at its flag in time is stopped with its worker; another takes the seat. */
  function giveUp(seat: Seat, waiting: Waiting): void {
    if (seat.busy !== waiting || closed) return
    const { worker } = seat
    seat.busy = undefined
    seat.holds.clear()
    sit(seat)
    void worker.terminate()
    waiting.reject(new Cancelled())
    next()
  }

  /** A worker that died takes its task with it and nothing else. */
  function replace(seat: Seat, error: unknown): void {
    const task = seat.busy
    seat.busy = undefined
    seat.holds.clear()
    if (!closed) sit(seat)
    task?.reject(error)
    next()
  }

  function receive(seat: Seat, answer: KernelAnswer): void {
    const task = seat.busy
    if (!task) return
    if (answer.kind === 'progress') {
      task.job?.tell({ stage: answer.stage, done: answer.done })
      return
    }
    seat.busy = undefined
    seat.worker.unref()
    if (answer.kind === 'done') task.resolve(answer.value as never)
    else if (answer.kind === 'refused')
      task.reject(new InputError(answer.code, answer.message, answer.detail))
    else if (answer.kind === 'cancelled') task.reject(new Cancelled())
    else task.reject(Object.assign(new Error(answer.message), { stack: answer.stack }))
    next()
  }

  function next(): void {
    for (const seat of seats) {
      if (seat.busy || queue.length === 0) continue
      const waiting = queue.shift() as Waiting
      if (waiting.job && Atomics.load(waiting.job.flag, 0) === 1) {
        waiting.reject(new Cancelled())
        next()
        return
      }
      seat.busy = waiting
      seat.worker.ref()
      waiting.job?.onCancel(() => setTimeout(() => giveUp(seat, waiting), GRACE_MS))
      if (waiting.columns && !seat.holds.has(waiting.columns.id)) {
        seat.worker.postMessage({ kind: 'open', ...waiting.columns })
        seat.holds.add(waiting.columns.id)
      }
      seat.worker.postMessage({ kind: 'run', task: waiting.task, flag: waiting.job?.flag })
    }
  }

  return {
    size,
    run: (task, job, columns) =>
      new Promise((resolve, reject) => {
        queue.push({ task, job, columns, resolve, reject })
        next()
      }),
    forget(dataset) {
      for (const seat of seats)
        if (seat.holds.delete(dataset)) seat.worker.postMessage({ kind: 'forget', id: dataset })
    },
    async close() {
      closed = true
      await Promise.all(seats.map((seat) => seat.worker.terminate()))
    },
  }
}
