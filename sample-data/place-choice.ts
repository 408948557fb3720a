import type { Force } from './force.ts'
import { hexAt } from './lattice.ts'
import { locationTypes, type Setting } from './offences.ts'
import type { Premises } from './premises.ts'
import { createRandom, hashUnit, type Random } from './random.ts'
import { addressPlace } from './streets.ts'
import { type WeightedChoice, weightedChoice } from './weighted-choice.ts'

/** Where one incident happened. `address` is -1 when only the street is known. */
export interface Place {
  x: number
  y: number
  street: number
  address: number
  premises: Premises | undefined
  hex: number
}

/** Chooses places for incidents; the chosen place is written into `place`, which is reused. */
export interface PlaceChoice {
  readonly place: Place
  readonly choose: (setting: Setting, hotspot: number, random: Random) => void
  readonly goTo: (street: number, address: number) => void
}

const PREMISES: readonly Setting[] = [
  'licensed',
  'shop',
  'school',
  'park',
  'car park',
  'transport',
  'hospital',
  'prison',
  'police',
]

/** Spread of the streets' own pull around what their surroundings explain (standard deviation of its logarithm). */
const ROUGHNESS = { dwelling: 1.1, street: 1.35, roadside: 1.15, business: 1.3 } as const

const ZONE_PULL = {
  dwelling: {
    centre: 0.8,
    terrace: 1.1,
    suburb: 0.9,
    estate: 1.2,
    industrial: 0.05,
    village: 0.5,
    arterial: 0.8,
    rural: 0.6,
    open: 0,
  },
  street: {
    centre: 6,
    terrace: 1,
    suburb: 0.4,
    estate: 1.2,
    industrial: 0.5,
    village: 0.25,
    arterial: 1.4,
    rural: 0.04,
    open: 0,
  },
  roadside: {
    centre: 2,
    terrace: 1.4,
    suburb: 0.8,
    estate: 1.2,
    industrial: 1,
    village: 0.4,
    arterial: 0.7,
    rural: 0.1,
    open: 0,
  },
  business: {
    centre: 5,
    terrace: 0.3,
    suburb: 0.1,
    estate: 0.15,
    industrial: 4,
    village: 0.3,
    arterial: 1.5,
    rural: 0.4,
    open: 0,
  },
} as const

/** Prepares the choice: about 30 ms and 2 MB. */
export function choosePlaces(seed: number, force: Force): PlaceChoice {
  const { streets, hotspots, premises } = force
  const background = new Map<Setting, WeightedChoice>()
  const rough = createRandom(seed, 'street pull')
  const common = streets.map(() => rough.normal())
  for (const setting of ['dwelling', 'street', 'roadside', 'business'] as const) {
    const weights = streets.map((street, s) => {
      const own = 0.75 * common[s] + 0.66 * rough.normal()
      const poor = setting === 'business' ? 1 : 0.25 + 2.2 * street.deprivation ** 1.6
      const size = setting === 'street' ? street.length : street.addresses
      return size * poor * ZONE_PULL[setting][street.zone] * Math.exp(ROUGHNESS[setting] * own)
    })
    background.set(setting, weightedChoice(weights))
  }
  const byKind = new Map<Setting, { list: Premises[]; choice: WeightedChoice }>()
  for (const setting of PREMISES) {
    const list = premises.filter((place) => place.setting === setting)
    byKind.set(setting, { list, choice: weightedChoice(list.map((place) => place.weight)) })
  }
  const local = hotspots.map((hotspot) => ({
    addresses: weightedChoice(hotspot.addresses.map((_, i) => 1 / (i + 2) ** 0.85)),
    premises: nearPremises(premises, hotspot.x, hotspot.y, hotspot.radius + 60),
  }))
  const place: Place = { x: 0, y: 0, street: 0, address: 0, premises: undefined, hex: -1 }
  const out = [0, 0]
  const goTo = (street: number, address: number) => {
    addressPlace(streets[street], Math.max(0, address), out)
    place.x = Math.round(out[0])
    place.y = Math.round(out[1])
    place.street = street
    place.address = address
    place.premises = undefined
    place.hex = hexAt(place.x, place.y)
  }
  const enter = (chosen: Premises) => {
    place.x = chosen.x
    place.y = chosen.y
    place.street = chosen.street
    place.address = chosen.address
    place.premises = chosen
    place.hex = hexAt(chosen.x, chosen.y)
  }
  const choose = (setting: Setting, hotspot: number, random: Random) => {
    if (hotspot >= 0) {
      const near = local[hotspot].premises.get(setting)
      if (near) enter(near.list[near.choice(random)])
      else {
        const [street, address] = hotspots[hotspot].addresses[local[hotspot].addresses(random)]
        goTo(street, address)
      }
      return
    }
    const kind = byKind.get(setting)
    if (kind) {
      enter(kind.list[kind.choice(random)])
      return
    }
    const street = background.get(setting)!(random)
    const count = streets[street].addresses
    // A few addresses of each street draw most of what happens there; which ones is fixed by the street.
    const skewed = Math.floor(count * random.next() ** (setting === 'dwelling' ? 1.9 : 1.8))
    goTo(street, (skewed * 7 + Math.floor(hashUnit(street, 17) * count)) % count)
  }
  return { place, choose, goTo }
}

function nearPremises(premises: readonly Premises[], x: number, y: number, radius: number) {
  const found = new Map<Setting, { list: Premises[]; choice: WeightedChoice }>()
  for (const setting of Object.keys(locationTypes) as Setting[]) {
    const list = premises.filter(
      (place) => place.setting === setting && Math.hypot(place.x - x, place.y - y) <= radius,
    )
    if (list.length > 0)
      found.set(setting, { list, choice: weightedChoice(list.map((place) => place.weight)) })
  }
  return found
}
