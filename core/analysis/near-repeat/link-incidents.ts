import type { Control } from '#core/contract/method.ts'
import { type Bands, bandOf } from './bands.ts'
import { type SpaceOrder, streamPairs } from './space-order.ts'

/** Label of an incident, as a number. */
export const UNRELATED = 0
export const ORIGINATOR = 1
export const REPEAT = 2
export const NEAR_REPEAT = 3

/** What links each incident to those before it, by position in the order. */
export interface IncidentLinks {
  readonly label: Uint8Array
  /** Position of the nearest incident before it in reach (the latest of equals); −1 for none. */
  readonly link: Int32Array
  readonly distance: Float64Array
  /** Position of the first incident of its chain; itself where it is alone. */
  readonly chain: Int32Array
}

/**
 * Links each incident to earlier ones in reach, and joins what is linked to chains.
 *
 * Which of two comes first: the earlier `minutes`, then the further west, then the further south, then the position;
 * so one always does, and the first incident of a chain originates it.
 *
 * @param minutes day and time of each place of the order; `spatial` bands, the first of them the same place
 * Cost: one look at each pair in reach of distance.
 */
export function linkIncidents(
  order: SpaceOrder,
  minutes: Float64Array,
  spatial: Bands,
  temporal: Bands,
  control: Control,
): IncidentLinks {
  const { x, y } = order
  const n = x.length
  const hasLater = new Uint8Array(n)
  const hasSame = new Uint8Array(n)
  const link = new Int32Array(n).fill(-1)
  const distance = new Float64Array(n).fill(Number.NaN)
  const parent = Int32Array.from({ length: n }, (_, p) => p)

  /** True when a comes before b. */
  const before = (a: number, b: number): boolean => {
    if (minutes[a] !== minutes[b]) return minutes[a] < minutes[b]
    if (x[a] !== x[b]) return x[a] < x[b]
    return y[a] !== y[b] ? y[a] < y[b] : a < b
  }
  streamPairs(
    order,
    (from, to, apart, count) => {
      for (let k = 0; k < count; k++) {
        const days = Math.abs(Math.floor(minutes[from[k]] / 1440) - Math.floor(minutes[to[k]] / 1440))
        if (bandOf(temporal, days) === temporal.finite) continue
        const band = bandOf(spatial, apart[k])
        if (band === spatial.finite) continue
        const forward = before(from[k], to[k])
        const first = forward ? from[k] : to[k]
        const later = forward ? to[k] : from[k]
        hasLater[first] = 1
        if (band === 0) hasSame[later] = 1
        const held = link[later]
        if (held < 0 || apart[k] < distance[later] || (apart[k] === distance[later] && before(held, first))) {
          link[later] = first
          distance[later] = apart[k]
        }
        join(parent, first, later)
      }
    },
    control,
    'Linking incidents',
  )
  const label = new Uint8Array(n)
  const earliest = Int32Array.from({ length: n }, (_, p) => p)
  for (let p = 0; p < n; p++) {
    label[p] =
      link[p] >= 0 ? (hasSame[p] === 1 ? REPEAT : NEAR_REPEAT) : hasLater[p] === 1 ? ORIGINATOR : UNRELATED
    const root = rootOf(parent, p)
    if (before(p, earliest[root])) earliest[root] = p
  }
  const chain = Int32Array.from({ length: n }, (_, p) => earliest[rootOf(parent, p)])
  return { label, link, distance, chain }
}

function rootOf(parent: Int32Array, p: number): number {
  let root = p
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]]
    root = parent[root]
  }
  return root
}

/** The lower position stays the root, which keeps paths short enough with halving. */
function join(parent: Int32Array, a: number, b: number): void {
  const [rootA, rootB] = [rootOf(parent, a), rootOf(parent, b)]
  if (rootA < rootB) parent[rootB] = rootA
  else if (rootB < rootA) parent[rootA] = rootB
}
