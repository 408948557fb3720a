import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a one-time token waits for its page. */
const TOKEN_LIFE_MS = 60_000

export interface Sessions {
  /** A fresh one-time token for the owner of the server to hand to a page. */
  newToken(): string
  /** The session key, once, for a token that was given out within the last minute; null otherwise. */
  exchange(token: string): string | null
  isKey(given: string): boolean
}

/** The keys of one run of the server: 256 bits each, in memory only, compared in constant time. */
export function createSessions(now: () => number = () => performance.now()): Sessions {
  const key = randomBytes(32).toString('base64url')
  const tokens: { readonly digest: Buffer; readonly until: number }[] = []
  return {
    newToken() {
      const token = randomBytes(32).toString('base64url')
      tokens.push({ digest: digestOf(token), until: now() + TOKEN_LIFE_MS })
      return token
    },
    exchange(token) {
      const given = digestOf(token)
      const at = tokens.findIndex(({ digest }) => timingSafeEqual(digest, given))
      if (at < 0) return null
      const [{ until }] = tokens.splice(at, 1)
      return now() <= until ? key : null
    },
    isKey: (given) => timingSafeEqual(digestOf(given), digestOf(key)),
  }
}

/** Of equal length whatever was given, as the comparison needs. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
