/** A position somebody typed: the National Grid square it names, in metres. A point is a square of no size. */
export interface TypedPosition {
  /** What it was read as, and the square or point in the map's own words. */
  readonly title: string
  readonly kind: 'grid reference' | 'easting and northing' | 'latitude and longitude'
  readonly easting: number
  readonly northing: number
  /** Side of the square the reference names, metres; its south-west corner is `easting`, `northing`. */
  readonly size: number
}

const LETTERS = 'VWXYZQRSTULMNOPFGHJKABCDE'

/**
 * Reads 'SK 58621 04412', 'TL12', '458621 304412', '52.634, -1.131', '52.634N 1.131W' and degrees, minutes and seconds;
 * null for anything else, and for what lies off the National Grid.
 *
 * @param toGrid longitude and latitude in degrees to metres
 */
export function findPosition(
  typed: string,
  toGrid: (longitude: number, latitude: number) => readonly [number, number],
): TypedPosition | null {
  const text = typed
    .trim()
    .toUpperCase()
    .replace(/[,;]+\s*/g, ' ')
    .replace(/\s+/g, ' ')
  const found = gridReference(text) ?? metres(text) ?? degrees(text, toGrid)
  if (!found || found.easting < 0 || found.northing < 0) return null
  return found.easting < 700_000 && found.northing < 1_300_000 ? found : null
}

function gridReference(text: string): TypedPosition | null {
  const parts = /^([HJNOST])([A-HJ-Z]) ?(\d+)(?: (\d+))?$/.exec(text)
  if (!parts) return null
  const [, first, second, one, two] = parts
  if (two !== undefined && two.length !== one.length) return null
  const digits = one + (two ?? '')
  if (digits.length % 2 === 1 || digits.length > 10) return null
  const half = digits.length / 2
  const size = 10 ** (5 - half)
  const big = 'STNOHJ'.indexOf(first)
  const small = LETTERS.indexOf(second)
  const easting = (big % 2) * 500_000 + (small % 5) * 100_000 + Number(digits.slice(0, half)) * size
  const northing =
    Math.floor(big / 2) * 500_000 + Math.floor(small / 5) * 100_000 + Number(digits.slice(half)) * size
  return {
    title: `${first}${second} ${digits.slice(0, half)} ${digits.slice(half)}`,
    kind: 'grid reference',
    easting,
    northing,
    size: size === 1 ? 0 : size,
  }
}

function metres(text: string): TypedPosition | null {
  const parts = /^(?:E ?)?(\d{5,6}(?:\.\d+)?) ?(?:M? ?N ?| )(\d{4,7}(?:\.\d+)?) ?M?$/.exec(text)
  if (!parts) return null
  const [easting, northing] = [Number(parts[1]), Number(parts[2])]
  return { title: `${parts[1]} E, ${parts[2]} N`, kind: 'easting and northing', easting, northing, size: 0 }
}

function degrees(
  text: string,
  toGrid: (longitude: number, latitude: number) => readonly [number, number],
): TypedPosition | null {
  const angle = `([NSEW])? ?([-+−]?\\d{1,3}(?:\\.\\d+)?)[°º]?(?: ?(\\d{1,2}(?:\\.\\d+)?)['′’])?(?: ?(\\d{1,2}(?:\\.\\d+)?)["″”])? ?([NSEW])?`
  const parts = new RegExp(`^${angle} ${angle}$`).exec(text)
  if (!parts) return null
  const one = angleOf(parts.slice(1, 6))
  const two = angleOf(parts.slice(6, 11))
  if (!one || !two) return null
  const swapped =
    one.letter === 'E' || one.letter === 'W' || two.letter === 'N' || two.letter === 'S'
      ? true
      : // Latitude comes first, unless only the other way round lies in Great Britain.
        !one.letter && !two.letter && Math.abs(one.value) < 12 && two.value > 45
  const [latitude, longitude] = swapped ? [two.value, one.value] : [one.value, two.value]
  if (latitude < 49 || latitude > 61.5 || longitude < -9.5 || longitude > 2.5) return null
  const [easting, northing] = toGrid(longitude, latitude)
  const side = (value: number, letters: string) =>
    `${Math.abs(value).toFixed(5)}° ${letters[value < 0 ? 1 : 0]}`
  return {
    title: `${side(latitude, 'NS')}, ${side(longitude, 'EW')}`,
    kind: 'latitude and longitude',
    easting,
    northing,
    size: 0,
  }
}

function angleOf(parts: readonly (string | undefined)[]): { value: number; letter: string } | null {
  const [before, whole = '', minutes, seconds, after] = parts
  if (before && after) return null
  const letter = before ?? after ?? ''
  const size =
    Math.abs(Number(whole.replace('−', '-'))) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600
  const negative = /^[-−]/.test(whole)
  if (negative && letter) return null
  return { value: negative || letter === 'S' || letter === 'W' ? -size : size, letter }
}
