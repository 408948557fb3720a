import { hexAt } from './lattice.ts'
import { bend, builtEdge, type Settlement, wrap } from './settlements.ts'

/** Two settlements a road joins, by number. */
export interface Link {
  readonly a: number
  readonly b: number
  readonly class: 'a-road' | 'b-road' | 'minor-road'
}

/** West edge of the map, where roads leave for the neighbouring force. */
export const WEST = -1

/** Which settlements are joined, main roads first: the order in which `drawRoads` finds the routes. */
export function linksBetween(settlements: readonly Settlement[]): Link[] {
  const links: Link[] = [
    { a: 0, b: 1, class: 'a-road' },
    { a: 0, b: 2, class: 'a-road' },
    { a: 0, b: 3, class: 'a-road' },
    { a: 2, b: 3, class: 'a-road' },
    { a: 1, b: 2, class: 'a-road' },
    { a: 3, b: WEST, class: 'a-road' },
    { a: 2, b: WEST, class: 'a-road' },
  ]
  const seen = new Set(links.map((link) => `${link.a} ${link.b}`))
  for (const nearest of [0, 1, 2, 3]) {
    for (let i = 4; i < settlements.length; i++) {
      const others = settlements
        .map((other, j) => ({
          j,
          away: Math.hypot(other.x - settlements[i].x, other.y - settlements[i].y) - other.radius,
        }))
        .filter((other) => other.j !== i && (nearest > 0 || other.j < i))
        .sort((p, q) => p.away - q.away)
      const j = others[nearest].j
      const key = `${Math.min(i, j)} ${Math.max(i, j)}`
      if (seen.has(key)) continue
      seen.add(key)
      links.push({ a: Math.min(i, j), b: Math.max(i, j), class: nearest === 0 ? 'b-road' : 'minor-road' })
    }
  }
  return links
}

/** Direction from one end of a link to the other, radians anticlockwise from east. */
export function directionOf(link: Link, from: number, settlements: readonly Settlement[]): number {
  const here = settlements[from]
  const there = link.a === from ? link.b : link.a
  if (there === WEST) return Math.PI * 1.02
  return wrap(Math.atan2(settlements[there].y - here.y, settlements[there].x - here.x))
}

export function placeName(settlements: readonly Settlement[], link: Link): string {
  return settlements[link.b === WEST ? link.a : link.b].name
}

/** Directions at least 20° apart. */
export function thinned(angles: readonly number[]): number[] {
  const kept: number[] = []
  for (const angle of angles) {
    if (kept.every((other) => Math.min(wrap(angle - other), wrap(other - angle)) > 0.35))
      kept.push(wrap(angle))
  }
  return kept
}

/** The arterial that leads most nearly in a direction. */
export function nearestArterial(settlement: Settlement, angle: number): number {
  let best = settlement.arterials[0]
  const away = (other: number) => Math.min(wrap(angle - other), wrap(other - angle))
  for (const other of settlement.arterials) if (away(other) < away(best)) best = other
  return best
}

/** The hexagon at the end of the arterial that leads most nearly in a direction. */
export function gateOf(settlement: Settlement, angle: number): number {
  const arterial = nearestArterial(settlement, angle)
  const edge = builtEdge(settlement, arterial)
  const out = [0, 0]
  bend(settlement, edge * Math.cos(arterial), edge * Math.sin(arterial), out)
  return hexAt(out[0], out[1])
}
