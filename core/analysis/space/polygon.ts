/**
 * Polygons in metres, filled even-odd, lower and left edges in: two areas that share an edge never both hold, and
 * never both miss, a place on it.
 */
import Flatbush from 'flatbush'
import type { Box, Position, Rings } from '#core/contract/geometry.ts'
import type { Control } from '#core/contract/method.ts'

/** True when the place lies inside the rings. Places without coordinates are outside. O(vertices). */
export function pointInRings(rings: Rings, x: number, y: number): boolean {
  let inside = false
  for (const ring of rings) {
    let previous = ring[ring.length - 1]
    for (const point of ring) {
      if (previous[1] > y !== point[1] > y && isLeftOf(previous, point, x, y)) inside = !inside
      previous = point
    }
  }
  return inside
}

/** The edge is always taken from its lower end, so that both areas that share it hear the same answer. */
function isLeftOf(a: Position, b: Position, x: number, y: number): boolean {
  return a[1] < b[1] ? leftOfEdge(a[0], a[1], b[0], b[1], x, y) : leftOfEdge(b[0], b[1], a[0], a[1], x, y)
}

/** True when (x, y) lies strictly left of the edge that rises from (x1, y1) to (x2, y2). */
export function leftOfEdge(x1: number, y1: number, x2: number, y2: number, x: number, y: number): boolean {
  return (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1) > 0
}

/** Area of the even-odd fill, m²: each ring counts for or against by how many of the others it lies in. */
export function ringsArea(rings: Rings): number {
  const boxes = rings.map((ring) => ringsBox([ring]))
  let area = 0
  for (let k = 0; k < rings.length; k++) {
    let depth = 0
    for (let other = 0; other < rings.length; other++)
      if (other !== k && boxInside(boxes[k], boxes[other]) && ringInside(rings[k], rings[other])) depth++
    area += (depth % 2 === 0 ? 1 : -1) * Math.abs(signedArea(rings[k]))
  }
  return area
}

/** Area of one ring, m², positive when it runs counter-clockwise. */
export function signedArea(ring: readonly Position[]): number {
  if (ring.length < 3) return 0
  // Relative to the first corner: national-grid coordinates squared would cost seven digits.
  const [x0, y0] = ring[0]
  let twice = 0
  for (let i = 1; i + 1 < ring.length; i++)
    twice += (ring[i][0] - x0) * (ring[i + 1][1] - y0) - (ring[i + 1][0] - x0) * (ring[i][1] - y0)
  return twice / 2
}

/** West, south, east, north of all rings; Infinity and −Infinity when there are none. */
export function ringsBox(rings: Rings): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings)
    for (const [x, y] of ring) {
      if (x < west) west = x
      if (x > east) east = x
      if (y < south) south = y
      if (y > north) north = y
    }
  return [west, south, east, north]
}

function boxInside(inner: Box, outer: Box): boolean {
  return inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
}

/** By the majority of the edges' midpoints: rings may touch at corners, so a single corner proves nothing. */
function ringInside(inner: readonly Position[], outer: readonly Position[]): boolean {
  let votes = 0
  let previous = inner[inner.length - 1]
  for (const point of inner) {
    votes += pointInRings([outer], (previous[0] + point[0]) / 2, (previous[1] + point[1]) / 2) ? 1 : -1
    previous = point
  }
  return votes > 0
}

/**
 * Index of the area each place lies in; −1 for none, for places without coordinates and where `mask` is 0. Where
 * areas overlap the first of the list holds the place. Exactly `pointInRings`, found by a box index and by bands of
 * edges: about a microsecond a place.
 */
export function locateAreas(
  areas: readonly { readonly rings: Rings }[],
  x: Float64Array,
  y: Float64Array,
  mask?: Uint8Array,
  control?: Control,
): Int32Array {
  const found = new Int32Array(x.length).fill(-1)
  if (areas.length === 0) return found
  const index = new Flatbush(areas.length)
  for (const { rings } of areas) index.add(...finiteBox(ringsBox(rings)))
  index.finish()
  const banded = areas.map(({ rings }) => bandEdges(rings))
  let px = Number.NaN
  let py = Number.NaN
  let best = -1
  const consider = (area: number): boolean => {
    if ((best === -1 || area < best) && inBands(banded[area], px, py)) best = area
    return false
  }
  for (let i = 0; i < x.length; i++) {
    if ((i & 0xfff) === 0) control?.tick(i / x.length, 'Finding the area of each place')
    if ((mask !== undefined && mask[i] === 0) || !(Number.isFinite(x[i]) && Number.isFinite(y[i]))) continue
    // Published points repeat, and repeat in runs.
    if (x[i] !== px || y[i] !== py) {
      px = x[i]
      py = y[i]
      best = -1
      index.search(px, py, px, py, consider)
    }
    found[i] = best
  }
  return found
}

/** An area without corners gets a box no place is in. */
function finiteBox(box: Box): [number, number, number, number] {
  return box[0] <= box[2] ? [box[0], box[1], box[2], box[3]] : [1e300, 1e300, 1e300, 1e300]
}

interface BandedEdges {
  readonly south: number
  readonly scale: number
  readonly start: Int32Array
  /** x1, y1, x2, y2 of each listed edge, the lower end first. */
  readonly edges: Float64Array
}

/** The rising edges of an area, listed by the horizontal bands they touch. */
function bandEdges(rings: Rings): BandedEdges {
  const flat: number[] = []
  for (const ring of rings) {
    let previous = ring[ring.length - 1]
    for (const point of ring) {
      if (previous[1] < point[1]) flat.push(previous[0], previous[1], point[0], point[1])
      else if (previous[1] > point[1]) flat.push(point[0], point[1], previous[0], previous[1])
      previous = point
    }
  }
  const [, south, , north] = ringsBox(rings)
  const bands = Math.max(1, Math.min(4096, flat.length >> 3))
  const scale = north > south ? bands / (north - south) : 0
  const bandOf = (y: number): number => Math.min(bands - 1, Math.max(0, Math.floor((y - south) * scale)))
  const start = new Int32Array(bands + 1)
  for (let e = 0; e < flat.length; e += 4)
    for (let band = bandOf(flat[e + 1]); band <= bandOf(flat[e + 3]); band++) start[band + 1]++
  for (let band = 0; band < bands; band++) start[band + 1] += start[band]
  const edges = new Float64Array(start[bands] * 4)
  const next = start.slice(0, bands)
  for (let e = 0; e < flat.length; e += 4)
    for (let band = bandOf(flat[e + 1]); band <= bandOf(flat[e + 3]); band++) {
      const at = next[band]++ * 4
      for (let k = 0; k < 4; k++) edges[at + k] = flat[e + k]
    }
  return { south, scale, start, edges }
}

function inBands({ south, scale, start, edges }: BandedEdges, x: number, y: number): boolean {
  const bands = start.length - 1
  const band = Math.min(bands - 1, Math.max(0, Math.floor((y - south) * scale)))
  let inside = false
  for (let e = start[band] * 4; e < start[band + 1] * 4; e += 4)
    if (
      edges[e + 1] <= y &&
      edges[e + 3] > y &&
      leftOfEdge(edges[e], edges[e + 1], edges[e + 2], edges[e + 3], x, y)
    )
      inside = !inside
  return inside
}
