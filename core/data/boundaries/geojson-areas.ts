import type { Position } from '#core/contract/geometry.ts'
import { InputError } from '#core/contract/problem.ts'
import { isRecord, readGeoJson } from './read-geojson.ts'
import type { BoundarySource, SourceArea } from './source-area.ts'

/**
 * The areas of a GeoJSON file.
 *
 * @throws InputError as `readGeoJson`, and E-GEO-011 for coordinates that are not numbers
 */
export function geoJsonAreas(path: string, file: string): BoundarySource {
  const { features, crs, sha256 } = readGeoJson(path, file)
  const areas = features.map(({ properties, geometry }, at): SourceArea => {
    const polygons: Position[][][] = []
    const lines: Position[][] = []
    const others: string[] = []
    if (geometry) collect(geometry, at + 1, polygons, lines, others)
    return { properties, polygons, lines, others }
  })
  return { areas, crs, sha256, warnings: [] }

  function collect(
    { type, coordinates, geometries }: { type: string; coordinates: unknown; geometries: unknown },
    feature: number,
    polygons: Position[][][],
    lines: Position[][],
    others: string[],
  ): void {
    if (type === 'Polygon') polygons.push(polygonOf(coordinates, feature))
    else if (type === 'MultiPolygon')
      for (const polygon of listOf(coordinates, feature)) polygons.push(polygonOf(polygon, feature))
    else if (type === 'GeometryCollection')
      for (const member of listOf(geometries, feature))
        if (isRecord(member))
          collect(
            { type: String(member.type), coordinates: member.coordinates, geometries: member.geometries },
            feature,
            polygons,
            lines,
            others,
          )
        else throw badGeometry(feature)
    else {
      others.push(type)
      if (type === 'LineString') lines.push(positionsOf(coordinates, feature))
      else if (type === 'MultiLineString')
        for (const line of listOf(coordinates, feature)) lines.push(positionsOf(line, feature))
    }
  }

  function polygonOf(value: unknown, feature: number): Position[][] {
    return listOf(value, feature).map((ring) => positionsOf(ring, feature))
  }

  function positionsOf(value: unknown, feature: number): Position[] {
    return listOf(value, feature).map((position): Position => {
      const pair = listOf(position, feature)
      const [x, y] = pair
      if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y))
        throw badGeometry(feature)
      return [x, y]
    })
  }

  function listOf(value: unknown, feature: number): unknown[] {
    if (!Array.isArray(value)) throw badGeometry(feature)
    return value
  }

  function badGeometry(feature: number): InputError {
    return new InputError(
      'E-GEO-011',
      `The outline of feature ${feature.toLocaleString('en-GB')} in ${file} is not made of coordinates. Nothing was imported.`,
      { file, row: feature, cure: 'Repair or remove that feature and export the layer again.' },
    )
  }
}
