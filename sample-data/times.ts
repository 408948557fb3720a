import { DAY, skipMissingHour } from './clock.ts'
import type { Offence, Rhythm } from './offences.ts'
import type { Random } from './random.ts'
import { type WeekProfile, weekProfiles } from './rhythm.ts'

/** When one incident happened, was reported and recorded, in wall-clock minutes; NaN for a blank. */
export interface Times {
  from: number
  to: number
  reported: number
  recorded: number
}

/** Chooses the minute of the day from a rhythm. Officers round: most times end in 0 or 5. */
export function chooseMinute(): (rhythm: Rhythm, weekday: number, random: Random) => number {
  const profiles = weekProfiles()
  const running = new Map<Rhythm, Float64Array>()
  for (const [name, profile] of Object.entries(profiles) as [Rhythm, WeekProfile][]) {
    const sums = new Float64Array(168)
    for (let i = 0; i < 168; i++) sums[i] = profile[i] + (i % 24 === 0 ? 0 : sums[i - 1])
    running.set(name, sums)
  }
  return (rhythm, weekday, random) => {
    const sums = running.get(rhythm)!
    const first = weekday * 24
    const dice = random.next() * sums[first + 23]
    let hour = 0
    while (hour < 23 && sums[first + hour] <= dice) hour++
    const round = random.next()
    const step = round < 0.22 ? 30 : round < 0.7 ? 5 : 1
    return hour * 60 + step * random.index(60 / step)
  }
}

const LOG_NORMAL = (random: Random, median: number, spread: number) =>
  median * Math.exp(spread * random.normal())

/**
 * Fills the times of an incident whose true minute is `moment`. The earliest time stays in the year of the file
 * (`yearStart`); nothing is later than `last`, the day the extract was run.
 */
export function fillTimes(
  times: Times,
  offence: Offence,
  moment: number,
  yearStart: number,
  last: number,
  random: Random,
): void {
  let from = moment
  let to = moment
  if (offence.span === 'exact') {
    if (random.next() < 0.55) to = moment + 5 * (1 + random.index(5))
  } else if (offence.span === 'days') {
    to = moment + Math.min(120 * DAY, Math.round(LOG_NORMAL(random, 5 * DAY, 1.1)))
  } else if (offence.span === 'overnight' && random.next() < 0.75 && isNight(moment)) {
    const midnight = Math.floor((moment + DAY / 2) / DAY) * DAY
    from = Math.min(moment, midnight - 5 * random.index(75) - 15)
    to = Math.max(moment, midnight + 360 + 5 * random.index(42))
  } else {
    const length = Math.min(3 * DAY, Math.round(LOG_NORMAL(random, 280, 0.95)))
    from = moment - Math.floor(length * random.next())
    to = from + length
  }
  times.from = skipMissingHour(Math.max(from, yearStart))
  times.to = skipMissingHour(Math.min(Math.max(to, times.from), last))
  const wait = waitOf(offence, random)
  times.reported = within(times.to, wait, last, random)
  times.recorded = within(times.reported, Math.min(3 * DAY, LOG_NORMAL(random, 240, 1.1)), last, random)
}

function waitOf(offence: Offence, random: Random): number {
  if (offence.group === 'Sexual offences') return Math.min(600 * DAY, LOG_NORMAL(random, 5 * DAY, 2))
  if (offence.span === 'exact') return Math.min(30 * DAY, LOG_NORMAL(random, 25, 1.5))
  return Math.min(30 * DAY, LOG_NORMAL(random, offence.span === 'days' ? 720 : 60, 1.4))
}

/** A later moment; a wait that would pass the end of the extract is shortened at random instead. */
function within(start: number, wait: number, last: number, random: Random): number {
  const later = start + Math.max(1, Math.round(wait))
  return skipMissingHour(later <= last ? later : Math.round(start + (last - start) * random.next()))
}

function isNight(moment: number): boolean {
  const minute = ((moment % DAY) + DAY) % DAY
  return minute >= 17.5 * 60 || minute < 8 * 60
}
