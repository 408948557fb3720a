export interface PlaceColumns {
  /** −1 where there is none. */
  readonly name: number
  readonly kind: number
  /** What the place lies in: a town, a district. */
  readonly within: number
  readonly x: number
  readonly y: number
  readonly reference: 'bng' | 'wgs84'
  /** Whether the first row names the columns. */
  readonly header: boolean
  /** Kind of every place, where the file is known to hold one kind only. */
  readonly everyKind: string
}

const NAMES = [
  /^name$/i,
  /^name1$/i,
  /^(place|site|premises|school|station|establishment)[ _]?name$/i,
  /name$/i,
  /^(title|label|premises|site|postcode|pc|pcds?)$/i,
]
const KINDS = [/^local_?type$/i, /^(kind|type|category|class)$/i, /(type|phase|category)/i]
const WITHINS = [
  /^populated_?place$/i,
  /^(town|city|locality)$/i,
  /^(district_?borough|district|borough)$/i,
  /^county_?unitary$/i,
]
const EASTING = /^(eastings?|ea|x|bng_?e|grid_?e(asting)?|easting_m|geometry_x|x_?coord(inate)?)$/i
const NORTHING = /^(northings?|no|y|bng_?n|grid_?n(orthing)?|northing_m|geometry_y|y_?coord(inate)?)$/i
const LONGITUDE = /^(longitude|long|lon|lng)$/i
const LATITUDE = /^(latitude|lat)$/i

const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]? *\d[A-Z]{2}$/

/** Code-Point Open comes without a header: postcode, quality, easting, northing and six codes. */
const codePointOpen: PlaceColumns = {
  name: 0,
  kind: -1,
  within: -1,
  x: 2,
  y: 3,
  reference: 'bng',
  header: false,
  everyKind: 'Postcode',
}

/** OS Open Names comes without a header too: 34 columns, of which the second is an address of the web. */
const openNames: PlaceColumns = {
  name: 2,
  kind: 7,
  within: 18,
  x: 8,
  y: 9,
  reference: 'bng',
  header: false,
  everyKind: '',
}

/** Which columns hold a place's name, kind and coordinates, by the first row; null without coordinates. */
export function placeColumns(first: readonly string[]): PlaceColumns | null {
  if (first.length >= 4 && POSTCODE.test(first[0]) && isNumber(first[2]) && isNumber(first[3]))
    return codePointOpen
  if (first.length >= 30 && /^https?:/.test(first[1]) && isNumber(first[8]) && isNumber(first[9]))
    return openNames
  const easting = first.findIndex((name) => EASTING.test(name))
  const northing = first.findIndex((name) => NORTHING.test(name))
  const longitude = first.findIndex((name) => LONGITUDE.test(name))
  const latitude = first.findIndex((name) => LATITUDE.test(name))
  const metres = easting >= 0 && northing >= 0
  if (!metres && (longitude < 0 || latitude < 0)) return null
  return {
    name: firstOf(NAMES, first),
    kind: firstOf(KINDS, first),
    within: firstOf(WITHINS, first),
    x: metres ? easting : longitude,
    y: metres ? northing : latitude,
    reference: metres ? 'bng' : 'wgs84',
    header: true,
    everyKind: '',
  }
}

function isNumber(text: string | undefined): boolean {
  return /^\d+(\.\d+)?$/.test(text?.trim() ?? '')
}

function firstOf(patterns: readonly RegExp[], header: readonly string[]): number {
  for (const pattern of patterns) {
    const at = header.findIndex((name) => pattern.test(name))
    if (at >= 0) return at
  }
  return -1
}
