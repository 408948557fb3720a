import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlaceFeature } from '#core/contract/layer.ts'
import { foldName } from '#core/data/basemap/fold-name.ts'
import { encodePlaces, openPlaceIndex, placesOf } from '#core/data/basemap/place-index.ts'
import { readPlaces } from '#core/data/basemap/read-places.ts'
import { searchPlaces } from '#core/data/basemap/search-places.ts'
import { made, noSharedData, sharedData, skipped } from './files.ts'

const place = (name: string, kind = 'Place', x = 450_000, y = 300_000, within?: string): PlaceFeature => ({
  name,
  kind,
  x,
  y,
  ...(within !== undefined && { within }),
})
const indexOf = (places: readonly PlaceFeature[]) => openPlaceIndex(encodePlaces(places))
const found = (places: readonly PlaceFeature[], typed: string, near: [number, number] | null = null) => {
  const index = indexOf(places)
  return searchPlaces(index, typed, near, 8).map(({ row }) => index.name(row))
}

describe('foldName', () => {
  it.each([
    ['St John’s (CofE) School', 'ST JOHNS COFE SCHOOL'],
    ['Ynys Môn / Llŷn', 'YNYS MON LLYN'],
    ['Marks & Spencer', 'MARKS AND SPENCER'],
    ['  —  ', ''],
  ])('%s', (name, folded) => expect(foldName(name)).toBe(folded))
})

describe('a file of places', () => {
  it('gives back what was put in, whatever the names', () => {
    const names = fc.string({ unit: 'grapheme', maxLength: 12 })
    const some = fc.array(
      fc.record({ name: names, kind: names, x: fc.double({ noNaN: true }), y: fc.double({ noNaN: true }) }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(some, (places) => {
        expect(placesOf(indexOf(places))).toEqual(places)
      }),
    )
  })
  it('keeps what a place lies in', () => {
    const places = [place('High Street', 'Named Road', 1, 2, 'Wigston'), place('Wigston', 'Town', 3, 4)]
    expect(placesOf(indexOf(places))).toEqual(places)
  })
  it('reads bytes that do not begin on a multiple of eight, and refuses others', () => {
    const bytes = encodePlaces([place('Bell Inn')])
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(placesOf(openPlaceIndex(shifted.subarray(3)))).toHaveLength(1)
    expect(() => openPlaceIndex(bytes.subarray(0, bytes.length - 8))).toThrow('damaged')
    expect(() => openPlaceIndex(new Uint8Array(64))).toThrow('not one of this program')
  })
})

describe('brute force', () => {
  const word = fc.string({ unit: fc.constantFrom('A', 'B', '1', 'É', '-'), minLength: 1, maxLength: 9 })
  const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
  it('finds the places one of whose words begins what was typed, and no other', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 40 }), word, (names, typed) => {
        // Postcodes close up their space, and words in any order are another question.
        const fold = foldName(typed)
        fc.pre(fold !== '' && !fold.includes(' ') && !/[A-Z]\d/.test(fold))
        const index = indexOf(names.map((held) => place(held)))
        const rows = searchPlaces(index, typed, null, 1000).map(({ row }) => row)
        const expected = names.flatMap((held, row) =>
          ` ${foldName(held)}`.includes(` ${fold}`) && !/[A-Z]\d/.test(foldName(held)) ? [row] : [],
        )
        expect(rows.filter((row) => !/[A-Z]\d/.test(foldName(names[row]))).sort((a, b) => a - b)).toEqual(
          expected,
        )
        expect(new Set(rows).size).toBe(rows.length)
      }),
      { numRuns: 300 },
    )
  })
})

