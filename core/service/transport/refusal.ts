import type { Problem } from '#core/contract/problem.ts'

/** A refusal of the transport itself, before any route is looked for: the same shape as every other problem. */
export function refusal(status: number, code: string, title: string, cure?: string): Response {
  const problem: Problem = { code, title, status, ...(cure === undefined ? {} : { cure }) }
  const body = new TextEncoder().encode(JSON.stringify(problem))
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/problem+json', 'content-length': String(body.byteLength) },
  })
}
