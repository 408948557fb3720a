import Flatbush from 'flatbush'
import type { Control } from '#core/contract/method.ts'
import { locateAreas } from '../space/polygon.ts'
import type { Zone } from './zone.ts'

export interface PlacesInZones {
  /** Index of the zone of each incident, −1 for none. */
  readonly zone: Int8Array
  /** Index of the shape in its zone: the one that holds the place, or the nearest (the first of equals). */
  readonly shape: Int32Array
}

/**
 * The first zone that holds each place. Inside is inside the rings; near is the exact distance from the place to the
 * nearest edge, in metres. Places without coordinates and rows masked out are in none.
 *
 * Cost: about a microsecond a place and zone, more where many edges are near.
 */
export function zoneOfPlaces(
  zones: readonly Zone[],
  x: Float64Array,
  y: Float64Array,
  mask: Uint8Array,
  control: Control,
): PlacesInZones {
  const { length } = x
  const zone = new Int8Array(length).fill(-1)
  const shape = new Int32Array(length).fill(-1)
  const todo = Uint8Array.from(mask)
  zones.forEach(({ shapes, distance, farEdgeIn }, index) => {
    const inside = locateAreas(
      shapes.map((rings) => ({ rings })),
      x,
      y,
      todo,
    )
    const near = distance > 0 ? nearestShape(shapes, distance, farEdgeIn) : null
    for (let row = 0; row < length; row++) {
      if ((row & 0x3fff) === 0)
        control.tick((index + row / length) / zones.length, 'Finding who lies in which zone')
      if (todo[row] === 0 || !Number.isFinite(x[row] + y[row])) continue
      const found = inside[row] >= 0 || near === null ? inside[row] : near(x[row], y[row])
      if (found < 0) continue
      zone[row] = index
      shape[row] = found
      todo[row] = 0
    }
  })
  return { zone, shape }
}

/** Finds the shape whose edge is nearest to a place outside all of them, −1 when none is near enough. */
function nearestShape(
  shapes: Zone['shapes'],
  distance: number,
  farEdgeIn: boolean,
): (x: number, y: number) => number {
  const flat: number[] = []
  const owner: number[] = []
  shapes.forEach((rings, index) => {
    for (const ring of rings) {
      let previous = ring[ring.length - 1]
      for (const point of ring) {
        flat.push(previous[0], previous[1], point[0], point[1])
        owner.push(index)
        previous = point
      }
    }
  })
  if (owner.length === 0) return () => -1
  const edges = Float64Array.from(flat)
  const index = new Flatbush(owner.length)
  for (let e = 0; e < edges.length; e += 4)
    index.add(
      Math.min(edges[e], edges[e + 2]) - distance,
      Math.min(edges[e + 1], edges[e + 3]) - distance,
      Math.max(edges[e], edges[e + 2]) + distance,
      Math.max(edges[e + 1], edges[e + 3]) + distance,
    )
  index.finish()
  const limit = distance * distance
  let px = Number.NaN
  let py = Number.NaN
  let best = -1
  let bestSquare = Infinity
  const consider = (edge: number): boolean => {
    const square = squareToEdge(edges, edge * 4, px, py)
    const reached = farEdgeIn ? square <= limit : square < limit
    if (reached && (square < bestSquare || (square === bestSquare && owner[edge] < best))) {
      best = owner[edge]
      bestSquare = square
    }
    return false
  }
  return (x, y) => {
    // Published points repeat, and repeat in runs.
    if (x === px && y === py) return best
    px = x
    py = y
    best = -1
    bestSquare = Infinity
    index.search(x, y, x, y, consider)
    return best
  }
}

/** Squared distance from a place to the edge that starts at `edges[at]`, m². */
function squareToEdge(edges: Float64Array, at: number, x: number, y: number): number {
  const dx = edges[at + 2] - edges[at]
  const dy = edges[at + 3] - edges[at + 1]
  const length = dx * dx + dy * dy
  const along =
    length === 0 ? 0 : Math.max(0, Math.min(1, ((x - edges[at]) * dx + (y - edges[at + 1]) * dy) / length))
  const ox = x - edges[at] - along * dx
  const oy = y - edges[at + 1] - along * dy
  return ox * ox + oy * oy
}
