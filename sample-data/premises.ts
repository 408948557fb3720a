import type { PlantedHotspot } from './hotspots.ts'
import { hexAt } from './lattice.ts'
import { clubWords, innWords, schoolWords } from './names.ts'
import type { Setting } from './offences.ts'
import type { Zone } from './plan.ts'
import { createRandom, type Random } from './random.ts'
import type { Greens, Site } from './sites.ts'
import { addressPlace, type Street, uprnOf } from './streets.ts'

/** A named place that draws offences to one address. `weight` is its pull among its kind. */
export interface Premises {
  readonly setting: Setting
  readonly kind: string
  readonly name: string
  readonly x: number
  readonly y: number
  /** Street and address it is entered from. */
  readonly street: number
  readonly address: number
  readonly weight: number
  readonly uprn: number
}

/** How strongly a zone draws each kind of premises. */
const PULL: Readonly<Record<'school' | 'licensed' | 'shop' | 'car park', Partial<Record<Zone, number>>>> = {
  school: { suburb: 2, estate: 2.5, terrace: 1.2, village: 0.5 },
  licensed: { centre: 5, arterial: 2.5, terrace: 1, suburb: 0.4, estate: 0.5, village: 1.6 },
  shop: { centre: 9, arterial: 4, terrace: 1, suburb: 0.5, estate: 0.9, village: 0.7, industrial: 0.6 },
  'car park': { centre: 5, arterial: 1, industrial: 1, village: 0.3 },
}

const COUNTS = { school: 98, licensed: 330, shop: 1050, 'car park': 64 } as const

/**
 * Schools, licensed premises, shops, car parks, parks and the walled sites of the force. Hotspots of the night-time
 * economy and of shopping get theirs first; the rest lie where people live and trade.
 */
export function openPremises(
  seed: number,
  streets: readonly Street[],
  hotspots: readonly PlantedHotspot[],
  sites: readonly Site[],
  greens: Greens,
): Premises[] {
  const random = createRandom(seed, 'premises')
  const taken = new Set<string>()
  const list: Premises[] = []
  const add = (
    setting: Setting,
    kind: string,
    name: string,
    street: number,
    address: number,
    weight: number,
  ) => {
    const out = [0, 0]
    addressPlace(streets[street], address, out)
    list.push({
      setting,
      kind,
      name,
      x: Math.round(out[0]),
      y: Math.round(out[1]),
      street,
      address,
      weight,
      uprn: uprnOf(streets[street], address),
    })
    taken.add(`${street} ${address}`)
  }
  const named = new Set<string>()
  for (const hotspot of hotspots) {
    const [inns, shops] = {
      'night-time economy': [11, 4],
      'transport hub': [2, 5],
      'town centre': [4, 22],
      estate: [0, 2],
      shopping: [1, 18],
    }[hotspot.kind]
    for (let i = 0; i < Math.min(inns + shops, Math.floor(hotspot.addresses.length / 2)); i++) {
      const [street, address] = hotspot.addresses[i]
      const weight = 3 / (i + 1) ** 0.6
      if (i < inns)
        add(
          'licensed',
          i % 3 === 0 ? 'nightclub' : 'public house',
          innName(random, named, streets[street].town, i % 3 === 0),
          street,
          address,
          weight,
        )
      else
        add(
          'shop',
          'shop',
          shopName(random, streets[street].name),
          street,
          address,
          hotspot.kind === 'shopping' ? 4 : 2,
        )
    }
  }
  for (const setting of ['school', 'licensed', 'shop', 'car park'] as const) {
    const reach = new Float64Array(streets.length)
    let total = 0
    for (let s = 0; s < streets.length; s++) {
      total += PULL[setting][streets[s].zone] ?? 0
      reach[s] = total
    }
    while (list.filter((place) => place.setting === setting).length < COUNTS[setting]) {
      const dice = random.next() * total
      const street = reach.findIndex((sum) => sum > dice)
      const address = random.index(streets[street].addresses)
      if (taken.has(`${street} ${address}`)) continue
      const { town, name } = streets[street]
      const weight = Math.min(14, random.next() ** -0.75)
      if (setting === 'school') {
        const upper = random.next() < 0.38
        const word = name.split(' ').slice(0, -1).join(' ')
        add(
          'school',
          upper ? 'secondary school' : 'primary school',
          `${word} ${upper ? random.pick(schoolWords) : 'Primary School'}`,
          street,
          address,
          upper ? 6 : 0.6,
        )
      } else if (setting === 'licensed')
        add('licensed', 'public house', innName(random, named, town, false), street, address, weight * 0.5)
      else if (setting === 'shop') add('shop', 'shop', shopName(random, name), street, address, weight)
      else add('car park', 'car park', `${name} Car Park`, street, address, weight)
    }
  }
  for (const park of greens.parks)
    list.push(atSite('park', 'park', park.name, park.x, park.y, park.radius, streets, list.length))
  for (const site of sites) {
    const setting = (
      {
        hospital: 'hospital',
        prison: 'prison',
        'police station': 'police',
        'railway station': 'transport',
        'bus station': 'transport',
      } as Record<string, Setting>
    )[site.kind]
    if (setting)
      list.push(atSite(setting, site.kind, site.name, site.x, site.y, site.radius ** 2, streets, list.length))
  }
  return list.filter((place) => hexAt(place.x, place.y) >= 0)
}

/** Parks and walled sites have numbers of their own, apart from those of houses. */
const SITE_UPRN = 999_080_000_000

function atSite(
  setting: Setting,
  kind: string,
  name: string,
  x: number,
  y: number,
  weight: number,
  streets: readonly Street[],
  order: number,
): Premises {
  let street = 0
  for (let s = 0; s < streets.length; s++) {
    if (
      Math.hypot(streets[s].x - x, streets[s].y - y) <
      Math.hypot(streets[street].x - x, streets[street].y - y)
    )
      street = s
  }
  return {
    setting,
    kind,
    name,
    x: Math.round(x),
    y: Math.round(y),
    street,
    address: 0,
    weight,
    uprn: SITE_UPRN + order,
  }
}

function innName(random: Random, named: Set<string>, town: string, club: boolean): string {
  for (let attempt = 0; ; attempt++) {
    const name = club
      ? `Club ${random.pick(clubWords)}`
      : `The "${attempt > 6 ? 'Old ' : ''}${random.pick(innWords)}"`
    const key = `${name} ${town}`
    if (named.has(key) && attempt < 30) continue
    named.add(key)
    return name
  }
}

function shopName(random: Random, street: string): string {
  return `${street} ${random.pick(['Stores', 'Convenience', 'Superstore', 'Pharmacy', 'Electricals', 'Express', 'Discount', 'Newsagent'])}`
}
