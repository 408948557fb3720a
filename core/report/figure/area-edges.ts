/**
 * The outer edge of a set of areas apart from the edges between them, so that a force made of wards reads as one
 * force. An edge two areas share is one whose two ends are the same to the centimetre in both; areas whose edges were
 * simplified apart share none, and then all edges count as outer.
 */
import type { Position, Rings } from '#core/contract/geometry.ts'

export interface AreaEdges {
  /** Open lines in metres. */
  readonly outer: readonly (readonly Position[])[]
  /** Each shared edge once. */
  readonly inner: readonly (readonly Position[])[]
}

/** Cost: proportional to the corners of the areas. */
export function areaEdges(areas: readonly Rings[]): AreaEdges {
  const uses = new Map<string, number>()
  for (const rings of areas)
    for (const ring of rings)
      ring.forEach((from, i) => {
        const key = edgeKey(from, ring[(i + 1) % ring.length])
        uses.set(key, (uses.get(key) ?? 0) + 1)
      })
  const outer: Position[][] = []
  const inner: Position[][] = []
  const drawn = new Set<string>()
  for (const rings of areas)
    for (const ring of rings) {
      let line: Position[] = []
      let kind: Position[][] | null = null
      ring.forEach((from, i) => {
        const to = ring[(i + 1) % ring.length]
        const key = edgeKey(from, to)
        const shared = (uses.get(key) ?? 0) > 1
        const next = shared ? (drawn.has(key) ? null : inner) : outer
        if (shared) drawn.add(key)
        if (next !== kind || line.length === 0) {
          if (kind && line.length > 1) kind.push(line)
          line = [from]
          kind = next
        }
        line.push(to)
      })
      if (kind && line.length > 1) (kind as Position[][]).push(line)
    }
  return { outer, inner }
}

function edgeKey(a: Position, b: Position): string {
  const from = `${Math.round(a[0] * 100)},${Math.round(a[1] * 100)}`
  const to = `${Math.round(b[0] * 100)},${Math.round(b[1] * 100)}`
  return from < to ? `${from} ${to}` : `${to} ${from}`
}
