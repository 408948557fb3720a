export const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** Hours of the week as an analyst says them: 'Fri–Sat 20:00–04:00', or '37 hours of the week'. */
export function hoursTitle(hours: readonly number[]): string {
  const chosen = new Uint8Array(168)
  for (const hour of hours) chosen[hour] = 1
  const patterns = new Map<string, number[]>()
  for (let day = 0; day < 7; day++) {
    const pattern = Array.from(chosen.subarray(day * 24, day * 24 + 24)).join('')
    if (!pattern.includes('1')) continue
    patterns.set(pattern, [...(patterns.get(pattern) ?? []), day])
  }
  const parts: string[] = []
  for (const [pattern, days] of patterns) {
    const spans = hourSpans(pattern)
    if (spans.length > 2) return `${hours.length} hours of the week`
    parts.push(`${daysTitle(days)}${pattern.includes('0') ? ` ${spans.join(' and ')}` : ''}`)
  }
  const joined = nightTitle(chosen)
  if (joined) return joined
  return parts.length > 3 ? `${hours.length} hours of the week` : parts.join(', ')
}

function hourSpans(pattern: string): string[] {
  const spans: string[] = []
  for (const match of pattern.matchAll(/1+/g)) {
    const from = match.index
    spans.push(`${clock(from)}–${clock(from + match[0].length)}`)
  }
  return spans
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`
}

function daysTitle(days: readonly number[]): string {
  const runs: string[] = []
  for (let at = 0; at < days.length; at++) {
    const first = days[at]
    while (days[at + 1] === days[at] + 1) at++
    runs.push(first === days[at] ? dayNames[first] : `${dayNames[first]}–${dayNames[days[at]]}`)
  }
  return runs.join(', ')
}

/** One window that passes midnight on consecutive evenings, e.g. Fri–Sat 20:00–04:00. */
function nightTitle(chosen: Uint8Array): string | null {
  const starts: { day: number; from: number; length: number }[] = []
  for (let hour = 0; hour < 168; hour++) {
    if (!chosen[hour] || chosen[(hour + 167) % 168]) continue
    let length = 1
    while (length < 168 && chosen[(hour + length) % 168]) length++
    starts.push({ day: Math.floor(hour / 24), from: hour % 24, length })
  }
  const first = starts[0]
  if (!first || first.from + first.length <= 24 || first.length >= 24) return null
  if (starts.some((held) => held.from !== first.from || held.length !== first.length)) return null
  return `${daysTitle(starts.map((held) => held.day))} ${clock(first.from)}–${clock(first.from + first.length)}`
}
