/**
 * Longitude and latitude (ETRS89, which WGS 84 equals to within decimetres here) to the National Grid and back, by
 * the definition of OSTN15: project on GRS80 with the National Grid's Transverse Mercator, then add a shift that is
 * bilinear between kilometre nodes.
 *
 * @see Ordnance Survey (2018), A guide to coordinate systems in Great Britain, annexes A to C;
 *      OSTN15 developer pack, whose worked example (Caister water tower) the tests use.
 */

/** Metres to add east and north at each kilometre node, `row · columns + column`, south-west first. */
export interface ShiftTable {
  readonly columns: number
  readonly rows: number
  readonly east: Float32Array
  readonly north: Float32Array
}

const A = 6378137
const B = 6356752.314140356
const F0 = 0.9996012717
const E0 = 400000
const N0 = -100000
const PHI0 = (49 * Math.PI) / 180
const LAMBDA0 = (-2 * Math.PI) / 180
const E2 = (A * A - B * B) / (A * A)
const N = (A - B) / (A + B)
const N2 = N * N
const N3 = N2 * N
const DEGREE = Math.PI / 180

/**
 * Writes easting and northing in metres at `out[at]` and `out[at + 1]`; NaN for a place outside the table (off Great
 * Britain) or not a number. About 1 µs. Agrees with OS's published points to 2 mm (the table is cut to the millimetre).
 */
export function toNationalGrid(
  table: ShiftTable,
  longitude: number,
  latitude: number,
  out: Float64Array | number[],
  at = 0,
): void {
  project(longitude, latitude)
  const east = eastResult
  const north = northResult
  shiftAt(table, east, north)
  out[at] = east + eastShift
  out[at + 1] = north + northShift
}

/**
 * Writes longitude and latitude in degrees at `out[at]` and `out[at + 1]`; NaN outside the table. The shift is
 * solved by repetition until it moves by under 0.01 mm, as OS prescribe.
 */
export function fromNationalGrid(
  table: ShiftTable,
  easting: number,
  northing: number,
  out: Float64Array | number[],
  at = 0,
): void {
  let east = easting - 90
  let north = northing + 80
  for (let round = 0; round < 8; round++) {
    shiftAt(table, east, north)
    const nextEast = easting - eastShift
    const nextNorth = northing - northShift
    const moved = Math.abs(nextEast - east) + Math.abs(nextNorth - north)
    east = nextEast
    north = nextNorth
    if (!(moved >= 1e-5)) break
  }
  unproject(east, north, out, at)
}

// Module-level scratch instead of returned pairs: these run once per incident and must not allocate.
let eastResult = 0
let northResult = 0
let eastShift = 0
let northShift = 0

function shiftAt(table: ShiftTable, east: number, north: number): void {
  const column = Math.floor(east / 1000)
  const row = Math.floor(north / 1000)
  if (!(column >= 0 && row >= 0 && column < table.columns - 1 && row < table.rows - 1)) {
    eastShift = Number.NaN
    northShift = Number.NaN
    return
  }
  const t = east / 1000 - column
  const u = north / 1000 - row
  const i = row * table.columns + column
  const j = i + table.columns
  const a = (1 - t) * (1 - u)
  const b = t * (1 - u)
  const c = t * u
  const d = (1 - t) * u
  eastShift = a * table.east[i] + b * table.east[i + 1] + c * table.east[j + 1] + d * table.east[j]
  northShift = a * table.north[i] + b * table.north[i + 1] + c * table.north[j + 1] + d * table.north[j]
}

function meridianArc(phi: number): number {
  const difference = phi - PHI0
  const sum = phi + PHI0
  return (
    B *
    F0 *
    ((1 + N + (5 / 4) * (N2 + N3)) * difference -
      (3 * N + 3 * N2 + (21 / 8) * N3) * Math.sin(difference) * Math.cos(sum) +
      (15 / 8) * (N2 + N3) * Math.sin(2 * difference) * Math.cos(2 * sum) -
      (35 / 24) * N3 * Math.sin(3 * difference) * Math.cos(3 * sum))
  )
}

function project(longitude: number, latitude: number): void {
  const phi = latitude * DEGREE
  const sin = Math.sin(phi)
  const cos = Math.cos(phi)
  const tan2 = (sin * sin) / (cos * cos)
  const nu = (A * F0) / Math.sqrt(1 - E2 * sin * sin)
  const rho = (A * F0 * (1 - E2)) / (1 - E2 * sin * sin) ** 1.5
  const eta2 = nu / rho - 1
  const p = longitude * DEGREE - LAMBDA0
  const p2 = p * p
  const cos3 = cos * cos * cos
  const cos5 = cos3 * cos * cos
  const tan4 = tan2 * tan2
  const i = meridianArc(phi) + N0
  const ii = (nu / 2) * sin * cos
  const iii = (nu / 24) * sin * cos3 * (5 - tan2 + 9 * eta2)
  const iiia = (nu / 720) * sin * cos5 * (61 - 58 * tan2 + tan4)
  const iv = nu * cos
  const v = (nu / 6) * cos3 * (nu / rho - tan2)
  const vi = (nu / 120) * cos5 * (5 - 18 * tan2 + tan4 + 14 * eta2 - 58 * tan2 * eta2)
  northResult = i + p2 * (ii + p2 * (iii + p2 * iiia))
  eastResult = E0 + p * (iv + p2 * (v + p2 * vi))
}

function unproject(east: number, north: number, out: Float64Array | number[], at: number): void {
  let phi = (north - N0) / (A * F0) + PHI0
  for (let round = 0; round < 12; round++) {
    const left = north - N0 - meridianArc(phi)
    phi += left / (A * F0)
    if (!(Math.abs(left) >= 1e-5)) break
  }
  const sin = Math.sin(phi)
  const cos = Math.cos(phi)
  const tan = sin / cos
  const tan2 = tan * tan
  const tan4 = tan2 * tan2
  const tan6 = tan4 * tan2
  const nu = (A * F0) / Math.sqrt(1 - E2 * sin * sin)
  const rho = (A * F0 * (1 - E2)) / (1 - E2 * sin * sin) ** 1.5
  const eta2 = nu / rho - 1
  const nu3 = nu * nu * nu
  const nu5 = nu3 * nu * nu
  const nu7 = nu5 * nu * nu
  const vii = tan / (2 * rho * nu)
  const viii = (tan / (24 * rho * nu3)) * (5 + 3 * tan2 + eta2 - 9 * tan2 * eta2)
  const ix = (tan / (720 * rho * nu5)) * (61 + 90 * tan2 + 45 * tan4)
  const x = 1 / (cos * nu)
  const xi = (1 / (cos * 6 * nu3)) * (nu / rho + 2 * tan2)
  const xii = (1 / (cos * 120 * nu5)) * (5 + 28 * tan2 + 24 * tan4)
  const xiia = (1 / (cos * 5040 * nu7)) * (61 + 662 * tan2 + 1320 * tan4 + 720 * tan6)
  const d = east - E0
  const d2 = d * d
  out[at] = (LAMBDA0 + d * (x - d2 * (xi - d2 * (xii - d2 * xiia)))) / DEGREE
  out[at + 1] = (phi - d2 * (vii - d2 * (viii - d2 * ix))) / DEGREE
}
