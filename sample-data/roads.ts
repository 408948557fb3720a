import { cheapestRoute } from './cheapest-path.ts'
import { hexAt, hexX, hexY } from './lattice.ts'
import { rounded } from './line-shapes.ts'
import { noise } from './noise.ts'
import { FORCE, type Outline, SEA } from './outline.ts'
import {
  directionOf,
  gateOf,
  type Link,
  linksBetween,
  nearestArterial,
  placeName,
  thinned,
  WEST,
} from './road-links.ts'
import { bend, builtEdge, type Settlement, setArterials } from './settlements.ts'
import type { Water } from './water.ts'

export type RoadClass = 'motorway' | 'a-road' | 'b-road' | 'minor-road' | 'rail'

/** A road or railway between settlements, or an arterial inside one (`settlement` ≥ 0). */
export interface Road {
  readonly class: RoadClass
  readonly name: string
  readonly line: number[]
  readonly settlement: number
}

/**
 * Roads between settlements, one motorway, the railway, and each settlement's arterials, which it also fixes. Routes
 * follow the cheapest ground and prefer a road that is already there, so that they join as real ones do.
 */
export function drawRoads(
  seed: number,
  outline: Outline,
  water: Water,
  settlements: readonly Settlement[],
): Road[] {
  const links = linksBetween(settlements)
  for (const [i, settlement] of settlements.entries()) {
    const towards = links
      .filter((link) => link.a === i || link.b === i)
      .map((link) => directionOf(link, i, settlements))
    if (settlement.kind === 'city') towards.push(Math.PI * 0.97)
    setArterials(settlement, thinned(towards))
  }
  const used = new Map<number, number>()
  const ground = (hex: number) => {
    if (outline.kind[hex] === SEA || (outline.kind[hex] === FORCE && outline.depth[hex] < 3)) return Infinity
    const x = hexX(hex)
    const y = hexY(hex)
    const built = settlements.some((other) => Math.hypot(other.x - x, other.y - y) < other.radius * 0.85)
    return 1.5 + noise(seed + 51, x / 2300, y / 2300) + (water.wet(x, y, 60) ? 5 : 0) + (built ? 4 : 0)
  }
  const costs = new Float64Array(outline.kind.length)
  for (let hex = 0; hex < costs.length; hex++) costs[hex] = ground(hex)
  const edges = new Map<string, { a: number; b: number; rank: number; name: string }>()
  const roads: Road[] = []
  let number = 9900
  for (const link of links) {
    const rank = { 'a-road': 0, 'b-road': 1, 'minor-road': 2 }[link.class]
    const from = gateOf(settlements[link.a], directionOf(link, link.a, settlements))
    const to =
      link.b === WEST
        ? hexAt(551_600, settlements[link.a].y - 900)
        : gateOf(settlements[link.b], directionOf(link, link.b, settlements))
    const route = cheapestRoute(from, to, (hex) => (used.has(hex) ? 0.35 * costs[hex] : costs[hex]), 0.17)
    number++
    const name =
      link.class === 'a-road'
        ? `A${number}`
        : link.class === 'b-road'
          ? `B${number}`
          : `${placeName(settlements, link)} Lane`
    for (let i = 0; i < route.length; i++) {
      used.set(route[i], rank)
      if (i === 0) continue
      const a = Math.min(route[i - 1], route[i])
      const b = Math.max(route[i - 1], route[i])
      const edge = edges.get(`${a} ${b}`)
      if (!edge || edge.rank > rank) edges.set(`${a} ${b}`, { a, b, rank, name })
    }
  }
  for (const chain of chainsOf([...edges.values()])) {
    const roadClass = (['a-road', 'b-road', 'minor-road'] as const)[chain.rank]
    roads.push({ class: roadClass, name: chain.name, line: smoothRoute(chain.hexes, 3, 3), settlement: -1 })
  }
  const city = settlements[0]
  const gate = gateOf(city, nearestArterial(city, Math.PI * 0.97))
  const through = [hexAt(551_600, 446_800), hexAt(566_500, 443_600), gate]
  roads.push({ class: 'motorway', name: 'M991', line: throughRoute(through, costs, 5), settlement: -1 })
  const stations = [
    hexAt(551_600, 437_500),
    ...[3, 0, 1].map((i) => hexAt(settlements[i].x + 150, settlements[i].y - 330)),
  ]
  roads.push({ class: 'rail', name: 'Coast Line', line: throughRoute(stations, costs, 6), settlement: -1 })
  const branch = [
    hexAt(settlements[0].x + 150, settlements[0].y - 330),
    hexAt(settlements[2].x + 150, settlements[2].y - 330),
  ]
  roads.push({
    class: 'rail',
    name: 'Brandholt Branch',
    line: throughRoute(branch, costs, 6),
    settlement: -1,
  })
  for (const [i, settlement] of settlements.entries())
    roads.push(...arterialRoads(settlement, i, links, settlements, outline))
  return roads
}

