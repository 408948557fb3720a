import { dateOf, daysOf, MINUTES_PER_DAY } from '../support/wall-clock.ts'

const NIGHT_FROM = 60
const NIGHT_TO = 120

/**
 * The nights of the London clock change, by the rule that has held since 1996: forward on the last Sunday of March,
 * back on the last Sunday of October, both at 01:00 UTC. Written minutes 01:00–01:59 do not exist on the first and
 * pass twice on the second.
 *
 * @see The Summer Time Order 2002 (SI 2002/262).
 */
export interface ClockChanges {
  /** Day number of the change, oldest first. */
  readonly days: Int32Array
  /** 1 = forward (an hour is skipped), 0 = back (an hour is lived twice). */
  readonly forward: Uint8Array
}

/** The changes of all years from that of `from` to that of `to` (wall-clock minutes). */
export function clockChanges(from: number, to: number): ClockChanges {
  const first = dateOf(from).year
  const last = dateOf(to).year
  const days: number[] = []
  const forward: number[] = []
  for (let year = Math.max(first, 1996); year <= last; year++)
    for (const month of [3, 10]) {
      const end = daysOf(year, month, 31)
      // Day 0 was a Thursday: (day + 3) mod 7 is 0 on Mondays and 6 on Sundays.
      days.push(end - ((((end + 3) % 7) + 8) % 7))
      forward.push(month === 3 ? 1 : 0)
    }
  return { days: Int32Array.from(days), forward: Uint8Array.from(forward) }
}

/** True when some minute of [start, end] is written between 01:00 and 02:00 on a night of a change. */
export function meetsChange({ days }: ClockChanges, start: number, end: number): boolean {
  let low = 0
  let high = days.length
  // The first change whose hour ends after the start.
  while (low < high) {
    const middle = (low + high) >> 1
    if (days[middle] * MINUTES_PER_DAY + NIGHT_TO <= start) low = middle + 1
    else high = middle
  }
  return low < days.length && days[low] * MINUTES_PER_DAY + NIGHT_FROM <= end
}

/** True for a written minute that no London clock showed. */
export function wasSkipped({ days, forward }: ClockChanges, minutes: number): boolean {
  const minute = minutes - Math.floor(minutes / MINUTES_PER_DAY) * MINUTES_PER_DAY
  if (minute < NIGHT_FROM || minute >= NIGHT_TO) return false
  const at = days.indexOf(Math.floor(minutes / MINUTES_PER_DAY))
  return at >= 0 && forward[at] === 1
}
