import path from 'node:path'
import { gzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { PbfWriter } from 'pbf'
import { describe, expect, it } from 'vitest'
import type { BasemapFeature } from '#core/contract/layer.ts'
import { basemapClass, basemapClassByTags } from '#core/data/basemap/classify.ts'
import { openBasemap } from '#core/data/basemap/read-basemap.ts'
import { tilesFor } from '#core/data/basemap/tile-grid.ts'
import { keepWithinBudget } from '#core/data/basemap/vertex-budget.ts'
import {
  collection,
  feature,
  made,
  noSharedData,
  polygon,
  refusal,
  sharedData,
  skipped,
  square,
} from './files.ts'

const basemap = (name: string) => path.join(sharedData, 'basemap', name)
const classes = (features: readonly BasemapFeature[]) => [...new Set(features.map((f) => f.class))].sort()

describe.skipIf(noSharedData)(`Lancashire tiles${skipped}`, () => {
  it('describes itself', () => {
    const { info, close } = openBasemap(basemap('lancashire_basemap.mbtiles'))
    expect(info).toMatchObject({ format: 'mbtiles', name: 'North-west England basemap', features: 8083 })
    expect(info.source).toMatch(/Crown copyright/)
    expect(info.box).toEqual([-3.928853, 51.753392, 0.146249, 55.188983])
    close()
  })
  it('gives roads, boundaries and stations where they are', () => {
    const map = openBasemap(basemap('lancashire_basemap.mbtiles'))
    const preston = map.features([-2.72, 53.74, -2.68, 53.77], 3)
    expect(classes(preston)).toEqual(['a-road', 'b-road', 'boundary', 'place'])
    const station = preston.find(({ class: c, name }) => c === 'place' && name === 'Preston')
    // Office of Rail and Road list: Preston, PR1 8AP, 53.7560075, −2.7072088.
    expect(station?.parts[0][0]).toBeCloseTo(-2.7072, 3)
    expect(station?.parts[0][1]).toBeCloseTo(53.756, 3)
    expect(preston.some(({ name }) => name === 'A59' || name === 'A6')).toBe(true)
    map.close()
  })
  it('draws fewer kinds from farther away, and each point once', () => {
    const map = openBasemap(basemap('lancashire_basemap.mbtiles'))
    expect(classes(map.features([-4, 51.7, 0.2, 55.2], 600))).toEqual(['boundary', 'motorway'])
    const stations = map.features([-3.1, 53.4, -2, 54.2], 10).filter((f) => f.class === 'place')
    const keys = new Set(stations.map((f) => `${f.name} ${f.parts[0].join()}`))
    expect(keys.size).toBe(stations.length)
    map.close()
  })
  it('leaves the edges of tiles out of boundaries', () => {
    const map = openBasemap(basemap('lancashire_basemap.mbtiles'))
    const zoom = 12
    const lines = map.features([-2.75, 53.7, -2.6, 53.8], 8).filter((f) => f.class === 'boundary')
    expect(lines.length).toBeGreaterThan(20)
    expect(lines.every((f) => f.geometry === 'line')).toBe(true)
    for (const { parts } of lines)
      for (const part of parts)
        for (let i = 2; i < part.length; i += 2) {
          const upright = part[i] === part[i - 2] && Math.abs(part[i + 1] - part[i - 1]) > 1e-5
          const tile = ((part[i] + 180) / 360) * 2 ** zoom
          expect(upright && Math.abs(tile - Math.round(tile)) < 1e-6).toBe(false)
        }
    map.close()
  })
  it.each([
    ['geography-class-png.mbtiles', 'E-MAP-002', /Raster basemaps come in a later version/],
    ['usgs-mt-whitney-8-15-webp-512.pmtiles', 'E-MAP-001', /PMTiles/],
    ['empty.pmtiles', 'E-MAP-001', /PMTiles/],
    ['invalid.mbtiles', 'E-DB-005', /not a set of map tiles/],
    ['its-leeds-example.osm.pbf', 'E-GEO-010', /not UTF-8/],
  ])('refuses %s with %s', (name, code, sentence) => {
    const error = refusal(() => openBasemap(basemap(name)))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(sentence)
    expect(error.detail.cure).toBeTruthy()
  })
})

/** One tile at 0/0/0 with one layer of one feature, as the vector tile specification 2.1 lays it out. */
function tileSet(name: string, tile: Uint8Array): string {
  const db = new Sqlite(':memory:')
  db.exec(
    'CREATE TABLE metadata (name, value); CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)',
  )
  db.prepare('INSERT INTO tiles VALUES (0, 0, 0, ?)').run(tile)
  const file = made(name, db.serialize())
  db.close()
  return file
}

function tileBytes(layer: string, type: number, commands: number[], key: string, value: string): Uint8Array {
  const pbf = new PbfWriter()
  pbf.writeMessage(
    3,
    (_, out) => {
      out.writeVarintField(15, 2)
      out.writeStringField(1, layer)
      out.writeMessage(
        2,
        (_inner, f) => {
          f.writePackedVarint(2, [0, 0])
          f.writeVarintField(3, type)
          f.writePackedVarint(4, commands)
        },
        null,
      )
      out.writeStringField(3, key)
      out.writeMessage(4, (_inner, v) => v.writeStringField(1, value), null)
      out.writeVarintField(5, 4096)
    },
    null,
  )
  return pbf.finish()
}

describe('vector tiles', () => {
  // MoveTo(2048, 2048), LineTo(+1024, 0): from the middle of the world a quarter of its width east.
  const line = [9, 4096, 4096, 10, 2048, 0]
  const world: [number, number, number, number] = [-180, -85, 180, 85]
  it('puts coordinates where the specification says, packed or not', () => {
    for (const pack of [(b: Uint8Array) => b, gzipSync]) {
      const map = openBasemap(tileSet('one.mbtiles', pack(tileBytes('roads', 2, line, 'type', 'Motorway'))))
      expect(map.features(world, 100_000)).toEqual([
        { class: 'motorway', name: '', geometry: 'line', parts: [[0, 0, 90, 0]] },
      ])
      expect(map.features([100, -10, 120, 10], 100_000)).toEqual([])
      map.close()
    }
  })
  it('names the tile that cannot be read', () => {
    const map = openBasemap(tileSet('bad.mbtiles', Buffer.from([0x1a, 0xff, 0x01, 0x02])))
    expect(refusal(() => map.features(world, 100_000))).toMatchObject({ code: 'E-MAP-004' })
    map.close()
  })
  it('refuses a tile that unpacks to a bomb', () => {
    const map = openBasemap(tileSet('bomb.mbtiles', gzipSync(Buffer.alloc(64 << 20))))
    expect(refusal(() => map.features(world, 100_000)).code).toBe('E-MAP-004')
    map.close()
  })
  it('picks the zoom by scale and never reads more than 256 tiles', () => {
    // At the equator a 512-pixel tile of zoom 0 has 78,271.5 m to the pixel.
    expect(tilesFor([0, -1, 1, 1], 78_271.5 / 2 ** 10, 0, 14).zoom).toBe(10)
    expect(tilesFor([0, -1, 1, 1], 1, 4, 13).zoom).toBeLessThan(13)
    expect(tilesFor([0, -1, 1, 1], 1e9, 4, 13).zoom).toBe(4)
    for (let zoom = 0; zoom <= 14; zoom++) {
      const r = tilesFor([-6, 50, 2, 56], 78_271.5 / 2 ** zoom, 0, 14)
      expect((r.east - r.west + 1) * (r.south - r.north + 1)).toBeLessThanOrEqual(256)
    }
  })
})

describe('GeoJSON', () => {
  it('is read from degrees or the National Grid, by class, tag or file name', () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [400000, 300000],
        [401000, 300000],
      ],
    }
    const bng = openBasemap(
      made('a_roads.geojson', collection([feature({ ref: 'A38' }, line)], 'EPSG:27700')),
    )
    const [road] = bng.features([-2.1, 52.5, -1.9, 52.7], 10)
    expect([road.class, road.name, road.geometry]).toEqual(['a-road', 'A38', 'line'])
    // OS grid 400000, 300000 lies on the meridian of 2° west to within a minute of arc.
    expect(road.parts[0][0]).toBeCloseTo(-2.0, 1)
    expect(road.parts[0][1]).toBeCloseTo(52.6, 1)
    const map = openBasemap(
      made(
        'mixed.geojson',
        collection([
          feature(
            { class: 'water', name: 'Mere' },
            polygon(square(-1.5, 52.5, 0.1), square(-1.47, 52.53, 0.02)),
          ),
          feature(
            { highway: 'primary', ref: 'A6' },
            {
              type: 'LineString',
              coordinates: [
                [-1.5, 52.5],
                [-1.4, 52.6],
              ],
            },
          ),
          feature({ boundary: 'administrative' }, polygon(square(-1.5, 52.5, 0.1))),
          feature({ place: 'town', name: 'Ashby' }, { type: 'Point', coordinates: [-1.45, 52.55] }),
          feature({ amenity: 'bench' }, { type: 'Point', coordinates: [-1.45, 52.55] }),
        ]),
      ),
    )
    const found = map.features([-2, 52, -1, 53], 10)
    expect(found.map((f) => [f.class, f.geometry, f.name])).toEqual([
      ['water', 'area', 'Mere'],
      ['a-road', 'line', 'A6'],
      ['boundary', 'line', ''],
      ['place', 'point', 'Ashby'],
    ])
    expect(found[0].parts.map((ring) => ring.length)).toEqual([8, 8])
    expect(found[2].parts[0]).toHaveLength(10)
    expect(map.info.warnings.join()).toMatch(/1 features are of a kind the map does not draw/)
    expect(map.features([0, 50, 1, 51], 10)).toEqual([])
  })
  it('refuses a file with nothing to draw', () => {
    const file = made('x.geojson', collection([feature({ a: 1 }, polygon(square(-1.5, 52.5, 0.1)))]))
    expect(refusal(() => openBasemap(file)).code).toBe('E-MAP-003')
  })
})