function arterialRoads(
  settlement: Settlement,
  index: number,
  links: readonly Link[],
  settlements: readonly Settlement[],
  outline: Outline,
): Road[] {
  const roads: Road[] = []
  const out = [0, 0]
  for (const angle of settlement.arterials) {
    const link = links.find(
      (candidate) =>
        (candidate.a === index || candidate.b === index) &&
        nearestArterial(settlement, directionOf(candidate, index, settlements)) === angle,
    )
    const edge = builtEdge(settlement, angle)
    const line: number[] = []
    for (let radius = settlement.rings[0] * 0.12; radius < edge - 40; radius += 45) {
      bend(settlement, radius * Math.cos(angle), radius * Math.sin(angle), out)
      if (outline.depth[hexAt(out[0], out[1])] < 2) break
      line.push(out[0], out[1])
    }
    if (link) {
      const gate = gateOf(settlement, angle)
      line.push(groundX(gate), groundY(gate))
    }
    const far = link ? (link.a === index ? link.b : link.a) : -2
    const name = far >= 0 ? `${settlements[far].name} Road` : far === WEST ? 'West Road' : ''
    const roadClass = link ? link.class : settlement.kind === 'city' ? 'b-road' : 'minor-road'
    if (line.length >= 4) roads.push({ class: roadClass, name, line, settlement: index })
  }
  return roads
}

/** Joins hexagon steps into chains that end at junctions and where the road changes. */
function chainsOf(edges: readonly { a: number; b: number; rank: number; name: string }[]) {
  const at = new Map<number, number[]>()
  edges.forEach((edge, i) => {
    for (const hex of [edge.a, edge.b]) at.set(hex, [...(at.get(hex) ?? []), i])
  })
  const free = (hex: number) => {
    const meeting = at.get(hex)!
    return meeting.length === 2 && edges[meeting[0]].name === edges[meeting[1]].name
  }
  const done = new Uint8Array(edges.length)
  const chains: { rank: number; name: string; hexes: number[] }[] = []
  const follow = (start: number, first: number) => {
    const hexes = [start]
    let hex = start
    let edge = first
    for (;;) {
      done[edge] = 1
      hex = edges[edge].a === hex ? edges[edge].b : edges[edge].a
      hexes.push(hex)
      if (!free(hex)) break
      const next = at.get(hex)!.find((candidate) => !done[candidate])
      if (next === undefined) break
      edge = next
    }
    chains.push({ rank: edges[first].rank, name: edges[first].name, hexes })
  }
  for (const [hex, meeting] of at)
    if (!free(hex)) for (const edge of meeting) if (!done[edge]) follow(hex, edge)
  return chains
}

/** Where a road crosses a hexagon: its centre moved by a gentle field that all roads share, so that they bend and still meet. */
function groundX(hex: number): number {
  const x = hexX(hex)
  const y = hexY(hex)
  return x + 240 * noise(71, x / 1700, y / 1700) + 60 * noise(72, x / 500, y / 500)
}

function groundY(hex: number): number {
  const x = hexX(hex)
  const y = hexY(hex)
  return y + 240 * noise(73, x / 1700, y / 1700) + 60 * noise(74, x / 500, y / 500)
}

function smoothRoute(hexes: readonly number[], every: number, rounds: number): number[] {
  const line: number[] = []
  for (let i = 0; i < hexes.length; i++) {
    const kept = i === 0 || i === hexes.length - 1 || (i % every === 0 && hexes.length - 1 - i >= every)
    if (kept) line.push(groundX(hexes[i]), groundY(hexes[i]))
  }
  return rounded(line, rounds)
}

function throughRoute(stops: readonly number[], costs: Float64Array, every: number): number[] {
  const hexes: number[] = [stops[0]]
  for (let i = 1; i < stops.length; i++) {
    const leg = cheapestRoute(stops[i - 1], stops[i], (hex) => 1 + 0.35 * costs[hex], 1)
    hexes.push(...leg.slice(1))
  }
  return smoothRoute(hexes, every, 4)
}
