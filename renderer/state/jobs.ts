import { create } from 'zustand'
import type { Progress } from '#core/contract/progress.ts'
import { callStream } from '#renderer/api/client.ts'

export interface Job {
  readonly id: number
  readonly title: string
  readonly progress: Progress | null
  readonly cancel: () => void
}

export const useJobs = create<{ readonly jobs: readonly Job[] }>(() => ({ jobs: [] }))

let next = 1

function change(id: number, progress: Progress): void {
  useJobs.setState(({ jobs }) => ({ jobs: jobs.map((job) => (job.id === id ? { ...job, progress } : job)) }))
}

/** Runs `work` as a job that the status bar shows and can cancel. */
export async function trackJob<T>(
  title: string,
  work: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const id = next++
  const control = new AbortController()
  const cancel = () => control.abort()
  if (outer?.aborted) cancel()
  outer?.addEventListener('abort', cancel)
  useJobs.setState(({ jobs }) => ({ jobs: [...jobs, { id, title, progress: null, cancel }] }))
  try {
    return await work(control.signal, (progress) => change(id, progress))
  } finally {
    outer?.removeEventListener('abort', cancel)
    useJobs.setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== id) }))
  }
}

/** Long work of the core by its route, tracked as a job. */
export function runJob<T>(
  title: string,
  path: string,
  body: unknown,
  outer?: AbortSignal,
  onProgress?: (progress: Progress) => void,
): Promise<T> {
  return trackJob(
    title,
    (signal, tell) =>
      callStream<T>(path, body, signal, (progress) => {
        tell(progress)
        onProgress?.(progress)
      }),
    outer,
  )
}
