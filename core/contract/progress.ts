/** One line of an NDJSON answer: any number of `progress`, then exactly one `result` or `problem`. */
import type { Problem } from './problem.ts'

export interface Progress {
  readonly kind: 'progress'
  /** What is going on, in an analyst's words: 'Reading 2021-03-lancashire-street.csv'. */
  readonly stage: string
  /** Share done, 0 to 1, where it can be known. */
  readonly done?: number
  readonly rows?: number
  readonly bytes?: number
  readonly totalBytes?: number
  readonly secondsLeft?: number
}

export interface JobStarted {
  readonly kind: 'job'
  readonly id: string
}

export interface Finished<T> {
  readonly kind: 'result'
  readonly result: T
}

export interface Failed {
  readonly kind: 'problem'
  readonly problem: Problem
}

export type Line<T> = JobStarted | Progress | Finished<T> | Failed
