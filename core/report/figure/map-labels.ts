/**
 * Where the words on a map stand. Rank labels come first and never overlap: each takes the cheapest free spot on a
 * spiral round its hotspot, joined by a leader when it had to move. Street and place names fill what is left.
 * Greedy in the order given, so the same input gives the same map.
 */
import type { Frame } from './clip.ts'

/** A rectangle already spoken for: left, top, right, bottom. */
export type Taken = readonly [number, number, number, number]

export interface Spot {
  readonly x: number
  readonly y: number
  /** The label stands away from its place and needs a leader. */
  readonly moved: boolean
}

export function overlaps(a: Taken, b: Taken): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

export function isFree(spot: Taken, taken: readonly Taken[], frame: Frame): boolean {
  if (spot[0] < frame.x || spot[1] < frame.y) return false
  if (spot[2] > frame.x + frame.width || spot[3] > frame.y + frame.height) return false
  for (const other of taken) if (overlaps(spot, other)) return false
  return true
}

function sideOf(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax)
}

type Leader = readonly [number, number, number, number]

function crosses(a: Leader, b: Leader): boolean {
  const [ax, ay, bx, by] = a
  const [cx, cy, dx, dy] = b
  return (
    sideOf(ax, ay, bx, by, cx, cy) * sideOf(ax, ay, bx, by, dx, dy) < 0 &&
    sideOf(cx, cy, dx, dy, ax, ay) * sideOf(cx, cy, dx, dy, bx, by) < 0
  )
}

const angles = 16

/**
 * A spot for each round label of `radius` points at (x, y), free of the `taken` rectangles and of each other. A
 * label that finds no free spot within 260 points is left out (`null`); with up to 60 on an A4 page none is.
 *
 * @param centres where the hotspots are, drawn marks that a label should not hide
 * @param clear how far the first ring of candidates stands from the place (0: the label may sit on it)
 */
export function placeRankLabels(
  places: readonly { readonly x: number; readonly y: number }[],
  radius: number,
  taken: Taken[],
  frame: Frame,
  clear: number,
): (Spot | null)[] {
  const leaders: Leader[] = []
  return places.map((own) => {
    const { x, y } = own
    let best: Spot | null = null
    let bestCost = Infinity
    for (let ring = 0; ring < 24; ring++) {
      const distance = clear + ring * radius * 0.9
      if (distance >= bestCost) break
      for (let k = 0; k < angles; k++) {
        // First candidate up and to the right, where the eye expects a label.
        const angle = -Math.PI / 4 + (2 * Math.PI * k) / angles
        const cx = x + distance * Math.cos(angle)
        const cy = y + distance * Math.sin(angle)
        if (!isFree([cx - radius, cy - radius, cx + radius, cy + radius], taken, frame)) continue
        const leader: Leader = [x, y, cx, cy]
        let cost = distance + k * 0.05
        for (const other of leaders) if (crosses(leader, other)) cost += radius * 6
        for (const place of places)
          if (place !== own && Math.hypot(place.x - cx, place.y - cy) < radius + 1.5) cost += radius * 2
        if (cost < bestCost) {
          bestCost = cost
          best = { x: cx, y: cy, moved: distance > radius * 0.5 }
        }
      }
    }
    if (best) {
      taken.push([best.x - radius, best.y - radius, best.x + radius, best.y + radius])
      leaders.push([x, y, best.x, best.y])
    }
    return best
  })
}