describe('classes', () => {
  it.each([
    ['roads', { type: 'A Road Tunnel' }, 'a-road'],
    ['roads', { type: 'Local' }, 'minor-road'],
    ['transportation', { class: 'trunk' }, 'a-road'],
    ['transportation', { class: 'path' }, null],
    ['landcover', { class: 'grass' }, 'green'],
    ['landcover', { class: 'ice' }, null],
    ['water', { class: 'ocean' }, 'sea'],
    ['Surfacewater', {}, 'water'],
    ['railwaystations', {}, 'place'],
    ['district_buildings', {}, 'building'],
    ['boundary', { maritime: 1 }, null],
    ['contours', {}, null],
    ['constructor', {}, null],
  ])('%s %o is %s', (layer, attributes, expected) => {
    expect(basemapClass(layer, (key) => new Map<string, unknown>(Object.entries(attributes)).get(key))).toBe(
      expected,
    )
  })
  it('does not take a class it does not know from the file', () => {
    expect(basemapClassByTags((key) => (key === 'class' ? 'toString' : undefined))).toBeNull()
  })
})

describe('budget', () => {
  const line = (c: BasemapFeature['class'], vertices: number): BasemapFeature => ({
    class: c,
    name: '',
    geometry: 'line',
    parts: [new Array(vertices * 2).fill(0)],
  })
  it('drops whole kinds, least important first, and says which', () => {
    const notes: string[] = []
    const kept = keepWithinBudget(
      [line('building', 50), line('motorway', 60), line('minor-road', 70)],
      notes,
      100,
    )
    expect(classes(kept)).toEqual(['motorway'])
    expect(notes[0]).toMatch(/buildings, minor roads \(the map would hold 180 corners; 100 is the most\)/)
  })
  it('leaves what fits as it is, without a note', () => {
    const notes: string[] = []
    const all = [line('building', 50), line('motorway', 50)]
    expect(keepWithinBudget(all, notes, 100)).toBe(all)
    expect(notes).toEqual([])
  })
})
