const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const oneDecimal = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })
const four = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 })
const short = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 })

/** 'not known' marks what could not be computed; it is never shown as 0. */
export const unknown = '–'

function known(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value)
}

/** 12,345 */
export function countText(value: number | null | undefined): string {
  return known(value) ? whole.format(value) : unknown
}

/** Three figures: 0.104, 23.1, 1,230 */
export function figureText(value: number | null | undefined): string {
  return known(value) ? (Math.abs(value) >= 1000 ? whole.format(value) : short.format(value)) : unknown
}

/** Any number of a table: whole ones in full, others to four figures, very small ones as 1.2e-9. */
export function valueText(value: number | null | undefined): string {
  if (!known(value)) return unknown
  if (Number.isInteger(value)) return whole.format(value)
  const size = Math.abs(value)
  return size < 0.0001 ? value.toExponential(1) : size >= 1000 ? oneDecimal.format(value) : four.format(value)
}

/** A share 0–1 as 12.3%; small ones keep two decimals, so that 0.04% does not read as nothing. */
export function shareText(value: number | null | undefined): string {
  if (!known(value)) return unknown
  const percent = value * 100
  return `${percent !== 0 && Math.abs(percent) < 1 ? percent.toFixed(2) : percent.toFixed(1)}%`
}

/** A signed percent change: +12%, −3%. */
export function changeText(percent: number | null | undefined): string {
  if (!known(percent)) return unknown
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent).toFixed(0)}%`
}

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  const [unit, size] = bytes < 1e6 ? ['kB', 1e3] : bytes < 1e9 ? ['MB', 1e6] : ['GB', 1e9]
  return `${(bytes / size).toFixed(bytes / size < 10 ? 1 : 0)} ${unit}`
}

export function durationText(seconds: number): string {
  if (seconds < 1) return 'under a second'
  if (seconds < 60) return `${Math.round(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
