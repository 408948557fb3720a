import { hash32, hashUnit, type Random } from './random.ts'

/** Pseudonymous references of the people and businesses on a record. Nobody is behind them. */
export interface People {
  readonly victim: (
    random: Random,
    setting: string,
    domestic: boolean,
    addressNumber: number,
    group: string,
  ) => string
  readonly suspect: (random: Random, domestic: boolean, addressNumber: number, group: string) => string
}

/** Recent victims who may be victims again. */
const MEMORY = 6000
const REPEAT = 0.1

/**
 * At home the same two people recur at the same address. Elsewhere one victim in ten has been one lately, and a few
 * suspects account for much of what is known. Constant memory.
 */
export function peopleOf(seed: number, rows: number): People {
  const recent = new Int32Array(MEMORY)
  const suspects = Math.max(50, Math.round(rows / 9))
  let seen = 0
  const victim: People['victim'] = (random, setting, domestic, addressNumber, group) => {
    if (group === 'Drugs' || group === 'Possession of weapons') return ''
    if (setting === 'shop' || setting === 'business') return `B${pad(addressNumber)}`
    if (domestic)
      return `V9${pad(hash32(addressNumber * 2 + seed + (hashUnit(addressNumber, Math.floor(random.next() * 5)) < 0.25 ? 1 : 0)) % 10_000_000)}`
    if (seen > 20 && random.next() < REPEAT) return `V${pad(recent[random.index(Math.min(seen, MEMORY))])}`
    const number = 1 + seen
    recent[seen % MEMORY] = number
    seen++
    return `V${pad(number)}`
  }
  const suspect: People['suspect'] = (random, domestic, addressNumber, group) => {
    if (domestic) return `S9${pad(hash32(addressNumber * 3 + seed + 7) % 10_000_000)}`
    const known =
      group === 'Drugs' || group === 'Possession of weapons'
        ? 0.97
        : group.startsWith('Violence')
          ? 0.62
          : group === 'Burglary' || group === 'Vehicle offences'
            ? 0.13
            : 0.38
    if (random.next() >= known) return ''
    return `S${pad(1 + Math.floor(suspects * random.next() ** 1.4))}`
  }
  return { victim, suspect }
}

function pad(value: number): string {
  return String(value).padStart(7, '0')
}
