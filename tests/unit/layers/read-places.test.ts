import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readPlaces } from '#core/data/basemap/read-places.ts'
import { made, noSharedData, refusal, sharedData, skipped } from './files.ts'

describe.skipIf(noSharedData)(`published places${skipped}`, () => {
  const unpacked = (name: string) =>
    made(name, gunzipSync(readFileSync(path.join(sharedData, 'places', `${name}.gz`))))
  it('reads the schools of England from latitude and longitude', () => {
    const { places, warnings } = readPlaces(unpacked('schools_england_gias_extract.csv'))
    expect(places).toHaveLength(26_399)
    expect(warnings).toEqual([])
    expect(places[0]).toMatchObject({ name: 'The Five Islands School', kind: 'LA maintained schools' })
    // Lat 49.9155, lng −6.3070: on St Mary's, Isles of Scilly, about SV 909 107.
    expect(Math.abs(places[0].x - 90_900)).toBeLessThan(300)
    expect(Math.abs(places[0].y - 10_600)).toBeLessThan(300)
  })
  it('counts the stations without coordinates instead of placing them', () => {
    const { places, warnings } = readPlaces(unpacked('rail_stations_gb.csv'))
    expect(places).toHaveLength(2_531)
    expect(warnings).toEqual(['2 of 2,533 rows have no usable coordinates and were left out.'])
    expect(places[0].kind).toBe('rail stations gb')
  })
})

const read = (content: string | Uint8Array, name = 'p.csv') => readPlaces(made(name, content))

it('reads easting and northing, quotes, and other separators', () => {
  for (const separator of [',', ';', '\t']) {
    const text = `Name${separator}Type${separator}Easting${separator}Northing\r\n"Bell${separator} Inn"${separator}pub${separator}400000${separator}300000.5\r\n`
    expect(read(text).places).toEqual([{ name: `Bell${separator} Inn`, kind: 'pub', x: 400000, y: 300000.5 }])
  }
})
it('leaves out blank, zero, impossible and worded coordinates', () => {
  const rows = ['a,400000,300000', 'b,,', 'c,0,0', 'd,9e9,1', 'e,abc,def', 'f,-5,300000', 'g,0x10,300000']
  const { places, warnings } = read(`name,x,y\n${rows.join('\n')}\n`)
  expect(places.map(({ name }) => name)).toEqual(['a'])
  expect(warnings[0]).toMatch(/^6 of 7 rows/)
})
it('reads Windows-1252 and byte order marks', () => {
  const latin = Buffer.from('name,x,y\nCaf\u00e9,400000,300000\n', 'latin1')
  expect(read(latin).places[0].name).toBe('Café')
  expect(read('\ufeffname,x,y\nCafé,400000,300000\n').places[0].name).toBe('Café')
})
it.each([
  ['nothing', '', 'E-IMP-001'],
  ['no coordinate columns', 'name,postcode\nBell,LE1 1AA\n', 'E-GEO-015'],
  ['a header only', 'name,x,y\n', 'E-GEO-015'],
  ['degrees off Great Britain only', 'name,lon,lat\nParis,2.35,48.85\n', 'E-GEO-015'],
  ['binary data', 'name,x,y\n\u0000', 'E-GEO-015'],
])('refuses %s', (_what, content, code) => {
  const error = refusal(() => read(content))
  expect(error.code).toBe(code)
  expect(error.message).toContain('p.csv')
})
