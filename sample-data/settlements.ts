import { hexAt } from './lattice.ts'
import { cityName, coastTownName, northTownName, villageNames, westTownName } from './names.ts'
import { noise } from './noise.ts'
import { edgeRadius, middle, type Outline } from './outline.ts'
import { createRandom, hashUnit } from './random.ts'

/**
 * A place people live in: rings and arterials around a centre, bent so that it does not look drawn with compasses.
 * Radii in metres, angles in radians anticlockwise from east.
 */
export interface Settlement {
  readonly name: string
  readonly kind: 'city' | 'town' | 'village'
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly rings: readonly number[]
  /** Angles of the arterials, ascending. Filled by `linkSettlements`. */
  arterials: number[]
  readonly seed: number
  readonly residents: number
}

const CITY_RINGS = [380, 950, 1800, 2900, 4200, 5500]

/** The city, three towns and about 25 villages of a force, in that order. */
export function placeSettlements(seed: number, outline: Outline): Settlement[] {
  const shoreAngle = 0.62
  const shore = edgeRadius(seed, shoreAngle) - 2_300
  const list: Settlement[] = [
    settle(cityName, 'city', 587_000, 440_300, CITY_RINGS, 285_000, seed + 100),
    settle(
      coastTownName,
      'town',
      middle.x + shore * Math.cos(shoreAngle),
      middle.y + shore * Math.sin(shoreAngle),
      [260, 650, 1300, 2000],
      68_000,
      seed + 101,
    ),
    settle(northTownName, 'town', 571_800, 453_200, [240, 620, 1200, 1850], 55_000, seed + 102),
    settle(westTownName, 'town', 568_800, 434_800, [220, 560, 1100, 1650], 43_000, seed + 103),
  ]
  const random = createRandom(seed, 'villages')
  for (let attempt = 0; attempt < 6000 && list.length < 4 + villageNames.length; attempt++) {
    const x = random.between(middle.x - 23_000, middle.x + 23_000)
    const y = random.between(middle.y - 23_000, middle.y + 23_000)
    const hex = hexAt(x, y)
    if (hex < 0 || outline.depth[hex] < 9) continue
    if (list.some((other) => Math.hypot(other.x - x, other.y - y) < other.radius * 1.15 + 2_300)) continue
    const radius = random.between(260, 560)
    const name = villageNames[list.length - 4]
    list.push(
      settle(name, 'village', x, y, [radius * 0.45, radius], 700 + radius * 7, seed + 200 + list.length),
    )
  }
  return list
}

function settle(
  name: string,
  kind: Settlement['kind'],
  x: number,
  y: number,
  rings: number[],
  residents: number,
  seed: number,
): Settlement {
  const radius = rings[rings.length - 1]
  return { name, kind, x, y, radius, rings, arterials: [], seed, residents: Math.round(residents) }
}

/** Fixes the arterials: one towards each linked neighbour, the gaps filled evenly. */
export function setArterials(settlement: Settlement, towards: readonly number[]): void {
  const wanted = { city: 10, town: 7, village: 3 }[settlement.kind]
  const angles = [...towards].sort((a, b) => a - b)
  while (angles.length < wanted) {
    let widest = 0
    let at = 0
    for (let i = 0; i < angles.length; i++) {
      const gap = (i + 1 < angles.length ? angles[i + 1] : angles[0] + 2 * Math.PI) - angles[i]
      if (gap > widest) {
        widest = gap
        at = i
      }
    }
    const shift = 0.5 + 0.16 * (hashUnit(settlement.seed, angles.length) - 0.5)
    angles.push(angles.length === 0 ? 0.3 : angles[at] + widest * shift)
    for (let i = 0; i < angles.length; i++) angles[i] = wrap(angles[i])
    angles.sort((a, b) => a - b)
  }
  settlement.arterials = angles
}

export function wrap(angle: number): number {
  const turn = 2 * Math.PI
  return ((angle % turn) + turn) % turn
}

/** From the settlement's own round plan (metres from its centre) to the National Grid. */
export function bend(settlement: Settlement, planX: number, planY: number, out: number[]): void {
  const wave = Math.max(260, settlement.radius * 0.42)
  const swing = wave * 0.2
  out[0] = settlement.x + planX + swing * noise(settlement.seed + 1, planX / wave, planY / wave)
  out[1] = settlement.y + planY + swing * noise(settlement.seed + 2, planX / wave, planY / wave)
}

/** Back from the National Grid to the round plan, by repetition. */
export function unbend(settlement: Settlement, x: number, y: number, out: number[]): void {
  let planX = x - settlement.x
  let planY = y - settlement.y
  for (let round = 0; round < 4; round++) {
    bend(settlement, planX, planY, out)
    planX += x - out[0]
    planY += y - out[1]
  }
  out[0] = planX
  out[1] = planY
}

/** How far the built-up area reaches at an angle of the plan, metres. */
export function builtEdge(settlement: Settlement, angle: number): number {
  const swing = noise(settlement.seed + 3, 4 + 1.8 * Math.cos(angle), 4 + 1.8 * Math.sin(angle))
  return settlement.radius * (0.88 + 0.2 * swing)
}
