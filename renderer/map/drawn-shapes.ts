/**
 * Shapes that are drawn and measured, in metres of the National Grid (EPSG:27700): a length here is what a ruler on an
 * Ordnance Survey map gives, within 4 in 10,000 of the ground. Screen pixels and degrees do not come into it.
 */
import { type Geom, union } from 'polyclip-ts'
import type { Position, Rings } from '#core/contract/geometry.ts'

/** Corners of a drawn circle: at most 0.03% of the radius inside the true one, 0.04% less in area. */
export const CIRCLE_CORNERS = 128
const CAP_CORNERS = 16

/** Metres along a path. */
export function lengthOf(path: readonly Position[]): number {
  let length = 0
  for (let i = 1; i < path.length; i++)
    length += Math.hypot(path[i][0] - path[i - 1][0], path[i][1] - path[i - 1][1])
  return length
}

/** Square metres inside rings whose holes run the other way round. */
export function areaOf(rings: Rings): number {
  let twice = 0
  for (const ring of rings) {
    const [x0, y0] = ring[0] ?? [0, 0]
    for (let i = 0; i < ring.length; i++) {
      const [ax, ay] = ring[i]
      const [bx, by] = ring[(i + 1) % ring.length]
      twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
    }
  }
  return Math.abs(twice) / 2
}

/** Whether a ring meets itself anywhere but at its corners: its area and inside are then in doubt. */
export function crossesItself(ring: readonly Position[]): boolean {
  const count = ring.length
  for (let i = 0; i < count; i++)
    for (let j = i + 2; j < count; j++) {
      if (i === 0 && j === count - 1) continue
      if (cross(ring[i], ring[i + 1], ring[j], ring[(j + 1) % count])) return true
    }
  return false
}

export function circleRing([x, y]: Position, radius: number): Position[] {
  return Array.from({ length: CIRCLE_CORNERS }, (_, k): Position => {
    const angle = (2 * Math.PI * k) / CIRCLE_CORNERS
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
}

/** The circle that rings were made from, rounded to decimetres as they are kept; null for other shapes. */
export function circleOf(rings: Rings): { readonly centre: Position; readonly radius: number } | null {
  const [ring] = rings
  if (rings.length !== 1 || ring.length !== CIRCLE_CORNERS) return null
  const half = ring[CIRCLE_CORNERS / 2]
  const centre: Position = [(ring[0][0] + half[0]) / 2, (ring[0][1] + half[1]) / 2]
  const radius = Math.hypot(ring[0][0] - centre[0], ring[0][1] - centre[1])
  const round = ring.every(([x, y]) => Math.abs(Math.hypot(x - centre[0], y - centre[1]) - radius) < 0.2)
  return round ? { centre: [decimetre(centre[0]), decimetre(centre[1])], radius: decimetre(radius) } : null
}

/** The rectangle, along the lines of the National Grid, between two opposite corners. */
export function rectangleRing([ax, ay]: Position, [bx, by]: Position): Position[] {
  return [
    [ax, ay],
    [bx, ay],
    [bx, by],
    [ax, by],
  ]
}

/** Everything within `metres` of a path, round at its ends and corners. Holes run the other way round. */
export function bufferRings(path: readonly Position[], metres: number): Position[][] {
  const apart = path.filter((at, i) => i === 0 || at[0] !== path[i - 1][0] || at[1] !== path[i - 1][1])
  if (apart.length === 0 || !(metres > 0)) return []
  if (apart.length === 1) return [circleRing(apart[0], metres)]
  const parts = apart.slice(1).map((at, i) => [...capsule(apart[i], at, metres)])
  // The union closes its rings with their first corner again; ours are understood to be closed.
  return joined(parts).flatMap((polygon) => polygon.map((ring) => ring.slice(0, -1) as Position[]))
}

/** Places per metre that corners are rounded to when the union could not be made from them as they are. */
const ROUNDINGS = [0, 1000, 100, 10]

/**
 * The union of shapes. polyclip-ts gives up on about one tangle in a hundred, where corners all but coincide; moved by
 * less than a decimetre, and taken in the other order, the same shapes go through.
 */
function joined(shapes: readonly (readonly Position[])[]): ReturnType<typeof union> {
  let failed: unknown
  for (const perMetre of ROUNDINGS)
    for (const inOrder of [shapes, shapes.toReversed()]) {
      const [first, ...rest] = inOrder.map((ring): Geom => {
        const corners =
          perMetre === 0 ? ring : ring.map((at) => at.map((m) => Math.round(m * perMetre) / perMetre))
        return [corners] as unknown as Geom
      })
      try {
        return union(first, ...rest)
      } catch (error) {
        failed = error
      }
    }
  throw failed
}

/** Rings as they are kept, to the decimetre. */
export function rounded(rings: Rings): Position[][] {
  return rings.map((ring) => ring.map(([x, y]): Position => [decimetre(x), decimetre(y)]))
}

export function decimetre(value: number): number {
  return Math.round(value * 10) / 10
}

/** A segment with a half circle at either end. */
function capsule([ax, ay]: Position, [bx, by]: Position, metres: number): Position[] {
  const along = Math.atan2(by - ay, bx - ax)
  const half = (x: number, y: number, from: number): Position[] =>
    Array.from({ length: CAP_CORNERS + 1 }, (_, k): Position => {
      const angle = from + (Math.PI * k) / CAP_CORNERS
      return [x + metres * Math.cos(angle), y + metres * Math.sin(angle)]
    })
  return [...half(bx, by, along - Math.PI / 2), ...half(ax, ay, along + Math.PI / 2)]
}

function side(a: Position, b: Position, c: Position): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
}

function cross(a: Position, b: Position, c: Position, d: Position): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}
