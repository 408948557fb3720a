import type { PolygonClause } from '#core/contract/filter.ts'
import type { Box } from '#core/contract/geometry.ts'
import { InputError } from '#core/contract/problem.ts'

/**
 * A polygon laid out for testing many places: its box, and its edges sorted into horizontal strips so that a place
 * meets only the edges at its own height. Plain data, so that it can be sent to a worker.
 */
export interface PolygonTest {
  readonly box: Box
  readonly strips: number
  /** Strips per metre of northing. */
  readonly perMetre: number
  /** Edges of strip `s` are `edges[start[s]] … edges[start[s + 1] − 1]`. */
  readonly start: Int32Array
  readonly edges: Int32Array
  /** Lower end and upper end of each edge: x0, y0, x1, y1. Level edges are left out: they are never crossed. */
  readonly ends: Float64Array
}

/**
 * Lays out the rings of a polygon clause. Even-odd; a place on a lower or left edge is in, on an upper or right one
 * out, so that areas which share an edge share no incident.
 *
 * @throws InputError E-FLT-POLYGON for a ring of fewer than three corners, a corner that is not a number, or no area
 */
export function polygonTest(clause: PolygonClause): PolygonTest {
  let west = Infinity
  let south = Infinity
  let east = -Infinity
  let north = -Infinity
  const ends: number[] = []
  if (clause.rings.length === 0) refuse('has no outline')
  for (const ring of clause.rings) {
    if (ring.length < 3) refuse('has an outline of fewer than three corners')
    for (let corner = 0; corner < ring.length; corner++) {
      const [x, y] = ring[corner]
      const [nextX, nextY] = ring[(corner + 1) % ring.length]
      if (!Number.isFinite(x) || !Number.isFinite(y)) refuse('has a corner that is not a place')
      west = Math.min(west, x)
      south = Math.min(south, y)
      east = Math.max(east, x)
      north = Math.max(north, y)
      // Always from the lower end: two areas that share an edge then reckon the same crossing to the last bit.
      if (y < nextY) ends.push(x, y, nextX, nextY)
      else if (y > nextY) ends.push(nextX, nextY, x, y)
    }
  }
  if (!(east > west && north > south)) refuse('encloses no ground')
  const strips = Math.min(1024, Math.max(1, ends.length >> 2))
  const perMetre = strips / (north - south)
  const stripOf = (y: number): number => Math.min(strips - 1, Math.floor((y - south) * perMetre))
  const start = new Int32Array(strips + 1)
  for (let at = 0; at < ends.length; at += 4)
    for (let strip = stripOf(ends[at + 1]); strip <= stripOf(ends[at + 3]); strip++) start[strip + 1]++
  for (let strip = 0; strip < strips; strip++) start[strip + 1] += start[strip]
  const edges = new Int32Array(start[strips])
  const next = start.slice(0, strips)
  for (let at = 0; at < ends.length; at += 4)
    for (let strip = stripOf(ends[at + 1]); strip <= stripOf(ends[at + 3]); strip++) edges[next[strip]++] = at
  return { box: [west, south, east, north], strips, perMetre, start, edges, ends: Float64Array.from(ends) }

  function refuse(what: string): never {
    throw new InputError(
      'E-FLT-POLYGON',
      `The area ${clause.name ? `“${clause.name}”` : 'drawn on the map'} ${what}.`,
      {
        cure: 'Draw it again, or remove it from the selection.',
      },
    )
  }
}
