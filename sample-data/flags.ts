import { defects } from './defects.ts'
import type { Offence, Setting } from './offences.ts'
import type { Random } from './random.ts'
import type { Stratum } from './strata.ts'
import { isViolence } from './tally.ts'

/** Places open to all without going in anywhere. */
const OUTDOORS: readonly Setting[] = ['street', 'roadside', 'park', 'car park', 'transport']

function recorded(yes: boolean, missing: number, random: Random): string {
  return random.next() < missing ? '' : yes ? 'Y' : 'N'
}

/** Whether the people involved are family or partners. Only ever inside a dwelling. */
export function isDomestic(offence: Offence, setting: Setting, random: Random): boolean {
  if (setting !== 'dwelling') return false
  const chance = isViolence(offence)
    ? offence.code === '8R'
      ? 0.35
      : 0.73
    : offence.group === 'Sexual offences'
      ? 0.35
      : offence.code === '58A'
        ? 0.18
        : 0
  return random.next() < chance
}

/** Whether a blade was really used or threatened, likelier in a hotspot. */
export function bladeUsed(offence: Offence, inHotspot: boolean, random: Random): boolean {
  return random.next() < Math.min(0.9, offence.knife * (inHotspot ? 1.9 : 1.05))
}

/** The officer's flag misses about a fifth of what happened and is wrong now and then, as real ones are. */
export function knifeFlag(offence: Offence, blade: boolean, random: Random): string {
  if (offence.knife === 0) {
    const mistaken = offence.code === '10D' && random.next() < 0.12
    return mistaken ? 'Y' : random.next() < 0.3 ? '' : 'N'
  }
  return recorded(blade ? random.next() < 0.8 : random.next() < 0.002, defects.noOffenceFlag, random)
}

export function domesticFlag(domestic: boolean, random: Random): string {
  return recorded(domestic, defects.noOffenceFlag, random)
}

export function publicSpaceFlag(setting: Setting, random: Random): string {
  return recorded(OUTDOORS.includes(setting), defects.noOffenceFlag, random)
}

export function alcoholFlag(offence: Offence, stratum: Stratum, domestic: boolean, random: Random): string {
  const social =
    isViolence(offence) || offence.group === 'Public order' || offence.group === 'Sexual offences'
  const chance =
    stratum.rhythm === 'night-time' ? (social ? 0.55 : 0.2) : domestic ? 0.27 : social ? 0.16 : 0.02
  return recorded(random.next() < chance, 0.04, random)
}
