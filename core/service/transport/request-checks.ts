import { refusal } from './refusal.ts'

/** One request may carry this much; larger files come in pieces. */
export const MOST_BODY_BYTES = 64 << 20
const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE'])
/** None of them is one a foreign page may send without asking first. */
const BODY_TYPES = new Set([
  'application/json',
  'application/vnd.apache.arrow.stream',
  'application/octet-stream',
])

export function hasBody(method: string): boolean {
  return method === 'POST' || method === 'PUT'
}

export function checkType(method: string, type: string | null | undefined): Response | null {
  if (!hasBody(method) || BODY_TYPES.has((type ?? '').split(';')[0].trim().toLowerCase())) return null
  return refusal(415, 'E-REQ-TYPE', 'The request must be JSON or Arrow.')
}

export function checkMethod(method: string): Response | null {
  return METHODS.has(method) ? null : refusal(405, 'E-REQ-METHOD', 'This method is not possible here.')
}

export function tooLarge(most = MOST_BODY_BYTES): Response {
  return refusal(
    413,
    'E-REQ-SIZE',
    `The request is larger than ${most >> 20} MB. Nothing was kept.`,
    'Send the file in smaller pieces.',
  )
}
