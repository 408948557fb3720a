export interface PlaceColumns {
  /** −1 where there is none. */
  readonly name: number
  readonly kind: number
  readonly x: number
  readonly y: number
  readonly reference: 'bng' | 'wgs84'
}

const NAMES = [
  /^name$/i,
  /^name1$/i,
  /^(place|site|premises|school|station|establishment)[ _]?name$/i,
  /name$/i,
  /^(title|label|premises|site)$/i,
]
const KINDS = [/^(kind|type|category|class)$/i, /(type|phase|category)/i]
const EASTING = /^(eastings?|x|bng_?e|grid_?e(asting)?|easting_m|geometry_x|x_?coord(inate)?)$/i
const NORTHING = /^(northings?|y|bng_?n|grid_?n(orthing)?|northing_m|geometry_y|y_?coord(inate)?)$/i
const LONGITUDE = /^(longitude|long|lon|lng)$/i
const LATITUDE = /^(latitude|lat)$/i

/** Which columns hold a place's name, kind and coordinates, by the header; null without coordinates. */
export function placeColumns(header: readonly string[]): PlaceColumns | null {
  const easting = header.findIndex((name) => EASTING.test(name))
  const northing = header.findIndex((name) => NORTHING.test(name))
  const longitude = header.findIndex((name) => LONGITUDE.test(name))
  const latitude = header.findIndex((name) => LATITUDE.test(name))
  const metres = easting >= 0 && northing >= 0
  if (!metres && (longitude < 0 || latitude < 0)) return null
  return {
    name: firstOf(NAMES, header),
    kind: firstOf(KINDS, header),
    x: metres ? easting : longitude,
    y: metres ? northing : latitude,
    reference: metres ? 'bng' : 'wgs84',
  }
}

function firstOf(patterns: readonly RegExp[], header: readonly string[]): number {
  for (const pattern of patterns) {
    const at = header.findIndex((name) => pattern.test(name))
    if (at >= 0) return at
  }
  return -1
}
