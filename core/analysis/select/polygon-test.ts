import type { PolygonClause } from '#core/contract/filter.ts'
import type { Box } from '#core/contract/geometry.ts'
import { InputError } from '#core/contract/problem.ts'

/** Strips and columns the polygon's box is divided into. */
export const RASTER = 256

/** Squares of the raster: wholly outside, wholly inside, or touched by the outline. */
export const OUTSIDE = 0
export const INSIDE = 1
const TOUCHED = 2

/**
 * A polygon laid out for testing many places: its box in 256 × 256 squares, each known to be outside, inside or
 * touched by the outline, and the edges by horizontal strip for the places in a touched square. Plain data, so that
 * it can be sent to a worker.
 */
export interface PolygonTest {
  readonly box: Box
  readonly columnsPerMetre: number
  readonly stripsPerMetre: number
  readonly raster: Uint8Array
  /** Edges of strip `s` stand at `ends[4·edges[k]]` for k from `start[s]` to `start[s + 1] − 1`. */
  readonly start: Int32Array
  readonly edges: Int32Array
  /** Lower end and upper end of each edge that is not level: x0, y0, x1, y1. A level edge is never crossed. */
  readonly ends: Float64Array
}

/**
 * Lays out the rings of a polygon clause. Even-odd; a place on a lower or left edge is in, on an upper or right one
 * out: exactly `pointInRings`. About 5 ms, 25 ms for 10,000 corners.
 *
 * @throws InputError E-FLT-POLYGON for a ring of fewer than three corners, a corner that is not a number, or no area
 */
export function polygonTest(clause: PolygonClause): PolygonTest {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  // Every edge from its lower end, level ones too.
  const all: number[] = []
  if (clause.rings.length === 0) throw refusal(clause, 'has no outline')
  for (const ring of clause.rings) {
    if (ring.length < 3) throw refusal(clause, 'has an outline of fewer than three corners')
    for (let corner = 0; corner < ring.length; corner++) {
      const [x, y] = ring[corner]
      const [nextX, nextY] = ring[(corner + 1) % ring.length]
      if (!Number.isFinite(x) || !Number.isFinite(y))
        throw refusal(clause, 'has a corner that is not a place')
      west = Math.min(west, x)
      south = Math.min(south, y)
      east = Math.max(east, x)
      north = Math.max(north, y)
      if (y <= nextY) all.push(x, y, nextX, nextY)
      else all.push(nextX, nextY, x, y)
    }
  }
  if (!(east > west && north > south)) throw refusal(clause, 'encloses no ground')
  const stripsPerMetre = RASTER / (north - south)
  const stripOf = (y: number): number => Math.min(RASTER - 1, Math.floor((y - south) * stripsPerMetre))
  const ends = Float64Array.from(risingEdges(all))
  const start = new Int32Array(RASTER + 1)
  for (let at = 0; at < ends.length; at += 4)
    for (let strip = stripOf(ends[at + 1]); strip <= stripOf(ends[at + 3]); strip++) start[strip + 1]++
  for (let strip = 0; strip < RASTER; strip++) start[strip + 1] += start[strip]
  const edges = new Int32Array(start[RASTER])
  const next = start.slice(0, RASTER)
  for (let at = 0; at < ends.length; at += 4)
    for (let strip = stripOf(ends[at + 1]); strip <= stripOf(ends[at + 3]); strip++)
      edges[next[strip]++] = at >> 2
  const columnsPerMetre = RASTER / (east - west)
  const raster = new Uint8Array(RASTER * RASTER)
  const test = {
    box: [west, south, east, north] as Box,
    columnsPerMetre,
    stripsPerMetre,
    raster,
    start,
    edges,
    ends,
  }
  markOutline(test, all)
  for (let square = 0; square < raster.length; square++)
    if (raster[square] !== TOUCHED) {
      const x = west + ((square % RASTER) + 0.5) / columnsPerMetre
      const strip = Math.floor(square / RASTER)
      raster[square] = crossings(test, strip, x, south + (strip + 0.5) / stripsPerMetre)
    }
  return test
}

/** 1 when a line east from the place crosses the outline an odd number of times; `strip` is the strip of `y`. */
export function crossings(test: PolygonTest, strip: number, x: number, y: number): number {
  const { start, edges, ends } = test
  let odd = 0
  for (let k = start[strip]; k < start[strip + 1]; k++) {
    const at = edges[k] * 4
    const y0 = ends[at + 1]
    const y1 = ends[at + 3]
    if (y < y0 || y >= y1) continue
    const x0 = ends[at]
    // `leftOfEdge` of space/polygon.ts, written out: the same sum, so the same answer to the last bit.
    if ((ends[at + 2] - x0) * (y - y0) - (x - x0) * (y1 - y0) > 0) odd ^= 1
  }
  return odd
}

function risingEdges(all: readonly number[]): number[] {
  const rising: number[] = []
  for (let at = 0; at < all.length; at += 4)
    if (all[at + 1] < all[at + 3]) rising.push(all[at], all[at + 1], all[at + 2], all[at + 3])
  return rising
}

/** Marks every square an edge may touch, a column to spare on either side for rounding. */
function markOutline(test: PolygonTest, all: readonly number[]): void {
  const { box, columnsPerMetre, stripsPerMetre, raster } = test
  const [west, south] = box
  const clamp = (index: number): number => Math.min(RASTER - 1, Math.max(0, Math.floor(index)))
  for (let at = 0; at < all.length; at += 4) {
    const [x0, y0, x1, y1] = [all[at], all[at + 1], all[at + 2], all[at + 3]]
    const steep = (y1 - y0) * stripsPerMetre > 1
    for (
      let strip = clamp((y0 - south) * stripsPerMetre);
      strip <= clamp((y1 - south) * stripsPerMetre);
      strip++
    ) {
      // A flat edge is marked whole: cutting it to a strip would divide by next to nothing.
      const low = steep ? Math.max(0, (south + strip / stripsPerMetre - y0) / (y1 - y0)) : 0
      const high = steep ? Math.min(1, (south + (strip + 1) / stripsPerMetre - y0) / (y1 - y0)) : 1
      const xLow = x0 + (x1 - x0) * low
      const xHigh = x0 + (x1 - x0) * high
      const from = clamp((Math.min(xLow, xHigh) - west) * columnsPerMetre - 1)
      const to = clamp((Math.max(xLow, xHigh) - west) * columnsPerMetre + 1)
      raster.fill(TOUCHED, strip * RASTER + from, strip * RASTER + to + 1)
    }
  }
}

function refusal(clause: PolygonClause, what: string): InputError {
  const name = clause.name ? `“${clause.name}”` : 'drawn on the map'
  return new InputError('E-FLT-POLYGON', `The area ${name} ${what}.`, {
    cure: 'Draw it again, or remove it from the selection.',
  })
}
