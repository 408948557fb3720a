const DAY = 86_400_000

/** Days since 1970 of `YYYY-MM-DD`. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY)
}

/** `YYYY-MM-DD` of days since 1970. */
export function dayLabel(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

/** Monday 0 … Sunday 6. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

/** Where a day stands in its year's calendar: weeks begin on Monday, and week 0 holds 1 January. */
export function calendarPlace(day: number): { year: number; week: number; weekday: number } {
  const year = new Date(day * DAY).getUTCFullYear()
  const first = dayNumber(`${String(year).padStart(4, '0')}-01-01`)
  return { year, week: Math.floor((day - first + weekdayOf(first)) / 7), weekday: weekdayOf(day) }
}
