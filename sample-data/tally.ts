import { type Offence, violenceGroups } from './offences.ts'

/** Counts kept while the extract is written, so that `sample.json` states what is in it. */
export interface Tally {
  rows: number
  byYear: Record<string, number>
  byOffence: Record<string, number>
  byHotspot: Record<string, number>
  malformed: { file: string; row: number; kind: string }[]
  duplicates: { file: string; row: number }[]
  unlocated: number
  beatCentre: number
  noTimes: number
  reversed: number
  violence: number
  domesticViolence: number
  knifeEligible: number
  knifeFlagged: number
  knifeUsed: number
  homeBurglaries: number
  nearRepeats: number
}

export function newTally(): Tally {
  return {
    rows: 0,
    byYear: {},
    byOffence: {},
    byHotspot: {},
    malformed: [],
    duplicates: [],
    unlocated: 0,
    beatCentre: 0,
    noTimes: 0,
    reversed: 0,
    violence: 0,
    domesticViolence: 0,
    knifeEligible: 0,
    knifeFlagged: 0,
    knifeUsed: 0,
    homeBurglaries: 0,
    nearRepeats: 0,
  }
}

export function count(of: Record<string, number>, key: string): void {
  of[key] = (of[key] ?? 0) + 1
}

export function isViolence(offence: Offence): boolean {
  return violenceGroups.includes(offence.group)
}
