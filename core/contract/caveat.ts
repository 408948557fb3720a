/**
 * A caveat travels with a result and is printed wherever the result is: it worked, but. Codes are stable; the
 * sentence is what the reader sees.
 */
export interface Caveat {
  readonly code: string
  readonly text: string
}
