/**
 * From UTC to the clock on the wall in London, and where that clock skips or repeats an hour. The rules come from
 * the time zone data of the runtime (`Europe/London`), looked up once per year and kept as plain minutes.
 */

/** Clock changes of one year, all in minutes since 1970. */
interface ClockYear {
  readonly start: number
  readonly end: number
  /** UTC minutes of each change, with the offset (minutes ahead of UTC) from then on. */
  readonly changes: readonly { readonly at: number; readonly before: number; readonly after: number }[]
  readonly offsetAtStart: number
}

const years = new Map<number, ClockYear>()
let latest: ClockYear | undefined
let format: Intl.DateTimeFormat | undefined

/** London wall-clock minutes of a UTC minute. About 20 ns once its year is known. */
export function londonFromUtc(utcMinutes: number): number {
  const clock = clockAt(utcMinutes)
  let offset = clock.offsetAtStart
  for (const change of clock.changes) if (utcMinutes >= change.at) offset = change.after
  return utcMinutes + offset
}

/** 'gap' for a wall-clock time that did not exist, 'overlap' for one that came twice, '' for all others. */
export function clockChange(wallMinutes: number): 'gap' | 'overlap' | '' {
  for (const change of clockAt(wallMinutes).changes) {
    if (change.after > change.before) {
      if (wallMinutes >= change.at + change.before && wallMinutes < change.at + change.after) return 'gap'
    } else if (wallMinutes >= change.at + change.after && wallMinutes < change.at + change.before)
      return 'overlap'
  }
  return ''
}

/** Records follow each other closely in time, so the year of the last one is tried first. */
function clockAt(minutes: number): ClockYear {
  if (latest && minutes >= latest.start && minutes < latest.end) return latest
  const year = new Date(minutes * 60_000).getUTCFullYear()
  latest = years.get(year) ?? findChanges(year)
  years.set(year, latest)
  return latest
}

function findChanges(year: number): ClockYear {
  const start = Date.UTC(year, 0, 1) / 60_000
  const end = Date.UTC(year + 1, 0, 1) / 60_000
  const offsetAtStart = offsetAt(start)
  const changes: { at: number; before: number; after: number }[] = []
  let before = offsetAtStart
  for (let day = start; day < end; day += 1440) {
    const after = offsetAt(day + 1440)
    if (after === before) continue
    let low = day
    let high = day + 1440
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (offsetAt(middle) === before) low = middle
      else high = middle
    }
    changes.push({ at: high, before, after })
    before = after
  }
  return { start, end, changes, offsetAtStart }
}

function offsetAt(utcMinutes: number): number {
  format ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(utcMinutes * 60_000)) parts[type] = Number(value)
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) / 60_000 - utcMinutes
}
