import type { Caveat } from '#core/contract/caveat.ts'

/** A caveat: a stable code, and the sentence that is printed wherever the result is. */
export function caveat(code: string, text: string): Caveat {
  return { code, text }
}
