import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { cellArea } from '#core/analysis/space/grid.ts'
import { ringsArea, signedArea } from '#core/analysis/space/polygon.ts'
import { polygonsOfRings } from '#core/analysis/space/polygons-of-rings.ts'
import type { Rings } from '#core/contract/geometry.ts'
import { packFigures } from '#core/report/pack/figures.ts'
import { briefingPack } from '#core/report/pack/pack.ts'
import { figuresCsv, textField } from '#core/report/write/figures-csv.ts'
import { hotspotsGeoJson } from '#core/report/write/geojson.ts'
import { utf8 } from '#core/report/write/utf8.ts'
import { fictionalPack } from '../../gallery/fictional-pack.ts'

const input = fictionalPack({ hotspots: 4 })
const model = briefingPack(input)
const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

describe('figures as CSV', () => {
  const text = textOf(figuresCsv(model))
  const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[]

  it('holds exactly the numbers of the pages, at full precision', () => {
    const figures = packFigures(model)
    expect(rows).toHaveLength(figures.length)
    rows.forEach((row, i) => {
      expect(row.id).toBe(figures[i].id)
      if (Number.isFinite(figures[i].value)) expect(Number(row.value)).toBe(figures[i].value)
      else expect(row.value).toBe('')
    })
    expect(text.startsWith('\ufeffid,page,')).toBe(true)
    expect(text.endsWith('\r\n')).toBe(true)
  })

  it('writes text that could be a formula as text, and numbers as they are', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r'])
      expect(textField(`${start}1+2`).replace(/^"/, '').startsWith(`'${start}`)).toBe(true)
    expect(textField('a "b", c')).toBe('"a ""b"", c"')
    const named = fictionalPack({ hotspots: 1 })
    const [only] = named.hotspots
    const evil = briefingPack({ ...named, hotspots: [{ ...only, name: '=HYPERLINK("http://x")' }] })
    const fields = parse(textOf(figuresCsv(evil)), { bom: true }) as string[][]
    for (const field of fields.flat()) expect(/^[=+@\t\r]/.test(field), field).toBe(false)
    const changes = rows.filter(({ unit, value }) => unit === 'percent' && Number(value) < 0)
    for (const { value } of changes) expect(value.startsWith('-')).toBe(true)
  })

  it('encodes as UTF-8 like any other encoder', () => {
    for (const sample of ['plain', 'é − “”', '日本', '🚓 ok', 'half \ud800 pair'])
      expect([...utf8(sample)]).toEqual([...new TextEncoder().encode(sample)])
  })
})

describe('hotspots as GeoJSON', () => {
  // A plain scaling stands in for the projection: what is tested here is shape and order.
  const collection = JSON.parse(textOf(hotspotsGeoJson(model, (x, y) => [x / 1e5, y / 1e5])))

  it('is marked and dated and holds each hotspot with its numbers', () => {
    expect(collection.marking).toBe('OFFICIAL-SENSITIVE [OPERATIONAL]')
    expect(collection.asAt).toBe('2026-01-12')
    expect(collection.features).toHaveLength(4)
    input.hotspots.forEach(({ hotspot, name }, i) => {
      const { properties, id } = collection.features[i]
      expect(id).toBe(hotspot.id)
      expect(properties).toMatchObject({ rank: hotspot.rank, name, count: hotspot.count, harm: hotspot.harm })
    })
  })

  it('closes its rings, winds outer rings counter-clockwise and keeps the area', () => {
    collection.features.forEach(
      (feature: { geometry: { coordinates: [number, number][][][] } }, i: number) => {
        let area = 0
        for (const polygon of feature.geometry.coordinates) {
          expect(signedArea(polygon[0])).toBeGreaterThan(0)
          for (const ring of polygon) {
            expect(ring[0]).toEqual(ring[ring.length - 1])
            area += signedArea(ring.slice(0, -1))
          }
        }
        const { cells } = input.hotspots[i].hotspot
        expect((area * 1e10) / (cells.length * cellArea(input.summary.grid))).toBeCloseTo(1, 3)
      },
    )
  })

  it('gives holes to the polygon they lie in', () => {
    const ring = (x: number, y: number, size: number, clockwise = false) => {
      const corners: [number, number][] = [
        [x, y],
        [x + size, y],
        [x + size, y + size],
        [x, y + size],
      ]
      return clockwise ? corners.reverse() : corners
    }
    const rings: Rings = [
      ring(0, 0, 100),
      ring(10, 10, 50, true),
      ring(20, 20, 30),
      ring(25, 25, 5, true),
      ring(200, 0, 10),
    ]
    const polygons = polygonsOfRings(rings)
    expect(polygons.map((polygon) => polygon.length)).toEqual([2, 2, 1])
    expect(polygons[1][1]).toEqual(rings[3])
    expect(ringsArea(rings)).toBeGreaterThan(0)
  })

  it('writes null for what is not known, and refuses a place outside the grid', () => {
    const plain = briefingPack(fictionalPack({ hotspots: 1, weights: false }))
    const only = JSON.parse(textOf(hotspotsGeoJson(plain, (x, y) => [x / 1e5, y / 1e5])))
    expect(only.features[0].properties.harm).toBeNull()
    expect(() => hotspotsGeoJson(plain, () => [Number.NaN, Number.NaN])).toThrow(/outside the National Grid/)
  })
})
