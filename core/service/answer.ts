import { InputError, type Problem, toProblem } from '#core/contract/problem.ts'

/** Answers of the boundary. NaN becomes null on its way into JSON; every body states its length. */
export function json(value: unknown, status = 200): Response {
  return bytes(new TextEncoder().encode(JSON.stringify(value)), 'application/json', status)
}

export function bytes(
  body: Uint8Array,
  type: string,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  return new Response(body as Uint8Array<ArrayBuffer>, {
    status,
    headers: { 'content-type': type, 'content-length': String(body.byteLength), ...headers },
  })
}

export const arrow = (body: Uint8Array): Response => bytes(body, 'application/vnd.apache.arrow.stream')

/** The problem a thrown error amounts to. What is not the caller's fault gets an incident number, detail to stderr only. */
export function problemOf(error: unknown): Problem {
  if (error instanceof InputError) return toProblem(error)
  if (error instanceof Error && error.name === 'Cancelled')
    return { code: 'E-JOB-CANCELLED', title: 'Cancelled. Nothing was changed.', status: 409 }
  const incident = Math.floor(performance.timeOrigin + performance.now()).toString(36)
  process.stderr.write(
    `[${incident}] ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return {
    code: 'E-BUG',
    title: `Something went wrong inside the program (incident ${incident}). Nothing was changed.`,
    status: 500,
    cure: 'Try again; if it comes back, send the incident number to whoever supports this program.',
  }
}

export function problem(error: unknown): Response {
  const body = problemOf(error)
  return bytes(new TextEncoder().encode(JSON.stringify(body)), 'application/problem+json', body.status)
}

/** A request's JSON, refused with a sentence when it is not JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text()
  try {
    return JSON.parse(text)
  } catch {
    throw new InputError('E-REQ-JSON', 'The request is not valid JSON. Nothing was done.', { status: 400 })
  }
}
