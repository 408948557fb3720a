import { cornerX, cornerY, hexCorner, hexCount, hexNeighbour } from './lattice.ts'
import { keptPoints } from './line-shapes.ts'

/** Corner numbers kept on area edges, with where they have been smoothed to. Shared by every level of areas. */
export interface Edges {
  readonly kept: ReadonlySet<number>
  readonly place: ReadonlyMap<number, readonly [number, number]>
}

/** Metres an edge may move when needless points are left out. */
const TOLERANCE = 12

/**
 * Smooths and thins the edges between the finest areas, each edge once, so that both its neighbours and every coarser
 * level made of the same areas get identical points. Only corners where no two different areas change are thinned.
 */
export function smoothEdges(areaOf: ArrayLike<number>): Edges {
  const links = new Map<number, number[]>()
  for (let hex = 0; hex < hexCount; hex++) {
    for (let side = 0; side < 6; side++) {
      const next = hexNeighbour(hex, side)
      if (next >= 0 && side > 2) continue
      if (areaOf[hex] === (next < 0 ? -1 : areaOf[next])) continue
      link(links, hexCorner(hex, (side + 5) % 6), hexCorner(hex, side))
    }
  }
  const place = new Map<number, [number, number]>()
  for (const corner of links.keys()) place.set(corner, [cornerX(corner), cornerY(corner)])
  for (let round = 0; round < 3; round++) relax(links, place)
  return { kept: thin(links, place), place }
}

function link(links: Map<number, number[]>, a: number, b: number): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ]) {
    const there = links.get(from)
    if (there) there.push(to)
    else links.set(from, [to])
  }
}

function relax(links: Map<number, number[]>, place: Map<number, [number, number]>): void {
  const moved = new Map<number, [number, number]>()
  for (const [corner, others] of links) {
    let x = 0
    let y = 0
    for (const other of others) {
      const at = place.get(other)!
      x += at[0] / others.length
      y += at[1] / others.length
    }
    const here = place.get(corner)!
    moved.set(corner, [(here[0] + x) / 2, (here[1] + y) / 2])
  }
  for (const [corner, at] of moved) place.set(corner, at)
}

function thin(links: Map<number, number[]>, place: Map<number, readonly [number, number]>): Set<number> {
  const kept = new Set<number>()
  const done = new Set<number>()
  const keepAlong = (chain: readonly number[]) => {
    const line = chain.flatMap((corner) => place.get(corner)!)
    const keep = keptPoints(line, TOLERANCE)
    chain.forEach((corner, i) => {
      if (keep[i]) kept.add(corner)
      done.add(corner)
    })
  }
  const follow = (start: number, first: number) => {
    const chain = [start]
    let before = start
    let corner = first
    while (corner !== start && links.get(corner)!.length === 2) {
      chain.push(corner)
      const [a, b] = links.get(corner)!
      const next = a === before ? b : a
      before = corner
      corner = next
    }
    chain.push(corner)
    return chain
  }
  for (const [corner, others] of links) {
    if (others.length === 2) continue
    kept.add(corner)
    for (const other of others) {
      if (links.get(other)!.length === 2 && done.has(other)) continue
      keepAlong(follow(corner, other))
    }
  }
  for (const [corner, others] of links) {
    if (others.length !== 2 || done.has(corner)) continue
    const ring = follow(corner, others[0])
    const half = Math.floor(ring.length / 2)
    keepAlong(ring.slice(0, half + 1))
    keepAlong(ring.slice(half))
  }
  return kept
}

/**
 * Rings of every area 0 … count − 1 in metres, flat `x0 y0 …`, not closed, the outer ring first and anticlockwise,
 * holes clockwise.
 */
export function ringsOfAreas(areaOf: ArrayLike<number>, count: number, edges: Edges): number[][][] {
  const onward: Map<number, number>[] = Array.from({ length: count }, () => new Map())
  for (let hex = 0; hex < hexCount; hex++) {
    const area = areaOf[hex]
    if (area < 0) continue
    for (let side = 0; side < 6; side++) {
      const next = hexNeighbour(hex, side)
      if (next >= 0 && areaOf[next] === area) continue
      onward[area].set(hexCorner(hex, (side + 5) % 6), hexCorner(hex, side))
    }
  }
  return onward.map((next) => {
    const rings: number[][] = []
    const used = new Set<number>()
    for (const start of next.keys()) {
      if (used.has(start)) continue
      const ring: number[] = []
      for (let corner = start; !used.has(corner); corner = next.get(corner)!) {
        used.add(corner)
        if (edges.kept.has(corner)) ring.push(...edges.place.get(corner)!)
      }
      rings.push(ring)
    }
    return rings.sort((a, b) => ringArea(b) - ringArea(a))
  })
}

/** Area in m², above zero when the ring runs anticlockwise. */
export function ringArea(ring: readonly number[]): number {
  let twice = 0
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length
    twice += ring[i] * ring[j + 1] - ring[j] * ring[i + 1]
  }
  return twice / 2
}
