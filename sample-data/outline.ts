import { hexAt, hexCount, hexNeighbour, hexX, hexY } from './lattice.ts'
import { noise } from './noise.ts'

export const SEA = 0
export const FORCE = 1
export const HINTERLAND = 2

/** Middle of the force, in open sea on the real map. */
export const middle = { x: 582_500, y: 442_500 } as const

/** What each hexagon is, and how many steps inside the force it lies (1 = on the edge, 0 = outside). */
export interface Outline {
  readonly kind: Uint8Array
  readonly depth: Int16Array
}

/** Metres from the middle to the edge of the force in a direction, before its small bays and headlands. */
export function edgeRadius(seed: number, angle: number): number {
  const wide = noise(seed + 11, 5 + 1.3 * Math.cos(angle), 5 + 1.3 * Math.sin(angle))
  const narrow = noise(seed + 12, 5 + 3.1 * Math.cos(angle), 5 + 3.1 * Math.sin(angle))
  return 21_000 * (1 + 0.17 * wide + 0.1 * narrow)
}

/**
 * Draws the outline: about 1,500 km² in one piece without holes, sea on three sides, a neighbour's land to the west.
 */
export function drawOutline(seed: number): Outline {
  const kind = new Uint8Array(hexCount)
  for (let hex = 0; hex < hexCount; hex++) {
    const x = hexX(hex)
    const y = hexY(hex)
    const dx = x - middle.x
    const dy = y - middle.y
    const rough = 1500 * noise(seed + 13, x / 3600, y / 3600) + 600 * noise(seed + 14, x / 1200, y / 1200)
    const inside = Math.hypot(dx, dy) + rough < edgeRadius(seed, Math.atan2(dy, dx))
    const shore = 16_000 + 2_500 * noise(seed + 15, x / 6000, 3) + rough
    if (inside) kind[hex] = FORCE
    else if (dx < -6_000 && Math.abs(dy + 1_500) < shore) kind[hex] = HINTERLAND
  }
  keepPieceAround(kind, FORCE, hexAt(middle.x, middle.y))
  fillHoles(kind)
  return { kind, depth: depths(kind) }
}

function keepPieceAround(kind: Uint8Array, wanted: number, start: number): void {
  const reached = flood(start, (hex) => kind[hex] === wanted)
  for (let hex = 0; hex < kind.length; hex++) if (kind[hex] === wanted && !reached[hex]) kind[hex] = SEA
}

/** Whatever cannot be reached from the corner of the lattice without crossing the force is made part of it. */
function fillHoles(kind: Uint8Array): void {
  const outside = flood(0, (hex) => kind[hex] !== FORCE)
  for (let hex = 0; hex < kind.length; hex++) if (kind[hex] !== FORCE && !outside[hex]) kind[hex] = FORCE
}

function flood(start: number, allowed: (hex: number) => boolean): Uint8Array {
  const reached = new Uint8Array(hexCount)
  const queue = [start]
  reached[start] = 1
  while (queue.length > 0) {
    const hex = queue.pop()!
    for (let side = 0; side < 6; side++) {
      const next = hexNeighbour(hex, side)
      if (next < 0 || reached[next] || !allowed(next)) continue
      reached[next] = 1
      queue.push(next)
    }
  }
  return reached
}

function depths(kind: Uint8Array): Int16Array {
  const depth = new Int16Array(hexCount)
  let ring: number[] = []
  for (let hex = 0; hex < hexCount; hex++) {
    if (kind[hex] !== FORCE) continue
    for (let side = 0; side < 6 && depth[hex] === 0; side++) {
      const next = hexNeighbour(hex, side)
      if (next < 0 || kind[next] !== FORCE) depth[hex] = 1
    }
    if (depth[hex] === 1) ring.push(hex)
  }
  for (let step = 2; ring.length > 0; step++) {
    const next: number[] = []
    for (const hex of ring) {
      for (let side = 0; side < 6; side++) {
        const inner = hexNeighbour(hex, side)
        if (inner < 0 || kind[inner] !== FORCE || depth[inner] !== 0) continue
        depth[inner] = step
        next.push(inner)
      }
    }
    ring = next
  }
  return depth
}
