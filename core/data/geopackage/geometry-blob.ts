import type { Box, Position } from '#core/contract/geometry.ts'

/** A GeoPackage geometry: header with envelope, then a MultiPolygon in well-known binary; little-endian throughout. */
export function multiPolygonBlob(polygons: readonly Position[][][], box: Box, srsId: number): Buffer {
  let size = 40 + 9
  for (const rings of polygons) {
    size += 9
    for (const ring of rings) size += 4 + (ring.length + 1) * 16
  }
  const blob = Buffer.alloc(size)
  blob.write('GP', 0, 'latin1')
  // Version 0; flags: little-endian, envelope of four numbers, and whether it is empty.
  blob[3] = polygons.length === 0 ? 0b0001_0001 : 0b0000_0011
  blob.writeInt32LE(srsId, 4)
  let at = 8
  if (polygons.length > 0)
    for (const value of [box[0], box[2], box[1], box[3]]) at = blob.writeDoubleLE(value, at)
  at = head(6, polygons.length, at)
  for (const rings of polygons) {
    at = head(3, rings.length, at)
    for (const ring of rings) {
      at = blob.writeUInt32LE(ring.length + 1, at)
      for (const [x, y] of ring) at = blob.writeDoubleLE(y, blob.writeDoubleLE(x, at))
      at = blob.writeDoubleLE(ring[0][1], blob.writeDoubleLE(ring[0][0], at))
    }
  }
  return blob.subarray(0, at)

  function head(type: number, count: number, from: number): number {
    blob[from] = 1
    return blob.writeUInt32LE(count, blob.writeUInt32LE(type, from + 1))
  }
}
