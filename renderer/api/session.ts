const stored = 'hotspot-key'
let key = ''

/** The key every request carries in browser mode; empty under app:// where the shell itself is the boundary. */
export function sessionKey(): string {
  return key
}

/**
 * Exchanges the one-time token of the address (`#t=…`) for a session key and drops it from history. A reload finds
 * the key in sessionStorage. Under app:// nothing is needed.
 *
 * @returns whether requests can be sent
 */
export async function openSession(): Promise<boolean> {
  if (location.protocol === 'app:') return true
  const token = new URLSearchParams(location.hash.slice(1)).get('t')
  if (token) {
    history.replaceState(null, '', location.pathname)
    const answer = await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    if (answer.ok) {
      key = ((await answer.json()) as { key: string }).key
      sessionStorage.setItem(stored, key)
      return true
    }
  }
  key = sessionStorage.getItem(stored) ?? ''
  return key !== ''
}
