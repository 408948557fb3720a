import type { Setting } from './offences.ts'
import { hashUnit } from './random.ts'
import { bend, type Settlement } from './settlements.ts'
import { addressPlace, type Street } from './streets.ts'

export type HotspotKind = 'night-time economy' | 'transport hub' | 'town centre' | 'estate' | 'shopping'

/** A place where more happens than elsewhere, planted on purpose. `share` is its part of all records over all years. */
export interface PlantedHotspot {
  readonly id: string
  readonly kind: HotspotKind
  readonly trend: 'stable' | 'emerging' | 'fading'
  readonly name: string
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly share: number
  /** Street and address pairs inside its radius, nearest first. */
  readonly addresses: readonly (readonly [number, number])[]
}

type Plan = readonly [HotspotKind, 'stable' | 'emerging' | 'fading', number, number, number, number]

/** Kind, trend, settlement, angle and distance in its plan, per cent of all records. */
const PLAN: readonly Plan[] = [
  ['night-time economy', 'stable', 0, 1.9, 250, 1.9],
  ['night-time economy', 'stable', 0, 0.6, 330, 1.5],
  ['night-time economy', 'stable', 0, 3.6, 640, 1.1],
  ['night-time economy', 'stable', 1, 0.9, 260, 0.9],
  ['night-time economy', 'stable', 2, 2.4, 210, 0.6],
  ['night-time economy', 'stable', 0, 2.6, 1150, 0.6],
  ['transport hub', 'stable', 0, 5.9, 640, 1.2],
  ['transport hub', 'stable', 1, 5.16, 362, 0.5],
  ['town centre', 'stable', 0, 4.4, 260, 1.5],
  ['town centre', 'stable', 1, 3.2, 150, 0.8],
  ['town centre', 'stable', 2, 5.6, 140, 0.7],
  ['town centre', 'stable', 3, 1.2, 150, 0.6],
  ['town centre', 'stable', 0, 2.9, 2000, 0.6],
  ['estate', 'stable', 0, 0.25, 2300, 0.7],
  ['estate', 'stable', 0, 4.05, 2700, 0.65],
  ['estate', 'stable', 0, 1.75, 3300, 0.6],
  ['estate', 'stable', 0, 5.7, 3400, 0.55],
  ['estate', 'stable', 0, 3.25, 3600, 0.5],
  ['estate', 'stable', 0, 4.65, 1450, 0.6],
  ['estate', 'stable', 1, 2.1, 1150, 0.45],
  ['estate', 'stable', 2, 4.1, 1000, 0.45],
  ['estate', 'stable', 3, 2.8, 900, 0.4],
  ['shopping', 'stable', 0, 0.05, 3650, 0.9],
  ['shopping', 'stable', 0, 2.15, 4350, 0.7],
  ['shopping', 'stable', 2, 0.4, 1150, 0.5],
  ['estate', 'emerging', 0, 1.15, 2650, 0.55],
  ['night-time economy', 'emerging', 0, 5.05, 1150, 0.55],
  ['estate', 'fading', 0, 2.45, 2900, 0.55],
  ['town centre', 'fading', 0, 1.35, 900, 0.55],
]

const RADIUS: Readonly<Record<HotspotKind, number>> = {
  'night-time economy': 120,
  'transport hub': 110,
  'town centre': 140,
  estate: 170,
  shopping: 120,
}

/** How much likelier a kind of place is in a hotspot of a kind than elsewhere. */
export const settingLean: Readonly<Record<HotspotKind, Partial<Record<Setting, number>>>> = {
  'night-time economy': {
    street: 1,
    licensed: 3,
    shop: 0.4,
    'car park': 0.2,
    business: 0.5,
    roadside: 0.3,
    dwelling: 0.02,
  },
  'transport hub': { street: 1, transport: 8, shop: 0.4, licensed: 0.3, roadside: 0.4, dwelling: 0.03 },
  'town centre': { street: 1, shop: 1, licensed: 0.5, business: 0.6, roadside: 0.5, dwelling: 0.05 },
  estate: { street: 1, dwelling: 0.8, roadside: 1, shop: 0.3, business: 0.1 },
  shopping: { shop: 1, street: 0.5, business: 0.4, roadside: 0.6, dwelling: 0.01 },
}

