import { hexCount, hexNeighbour, hexX, hexY } from './lattice.ts'

/** Cost of entering a hexagon; `Infinity` where it may not be entered. */
export type HexCost = (hex: number) => number

interface Queue {
  readonly push: (cost: number, item: number) => void
  readonly pop: () => number
  readonly cost: () => number
}

/** A binary heap, least cost first; equal costs leave in order of item, so that results never depend on luck. */
export function createQueue(): Queue {
  const costs: number[] = []
  const items: number[] = []
  let taken = 0
  const before = (a: number, b: number) =>
    costs[a] < costs[b] || (costs[a] === costs[b] && items[a] < items[b])
  const swap = (a: number, b: number) => {
    const cost = costs[a]
    const item = items[a]
    costs[a] = costs[b]
    items[a] = items[b]
    costs[b] = cost
    items[b] = item
  }
  return {
    cost: () => taken,
    push: (cost, item) => {
      let i = costs.push(cost) - 1
      items.push(item)
      while (i > 0) {
        const parent = (i - 1) >> 1
        if (!before(i, parent)) break
        swap(i, parent)
        i = parent
      }
    },
    pop: () => {
      if (items.length === 0) return -1
      const last = items.length - 1
      swap(0, last)
      taken = costs.pop()!
      const item = items.pop()!
      for (let i = 0; ; ) {
        let least = i
        const left = 2 * i + 1
        if (left < last && before(left, least)) least = left
        if (left + 1 < last && before(left + 1, least)) least = left + 1
        if (least === i) break
        swap(i, least)
        i = least
      }
      return item
    },
  }
}

/**
 * Grows areas from their first hexagons until they meet; each is in one piece by construction. `pace` is how dear a
 * step is to the area of that label. Hexagons nobody reaches keep -1.
 */
export function growAreas(starts: readonly number[], pace: readonly number[], cost: HexCost): Int32Array {
  const label = new Int32Array(hexCount).fill(-1)
  const queue = createQueue()
  starts.forEach((hex, i) => {
    queue.push(0, i * hexCount + hex)
  })
  for (let item = queue.pop(); item >= 0; item = queue.pop()) {
    const hex = item % hexCount
    if (label[hex] >= 0) continue
    const mine = Math.floor(item / hexCount)
    label[hex] = mine
    const spent = queue.cost()
    for (let side = 0; side < 6; side++) {
      const next = hexNeighbour(hex, side)
      if (next < 0 || label[next] >= 0) continue
      const step = cost(next) * pace[mine]
      if (step < Number.POSITIVE_INFINITY) queue.push(spent + step, mine * hexCount + next)
    }
  }
  return label
}

/** The cheapest way from one hexagon to another, ends included; empty when there is none. `cost` is at least `floor`. */
export function cheapestRoute(from: number, to: number, cost: HexCost, floor: number): number[] {
  const best = new Float64Array(hexCount).fill(Number.POSITIVE_INFINITY)
  const cameFrom = new Int32Array(hexCount).fill(-1)
  const done = new Uint8Array(hexCount)
  const step = 173.2
  const ahead = (hex: number) => (Math.hypot(hexX(hex) - hexX(to), hexY(hex) - hexY(to)) / step) * floor
  const queue = createQueue()
  best[from] = 0
  queue.push(ahead(from), from)
  for (let hex = queue.pop(); hex >= 0; hex = queue.pop()) {
    if (done[hex]) continue
    done[hex] = 1
    if (hex === to) break
    for (let side = 0; side < 6; side++) {
      const next = hexNeighbour(hex, side)
      if (next < 0 || done[next]) continue
      const spent = best[hex] + cost(next)
      if (!(spent < best[next])) continue
      best[next] = spent
      cameFrom[next] = hex
      queue.push(spent + ahead(next), next)
    }
  }
  if (!done[to]) return []
  const route: number[] = []
  for (let hex = to; hex >= 0; hex = cameFrom[hex]) route.push(hex)
  return route.reverse()
}
