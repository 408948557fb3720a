import type { Random } from './random.ts'
import type { Street } from './streets.ts'

/** Burglaries of the last fortnight and the pull they have on the houses around them. */
export interface NearRepeats {
  /** Street and address of a burglary that follows a recent one, or `undefined` when this one is new. */
  readonly follow: (day: number, random: Random) => readonly [number, number] | undefined
  readonly remember: (day: number, street: number, address: number) => void
}

/** What is planted: the chance that a home burglary follows another, within how many metres and days. */
export const nearRepeat = { chance: 0.24, metres: 200, days: 14, sameAddress: 0.12 } as const

/** Keeps 14 days of home burglaries (a few thousand even at 20 million rows). Nearer and sooner is likelier. */
export function createNearRepeats(streets: readonly Street[]): NearRepeats {
  const days: number[] = []
  const places: (readonly [number, number])[] = []
  let first = 0
  return {
    follow: (day, random) => {
      while (first < days.length && days[first] < day - nearRepeat.days + 1) first++
      if (first > 4096) {
        days.splice(0, first)
        places.splice(0, first)
        first = 0
      }
      if (days.length === first || random.next() >= nearRepeat.chance) return undefined
      const back = Math.floor((days.length - first) * random.next() ** 1.6)
      const [street, address] = places[days.length - 1 - back]
      if (random.next() < nearRepeat.sameAddress) return [street, address]
      const { addresses, length } = streets[street]
      const pairs = addresses / 2
      const reach = Math.min(pairs - 1, Math.floor(((nearRepeat.metres - 25) / length) * pairs))
      const step = Math.ceil(reach * random.next() ** 1.8)
      const pair = Math.floor(address / 2) + (random.next() < 0.5 ? -step : step)
      const kept = Math.max(0, Math.min(pairs - 1, pair))
      return [street, kept * 2 + (random.next() < 0.6 ? address % 2 : 1 - (address % 2))]
    },
    remember: (day, street, address) => {
      days.push(day)
      places.push([street, address])
    },
  }
}
