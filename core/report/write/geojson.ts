/**
 * The hotspots as GeoJSON (RFC 7946): WGS 84, seven decimals (about a centimetre), outer rings counter-clockwise. The
 * marking, the date and the pack's title travel as members of the collection.
 */
import { polygonsOfRings } from '#core/analysis/space/polygons-of-rings.ts'
import { InputError } from '#core/contract/problem.ts'
import type { ModelHotspot, PageModel } from '../pack/page-model.ts'
import type { PackDriver, PackResources } from './driver.ts'
import { utf8 } from './utf8.ts'

type Degrees = readonly [number, number]

function rounded(value: number): number {
  return Math.round(value * 1e7) / 1e7
}

/** @throws InputError E-GEOJSON-PLACE when a hotspot lies outside the National Grid. */
export function hotspotsGeoJson(model: PageModel, toDegrees: PackResources['toDegrees']): Uint8Array {
  const degrees = (hotspot: ModelHotspot, x: number, y: number): Degrees => {
    const [longitude, latitude] = toDegrees(x, y)
    if (!Number.isFinite(longitude + latitude))
      throw new InputError(
        'E-GEOJSON-PLACE',
        `Hotspot ${hotspot.rank}, ${hotspot.name}, lies outside the National Grid, so it cannot be put on a map in degrees.`,
        { cure: 'Leave it out of the pack, or check the coordinates of its incidents.' },
      )
    return [rounded(longitude), rounded(latitude)]
  }
  const features = model.hotspots.map((hotspot) => ({
    type: 'Feature',
    id: hotspot.id,
    properties: {
      id: hotspot.id,
      rank: hotspot.rank,
      name: hotspot.name,
      area: hotspot.area,
      easting: Math.round(hotspot.x),
      northing: Math.round(hotspot.y),
      ...Object.fromEntries(
        Object.entries(hotspot.numbers).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
      ),
      marking: model.marking,
    },
    geometry: {
      type: 'MultiPolygon',
      coordinates: polygonsOfRings(hotspot.rings).map((polygon) =>
        polygon.map((ring) => {
          const positions = ring.map(([x, y]) => degrees(hotspot, x, y))
          return [...positions, positions[0]]
        }),
      ),
    },
  }))
  const collection = {
    type: 'FeatureCollection',
    title: model.title,
    force: model.force,
    marking: model.marking,
    asAt: model.asAt,
    features,
  }
  return utf8(`${JSON.stringify(collection)}\n`)
}

export const geoJsonDriver: PackDriver = {
  id: 'geojson',
  extension: 'geojson',
  mediaType: 'application/geo+json',
  write: async (model, resources) => hotspotsGeoJson(model, resources.toDegrees),
}
