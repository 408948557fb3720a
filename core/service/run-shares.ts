import type { IncidentColumns } from '#core/contract/incident.ts'
import type { Computed } from '#core/contract/method.ts'
import type { Job } from './jobs.ts'
import type { MethodTask } from './kernels.worker.ts'
import type { Pool } from './pool.ts'

/**
 * Runs a method whose work comes in parts over all workers of the pool: one begins, all take parts until none is
 * left, one finishes with the parts in their order. The answer does not depend on how many workers there are.
 */
export async function runShares<S>(
  pool: Pool,
  task: MethodTask,
  job: Job | undefined,
  held: { readonly id: string; readonly columns: IncidentColumns },
): Promise<Computed<S>> {
  const { state, parts } = await pool.run<{ readonly state: unknown; readonly parts: number }>(
    { kind: 'begin', ...task },
    job,
    held,
  )
  const next = new Int32Array(new SharedArrayBuffer(4))
  const workers = Math.min(pool.size, parts)
  const runs = Array.from({ length: workers }, () =>
    pool
      .run<[number, unknown][]>({ kind: 'parts', method: task.method, state, next, parts }, job)
      .catch((error: unknown) => {
        // The others find nothing left to take.
        Atomics.store(next, 0, parts)
        throw error
      }),
  )
  const taken = (await Promise.allSettled(runs)).map((run) => {
    if (run.status === 'rejected') throw run.reason
    return run.value
  })
  const inOrder = new Array<unknown>(parts)
  for (const [index, part] of taken.flat()) inOrder[index] = part
  return pool.run<Computed<S>>({ kind: 'finish', ...task, state, parts: inOrder }, job, held)
}
