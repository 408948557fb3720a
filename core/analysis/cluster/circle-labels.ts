/**
 * Search circles, as STAC: circles around the nodes of a triangular lattice, the fullest of them kept, those that
 * share an incident joined. The lattice has a fixed origin: node (c, r) lies at ((c + ½·(r odd))·s, r·(√3/2)·s).
 *
 * @see Block (1995) STAC hot-spot areas, in Block, Dabdoub and Fregly (eds) Crime Analysis through Computer Mapping;
 * Levine (2015) CrimeStat IV, chapter 8.
 */
import type { Control } from '#core/contract/method.ts'

export interface CircleLabels {
  /** Cluster of each place, 0 …; −1 for none. */
  readonly label: Int32Array
  readonly clusters: number
  /** The circles kept, fullest first. */
  readonly circles: readonly {
    readonly x: number
    readonly y: number
    readonly count: number
    readonly cluster: number
  }[]
  /** Circles that held enough incidents, kept or not. */
  readonly full: number
}

const ROW_STEP = Math.sqrt(3) / 2
/** Places at the edge of a circle, by rounding a hair beyond it, are in it. */
const TOLERANCE = 1 + 1e-9

/**
 * @param x eastings and `y` northings of different places, metres; `count` incidents at each
 * @param radius of a circle and `spacing` of the lattice, metres
 * @param minimum incidents in a circle, and `most` circles kept; of equally full ones the more southern, then the
 *   more western
 * Cost: places × circles that hold a place (some 15 at a spacing of half the radius).
 */
export function circleLabels(
  x: Float64Array,
  y: Float64Array,
  count: Int32Array,
  { radius, spacing, minimum, most }: { radius: number; spacing: number; minimum: number; most: number },
  control: Control,
): CircleLabels {
  // 2²⁶ columns on either side of the origin: more than the country at a metre.
  const key = (column: number, row: number): number => row * 134217728 + column + 67108864
  const counts = new Map<number, number>()
  const nodes: number[] = []
  for (let i = 0; i < x.length; i++) {
    if ((i & 255) === 0) control.tick((0.8 * i) / x.length, 'Counting in circles')
    nodesNear(x[i], y[i], radius, spacing, nodes)
    for (let k = 0; k < nodes.length; k += 2) {
      const node = key(nodes[k], nodes[k + 1])
      counts.set(node, (counts.get(node) ?? 0) + count[i])
    }
  }
  const full = [...counts].filter(([, held]) => held >= minimum).sort(([a, m], [b, n]) => n - m || a - b)
  const kept = full.slice(0, most)
  const rank = new Map(kept.map(([node], k) => [node, k]))
  const parent = kept.map((_, k) => k)
  const rootOf = (k: number): number => {
    let root = k
    while (parent[root] !== root) root = parent[root]
    return root
  }
  const circleOf = new Int32Array(x.length).fill(-1)
  for (let i = 0; i < x.length; i++) {
    if ((i & 255) === 0) control.tick(0.8 + (0.2 * i) / x.length, 'Joining circles')
    nodesNear(x[i], y[i], radius, spacing, nodes)
    for (let k = 0; k < nodes.length; k += 2) {
      const circle = rank.get(key(nodes[k], nodes[k + 1]))
      if (circle === undefined) continue
      if (circleOf[i] < 0) circleOf[i] = circle
      const [a, b] = [rootOf(circleOf[i]), rootOf(circle)]
      parent[Math.max(a, b)] = Math.min(a, b)
    }
  }
  const number = new Map<number, number>()
  for (const k of parent.keys()) if (rootOf(k) === k) number.set(k, number.size)
  const clusterOf = (circle: number): number => number.get(rootOf(circle)) ?? -1
  return {
    label: circleOf.map((circle) => (circle < 0 ? -1 : clusterOf(circle))),
    clusters: number.size,
    circles: kept.map(([node, held], k) => {
      const row = Math.floor(node / 134217728)
      const column = node - row * 134217728 - 67108864
      return {
        x: (column + (row & 1) / 2) * spacing,
        y: row * ROW_STEP * spacing,
        count: held,
        cluster: clusterOf(k),
      }
    }),
    full: full.length,
  }
}

/** Writes column, row of each node within the radius of a place to `nodes`. */
function nodesNear(x: number, y: number, radius: number, spacing: number, nodes: number[]): void {
  nodes.length = 0
  const limit = radius * radius * TOLERANCE * TOLERANCE
  const step = ROW_STEP * spacing
  const reach = radius * TOLERANCE
  for (let row = Math.ceil((y - reach) / step); row <= Math.floor((y + reach) / step); row++) {
    const dy = row * step - y
    const half = Math.sqrt(Math.max(0, limit - dy * dy))
    const shift = ((row & 1) * spacing) / 2
    for (
      let column = Math.ceil((x - half - shift) / spacing);
      column <= Math.floor((x + half - shift) / spacing);
      column++
    )
      nodes.push(column, row)
  }
}
