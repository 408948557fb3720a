/** Decimal numbers straight from bytes. */

const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)
const decoder = new TextDecoder()

/**
 * The number in `bytes[start … end)`, NaN for anything that is not a plain finite decimal (`NaN`, `Infinity`, `0x10`,
 * `1_000`, `1e400`). Exactly what `Number` gives: up to 15 digits by one exact division, longer ones by `Number` itself.
 * `comma`: 'decimal' reads `-1,21` as −1.21; 'thousands' reads `534,785` as 534785; 'none' refuses commas.
 */
export function readNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  comma: 'none' | 'decimal' | 'thousands',
): number {
  while (start < end && bytes[start] === 32) start++
  while (start < end && bytes[end - 1] === 32) end--
  let p = start
  let negative = false
  if (p < end && (bytes[p] === 45 || bytes[p] === 43)) {
    negative = bytes[p] === 45
    p++
  }
  const point = comma === 'decimal' ? 44 : 46
  let mantissa = 0
  let digits = 0
  let decimals = -1
  for (; p < end; p++) {
    const digit = bytes[p] - 48
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit
      digits++
      if (decimals >= 0) decimals++
    } else if (bytes[p] === point && decimals < 0) decimals = 0
    else return readUnusual(decoder.decode(bytes.subarray(start, end)), comma)
  }
  if (digits === 0) return Number.NaN
  if (digits > 15) return readUnusual(decoder.decode(bytes.subarray(start, end)), comma)
  const value = decimals > 0 ? mantissa / POWERS[decimals] : mantissa
  return negative ? -value : value
}

function readUnusual(text: string, comma: 'none' | 'decimal' | 'thousands'): number {
  let plain = text
  if (comma === 'decimal') plain = text.replace(',', '.')
  else if (comma === 'thousands' && /^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text))
    plain = text.replaceAll(',', '')
  if (!/^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(plain)) return Number.NaN
  const value = Number(plain)
  return Number.isFinite(value) ? value : Number.NaN
}
