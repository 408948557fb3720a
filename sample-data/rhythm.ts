import type { Rhythm } from './offences.ts'

/** Weight of each hour of the week, Monday 00:00 first; the mean day sums to 1. */
export type WeekProfile = Float64Array

const WEEKDAYS = [1, 1, 1, 1, 1.05, 1.1, 1.05]

/** Hours are given as `[from, to, weight]` on top of a small base; they may pass midnight into the next day. */
const SHAPES: Readonly<
  Record<
    Rhythm,
    { base: number; hours: readonly (readonly [number, number, number])[]; days: readonly number[] }
  >
> = {
  'street violence': {
    base: 0.35,
    hours: [
      [12, 15, 0.5],
      [15, 18, 1.1],
      [18, 22, 1.3],
      [22, 25, 1],
    ],
    days: [0.9, 0.9, 0.92, 0.98, 1.15, 1.25, 1],
  },
  home: {
    base: 0.4,
    hours: [
      [8, 17, 0.5],
      [17, 24, 1.2],
      [24, 26, 0.5],
    ],
    days: [0.93, 0.9, 0.9, 0.92, 1, 1.18, 1.2],
  },
  'night-time': {
    base: 0.02,
    hours: [
      [18, 20, 0.25],
      [20, 22, 0.8],
      [22, 25, 1.6],
      [25, 27, 1.7],
      [27, 28, 0.5],
    ],
    days: [0.25, 0.25, 0.35, 0.6, 2.1, 2.6, 0.6],
  },
  'after school': {
    base: 0.06,
    hours: [
      [12, 15, 0.25],
      [15, 15.5, 1.6],
      [15.5, 17.5, 2],
      [17.5, 20, 0.45],
    ],
    days: [1.2, 1.25, 1.25, 1.2, 1.3, 0.5, 0.3],
  },
  'school day': {
    base: 0,
    hours: [
      [8, 9, 0.7],
      [10, 11, 0.6],
      [11, 14, 1.3],
      [14, 16, 1.1],
    ],
    days: [1.4, 1.4, 1.4, 1.4, 1.4, 0, 0],
  },
  shopping: {
    base: 0.02,
    hours: [
      [8, 10, 0.4],
      [10, 18, 1.3],
      [18, 21, 0.8],
    ],
    days: [0.95, 0.98, 1, 1.02, 1.12, 1.18, 0.75],
  },
  'house burglary': {
    base: 0.35,
    hours: [
      [9, 12, 0.8],
      [12, 17, 1.1],
      [17, 21, 1.2],
      [25, 28, 0.6],
    ],
    days: [0.95, 0.95, 0.95, 1, 1.15, 1.1, 0.9],
  },
  overnight: {
    base: 0.12,
    hours: [
      [19, 22, 0.7],
      [22, 24, 1.1],
      [24, 28, 1.6],
      [28, 30, 0.7],
    ],
    days: [0.95, 0.95, 0.95, 1, 1.1, 1.1, 0.95],
  },
  daytime: {
    base: 0.2,
    hours: [
      [8, 12, 0.9],
      [12, 18, 1.2],
      [18, 22, 0.8],
    ],
    days: [1.08, 1.05, 1.05, 1.03, 1.02, 0.92, 0.85],
  },
  even: { base: 1, hours: [], days: WEEKDAYS },
}

/** The week profile of each rhythm. Night hours belong to the day they fall on, as the record's clock has them. */
export function weekProfiles(): Readonly<Record<Rhythm, WeekProfile>> {
  const profiles = {} as Record<Rhythm, WeekProfile>
  for (const name of Object.keys(SHAPES) as Rhythm[]) profiles[name] = weekProfile(name)
  return profiles
}

function weekProfile(name: Rhythm): WeekProfile {
  const { base, hours, days } = SHAPES[name]
  const week = new Float64Array(168)
  for (let day = 0; day < 7; day++) {
    for (let hour = 0; hour < 24; hour++) week[day * 24 + hour] += base * days[day]
    for (const [from, to, weight] of hours) {
      for (let hour = Math.floor(from); hour < to; hour++) {
        const covered = Math.min(to, hour + 1) - Math.max(from, hour)
        week[(day * 24 + hour) % 168] += weight * days[day] * covered
      }
    }
  }
  let total = 0
  for (const weight of week) total += weight
  for (let i = 0; i < 168; i++) week[i] *= 7 / total
  return week
}

/** Seasonal factor on a day of the year (0–365), 1 over the year. */
export function seasonFactor(season: readonly [number, number], dayOfYear: number): number {
  return 1 + season[0] * Math.cos((2 * Math.PI * (dayOfYear - (season[1] - 0.5) * 30.4)) / 365.25)
}

/** Schools are shut in August and for a fortnight at Christmas and Easter. */
export function schoolsOpen(dayOfYear: number): boolean {
  return !(
    dayOfYear < 4 ||
    dayOfYear > 353 ||
    (dayOfYear > 203 && dayOfYear < 245) ||
    (dayOfYear > 92 && dayOfYear < 107)
  )
}
