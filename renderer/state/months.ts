const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 'Jan 2024' for '2024-01'. */
export function monthTitle(month: string): string {
  return `${names[Number(month.slice(5, 7)) - 1] ?? month} ${month.slice(0, 4)}`
}

/** The month after (or `by` months after) `YYYY-MM`. */
export function addMonths(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** '3 Mar 2024' for '2024-03-03'. */
export function dayTitle(day: string): string {
  return `${Number(day.slice(8, 10))} ${monthTitle(day)}`
}

/** The day before `YYYY-MM-DD`. */
export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

/** 'Jan 2024 – Dec 2025' for whole months, else days; `to` is excluded, as in the clause. */
export function periodTitle(from: string, to: string): string {
  if (from.endsWith('-01') && to.endsWith('-01')) {
    const last = addMonths(to.slice(0, 7), -1)
    return from.slice(0, 7) === last ? monthTitle(last) : `${monthTitle(from)} – ${monthTitle(last)}`
  }
  const last = dayBefore(to)
  return from === last ? dayTitle(from) : `${dayTitle(from)} – ${dayTitle(last)}`
}

/** Minutes since 1970 on the wall clock as '14 Mar 2024 22:15'. */
export function minutesTitle(minutes: number): string {
  const text = new Date(minutes * 60_000).toISOString()
  return `${dayTitle(text.slice(0, 10))} ${text.slice(11, 16)}`
}
