import { hexAt } from './lattice.ts'
import { chopped, lengthOf, pointAlong, simplified } from './line-shapes.ts'
import * as words from './names.ts'
import type { Outline } from './outline.ts'
import type { Zone } from './plan.ts'
import { createRandom, hashUnit, type Random } from './random.ts'
import type { Road } from './roads.ts'
import type { Settlement } from './settlements.ts'
import { type Greens, insideAny, type Site } from './sites.ts'
import { collectorStreets, patchStreets, type StreetLine } from './street-grid.ts'
import type { Water } from './water.ts'

/** A street people live on: a named piece of road 50 to 900 m long with numbered addresses on both sides. */
export interface Street {
  readonly name: string
  /** The settlement it is in, or the nearest one. */
  readonly town: string
  readonly class: 'a-road' | 'b-road' | 'minor-road'
  readonly zone: Zone
  readonly deprivation: number
  readonly line: readonly number[]
  readonly length: number
  readonly addresses: number
  /** Number of its first address in the force-wide address list. */
  readonly firstAddress: number
  readonly x: number
  readonly y: number
}

/** Metres of kerb per address. */
const FRONTAGE: Readonly<Record<Zone, number>> = {
  centre: 11,
  terrace: 9,
  suburb: 16,
  estate: 12,
  industrial: 45,
  village: 22,
  arterial: 17,
  rural: 190,
  open: 200,
}

/** Every street of the force in a fixed order. Places in water, parks and walled sites are left free. */
export function layStreets(
  seed: number,
  outline: Outline,
  water: Water,
  greens: Greens,
  sites: readonly Site[],
  settlements: readonly Settlement[],
  roads: readonly Road[],
): Street[] {
  const onLand = (x: number, y: number) => {
    const hex = hexAt(x, y)
    return hex >= 0 && outline.depth[hex] >= 2
  }
  const buildable = (x: number, y: number) => {
    if (!onLand(x, y) || water.wet(x, y, 18) || insideAny(greens.parks, x, y, 8)) return false
    for (const site of sites) if (Math.hypot(site.x - x, site.y - y) < site.radius + 12) return false
    return true
  }
  const streets: Street[] = []
  const random = createRandom(seed, 'streets')
  for (const [i, settlement] of settlements.entries()) {
    const taken = new Set<string>()
    const lines: StreetLine[] = []
    for (const road of roads) {
      if (road.settlement !== i || road.class === 'motorway' || road.class === 'rail') continue
      const route = road.name ? { route: road.name } : {}
      lines.push({ line: road.line, class: road.class, zone: 'arterial', deprivation: 0.55, ...route })
    }
    lines.push(...collectorStreets(settlement, onLand), ...patchStreets(settlement, buildable))
    for (const line of lines) {
      const route =
        line.route ?? (line.zone === 'arterial' ? nameStreet(line.zone, taken, random) : undefined)
      addStreets(
        streets,
        { ...line, ...(route ? { route } : {}) },
        settlement.name,
        random.between(230, 420),
        taken,
        random,
      )
    }
  }
  for (const road of roads) {
    if (road.settlement >= 0 || road.class === 'motorway' || road.class === 'rail') continue
    for (const line of chopped(road.line, 800)) {
      const half = Math.floor(line.length / 4) * 2
      if (!onLand(line[half], line[half + 1]) || !onLand(line[0], line[1])) continue
      if (!onLand(line[line.length - 2], line[line.length - 1])) continue
      const near = nearest(settlements, line[half], line[half + 1])
      const part = { line, class: road.class, zone: 'rural' as const, deprivation: 0.2, route: road.name }
      addStreets(streets, part, near.name, 5000, new Set(), random)
    }
  }
  return streets
}

function addStreets(
  streets: Street[],
  from: StreetLine,
  town: string,
  piece: number,
  taken: Set<string>,
  random: Random,
): void {
  for (const part of chopped(from.line, piece)) {
    const line = simplified(part, 1.5)
    const length = lengthOf(line)
    if (length < 40) continue
    const out = [0, 0]
    pointAlong(line, length / 2, 0, out)
    const addresses = Math.max(2, 2 * Math.round(length / FRONTAGE[from.zone] / 2))
    const before = streets[streets.length - 1]
    streets.push({
      name: from.route ?? nameStreet(from.zone, taken, random),
      town,
      class: from.class,
      zone: from.zone,
      deprivation: Math.max(
        0.02,
        Math.min(0.98, from.deprivation + 0.12 * (hashUnit(streets.length, 3) - 0.5)),
      ),
      line,
      length,
      addresses,
      firstAddress: before ? before.firstAddress + before.addresses : 0,
      x: out[0],
      y: out[1],
    })
  }
}

function nameStreet(zone: Zone, taken: Set<string>, random: Random): string {
  const endings = {
    centre: words.centreEndings,
    terrace: words.terraceEndings,
    suburb: words.suburbEndings,
    estate: words.estateEndings,
    industrial: words.industrialEndings,
    village: words.villageEndings,
    arterial: ['Road'],
    rural: ['Lane'],
    open: ['Lane'],
  }[zone]
  for (let attempt = 0; ; attempt++) {
    const before =
      attempt < 12 ? '' : random.pick(['Upper ', 'Lower ', 'Old ', 'New ', 'East ', 'West ', 'Little '])
    const word = random.pick(words.streetWords)
    const ending = random.pick(endings)
    const name = `${before}${word} ${ending}`
    if (taken.has(name) || word === ending) continue
    taken.add(name)
    return name
  }
}

function nearest(settlements: readonly Settlement[], x: number, y: number): Settlement {
  let best = settlements[0]
  const away = (settlement: Settlement) => Math.hypot(settlement.x - x, settlement.y - y) - settlement.radius
  for (const settlement of settlements) if (away(settlement) < away(best)) best = settlement
  return best
}

/** The fictional property number of an address: twelve digits from 999000000000, where no real one lies. */
export function uprnOf(street: Street, address: number): number {
  return 999_000_000_000 + street.firstAddress + address
}

/** Writes the coordinates of a street's address (0 … addresses − 1, odd numbers on the left) into `out`. */
export function addressPlace(street: Street, address: number, out: number[]): void {
  const along = ((Math.floor(address / 2) + 0.5) / (street.addresses / 2)) * street.length
  pointAlong(street.line, along, (address % 2 === 0 ? 1 : -1) * (street.zone === 'rural' ? 22 : 10), out)
}
