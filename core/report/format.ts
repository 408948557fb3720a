/**
 * Numbers, dates and months as UK readers of a briefing expect them. One place, so that a page, a chart label and
 * the figures file never write the same number two ways. Undefined (NaN, infinite) is always "not known".
 */

export const notKnown = 'not known'

/** A percentage of a base smaller than this says more about chance than about crime; it is not printed. */
export const smallestBase = 50

const minus = '−'

function grouped(digits: string): string {
  const dot = digits.indexOf('.')
  const whole = dot < 0 ? digits : digits.slice(0, dot)
  const rest = dot < 0 ? '' : digits.slice(dot)
  let out = ''
  for (let i = 0; i < whole.length; i++) {
    if (i > 0 && (whole.length - i) % 3 === 0) out += ','
    out += whole[i]
  }
  return out + rest
}

/** 1204 → '1,204'; −4.56 with one place → '−4.6'. A value that rounds to zero carries no sign. */
export function formatNumber(value: number, places = 0): string {
  if (!Number.isFinite(value)) return notKnown
  const digits = Math.abs(value).toFixed(places)
  const negative = value < 0 && Number(digits) !== 0
  return (negative ? minus : '') + grouped(digits)
}

/** As {@link formatNumber}, with an explicit plus: '+12', '−12', '0'. */
export function formatChange(value: number, places = 0): string {
  const text = formatNumber(value, places)
  return value > 0 && Number(value.toFixed(places)) !== 0 ? `+${text}` : text
}

/**
 * A share of one as a percentage: 0.1234 → '12.3%'. Shares too small for the places asked are written '<0.1%', so
 * that a small area never reads as no area.
 */
export function formatShare(share: number, places = 1): string {
  if (!Number.isFinite(share)) return notKnown
  const smallest = 10 ** -places
  if (share > 0 && share * 100 < smallest / 2) return `<${smallest.toFixed(places)}%`
  return `${formatNumber(share * 100, places)}%`
}

/** A percent change on a base: '−4.5%'; 'not shown (base under 50)' where the base is too small. */
export function formatPercentChange(percent: number, base: number): string {
  if (Number.isFinite(base) && base < smallestBase) return `not shown (base under ${smallestBase})`
  if (!Number.isFinite(percent)) return notKnown
  return `${formatChange(percent, 1)}%`
}

/** A weight: whole numbers from 100 up, one decimal below. */
export function formatWeight(value: number): string {
  return formatNumber(value, Math.abs(value) >= 99.95 ? 0 : 1)
}

/** Area in km²: '0.31', '1,204'. */
export function formatArea(km2: number): string {
  return formatNumber(km2, km2 >= 100 ? 0 : km2 >= 10 ? 1 : 2)
}

/** A probability: '<0.001', '0.012'. */
export function formatProbability(p: number): string {
  if (!Number.isFinite(p)) return notKnown
  return p < 0.001 ? '<0.001' : p.toFixed(3)
}

/** Bytes in the unit a file manager shows: '4.2 MB'. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return notKnown
  if (bytes < 1000) return `${formatNumber(bytes)} bytes`
  if (bytes < 999_500) return `${formatNumber(bytes / 1000)} kB`
  return `${formatNumber(bytes / 1_000_000, 1)} MB`
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** '2025-03-03' → '3 March 2025'; anything that is not such a date is given back as it stands. */
export function formatDate(date: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(date)
  const name = parts ? monthNames[Number(parts[2]) - 1] : undefined
  return parts && name ? `${Number(parts[3])} ${name} ${parts[1]}` : date || notKnown
}

/** '2025-03' → 'March 2025', or 'Mar 2025' when short. */
export function formatMonth(month: string, short = false): string {
  const parts = /^(\d{4})-(\d{2})/.exec(month)
  const name = parts ? monthNames[Number(parts[2]) - 1] : undefined
  if (!parts || !name) return month || notKnown
  return `${short ? name.slice(0, 3) : name} ${parts[1]}`
}

/** The day before, for periods stored with an excluded end: '2026-01-01' → '2025-12-31'. */
export function dayBefore(date: string): string {
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(time) ? new Date(time - 86_400_000).toISOString().slice(0, 10) : date
}

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Hour of the day as a patrol reads it: 7 → '07:00', 26 → '02:00'. */
export function formatHour(hour: number): string {
  return `${String(((hour % 24) + 24) % 24).padStart(2, '0')}:00`
}

/** Plural in the plain cases: 1 incident, 2 incidents. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}
