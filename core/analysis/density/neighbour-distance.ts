/**
 * Distance from each incident to its k-th nearest other one, metres: the bandwidth of an adaptive kernel. Incidents at
 * the same place count as neighbours at distance 0. Places are put in square buckets so that a search reads whole runs
 * of rows; buckets are made smaller until those who live in the fullest ones do not read much more than k places.
 */
import type { Control } from '#core/contract/method.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import { selectKth } from './select-kth.ts'

/** Shared between workers. */
export interface PlaceIndex {
  readonly side: number
  readonly west: number
  readonly south: number
  readonly columns: number
  readonly rows: number
  /** Places of bucket b are at start[b] … start[b + 1] − 1 of `x`, `y` and `id`. */
  readonly start: Int32Array
  readonly x: Float64Array
  readonly y: Float64Array
  /** Number of the incident. */
  readonly id: Int32Array
}

const MOST_BUCKETS = 4_000_000

/**
 * @param members numbers of the incidents to index, all with coordinates
 * @param k neighbours to look for, which sets the size of the buckets
 * Cost: O(n) a few times; 20 bytes an incident, 16 MB of buckets at most.
 */
export function indexPlaces(
  x: Float64Array,
  y: Float64Array,
  members: Int32Array,
  k: number,
  control: Control,
): PlaceIndex {
  const n = members.length
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const i of members) {
    if (x[i] < west) west = x[i]
    if (x[i] > east) east = x[i]
    if (y[i] < south) south = y[i]
    if (y[i] > north) north = y[i]
  }
  if (n === 0) [west, south, east, north] = [0, 0, 0, 0]
  const width = Math.max(east - west, 1e-3)
  const height = Math.max(north - south, 1e-3)
  const least = Math.max(Math.sqrt((width * height) / MOST_BUCKETS), Math.max(width, height) / 100_000)
  let side = Math.max(least, Math.sqrt((width * height * k) / (6 * Math.max(1, n))))
  for (;;) {
    const columns = Math.floor(width / side) + 1
    const rows = Math.floor(height / side) + 1
    const start = sharedInt32(columns * rows + 1)
    const bucketOf = (i: number): number =>
      Math.min(rows - 1, Math.floor((y[i] - south) / side)) * columns +
      Math.min(columns - 1, Math.floor((x[i] - west) / side))
    for (let m = 0; m < n; m++) {
      if ((m & 0xffff) === 0) control.tick(0, 'Looking for neighbours')
      start[bucketOf(members[m]) + 1]++
    }
    let shared = 0
    for (let b = 1; b < start.length; b++) shared += start[b] * start[b]
    const met = shared / Math.max(1, n)
    if (met > Math.max(8, k) && side > least) {
      side = Math.max(least, side / 2)
      continue
    }
    for (let b = 1; b < start.length; b++) start[b] += start[b - 1]
    const index = {
      side,
      west,
      south,
      columns,
      rows,
      start,
      x: sharedFloat64(n),
      y: sharedFloat64(n),
      id: sharedInt32(n),
    }
    const next = start.slice()
    for (let m = 0; m < n; m++) {
      if ((m & 0xffff) === 0) control.tick(0, 'Looking for neighbours')
      const i = members[m]
      const at = next[bucketOf(i)]++
      index.x[at] = x[i]
      index.y[at] = y[i]
      index.id[at] = i
    }
    return index
  }
}

/**
 * Writes the distances of the places [from, to) of the index, by the number of the incident; NaN where there are no k
 * others. Cost: about k to 10·k distances a place.
 */
export function neighbourDistances(
  index: PlaceIndex,
  k: number,
  from: number,
  to: number,
  out: Float64Array,
  control: Control,
): void {
  const { side, west, south, columns, rows, start, x, y, id } = index
  let held = new Float64Array(4 * k + 64)
  let sinceTick = 0
  for (let p = from; p < to; p++) {
    const px = x[p]
    const py = y[p]
    // Repeated places lie together in published data.
    if (p > from && px === x[p - 1] && py === y[p - 1]) {
      out[id[p]] = out[id[p - 1]]
      continue
    }
    const column = Math.min(columns - 1, Math.floor((px - west) / side))
    const row = Math.min(rows - 1, Math.floor((py - south) / side))
    let rings = 1
    let answer = Number.NaN
    for (;;) {
      const r0 = Math.max(0, row - rings)
      const r1 = Math.min(rows - 1, row + rings)
      const c0 = Math.max(0, column - rings)
      const c1 = Math.min(columns - 1, column + rings)
      let count = 0
      for (let r = r0; r <= r1; r++) count += start[r * columns + c1 + 1] - start[r * columns + c0]
      const all = r0 === 0 && c0 === 0 && r1 === rows - 1 && c1 === columns - 1
      if (count <= k && !all) {
        rings *= 2
        continue
      }
      if (count <= k) break
      if (count > held.length) held = new Float64Array(2 * count)
      let at = 0
      for (let r = r0; r <= r1; r++)
        for (let q = start[r * columns + c0]; q < start[r * columns + c1 + 1]; q++) {
          const dx = x[q] - px
          const dy = y[q] - py
          held[at++] = dx * dx + dy * dy
        }
      sinceTick += count
      // The incident itself is among them, at distance 0: so place k, counted from 0.
      const distance = Math.sqrt(selectKth(held, count, k))
      if (all || distance <= rings * side) {
        answer = distance
        break
      }
      rings = Math.ceil(distance / side)
    }
    out[id[p]] = answer
    if (sinceTick > 500_000) {
      sinceTick = 0
      control.tick(0, 'Looking for neighbours')
    }
  }
}
