import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromNationalGrid, toNationalGrid } from '#core/analysis/space/national-grid.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'

const table = loadOstn15()
const grid = (longitude: number, latitude: number) => {
  const out = [0, 0]
  toNationalGrid(table, longitude, latitude, out)
  return out
}
const degrees = (easting: number, northing: number) => {
  const out = [0, 0]
  fromNationalGrid(table, easting, northing, out)
  return out
}

describe('published', () => {
  it('agrees with the OSTN15 worked example, Caister water tower, to 2 mm', () => {
    // OS, OSTN15 developer pack: 52°39′28.8282″N 1°42′57.8663″E → 651409.804, 313177.450
    const [e, n] = grid(1 + 42 / 60 + 57.8663 / 3600, 52 + 39 / 60 + 28.8282 / 3600)
    expect(Math.abs(e - 651409.804)).toBeLessThan(0.002)
    expect(Math.abs(n - 313177.45)).toBeLessThan(0.002)
  })
  it('holds the published node (651, 313)', () => {
    expect(table.east[313 * 701 + 651]).toBeCloseTo(102.787, 3)
    expect(table.north[313 * 701 + 651]).toBeCloseTo(-78.242, 3)
  })
})

describe('properties', () => {
  it('comes back to the same place to under a millimetre', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5.5, max: 1.5, noNaN: true }),
        fc.double({ min: 50.2, max: 58, noNaN: true }),
        (lon, lat) => {
          const [e, n] = grid(lon, lat)
          const [lon2, lat2] = degrees(e, n)
          expect(Math.abs(lon2 - lon)).toBeLessThan(1e-8)
          expect(Math.abs(lat2 - lat)).toBeLessThan(1e-8)
        },
      ),
    )
  })
})

describe('edges', () => {
  it('gives NaN off Great Britain and for what is not a number', () => {
    for (const [lon, lat] of [
      [-73.9, 40.7],
      [Number.NaN, 52],
      [0, 91],
      [0, 0],
    ])
      expect(grid(lon, lat).every(Number.isNaN)).toBe(true)
    expect(degrees(-5000, 300000).every(Number.isNaN)).toBe(true)
  })
})
