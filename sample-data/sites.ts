import { type Blob, insideBlob } from './blob.ts'
import { hexAt } from './lattice.ts'
import { noise } from './noise.ts'
import { middle, type Outline } from './outline.ts'
import { createRandom } from './random.ts'
import { bend, type Settlement } from './settlements.ts'
import type { Water } from './water.ts'

/** A walled site with its own buildings, where no street runs. */
export interface Site {
  readonly kind:
    | 'hospital'
    | 'prison'
    | 'police station'
    | 'railway station'
    | 'bus station'
    | 'stadium'
    | 'university'
  readonly name: string
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly turn: number
}

export interface Greens {
  readonly parks: readonly Blob[]
  readonly woods: readonly Blob[]
}

/** Kind, name, settlement, angle and distance in the settlement's plan, radius: metres. */
const PLAN: readonly (readonly [Site['kind'], string, number, number, number, number])[] = [
  ['hospital', 'Haverstow General Hospital', 0, 2.3, 2350, 150],
  ['hospital', 'Skelmouth Cottage Hospital', 1, 3.5, 1000, 60],
  ['prison', 'HMP Gorsemoor', 0, 5.05, 3550, 140],
  ['police station', 'Haverstow Custody Suite', 0, 0.55, 1450, 45],
  ['police station', 'Skelmouth Police Station', 1, 2.8, 420, 28],
  ['police station', 'Brandholt Police Station', 2, 1.1, 380, 28],
  ['police station', 'Marlowby Police Station', 3, 4.4, 350, 28],
  ['railway station', 'Haverstow Station', 0, 5.16, 362, 45],
  ['bus station', 'Haverstow Bus Station', 0, 5.9, 640, 38],
  ['railway station', 'Skelmouth Station', 1, 5.16, 362, 35],
  ['railway station', 'Brandholt Station', 2, 5.16, 362, 35],
  ['railway station', 'Marlowby Station', 3, 5.16, 362, 35],
  ['stadium', 'Dyehouse Stadium', 0, 3.9, 2250, 110],
  ['university', 'University of Haverstow', 0, 1.35, 1650, 150],
]

export function placeSites(settlements: readonly Settlement[]): Site[] {
  const out = [0, 0]
  return PLAN.map(([kind, name, settlement, angle, distance, radius]) => {
    bend(settlements[settlement], distance * Math.cos(angle), distance * Math.sin(angle), out)
    return { kind, name, x: Math.round(out[0]), y: Math.round(out[1]), radius, turn: angle }
  })
}

/** Corners of the buildings of a site, one flat ring each. */
export function siteBuildings(site: Site): number[][] {
  const wide = site.radius * 0.62
  const deep = site.radius * 0.26
  const rows = site.radius > 80 ? [-0.42, 0.12, 0.6] : [0]
  return rows.map((row, i) => {
    const halfWide = wide * [1, 0.8, 0.55][i]
    const halfDeep = rows.length === 1 ? site.radius * 0.5 : deep * [0.8, 0.7, 0.5][i]
    const ring: number[] = []
    for (const [sx, sy] of [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ]) {
      const u = sx * halfWide
      const v = row * site.radius + sy * halfDeep
      ring.push(
        site.x + u * Math.cos(site.turn) - v * Math.sin(site.turn),
        site.y + u * Math.sin(site.turn) + v * Math.cos(site.turn),
      )
    }
    return ring
  })
}

const PARK_NAMES = [
  'Victory Park',
  'Weavers Park',
  'Castle Green',
  'Larkfield Park',
  'Mill Gardens',
  'Gorse Park',
  'Tenter Fields',
  'Riverside Park',
  'Orchard Park',
  'Kiln Fields',
  'Marine Gardens',
  'Cliff Park',
  'Brand Park',
  'Foundry Fields',
  'Vale Park',
  'Market Meadow',
]

/** Parks in the city and towns, a green in most villages, woods and heath in the country. */
export function placeGreens(
  seed: number,
  outline: Outline,
  settlements: readonly Settlement[],
  sites: readonly Site[],
  water: Water,
): Greens {
  const random = createRandom(seed, 'greens')
  const parks: Blob[] = []
  const out = [0, 0]
  for (const [i, settlement] of settlements.entries()) {
    const wanted = { city: 10, town: 2, village: 1 }[settlement.kind]
    let placed = 0
    for (let attempt = 0; attempt < 200 && placed < wanted; attempt++) {
      const village = settlement.kind === 'village'
      const radius = village ? random.between(30, 60) : random.between(90, i === 0 ? 330 : 190)
      const distance = village
        ? random.between(60, 160)
        : random.between(settlement.rings[0] * 1.6, settlement.radius * 0.75)
      const angle = random.between(0, 2 * Math.PI)
      bend(settlement, distance * Math.cos(angle), distance * Math.sin(angle), out)
      const [x, y] = out
      const near = (other: { x: number; y: number; radius: number }) =>
        Math.hypot(other.x - x, other.y - y) < other.radius + radius * 1.3 + 60
      if (
        outline.depth[hexAt(x, y)] < 4 ||
        parks.some(near) ||
        sites.some(near) ||
        water.wet(x, y, radius * 0.6)
      )
        continue
      placed++
      const name = village ? `${settlement.name} Green` : PARK_NAMES[parks.length]
      parks.push({ name, x, y, radius, roughness: 0.35, seed: seed + 400 + parks.length })
    }
  }
  const woods: Blob[] = []
  for (let attempt = 0; attempt < 900 && woods.length < 70; attempt++) {
    const x = random.between(middle.x - 23_000, middle.x + 23_000)
    const y = random.between(middle.y - 23_000, middle.y + 23_000)
    const radius = random.between(180, 900)
    const hex = hexAt(x, y)
    if (hex < 0 || outline.depth[hex] < 3 + radius / 120) continue
    if (noise(seed + 61, x / 7000, y / 7000) < -0.1 || water.wet(x, y, radius * 0.4)) continue
    if (settlements.some((other) => Math.hypot(other.x - x, other.y - y) < other.radius * 1.1 + radius * 1.3))
      continue
    woods.push({ name: '', x, y, radius, roughness: 0.55, seed: seed + 500 + woods.length })
  }
  return { parks, woods }
}

export function insideAny(blobs: readonly Blob[], x: number, y: number, margin: number): boolean {
  for (const blob of blobs) if (insideBlob(blob, x, y, margin)) return true
  return false
}
