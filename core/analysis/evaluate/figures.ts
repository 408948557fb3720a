/** Figures in sentences: thousands marked, a true minus sign, no more digits than are meant. */
export function figure(value: number, digits = 0): string {
  if (Number.isNaN(value)) return 'not known'
  const text = Math.abs(value).toLocaleString('en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return value < 0 && Number(text.replaceAll(',', '')) !== 0 ? `−${text}` : text
}

/** A ratio as a change in percent, `−12 %`. */
export function percentOfRatio(ratio: number): string {
  return `${figure(100 * (ratio - 1))} %`
}

/** `90 %` for alpha 0.1. */
export function confidence(alpha: number): string {
  return `${Number((100 * (1 - alpha)).toFixed(2))} %`
}
