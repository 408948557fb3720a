import path from 'node:path'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readBoundary } from '#core/data/boundaries/read-boundary.ts'
import { readLines } from '#core/data/lines/read-lines.ts'
import { made, noSharedData, refusal, sharedData, skipped, square } from './files.ts'

const bng = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::27700' } }

describe('streets', () => {
  it('takes lines with code, name, kind and numbers; parts stay apart, other shapes are left out and told', () => {
    const file = made('roads.geojson', {
      type: 'FeatureCollection',
      crs: bng,
      features: [
        {
          type: 'Feature',
          properties: { id: 'R1', name: 'Long Road', class: 'A Road', metres: 500 },
          geometry: {
            type: 'LineString',
            coordinates: [
              [450_000, 300_000],
              [450_300, 300_400],
            ],
          },
        },
        {
          type: 'Feature',
          properties: { id: 'R2', name: null, class: 'Local' },
          geometry: {
            type: 'MultiLineString',
            coordinates: [
              [
                [451_000, 300_000],
                [451_100, 300_000],
              ],
              [
                [452_000, 300_000],
                [452_100, 300_000],
              ],
            ],
          },
        },
        {
          type: 'Feature',
          properties: { id: 'P' },
          geometry: { type: 'Point', coordinates: [450_000, 300_000] },
        },
      ],
    })
    const { lines, warnings } = readLines(file)
    expect(lines).toEqual([
      {
        code: 'R1',
        name: 'Long Road',
        kind: 'A Road',
        lines: [
          [
            [450_000, 300_000],
            [450_300, 300_400],
          ],
        ],
        numbers: { metres: 500 },
      },
      {
        code: 'R2',
        name: '',
        kind: 'Local',
        lines: [
          [
            [451_000, 300_000],
            [451_100, 300_000],
          ],
          [
            [452_000, 300_000],
            [452_100, 300_000],
          ],
        ],
      },
    ])
    expect(warnings).toEqual(['1 shapes are no lines and were left out.'])
  })

  it('refuses areas as streets, an archive without a shapefile, and one without its table', () => {
    const areas = made('areas.geojson', {
      type: 'FeatureCollection',
      crs: bng,
      features: [
        {
          type: 'Feature',
          properties: {},
          geometry: { type: 'Polygon', coordinates: [square(450_000, 300_000, 9)] },
        },
      ],
    })
    expect(refusal(() => readLines(areas)).code).toBe('E-GEO-011')
    const empty = made('empty.zip', zipSync({ 'readme.txt': new Uint8Array([65]) }))
    expect(refusal(() => readLines(empty)).code).toBe('E-GEO-014')
    const bare = made('bare.zip', zipSync({ 'roads.shp': new Uint8Array(100) }))
    expect(refusal(() => readLines(bare)).code).toBe('E-GEO-016')
    const broken = made('broken.zip', zipSync({ 'r.shp': new Uint8Array(100), 'r.dbf': new Uint8Array(3) }))
    expect(refusal(() => readLines(broken)).code).toBe('E-GEO-014')
    const cut = made('cut.zip', zipSync({ 'r.shp': new Uint8Array(100) }).slice(0, 40))
    expect(refusal(() => readLines(cut)).code).toBe('E-GEO-014')
  })
})

describe.skipIf(noSharedData)(`zipped shapefiles as published${skipped}`, () => {
  it('OS Meridian roads: three files of one archive, their length as GDAL measures it', () => {
    const { lines } = readLines(
      path.join(sharedData, 'basemap/os_meridian2_roads_nw_england_bng_shapefiles.zip'),
    )
    const ofKind = (kind: string) => lines.filter((line) => line.kind === kind)
    expect(ofKind('a_road_polyline')).toHaveLength(27_864)
    expect(ofKind('b_road_polyline')).toHaveLength(14_802)
    expect(ofKind('motorway_polyline')).toHaveLength(999)
    let metres = 0
    let unlike = 0
    for (const { lines: parts, numbers } of ofKind('a_road_polyline')) {
      let length = 0
      for (const part of parts)
        for (let k = 1; k < part.length; k++)
          length += Math.hypot(part[k][0] - part[k - 1][0], part[k][1] - part[k - 1][1])
      metres += length
      if (Math.abs(length - (numbers?.METRES ?? Number.NaN)) > 1) unlike++
    }
    // As GDAL 3.6 measures them: ogrinfo -dialect sqlite, sum(st_length(geometry)), and rows unlike their METRES.
    expect(metres).toBeCloseTo(6_656_314.63908682, 5)
    expect(unlike).toBe(142)
  })

  it('London wards: code, name and area, the outline as large as its table says', () => {
    const { areas, codeField, crs } = readBoundary(
      path.join(sharedData, 'boundaries/london_wards_shapefile_bng.zip'),
    )
    expect([areas.length, codeField, crs]).toEqual([654, 'GSS_CODE', 'bng'])
    for (const { rings, numbers, name } of areas) {
      let twice = 0
      for (const ring of rings)
        ring.forEach(([x, y], at) => {
          const [nx, ny] = ring[(at + 1) % ring.length]
          twice += x * ny - nx * y
        })
      const hectares = Math.abs(twice) / 20_000
      const said = (numbers?.HECTARES ?? 0) - 0
      expect(Math.abs(hectares - said) / said, name).toBeLessThan(0.02)
    }
  })
})
