import { describe, expect, it } from 'vitest'
import { harmPerCell } from '#core/analysis/space/study-grid.ts'
import { harmOfIncidents, unweightedCaveat } from '#core/analysis/support/harm.ts'
import { makeIncidents, patient } from '../select/make-incidents.ts'

const offences = ['Robbery', 'Theft', 'constructor', 'Begging', '']
const incidents = makeIncidents(
  offences.map((offence) => ({ at: [450_000, 300_000] as const, words: { offence } })),
  { dictionaries: ['offence'] },
)
const weights = {
  name: 'W',
  version: '2',
  unit: 'days',
  byOffence: { Robbery: 365, Theft: 0, Begging: -1, '': 9 },
}

describe('harm of incidents', () => {
  it('a weight of 0 is a weight; no weight, a negative one and no offence are NaN', () => {
    const found = harmOfIncidents(incidents, { weights })!
    expect(found.table).toBe('W 2')
    const { words } = incidents.dictionaries.offence
    expect(offences.map((offence) => found.weights[words.indexOf(offence)])).toEqual([
      365,
      0,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
  })

  it('per cell: the sum of the weights held, and how many have none', () => {
    const found = harmOfIncidents(incidents, { weights })!
    const tally = harmPerCell(Int32Array.from([0, 0, 0, 1, -1]), found, 2, patient)
    expect([...tally.harm]).toEqual([365, 0])
    expect(tally.unweighted).toBe(2)
  })

  it('without a table or without offences there is none, or a refusal when it is needed', () => {
    const bare = makeIncidents([{ at: [450_000, 300_000] }])
    expect(harmOfIncidents(incidents, {})).toBeNull()
    expect(harmOfIncidents(bare, { weights })).toBeNull()
    expect(() => harmOfIncidents(incidents, {}, true, 'A ranking by harm')).toThrow(
      /^A ranking by harm needs harm weights/,
    )
    expect(() => harmOfIncidents(bare, { weights }, true)).toThrow(/no offence column/)
  })

  it('says how many have no weight, and nothing when all have one', () => {
    expect(unweightedCaveat(0, 10, 'W 2')).toEqual([])
    expect(unweightedCaveat(1, 8, 'W 2')[0].text).toContain('1 of 8 incidents (12.5%)')
  })
})
