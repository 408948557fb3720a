import type { Problem } from '#core/contract/problem.ts'
import type { Line, Progress } from '#core/contract/progress.ts'
import { readLines } from './ndjson.ts'
import { sessionKey } from './session.ts'

/** The core said no, and said why. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.title)
    this.name = 'Refused'
    this.problem = problem
  }
}

/** Any thrown value as a problem a person can read; null for an answer nobody waits for any more. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Refused) return error.problem
  if (error instanceof DOMException && error.name === 'AbortError') return null
  return {
    code: 'E-UI-CORE',
    title: 'The workbench could not reach its core. Nothing was changed.',
    status: 0,
    cure: 'Try again. If it keeps happening, close and start the workbench; the workspace is saved on disk.',
    ...(error instanceof Error ? { detail: error.message } : {}),
  }
}

function headers(type?: string): Record<string, string> {
  const key = sessionKey()
  return { ...(type ? { 'content-type': type } : {}), ...(key ? { 'x-hotspot-key': key } : {}) }
}

async function send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const raw = body instanceof Blob || body instanceof ArrayBuffer
  const answer = await fetch(`/api${path}`, {
    method,
    headers: headers(body === undefined ? undefined : raw ? 'application/octet-stream' : 'application/json'),
    ...(body === undefined ? {} : { body: raw ? (body as Blob) : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  if (!answer.ok) throw new Refused(await readProblem(answer))
  return answer
}

async function readProblem(answer: Response): Promise<Problem> {
  try {
    const problem = (await answer.json()) as Problem
    if (problem.code && problem.title) return { ...problem, status: answer.status }
  } catch {
    // Not a problem document: say what is known.
  }
  return {
    code: `E-HTTP-${answer.status}`,
    title:
      answer.status === 401 || answer.status === 403
        ? 'This window is no longer signed in to the core. Open the workbench again from its start link.'
        : `The core answered ${answer.status}.`,
    status: answer.status,
  }
}

/** One JSON question, one JSON answer. */
export async function callJson<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const answer = await send(method, path, body, signal)
  const text = await answer.text()
  return (text ? JSON.parse(text) : undefined) as T
}

/** Bytes: Arrow columns or a file to save. */
export async function callBytes(
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  return (await send(method, path, body, signal)).arrayBuffer()
}

/**
 * Long work: tells of progress, then resolves with the result. Aborting `signal` also cancels the job in the core,
 * which cannot see that the page gave up.
 *
 * @throws Refused when the core ends with a problem
 */
export async function callStream<T>(
  path: string,
  body: unknown,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<T> {
  const answer = await send('POST', path, body, signal)
  if (!answer.body) throw new Error('no body')
  let job = ''
  const cancel = () => {
    if (job) void send('DELETE', `/jobs/${encodeURIComponent(job)}`).catch(() => undefined)
  }
  signal.addEventListener('abort', cancel)
  try {
    for await (const line of readLines<Line<T>>(answer.body)) {
      if (line.kind === 'job') job = line.id
      else if (line.kind === 'progress') onProgress(line)
      else if (line.kind === 'result') return line.result
      else throw new Refused(line.problem)
    }
  } finally {
    signal.removeEventListener('abort', cancel)
  }
  throw new Refused({
    code: 'E-UI-CUT',
    title: 'The core stopped before it had finished. Nothing was changed.',
    status: 0,
    cure: 'Start the step again.',
  })
}
