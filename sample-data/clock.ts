/** Wall-clock minutes since 1970-01-01 00:00, and how the extract writes them. */
export const DAY = 1440

export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / 86_400_000
}

/** 0 = Monday. */
export function weekdayOf(day: number): number {
  return (day + 3) % 7
}

const dates = new Map<number, string>()
const clocks = Array.from({ length: DAY }, (_, m) => ` ${two(Math.floor(m / 60))}:${two(m % 60)}`)

/** `dd/mm/yyyy hh:mm`. */
export function writeTime(minutes: number): string {
  const day = Math.floor(minutes / DAY)
  let date = dates.get(day)
  if (date === undefined) {
    const at = new Date(day * 86_400_000)
    date = `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`
    dates.set(day, date)
  }
  return date + clocks[minutes - day * DAY]
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/** The hour from 01:00 that does not exist on the last Sunday of March is read as the hour after it. */
export function skipMissingHour(minutes: number): number {
  const day = Math.floor(minutes / DAY)
  if (minutes - day * DAY < 60 || minutes - day * DAY >= 120 || weekdayOf(day) !== 6) return minutes
  const at = new Date(day * 86_400_000)
  return at.getUTCMonth() === 2 && at.getUTCDate() > 24 ? minutes + 60 : minutes
}
