const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/**
 * Hours of the week in words: `Fri–Sat 20:00–04:00`, `every day 08:00–10:00`, `Sat–Sun all day`, `Fri 18:00 to Mon
 * 06:00`. Each spell of hours is named by the day it begins on, past midnight included; spells of the same hours are
 * named together. Exact: no two sets of hours share a text.
 *
 * @param hours 0 = Monday 00 … 167 = Sunday 23, in any order
 */
export function describeHours(hours: readonly number[]): string {
  const chosen = new Set(hours)
  if (chosen.size === 0) return 'at no hour'
  if (chosen.size === 168) return 'at any hour'
  const dayTexts = new Map<string, number[]>()
  const longTexts: string[] = []
  for (let start = 0; start < 168; start++) {
    if (!chosen.has(start) || chosen.has((start + 167) % 168)) continue
    let length = 1
    while (chosen.has((start + length) % 168)) length++
    const day = Math.floor(start / 24)
    const hour = start % 24
    if (hour === 0 && length % 24 === 0) {
      for (let k = 0; k < length / 24; k++) note('all day', (day + k) % 7)
    } else if (length <= 24) {
      note(`${clock(hour)}–${clock((hour + length) % 24)}`, day)
    } else {
      const end = (start + length) % 168
      longTexts.push(`${days[day]} ${clock(hour)} to ${days[Math.floor(end / 24)]} ${clock(end % 24)}`)
    }
  }
  const texts = [...dayTexts].map(([text, on]) => `${describeDays(on)} ${text}`)
  return [...texts, ...longTexts].join(' and ')

  function note(text: string, day: number): void {
    const on = dayTexts.get(text)
    if (on === undefined) dayTexts.set(text, [day])
    else on.push(day)
  }
}

function describeDays(on: readonly number[]): string {
  const chosen = new Set(on)
  if (chosen.size === 7) return 'every day'
  const runs: string[] = []
  for (let first = 0; first < 7; first++) {
    if (!chosen.has(first) || chosen.has((first + 6) % 7)) continue
    let length = 1
    while (chosen.has((first + length) % 7)) length++
    const last = (first + length - 1) % 7
    runs.push(length === 1 ? days[first] : `${days[first]}–${days[last]}`)
  }
  return runs.join(', ')
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
