/**
 * Nearest-neighbour hierarchical clusters of one order, as CrimeStat's Nnh: two incidents at most `threshold` apart
 * are close. The incident with the most close ones that are in no cluster yet (itself not counted; of equal ones that
 * of the lower place) becomes a seed, and takes all of them into its cluster; then the next, until none has enough.
 * Each incident is in one cluster or none. Incidents at one place go together.
 *
 * @see Levine (2015) CrimeStat IV, chapter 7; Everitt, Landau and Leese (2001) Cluster Analysis.
 */
import type { Control } from '#core/contract/method.ts'
import { type Neighbours, neighboursWithin } from '../space/neighbours.ts'

export interface NearestNeighbourLabels {
  /** Cluster of each place in the order they were found, 0 …; −1 for none. */
  readonly label: Int32Array
  readonly clusters: number
}

/**
 * @param x eastings and `y` northings of different places, metres; `count` incidents at each
 * @param threshold metres, its edge in
 * @param minimum incidents in a cluster, at least 2
 * @throws InputError E-MTH-NEIGHBOURS
 * Cost: O(pairs of places within the threshold · log places).
 */
export function nearestNeighbourLabels(
  x: Float64Array,
  y: Float64Array,
  count: Int32Array,
  threshold: number,
  minimum: number,
  control: Control,
): NearestNeighbourLabels {
  const n = x.length
  const neighbours = neighboursWithin(x, y, threshold, control)
  control.tick(0.5, 'Finding clusters')
  const { start, list } = neighbours
  const close = closeIncidents(count, neighbours)
  const label = new Int32Array(n).fill(-1)
  const heap = new SeedHeap(close)
  let clusters = 0
  let steps = 0
  for (let seed = heap.pop(); seed >= 0; seed = heap.pop()) {
    if ((++steps & 255) === 0) control.tick(0.5 + (0.5 * steps) / n, 'Finding clusters')
    if (label[seed] >= 0) continue
    if (heap.isStale(seed)) {
      heap.push(seed)
      continue
    }
    // No other has more.
    if (close[seed] < minimum) break
    const members = [seed]
    for (let k = start[seed]; k < start[seed + 1]; k++) if (label[list[k]] < 0) members.push(list[k])
    for (const member of members) label[member] = clusters
    for (const member of members)
      for (let k = start[member]; k < start[member + 1]; k++) close[list[k]] -= count[member]
    clusters++
  }
  return { label, clusters }
}

/** Incidents at each place and at all places close to it. */
function closeIncidents(count: Int32Array, { start, list }: Neighbours): Int32Array {
  const close = Int32Array.from(count)
  for (let i = 0; i < close.length; i++)
    for (let k = start[i]; k < start[i + 1]; k++) close[i] += count[list[k]]
  return close
}

/**
 * Places by their close incidents, most first, lower place first among equals. Numbers only fall while it is in use:
 * a place whose number has fallen since it was put in comes out too early, and is put back.
 */
class SeedHeap {
  readonly #close: Int32Array
  readonly #held: Int32Array
  /** The number each place was put in with. */
  readonly #as: Int32Array
  #size: number

  constructor(close: Int32Array) {
    this.#close = close
    this.#as = close.slice()
    this.#held = Int32Array.from(close.keys())
    this.#size = close.length
    for (let at = (this.#size >> 1) - 1; at >= 0; at--) this.#sink(at)
  }

  isStale(place: number): boolean {
    return this.#as[place] !== this.#close[place]
  }

  /** −1 when none is left. */
  pop(): number {
    if (this.#size === 0) return -1
    const top = this.#held[0]
    this.#held[0] = this.#held[--this.#size]
    this.#sink(0)
    return top
  }

  push(place: number): void {
    this.#as[place] = this.#close[place]
    let at = this.#size++
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!this.#before(place, this.#held[above])) break
      this.#held[at] = this.#held[above]
      at = above
    }
    this.#held[at] = place
  }

  #before(a: number, b: number): boolean {
    return this.#as[a] > this.#as[b] || (this.#as[a] === this.#as[b] && a < b)
  }

  #sink(from: number): void {
    const place = this.#held[from]
    let at = from
    for (;;) {
      let below = 2 * at + 1
      if (below >= this.#size) break
      if (below + 1 < this.#size && this.#before(this.#held[below + 1], this.#held[below])) below++
      if (!this.#before(this.#held[below], place)) break
      this.#held[at] = this.#held[below]
      at = below
    }
    this.#held[at] = place
  }
}
