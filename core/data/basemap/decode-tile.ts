import { gunzipSync, inflateSync } from 'node:zlib'
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { BasemapClass, BasemapFeature } from '#core/contract/layer.ts'
import { basemapClass, basemapName } from './classify.ts'
import { latitudeAt, longitudeAt } from './tile-grid.ts'

/** A tile larger than this, unpacked, is no tile. */
const MOST_TILE_BYTES = 32 << 20
const POINT = 1
const LINE = 2
const AREA = 3

/**
 * Adds the features of one vector tile that the map draws to `into`, in degrees. `column` and `row` count from the
 * north-west. Points in the margin belong to the neighbour and are left to it; outlines of boundaries become lines
 * without the tile's own edges.
 *
 * @throws Error (of zlib or pbf) when the bytes are not a vector tile
 */
export function decodeTile(
  bytes: Uint8Array,
  zoom: number,
  column: number,
  row: number,
  into: BasemapFeature[],
): void {
  const tile = new VectorTile(new PbfReader(unpacked(bytes)))
  const size = 2 ** zoom
  for (const [name, layer] of Object.entries(tile.layers)) {
    for (let i = 0; i < layer.length; i++) {
      const feature = layer.feature(i)
      const attribute = (key: string): unknown => feature.properties[key]
      const found = basemapClass(name, attribute)
      if (!found) continue
      const parts = partsOf(feature, found, layer.extent, (x, y, part) => {
        part.push(
          longitudeAt((column + x / layer.extent) / size),
          latitudeAt((row + y / layer.extent) / size),
        )
      })
      if (parts.length > 0)
        into.push({
          class: found,
          name: basemapName(found, attribute),
          geometry: geometryOf(feature, found),
          parts,
        })
    }
  }
}

type Place = (x: number, y: number, part: number[]) => void

function geometryOf(feature: VectorTileFeature, found: BasemapClass): BasemapFeature['geometry'] {
  if (feature.type === POINT) return 'point'
  return feature.type === AREA && found !== 'boundary' ? 'area' : 'line'
}

function partsOf(feature: VectorTileFeature, found: BasemapClass, extent: number, place: Place): number[][] {
  const geometry = feature.loadGeometry()
  const parts: number[][] = []
  for (const points of geometry) {
    if (feature.type === POINT) {
      for (const { x, y } of points) {
        if (x < 0 || y < 0 || x >= extent || y >= extent) continue
        const part: number[] = []
        place(x, y, part)
        parts.push(part)
      }
    } else if (feature.type === AREA && found === 'boundary') {
      addOutline(points, extent, place, parts)
    } else if (feature.type === LINE || feature.type === AREA) {
      const part: number[] = []
      // An area's ring closes by itself: its repeated last corner is not carried.
      const corners = feature.type === AREA ? points.length - 1 : points.length
      for (let p = 0; p < corners; p++) place(points[p].x, points[p].y, part)
      if (corners > 1) parts.push(part)
    }
  }
  return parts
}

/** The ring as lines, broken where it runs along or beyond an edge of the tile: those edges are not the area's. */
function addOutline(
  points: readonly { readonly x: number; readonly y: number }[],
  extent: number,
  place: Place,
  parts: number[][],
): void {
  let part: number[] = []
  for (let p = 1; p < points.length; p++) {
    const a = points[p - 1]
    const b = points[p]
    const beyond =
      (a.x <= 0 && b.x <= 0) ||
      (a.y <= 0 && b.y <= 0) ||
      (a.x >= extent && b.x >= extent) ||
      (a.y >= extent && b.y >= extent)
    if (beyond) {
      if (part.length > 0) parts.push(part)
      part = []
      continue
    }
    if (part.length === 0) place(a.x, a.y, part)
    place(b.x, b.y, part)
  }
  if (part.length > 0) parts.push(part)
}

function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes, { maxOutputLength: MOST_TILE_BYTES })
  if (bytes[0] === 0x78) return inflateSync(bytes, { maxOutputLength: MOST_TILE_BYTES })
  return bytes
}
