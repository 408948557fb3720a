/** Web Mercator tiles: which of them cover a box, and where on the ground their units lie. */
import type { Box } from '#core/contract/geometry.ts'

/** Metres round the equator of the Web Mercator sphere. */
const CIRCUMFERENCE = 40_075_016.685_578_5
/** Pixels a vector tile is drawn at. */
const TILE_PIXELS = 512
/** Tiles one answer may read. */
const MOST_TILES = 256

export interface TileRange {
  readonly zoom: number
  readonly west: number
  readonly east: number
  readonly north: number
  readonly south: number
}

/**
 * The zoom level whose tiles are drawn at about their own size, within what the file holds, and the columns and rows
 * (counted from the north) that cover the box; a coarser level when it would take more than 256 tiles.
 */
export function tilesFor(box: Box, metresPerPixel: number, minimum: number, maximum: number): TileRange {
  const latitude = (box[1] + box[3]) / 2
  const exact = Math.log2(
    (CIRCUMFERENCE * Math.cos((latitude * Math.PI) / 180)) / (TILE_PIXELS * metresPerPixel),
  )
  const start = Math.max(minimum, Math.min(maximum, Math.round(exact)))
  let range = rangeAt(box, start)
  for (let zoom = start - 1; zoom >= minimum && tileCount(range) > MOST_TILES; zoom--)
    range = rangeAt(box, zoom)
  return range
}

function tileCount({ west, east, north, south }: TileRange): number {
  return (east - west + 1) * (south - north + 1)
}

function rangeAt([west, south, east, north]: Box, zoom: number): TileRange {
  const size = 2 ** zoom
  const clamp = (value: number): number => Math.max(0, Math.min(size - 1, Math.floor(value)))
  return {
    zoom,
    west: clamp(((west + 180) / 360) * size),
    east: clamp(((east + 180) / 360) * size),
    north: clamp(mercatorY(north) * size),
    south: clamp(mercatorY(south) * size),
  }
}

/** 0 at the north edge of the map, 1 at the south edge. */
function mercatorY(latitude: number): number {
  const radians = (Math.max(-85.0511, Math.min(85.0511, latitude)) * Math.PI) / 180
  return (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2
}

/** Longitude of a place across the map (0 to 1 from the west), to a tenth of a metre. */
export function longitudeAt(across: number): number {
  return round(across * 360 - 180)
}

/** Latitude of a place down the map (0 to 1 from the north). */
export function latitudeAt(down: number): number {
  return round((Math.atan(Math.sinh(Math.PI * (1 - 2 * down))) * 180) / Math.PI)
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}