describe('order', () => {
  it('puts the whole name first, then the start of a name, then the start of a word', () => {
    expect(
      found([place('New Wigston'), place('Wigston Magna'), place('Wigston'), place('Leicester')], 'wigston'),
    ).toEqual(['Wigston', 'Wigston Magna', 'New Wigston'])
  })
  it('puts a city before a street, and near streets before far ones', () => {
    const places = [
      place('Leicester Road', 'Named Road', 400_000, 400_000),
      place('Leicester Row', 'Named Road', 450_000, 300_010),
      place('Leicester Forest East', 'Suburban Area', 460_000, 300_000),
      place('Leicester', 'City', 458_000, 304_000),
    ]
    expect(found(places, 'leicester', [450_000, 300_000])).toEqual([
      'Leicester',
      'Leicester Forest East',
      'Leicester Row',
      'Leicester Road',
    ])
  })
  it('keeps no more than asked for, the best of them', () => {
    const places = Array.from({ length: 500 }, (_, i) =>
      place('Church Street', 'Named Road', 450_000 + i * 10, 300_000),
    )
    const index = indexOf(places)
    const matches = searchPlaces(index, 'church', [452_500, 300_000], 3)
    expect(matches.map(({ row }) => row)).toEqual([250, 249, 251])
  })
})

describe('what can be typed', () => {
  const places = [
    place('LE1 1AA', 'Postcode'),
    place('LE11 1AA', 'Postcode'),
    place('High Street', 'Named Road', 1, 1, 'Wigston'),
    place('High Street', 'Named Road', 2, 2, 'Oadby'),
    place('St John’s School', 'School'),
  ]
  it.each([
    ['le11aa', ['LE1 1AA']],
    ['LE1 1AA', ['LE1 1AA']],
    ['le1 1', ['LE1 1AA']],
    ['LE11 1', ['LE11 1AA']],
    ['le1', ['LE1 1AA', 'LE11 1AA']],
    ['le11', ['LE1 1AA', 'LE11 1AA']],
    ['st johns', ['St John’s School']],
    ["st john's sch", ['St John’s School']],
    ['school john', ['St John’s School']],
    ['nowhere', []],
    ['', []],
    ['?!', []],
  ])('%s', (typed, names) => expect(found(places, typed)).toEqual(names))
  it('the town a street is in', () => {
    const index = indexOf(places)
    expect(searchPlaces(index, 'high street oadby', null, 8).map(({ row }) => row)).toEqual([3])
    expect(searchPlaces(index, 'wigston high', null, 8).map(({ row }) => row)).toEqual([2])
    expect(searchPlaces(index, 'wigston low', null, 8)).toEqual([])
    const withTown = indexOf([...places, place('Oadby', 'Town')])
    expect(searchPlaces(withTown, 'high street oadby', null, 8).map(({ row }) => row)).toEqual([3])
    expect(searchPlaces(index, 'street wigst', null, 8).map(({ row }) => row)).toEqual([2])
  })
})

it('knows OS Open Names without a header', () => {
  const row = (name: string, type: string, x: number, y: number, town: string) =>
    [
      'osgb1',
      'http://data.ordnancesurvey.co.uk/id/1',
      name,
      '',
      '',
      '',
      'x',
      type,
      x,
      y,
      ...Array(8).fill(''),
      town,
      ...Array(15).fill(''),
    ].join(',')
  const text = `${row('High Street', 'Named Road', 458_000.5, 304_000, 'Leicester')}\n${row('Leicester', 'City', 458_700, 304_500, '')}\n`
  expect(readPlaces(made('SK40.csv', text)).places).toEqual([
    { name: 'High Street', kind: 'Named Road', x: 458_000.5, y: 304_000, within: 'Leicester' },
    { name: 'Leicester', kind: 'City', x: 458_700, y: 304_500 },
  ])
})

describe.skipIf(noSharedData)(`Code-Point Open${skipped}`, () => {
  const text = gunzipSync(readFileSync(path.join(sharedData, 'places/code-point-open/le.csv.gz')))
  const { places, warnings } = readPlaces(made('le.csv', text))
  it('is read without a header, every row', () => {
    expect(places).toHaveLength(23_249)
    expect(warnings).toEqual([])
    expect(places[0]).toEqual({ name: 'LE1 1AA', kind: 'Postcode', x: 459_318, y: 304_176 })
  })
  it('answers every postcode with its own place', () => {
    const index = indexOf(places)
    for (let row = 0; row < places.length; row += 97) {
      const [match] = searchPlaces(index, places[row].name.toLowerCase(), null, 1)
      expect(match.row).toBe(row)
      expect(match.fit).toBe(0)
    }
  })
})
