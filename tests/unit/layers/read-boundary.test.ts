import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { pointInRings, ringsArea } from '#core/analysis/space/polygon.ts'
import { readBoundary } from '#core/data/boundaries/read-boundary.ts'
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

const boundary = (name: string) => path.join(sharedData, 'boundaries', name)
const total = (areas: readonly { rings: Parameters<typeof ringsArea>[0] }[]) =>
  areas.reduce((sum, { rings }) => sum + ringsArea(rings), 0)

describe.skipIf(noSharedData)(`oracle: published boundaries${skipped}`, () => {
  // Square metres from GDAL 3.6.2: ogrinfo -dialect OGRSQL -sql "select sum(OGR_GEOM_AREA) from <layer>".
  it.each([
    ['london_borough.gpkg', 33, 'LAD24CD', 'LAD24NM', 1583467256.18965],
    ['london_lsoa.gpkg', 4994, 'LSOA21CD', 'LSOA21NM', 1574614719.34542],
    ['london_ward.gpkg', 684, 'WD24CD', 'WD24NM', 1572065943.59206],
    ['lancashire_wards_bng.gpkg', 271, 'ward_code', 'ward_name', 3066352057.70434],
    ['police_force_areas_2016_bng.gpkg', 43, 'pfa16cd', 'pfa16nm', 151265794049.164],
  ])('%s holds %i areas and the area GDAL measures', (name, count, code, called, squareMetres) => {
    const read = readBoundary(boundary(name))
    expect(read.areas).toHaveLength(count)
    expect([read.codeField, read.nameField, read.crs]).toEqual([code, called, 'bng'])
    expect(Math.abs(total(read.areas) - squareMetres)).toBeLessThan(0.01)
    expect(read.sha256).toBe(
      createHash('sha256')
        .update(readFileSync(boundary(name)))
        .digest('hex'),
    )
  })

  it.each([
    ['leicestershire_lsoa11.geojson', 611, 'LSOA11CD', 'LSOA11NM', 2551],
    ['leicestershire_wards25.geojson', 176, 'WD25CD', 'WD25NM', 2551],
    ['lancashire_lsoa21.geojson', 945, 'LSOA21CD', 'LSOA21NM', 3066],
    ['nottingham_wards.gpkg', 20, 'ward_code', 'ward_name', 75],
    ['police_force_areas_2020.geojson', 43, 'pfa20_code', 'pfa20_name', 151500],
  ])('%s comes from degrees to %i areas of the known size', (name, count, code, called, km2) => {
    const read = readBoundary(boundary(name))
    expect(read.areas).toHaveLength(count)
    expect([read.codeField, read.nameField, read.crs]).toEqual([code, called, 'wgs84'])
    expect(Math.round(total(read.areas) / 1e6)).toBe(km2)
  })

  it('puts Leicester Clock Tower into the LSOA and the force it is in', () => {
    // National Grid reference SK 5875 0461.
    const lsoa = readBoundary(boundary('leicestershire_lsoa11.geojson'))
    const holding = lsoa.areas.filter(({ rings }) => pointInRings(rings, 458750, 304610))
    expect(holding).toHaveLength(1)
    expect(holding[0].name).toMatch(/^Leicester \d{3}/)
    const forces = readBoundary(boundary('police_force_areas_2016_bng.gpkg'))
    const force = forces.areas.filter(({ rings }) => pointInRings(rings, 458750, 304610))
    expect(force.map(({ name }) => name)).toEqual(['Leicestershire'])
  })

  it('leaves out, and names, an area beyond the National Grid', () => {
    const read = readBoundary(boundary('local_authority_districts_2024_uk.geojson'))
    expect(read.areas).toHaveLength(360)
    expect(read.warnings.join()).toMatch(/Fermanagh and Omagh has corners beyond the National Grid/)
  })

  it('says that TopoJSON is not read', () => {
    expect(refusal(() => readBoundary(boundary('lad2022_england_wales_topojson.json'))).code).toBe(
      'E-GEO-010',
    )
  })
})

const bng = 'urn:ogc:def:crs:EPSG::27700'
const read = (name: string, content: object | string) => readBoundary(made(name, content))
const oneKm = polygon(square(400000, 300000, 1000))

