import type { Area } from './areas.ts'
import { blobRing } from './blob.ts'
import type { Force } from './force.ts'
import { hexCount } from './lattice.ts'
import { HINTERLAND, SEA } from './outline.ts'
import type { WrittenFile } from './output-file.ts'
import { sampleForce } from './sample-force.ts'
import { siteBuildings } from './sites.ts'
import { type Edges, ringArea, ringsOfAreas, smoothEdges } from './topology.ts'
import { riverRing } from './water.ts'
import { type Shape, writeGeojson } from './write-geojson.ts'

/** Writes boundaries and basemap. Every level of boundary is made of the same edges, point for point. */
export function writeMap(folder: string, force: Force): WrittenFile[] {
  const { areas, outline } = force
  const labels = Int32Array.from(areas.lsoaOf)
  for (let hex = 0; hex < hexCount; hex++)
    if (outline.kind[hex] === HINTERLAND) labels[hex] = areas.lsoas.length
  const edges = smoothEdges(labels)
  const whole = Int32Array.from(areas.lsoaOf, (lsoa) => (lsoa < 0 ? -1 : 0))
  const residents = areas.districts.reduce((sum, area) => sum + area.residents, 0)
  const forceArea: Area = { code: sampleForce.code, name: sampleForce.name, parent: 0, residents }
  return [
    writeGeojson(folder, sampleForce.files.force, areaShapes([forceArea], whole, edges)),
    writeGeojson(folder, sampleForce.files.districts, areaShapes(areas.districts, areas.districtOf, edges)),
    writeGeojson(folder, sampleForce.files.beats, areaShapes(areas.beats, areas.beatOf, edges)),
    writeGeojson(folder, sampleForce.files.lsoas, areaShapes(areas.lsoas, areas.lsoaOf, edges)),
    writeGeojson(folder, sampleForce.files.land, landShapes(force, edges)),
    writeGeojson(folder, sampleForce.files.roads, roadShapes(force)),
    writeGeojson(folder, sampleForce.files.placeNames, placeShapes(force)),
  ]
}

function areaShapes(list: readonly Area[], areaOf: Int32Array, edges: Edges): Shape[] {
  return ringsOfAreas(areaOf, list.length, edges).map((parts, i) => {
    const { code, name, residents } = list[i]
    return { type: 'Polygon', properties: { code, name, residents }, parts }
  })
}

function landShapes({ outline, greens, water, sites }: Force, edges: Edges): Shape[] {
  const land = Int32Array.from(outline.kind, (kind) => (kind === SEA ? -1 : 0))
  const area = (kind: string, name: string, parts: readonly (readonly number[])[]): Shape => ({
    type: 'Polygon',
    properties: { class: kind, name },
    parts,
  })
  // Wide enough that no map of the force ends in a straight shore.
  const box = [490_000, 370_000, 680_000, 370_000, 680_000, 515_000, 490_000, 515_000]
  const shores = ringsOfAreas(land, 1, edges)[0]
  return [
    area('sea', '', [box]),
    ...shores.filter((ring) => ringArea(ring) > 0).map((ring) => area('land', '', [ring])),
    ...[...greens.woods, ...greens.parks].map((blob) => area('green', blob.name, [blobRing(blob)])),
    ...water.lakes.map((lake) => area('water', lake.name, [blobRing(lake)])),
    ...water.rivers.map((river) => area('water', river.name, [riverRing(river)])),
    ...sites.flatMap((site) => siteBuildings(site).map((ring) => area('building', site.name, [ring]))),
  ]
}

function roadShapes({ roads, streets }: Force): Shape[] {
  const line = (kind: string, name: string, parts: readonly number[]): Shape => ({
    type: 'LineString',
    properties: { class: kind, name },
    parts: [parts],
  })
  return [
    ...roads.filter((road) => road.settlement < 0).map((road) => line(road.class, road.name, road.line)),
    ...streets
      .filter((street) => street.zone !== 'rural')
      .map((street) => line(street.class, street.name, street.line)),
  ]
}

function placeShapes({ settlements }: Force): Shape[] {
  return settlements.map(({ name, kind, residents, x, y }) => ({
    type: 'Point',
    properties: { class: 'place', name, kind, residents },
    parts: [[x, y]],
  }))
}
