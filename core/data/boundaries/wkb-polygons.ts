import type { Position } from '#core/contract/geometry.ts'

const SIMPLE = ['', 'Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon']
const COLLECTION = 7
const CURVES: Readonly<Record<number, string>> = {
  8: 'CircularString',
  9: 'CompoundCurve',
  10: 'CurvePolygon',
  11: 'MultiCurve',
  12: 'MultiSurface',
  15: 'PolyhedralSurface',
  16: 'TIN',
  17: 'Triangle',
}

export interface WkbPolygons {
  readonly polygons: Position[][][]
  readonly lines: Position[][]
  readonly others: string[]
}

/**
 * The polygons and lines of a GeoPackage geometry (header 'GP', envelope skipped, then ISO well-known binary; Z and M are read
 * over). Null for an empty geometry.
 *
 * @throws RangeError when the bytes are not what they say, before anything is allocated for them
 */
export function geoPackagePolygons(blob: Uint8Array): WkbPolygons | null {
  if (blob.length < 8 || blob[0] !== 0x47 || blob[1] !== 0x50)
    throw new RangeError('not a GeoPackage geometry')
  const flags = blob[3]
  const envelopeBytes = [0, 32, 48, 48, 64][(flags >> 1) & 7]
  if (envelopeBytes === undefined) throw new RangeError('unknown envelope')
  if (flags & 16) return null
  const found: WkbPolygons = { polygons: [], lines: [], others: [] }
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  readGeometry(view, 8 + envelopeBytes, 0, found)
  return found
}

/** Reads one geometry at `at`; returns where the next begins. */
function readGeometry(view: DataView, at: number, depth: number, found: WkbPolygons): number {
  if (depth > 16) throw new RangeError('nested too deep')
  const little = view.getUint8(at) === 1
  const word = view.getUint32(at + 1, little)
  at += 5
  // ISO adds 1000 for Z, 2000 for M, 3000 for both; PostGIS sets the top bits, and a further one for a reference.
  const dimension = Math.floor((word & 0x0fffffff) / 1000)
  const hasZ = dimension === 1 || dimension === 3 || (word & 0x80000000) !== 0
  const hasM = dimension === 2 || dimension === 3 || (word & 0x40000000) !== 0
  const type = (word & 0x0fffffff) % 1000
  if (word & 0x20000000) at += 4
  const stride = 16 + (hasZ ? 8 : 0) + (hasM ? 8 : 0)
  if (type === 3) {
    const rings: Position[][] = []
    at = readRings(view, at, little, stride, rings)
    if (rings.length > 0) found.polygons.push(rings)
    return at
  }
  if (type === 2) {
    const points = readCount(view, at, little, stride)
    found.lines.push(readPositions(view, at + 4, points, little, stride))
    found.others.push(SIMPLE[type])
    return at + 4 + points * stride
  }
  if (type === 5 || type === 6 || type === COLLECTION) {
    const members = readCount(view, at, little, 9)
    at += 4
    for (let i = 0; i < members; i++) at = readGeometry(view, at, depth + 1, found)
    return at
  }
  found.others.push(SIMPLE[type] ?? CURVES[type] ?? `type ${type}`)
  return skip(view, at, type, little, stride, depth)
}

function readRings(view: DataView, at: number, little: boolean, stride: number, rings: Position[][]): number {
  const count = readCount(view, at, little, 4)
  at += 4
  for (let r = 0; r < count; r++) {
    const points = readCount(view, at, little, stride)
    at += 4
    rings.push(readPositions(view, at, points, little, stride))
    at += points * stride
  }
  return at
}

function readPositions(
  view: DataView,
  at: number,
  points: number,
  little: boolean,
  stride: number,
): Position[] {
  const positions: Position[] = new Array(points)
  for (let p = 0; p < points; p++)
    positions[p] = [view.getFloat64(at + p * stride, little), view.getFloat64(at + p * stride + 8, little)]
  return positions
}

/** A count is believed only if the bytes for that many members are there. */
function readCount(view: DataView, at: number, little: boolean, least: number): number {
  const count = view.getUint32(at, little)
  if (count * least > view.byteLength - at - 4) throw new RangeError('count beyond the end')
  return count
}

/** Points inside a collection are passed over; what has no known length ends the collection. */
function skip(
  view: DataView,
  at: number,
  type: number,
  little: boolean,
  stride: number,
  depth: number,
): number {
  if (type === 1) return at + stride
  if (type === 4) {
    const members = readCount(view, at, little, 9)
    at += 4
    for (let i = 0; i < members; i++)
      at = readGeometry(view, at, depth + 1, { polygons: [], lines: [], others: [] })
    return at
  }
  return view.byteLength
}
