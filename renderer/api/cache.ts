import type { Columns } from './columns.ts'

/** Typed arrays by key, outside the store: they are large, immutable and never compared. The oldest go first. */
const held = new Map<string, Columns>()
const most = 24

export function putColumns(key: string, columns: Columns): void {
  held.delete(key)
  held.set(key, columns)
  if (held.size > most) {
    const oldest = held.keys().next().value
    if (oldest !== undefined) held.delete(oldest)
  }
}

export function columnsOf<S = unknown>(key: string | null): Columns<S> | null {
  return key === null ? null : ((held.get(key) as Columns<S> | undefined) ?? null)
}