describe('coordinates', () => {
  it('takes the crs member, and the numbers where there is none', () => {
    for (const crs of [bng, 'EPSG:27700', undefined])
      expect(read('a.geojson', collection([feature({ code: 'A' }, oneKm)], crs)).crs).toBe('bng')
    const degrees = polygon(square(-1.5, 52.5, 0.1))
    for (const crs of ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326', undefined])
      expect(read('b.geojson', collection([feature({ code: 'A' }, degrees)], crs)).crs).toBe('wgs84')
  })
  it('believes the numbers against a label that cannot be true, and says so', () => {
    const { crs, warnings } = read('a.geojson', collection([feature({ code: 'A' }, oneKm)], 'EPSG:4326'))
    expect(crs).toBe('bng')
    expect(warnings.join()).toMatch(/National Grid metres/)
  })
  it.each([
    ['another reference', collection([feature({}, oneKm)], 'EPSG:2157'), /EPSG:2157/],
    [
      'Web Mercator without a label',
      collection([feature({}, polygon(square(-250000, 7000000, 1000)))]),
      /neither/,
    ],
    ['New York', collection([feature({}, polygon(square(-74, 40.7, 0.1)))]), /neither/],
    [
      'latitude first',
      collection([feature({}, polygon(square(52.5, -1.5, 0.1)))]),
      /latitude before longitude/,
    ],
    [
      'degrees elsewhere, labelled',
      collection([feature({}, polygon(square(-74, 40.7, 0.1)))], 'EPSG:4326'),
      /outside/,
    ],
  ])('refuses %s with E-GEO-012', (_what, content, sentence) => {
    const error = refusal(() => read('a.geojson', content))
    expect(error.code).toBe('E-GEO-012')
    expect(error.message).toMatch(sentence)
    expect(error.detail.cure).toBeTruthy()
  })
})

describe('outlines', () => {
  const areaOf = (geometry: object) => {
    const { areas, warnings } = read(
      'a.geojson',
      collection([feature({ code: 'A1', name: 'Castle' }, geometry)], bng),
    )
    return { area: ringsArea(areas[0].rings), rings: areas[0].rings, warnings }
  }
  it('keeps holes, islands in holes and separate parts by even-odd filling', () => {
    const multi = {
      type: 'MultiPolygon',
      coordinates: [
        [square(400000, 300000, 1000), square(400100, 300100, 500)],
        [square(400200, 300200, 100)],
        [square(410000, 300000, 200)],
      ],
    }
    const { area, rings, warnings } = areaOf(multi)
    expect(area).toBe(1_000_000 - 250_000 + 10_000 + 40_000)
    expect(rings.every((ring) => ring.length === 4)).toBe(true)
    expect(warnings).toEqual([])
  })
  it('closes what is not closed, with a note', () => {
    const { area, warnings } = areaOf(polygon(square(400000, 300000, 1000).slice(0, 4)))
    expect(area).toBe(1_000_000)
    expect(warnings.join()).toMatch(/Castle has an outline that is not closed/)
  })
  it('drops a hole outside its area instead of counting it as area', () => {
    const { area, warnings } = areaOf(polygon(square(400000, 300000, 1000), square(405000, 300000, 100)))
    expect(area).toBe(1_000_000)
    expect(warnings.join()).toMatch(/hole outside/)
  })
  it('drops a part drawn twice or inside another, which even-odd would turn into a hole', () => {
    for (const second of [square(400000, 300000, 1000), square(400200, 300200, 300)]) {
      const { area, warnings } = areaOf({
        type: 'MultiPolygon',
        coordinates: [[square(400000, 300000, 1000)], [second]],
      })
      expect(area).toBe(1_000_000)
      expect(warnings.join()).toMatch(/inner part was left out/)
    }
  })
  it('tells of crossing lines', () => {
    const bowTie: [number, number][] = [
      [400000, 300000],
      [401000, 301000],
      [401000, 300000],
      [400000, 301500],
      [400000, 300000],
    ]
    expect(areaOf(polygon(bowTie)).warnings.join()).toMatch(/crossing lines/)
    expect(areaOf(oneKm).warnings).toEqual([])
  })
  it('does not call parts that touch at a corner or share an edge crossing', () => {
    const { warnings } = areaOf({
      type: 'MultiPolygon',
      coordinates: [
        [square(400000, 300000, 100)],
        [square(400100, 300100, 100)],
        [square(400100, 300000, 100)],
      ],
    })
    expect(warnings).toEqual([])
  })
  it('leaves out rings without area, features without outline and points, naming them', () => {
    const { areas, warnings } = read(
      'a.geojson',
      collection(
        [
          feature({ code: 'A' }, oneKm),
          feature({ code: 'B' }, null),
          feature({ code: 'C' }, { type: 'Point', coordinates: [400000, 300000] }),
          feature(
            { code: 'D' },
            polygon([
              [400000, 300000],
              [400100, 300000],
              [400000, 300000],
            ]),
          ),
        ],
        bng,
      ),
    )
    expect(areas.map(({ code }) => code)).toEqual(['A'])
    expect(warnings.join(' ')).toMatch(/B has no outline.*C has a point or a line/)
    expect(warnings.join(' ')).toMatch(/D has a ring without area/)
  })
  it.each([
    ['coordinates that are words', polygon([['x', 'y']] as never)],
    ['coordinates missing', { type: 'Polygon' }],
    ['points only', { type: 'Point', coordinates: [400000, 300000] }],
    ['a number where a ring belongs', { type: 'Polygon', coordinates: [1, 2] }],
  ])('refuses %s with E-GEO-011', (_what, geometry) => {
    expect(refusal(() => read('a.geojson', collection([feature({ code: 'A' }, geometry)], bng))).code).toBe(
      'E-GEO-011',
    )
  })
})

describe('attributes', () => {
  const two = (first: object, second: object) =>
    collection([feature(first, oneKm), feature(second, polygon(square(402000, 300000, 1000)))], bng)
  it('prefers a code whose values are all different, and the name that belongs to it', () => {
    const { codeField, nameField } = read(
      'a.geojson',
      two(
        { LAD24CD: 'E1', LAD24NM: 'Leeds', WD24CD: 'W1', WD24NM: 'Armley' },
        { LAD24CD: 'E1', LAD24NM: 'Leeds', WD24CD: 'W2', WD24NM: 'Bramley' },
      ),
    )
    expect([codeField, nameField]).toEqual(['WD24CD', 'WD24NM'])
  })
  it('takes the attributes asked for, whatever their case, and refuses unknown ones with the list', () => {
    const file = made('a.geojson', two({ Beat: 'B1', label: 'North' }, { Beat: 'B2', label: 'South' }))
    const { areas } = readBoundary(file, { codeField: 'beat', nameField: 'label' })
    expect(areas.map(({ code, name }) => [code, name])).toEqual([
      ['B1', 'North'],
      ['B2', 'South'],
    ])
    const error = refusal(() => readBoundary(file, { codeField: 'ward' }))
    expect(error.code).toBe('E-GEO-013')
    expect(error.message).toMatch(/Beat, label/)
  })
  it('numbers areas that have neither, and says so', () => {
    const { areas, warnings } = read('a.geojson', two({}, {}))
    expect(areas.map(({ code }) => code)).toEqual(['feature 1', 'feature 2'])
    expect(warnings.join()).toMatch(/numbered/)
  })
  it('tells of codes that repeat and of codes that are missing', () => {
    const { warnings } = readBoundary(made('a.geojson', two({ c: 'X' }, { c: 'X' })), { codeField: 'c' })
    expect(warnings.join()).toMatch(/1 values of c stand for more than one area/)
    const missing = readBoundary(made('b.geojson', two({ c: 'X' }, { c: null })), { codeField: 'c' })
    expect(missing.warnings.join()).toMatch(/1 of 2 areas have no c/)
  })
  it('keeps attributes called __proto__ and constructor as data', () => {
    const text = JSON.stringify(two({ code: 'A' }, { code: 'B' })).replaceAll('"code"', '"__proto__"')
    const { areas } = readBoundary(made('p.geojson', text), { codeField: '__proto__' })
    expect(areas.map(({ code }) => code)).toEqual(['A', 'B'])
    expect(({} as Record<string, unknown>).code).toBeUndefined()
  })
})

describe('refuses', () => {
  it.each([
    ['an empty file', 'a.geojson', '', 'E-IMP-001'],
    ['half a file', 'a.geojson', JSON.stringify(collection([feature({}, oneKm)])).slice(0, 90), 'E-GEO-010'],
    ['10,000 levels of nesting', 'a.geojson', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'E-GEO-010'],
    ['JSON that is not GeoJSON', 'a.json', '{"rows": []}', 'E-GEO-010'],
    ['a feature list that is none', 'a.json', '{"type":"FeatureCollection","features":{}}', 'E-GEO-010'],
    ['text that is not UTF-8', 'a.json', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 'E-GEO-010'],
    ['no features', 'a.json', JSON.stringify(collection([])), 'E-GEO-011'],
    ['KML', 'a.kml', '<?xml version="1.0"?><kml/>', 'E-GEO-014'],
    ['a database that is empty', 'a.gpkg', '', 'E-DB-002'],
    ['text called a GeoPackage', 'a.gpkg', 'hello'.repeat(50), 'E-DB-001'],
  ])('%s', (_what, name, content, code) => {
    const error = refusal(() => readBoundary(made(name, content)))
    expect(error.code).toBe(code)
    expect(error.message).toContain(name)
    expect(error.message).toMatch(/Nothing was imported\.$/)
    expect(error.message).not.toMatch(/\/tmp|\\/)
    expect(error.detail.cure).toBeTruthy()
  })
})
