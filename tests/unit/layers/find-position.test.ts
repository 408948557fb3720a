import { describe, expect, it } from 'vitest'
import { toNationalGrid } from '#core/analysis/space/national-grid.ts'
import { findPosition } from '#core/data/basemap/find-position.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { gridReference } from '#renderer/map/screen-grid.ts'

const find = (typed: string) =>
  findPosition(typed, (longitude, latitude) => {
    const out = [0, 0]
    toNationalGrid(loadOstn15(), longitude, latitude, out)
    return [out[0], out[1]]
  })
const at = (typed: string) => {
  const found = find(typed)
  return found && [Math.round(found.easting), Math.round(found.northing), found.size]
}

describe('published', () => {
  // Ordnance Survey, A guide to coordinate systems in Great Britain: Caister water tower, TG 51409 13177.
  it('Caister water tower, by reference, in metres and in degrees', () => {
    expect(at('TG 51409 13177')).toEqual([651_409, 313_177, 0])
    expect(at('651409 313177')).toEqual([651_409, 313_177, 0])
    expect(at('52°39\'28.8282"N 1°42\'57.8663"E')).toEqual([651_410, 313_177, 0])
  })
})

describe('the ways people write it', () => {
  it.each([
    ['SK 58621 04412', [458_621, 304_412, 0]],
    ['sk5862104412', [458_621, 304_412, 0]],
    ['SK 586 044', [458_600, 304_400, 100]],
    ['TL12', [510_000, 220_000, 10_000]],
    ['TL 1234 5678', [512_340, 256_780, 10]],
    ['458621,304412', [458_621, 304_412, 0]],
    ['E458621 N304412', [458_621, 304_412, 0]],
    ['458621.5, 304412.4', [458_622, 304_412, 0]],
  ])('%s', (typed, expected) => expect(at(typed)).toEqual(expected))
  it.each([
    '52.634, -1.131',
    '52.634N 1.131W',
    'N52.634 W1.131',
    '1.131W, 52.634N',
    '-1.131 52.634',
    '52.634, −1.131',
  ])('%s', (typed) => {
    expect(at(typed)).toEqual(at('52.634 -1.131'))
    expect(find(typed)?.title).toBe('52.63400° N, 1.13100° W')
  })
  it('reads back every reference that the map prints', () => {
    for (let x = 5_000; x < 700_000; x += 41_231)
      for (let y = 5_000; y < 1_250_000; y += 53_117) expect(at(gridReference(x, y))).toEqual([x, y, 0])
  })
})

describe('is not one', () => {
  it.each([
    '',
    'Leicester',
    'LE1 1AA',
    'SK 123',
    'SK 12 345',
    'SK 123456 123456',
    'XX 12 34',
    'II12',
    '40.7, -74',
    '0 0',
    '1000 2000',
    '52.6N 1.1N',
    '999999 304412',
    '-52.6N 1.1W',
  ])('%s', (typed) => expect(find(typed)).toBeNull())
})
