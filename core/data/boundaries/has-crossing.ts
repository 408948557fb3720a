import Flatbush from 'flatbush'
import type { Rings } from '#core/contract/geometry.ts'

/**
 * True when two edges of the rings cross at a place that is a corner of neither: the outline is not simple. Rings that
 * only touch do not cross. O(n log n) by a box index over the edges.
 */
export function hasCrossing(rings: Rings): boolean {
  const edges = edgesOf(rings)
  const count = edges.length / 4
  if (count < 4) return false
  const index = new Flatbush(count)
  for (let e = 0; e < edges.length; e += 4)
    index.add(
      Math.min(edges[e], edges[e + 2]),
      Math.min(edges[e + 1], edges[e + 3]),
      Math.max(edges[e], edges[e + 2]),
      Math.max(edges[e + 1], edges[e + 3]),
    )
  index.finish()
  let crossing = false
  let at = 0
  const consider = (other: number): boolean => {
    if (!crossing && other > at / 4 && cross(edges, at, other * 4)) crossing = true
    return false
  }
  for (; at < edges.length && !crossing; at += 4)
    index.search(
      Math.min(edges[at], edges[at + 2]),
      Math.min(edges[at + 1], edges[at + 3]),
      Math.max(edges[at], edges[at + 2]),
      Math.max(edges[at + 1], edges[at + 3]),
      consider,
    )
  return crossing
}

function edgesOf(rings: Rings): Float64Array {
  let count = 0
  for (const ring of rings) count += ring.length
  const edges = new Float64Array(count * 4)
  let at = 0
  for (const ring of rings) {
    let previous = ring[ring.length - 1]
    for (const point of ring) {
      edges[at++] = previous[0]
      edges[at++] = previous[1]
      edges[at++] = point[0]
      edges[at++] = point[1]
      previous = point
    }
  }
  return edges
}

function cross(edges: Float64Array, a: number, b: number): boolean {
  return (
    side(edges, a, edges[b], edges[b + 1]) * side(edges, a, edges[b + 2], edges[b + 3]) < 0 &&
    side(edges, b, edges[a], edges[a + 1]) * side(edges, b, edges[a + 2], edges[a + 3]) < 0
  )
}

/** −1, 0 or 1: the side of edge `e` the place lies on. 0 within rounding, so that touching is not called crossing. */
function side(edges: Float64Array, e: number, x: number, y: number): number {
  const left = (edges[e + 2] - edges[e]) * (y - edges[e + 1])
  const right = (edges[e + 3] - edges[e + 1]) * (x - edges[e])
  const value = left - right
  return Math.abs(value) <= 1e-9 * (Math.abs(left) + Math.abs(right)) ? 0 : Math.sign(value)
}
