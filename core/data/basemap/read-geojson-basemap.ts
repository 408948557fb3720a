import Flatbush from 'flatbush'
import { fromNationalGrid } from '#core/analysis/space/national-grid.ts'
import type { BasemapFeature } from '#core/contract/layer.ts'
import { InputError } from '#core/contract/problem.ts'
import { coordinateReference } from '../boundaries/coordinate-reference.ts'
import { isRecord, readGeoJson } from '../boundaries/read-geojson.ts'
import { loadOstn15 } from '../projection/ostn15.ts'
import type { Basemap } from './basemap.ts'
import { basemapClass, basemapClassByTags, basemapName } from './classify.ts'
import { keepWithinBudget } from './vertex-budget.ts'

interface Drawn {
  readonly geometry: BasemapFeature['geometry']
  readonly parts: number[][]
}

/**
 * Opens a GeoJSON file as a basemap: read whole, once, and kept with a box index. Classes come from `properties.class`,
 * from OpenStreetMap's tags, from a `layer` attribute or from the file's name (a_roads.geojson).
 *
 * @throws InputError as `readGeoJson`; E-GEO-011 bad coordinates; E-GEO-012 as `coordinateReference`; E-MAP-003 nothing
 *   in it that the map draws
 */
export function openGeoJsonBasemap(path: string, file: string): Basemap {
  const { features: source, crs } = readGeoJson(path, file)
  const layer = file.replace(/\.[a-z]+$/i, '')
  const features: BasemapFeature[] = []
  let unknown = 0
  source.forEach(({ properties, geometry }, at) => {
    if (!geometry) return
    const attribute = (name: string): unknown => properties.get(name)
    const found = basemapClassByTags(attribute) ?? basemapClass(layer, attribute)
    if (!found) {
      unknown++
      return
    }
    const name = basemapName(found, attribute)
    for (const drawn of drawnOf(geometry, () => badGeometry(at + 1, file))) {
      const outline = found === 'boundary' && drawn.geometry === 'area'
      features.push({
        class: found,
        name,
        geometry: outline ? 'line' : drawn.geometry,
        parts: outline ? drawn.parts.map((ring) => [...ring, ring[0], ring[1]]) : drawn.parts,
      })
    }
  })
  if (features.length === 0)
    throw new InputError(
      'E-MAP-003',
      `${file} holds nothing that the map knows how to draw. Nothing was added.`,
      {
        file,
        cure: 'Give its features an attribute called class with values such as motorway, a-road, water, green or boundary.',
      },
    )
  const { crs: reference, warnings } = coordinateReference(boxOf(features), crs, file)
  if (reference === 'bng') for (const { parts } of features) toDegrees(parts as number[][])
  const kept = features.filter(({ parts }) => parts.every((part) => part.every(Number.isFinite)))
  if (kept.length === 0) throw badGeometry(1, file)
  return {
    info: {
      format: 'geojson',
      name: layer,
      source: '',
      features: kept.length,
      box: boxOf(kept),
      warnings: [
        ...warnings,
        ...leftOut(unknown, 'are of a kind the map does not draw'),
        ...leftOut(features.length - kept.length, 'lie beyond the National Grid'),
      ],
    },
    ...searched(kept),
  }
}

function searched(features: readonly BasemapFeature[]): Pick<Basemap, 'features' | 'close'> {
  const index = new Flatbush(features.length)
  for (const feature of features) index.add(...boxOf([feature]))
  index.finish()
  return {
    features(box, _metresPerPixel, notes = []) {
      const found = index.search(box[0], box[1], box[2], box[3]).sort((a, b) => a - b)
      return keepWithinBudget(
        found.map((at) => features[at]),
        notes,
      )
    },
    close() {},
  }
}

function leftOut(count: number, why: string): string[] {
  return count === 0 ? [] : [`${count.toLocaleString('en-GB')} features ${why} and were left out.`]
}

type Geometry = { readonly type: string; readonly coordinates: unknown; readonly geometries: unknown }

function drawnOf({ type, coordinates, geometries }: Geometry, bad: () => InputError): Drawn[] {
  switch (type) {
    case 'Point':
      return [{ geometry: 'point', parts: [flat([coordinates], bad)] }]
    case 'MultiPoint':
      return [{ geometry: 'point', parts: list(coordinates, bad).map((point) => flat([point], bad)) }]
    case 'LineString':
      return [{ geometry: 'line', parts: [flat(coordinates, bad)] }]
    case 'MultiLineString':
      return [{ geometry: 'line', parts: list(coordinates, bad).map((line) => flat(line, bad)) }]
    case 'Polygon':
      return [{ geometry: 'area', parts: list(coordinates, bad).map((ring) => openRing(flat(ring, bad))) }]
    case 'MultiPolygon':
      return [
        {
          geometry: 'area',
          parts: list(coordinates, bad).flatMap((rings) =>
            list(rings, bad).map((ring) => openRing(flat(ring, bad))),
          ),
        },
      ]
    case 'GeometryCollection':
      return list(geometries, bad).flatMap((member) => {
        if (!isRecord(member)) throw bad()
        return drawnOf(
          { type: String(member.type), coordinates: member.coordinates, geometries: member.geometries },
          bad,
        )
      })
    default:
      throw bad()
  }
}

function flat(positions: unknown, bad: () => InputError): number[] {
  const numbers: number[] = []
  for (const position of list(positions, bad)) {
    const [x, y] = list(position, bad)
    if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y))
      throw bad()
    numbers.push(x, y)
  }
  if (numbers.length === 0) throw bad()
  return numbers
}

function openRing(ring: number[]): number[] {
  const last = ring.length - 2
  return last > 0 && ring[0] === ring[last] && ring[1] === ring[last + 1] ? ring.slice(0, last) : ring
}

function list(value: unknown, bad: () => InputError): unknown[] {
  if (!Array.isArray(value)) throw bad()
  return value
}

function badGeometry(feature: number, file: string): InputError {
  return new InputError(
    'E-GEO-011',
    `Feature ${feature.toLocaleString('en-GB')} in ${file} is not made of coordinates. Nothing was added.`,
    { file, row: feature, cure: 'Repair or remove that feature and export the layer again.' },
  )
}

function boxOf(features: readonly BasemapFeature[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { parts } of features)
    for (const part of parts)
      for (let i = 0; i < part.length; i += 2) {
        if (part[i] < box[0]) box[0] = part[i]
        if (part[i + 1] < box[1]) box[1] = part[i + 1]
        if (part[i] > box[2]) box[2] = part[i]
        if (part[i + 1] > box[3]) box[3] = part[i + 1]
      }
  return box
}

function toDegrees(parts: readonly number[][]): void {
  const table = loadOstn15()
  for (const part of parts)
    for (let i = 0; i < part.length; i += 2) fromNationalGrid(table, part[i], part[i + 1], part, i)
}
