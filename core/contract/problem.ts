/**
 * A refusal the caller can cure: a stable code, one sentence (what happened, where, what was kept, what to do), and
 * where it happened. Travels as `application/problem+json`.
 */
export interface Problem {
  readonly code: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  /** What to do about it. */
  readonly cure?: string
  readonly file?: string
  readonly row?: number
  readonly column?: string
}

export interface InputErrorDetail {
  readonly status?: number
  readonly detail?: string
  readonly cure?: string
  readonly file?: string
  readonly row?: number
  readonly column?: string
}

/** Thrown wherever the caller's input is at fault; everything else thrown is a bug. */
export class InputError extends Error {
  readonly code: string
  readonly detail: InputErrorDetail
  constructor(code: string, message: string, detail: InputErrorDetail = {}) {
    super(message)
    this.name = 'InputError'
    this.code = code
    this.detail = detail
  }
}

/** Thrown by a kernel that saw its cancel flag. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled')
    this.name = 'Cancelled'
  }
}

export function toProblem(error: InputError): Problem {
  const { status = 422, ...rest } = error.detail
  return { code: error.code, title: error.message, status, ...rest }
}