/** How much likelier an offence is there than over the whole force, by offence code or else by group. */
export const offenceLean: Readonly<Record<HotspotKind, Readonly<Record<string, number>>>> = {
  'night-time economy': {
    'Violence with injury': 4,
    'Violence without injury': 2.4,
    '3B': 0.4,
    Robbery: 3.5,
    'Possession of weapons': 3,
    'Sexual offences': 2.5,
    '19C': 0.8,
    'Public order': 4,
    Drugs: 2.5,
    '39': 9,
    '49': 1.2,
    'Criminal damage and arson': 0.8,
    '30C': 0.6,
    'Vehicle offences': 0.2,
    Theft: 0.5,
  },
  'transport hub': {
    'Violence with injury': 1.5,
    'Violence without injury': 1.6,
    Robbery: 5,
    'Possession of weapons': 6,
    'Public order': 3.5,
    Drugs: 3,
    '39': 6,
    '44': 8,
    '49': 1.5,
    '20A': 2,
    'Criminal damage and arson': 0.7,
    'Vehicle offences': 0.2,
    '46': 0.6,
  },
  'town centre': {
    'Violence with injury': 1.6,
    'Violence without injury': 1.5,
    Robbery: 6,
    'Possession of weapons': 3,
    '46': 4,
    '39': 3,
    '44': 2,
    '49': 1.5,
    'Public order': 3,
    Drugs: 2,
    '30C': 1.5,
    '34A': 3,
    '58B': 1.5,
    '104': 1.5,
  },
  estate: {
    'Violence with injury': 1.7,
    'Violence without injury': 1.5,
    'Stalking and harassment': 0.9,
    Robbery: 2.5,
    'Possession of weapons': 3,
    'Criminal damage and arson': 2.2,
    '56B': 4,
    'Vehicle offences': 1.6,
    Drugs: 2.5,
    Burglary: 1.5,
    '30C': 0.1,
    'Public order': 1.3,
    '46': 0.2,
    '49': 0.4,
    '44': 0.8,
    'Sexual offences': 0.6,
  },
  shopping: {
    '46': 8,
    Robbery: 1.2,
    '34A': 4,
    '49': 1.6,
    'Vehicle offences': 1,
    '44': 2,
    'Public order': 1.2,
    '30C': 2,
    'Violence with injury': 0.4,
    'Violence without injury': 0.5,
  },
}

/** Finds the street nearest each planned spot and the addresses around it. */
export function plantHotspots(
  settlements: readonly Settlement[],
  streets: readonly Street[],
): PlantedHotspot[] {
  const out = [0, 0]
  const taken = new Set<number>()
  return PLAN.map(([kind, trend, settlement, angle, distance, percent], i) => {
    bend(settlements[settlement], distance * Math.cos(angle), distance * Math.sin(angle), out)
    const zones = kind === 'estate' ? ['estate', 'terrace'] : []
    let best = -1
    let least = Number.POSITIVE_INFINITY
    for (let s = 0; s < streets.length; s++) {
      const away = Math.hypot(streets[s].x - out[0], streets[s].y - out[1])
      const cost = away + (zones.length > 0 && !zones.includes(streets[s].zone) ? 700 : 0)
      if (cost < least && !taken.has(s) && streets[s].addresses >= 8) {
        least = cost
        best = s
      }
    }
    taken.add(best)
    const street = streets[best]
    const radius = RADIUS[kind]
    return {
      id: `H${String(i + 1).padStart(2, '0')}`,
      kind,
      trend,
      name: `${street.name}, ${street.town}`,
      x: Math.round(street.x),
      y: Math.round(street.y),
      radius,
      share: percent / 100,
      addresses: addressesWithin(streets, street.x, street.y, radius),
    }
  })
}

function addressesWithin(
  streets: readonly Street[],
  x: number,
  y: number,
  radius: number,
): [number, number][] {
  const found: { pair: [number, number]; order: number }[] = []
  const out = [0, 0]
  for (let s = 0; s < streets.length; s++) {
    if (Math.hypot(streets[s].x - x, streets[s].y - y) > radius + streets[s].length) continue
    for (let a = 0; a < streets[s].addresses; a++) {
      addressPlace(streets[s], a, out)
      const away = Math.hypot(out[0] - x, out[1] - y)
      if (away <= radius) found.push({ pair: [s, a], order: away * (0.4 + 1.2 * hashUnit(s, a, 5)) })
    }
  }
  return found.sort((a, b) => a.order - b.order).map((entry) => entry.pair)
}

/** A hotspot's strength at a point of the whole period (0–1), 1 on average. */
export function trendFactor(trend: PlantedHotspot['trend'], progress: number): number {
  return trend === 'stable' ? 1 : trend === 'emerging' ? 0.15 + 1.7 * progress : 1.85 - 1.7 * progress
}
