import { describe, expect, it } from 'vitest'
import { hotspots } from '#core/analysis/hotspot/hotspots.ts'
import { matchingWords } from '#core/analysis/hotspot/place-words.ts'

const kinds = hotspots.card.parameters.excludedPlaces.default
const foundIn = (column: 'location' | 'locationType', word: string): string =>
  kinds[matchingWords([word], kinds, column)[0]] ?? ''

describe('kinds of place in location text, as published by Leicestershire', () => {
  it.each([
    ['On or near Hospital', 'hospital'],
    ['On or near Glenfield Hospital', 'hospital'],
    ['On or near Police Station', 'police station'],
    ['On or near Prison', 'prison'],
    ['HMP Leicester', 'hmp'],
    ['Leicester Royal Infirmary', 'infirmary'],
    ['Leicester Magistrates’ Court', 'magistrates court'],
    ["Loughborough Magistrates' Courts", 'magistrates court'],
    ['Court', 'court'],
    ['Custody suite, Euston Street', 'custody'],
  ])('%s is a %s', (text, kind) => {
    expect(foundIn('location', text)).toBe(kind)
  })

  it.each([
    'On or near Moat Court',
    'On or near Hospital Close',
    'On or near Hospital Way',
    'On or near Infirmary Square',
    'On or near Courtney Road',
    'On or near Prison Lane',
    'On or near Crown Court Road',
    'On or near Hospitality Street',
    'On or near Nightclub',
    'No Location',
    '',
  ])('%s is a street, or nothing of the kind', (text) => {
    expect(foundIn('location', text)).toBe('')
  })
})

describe('kinds of place in the location type', () => {
  it.each([
    ['Hospital (A&E)', 'hospital'],
    ['COURT BUILDING', 'court'],
    ['Police stations', 'police station'],
    ['Prison', 'prison'],
    ['Street', ''],
    ['Hospice', ''],
    ['', ''],
  ])('%s: %s', (type, kind) => {
    expect(foundIn('locationType', type)).toBe(kind)
  })

  it('a word without letters finds nothing', () => {
    expect([...matchingWords(['Hospital', ''], ['', '  ', '!'], 'locationType')]).toEqual([-1, -1])
  })
})
