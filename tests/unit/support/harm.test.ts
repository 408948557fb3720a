import { describe, expect, it } from 'vitest'
import { harmPerCell } from '#core/analysis/space/study-grid.ts'
import { harmBases, harmOfIncidents, unweightedCaveat } from '#core/analysis/support/harm.ts'
import { plainCode } from '#core/analysis/support/plain-code.ts'
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

  it('says how many have no weight or only that of their sub-group, and nothing when all have one', () => {
    expect(unweightedCaveat(0, 10, { table: 'W 2', byGroup: 0 })).toEqual([])
    const [none, group] = unweightedCaveat(1, 8, { table: 'W 2', byGroup: 3 })
    expect(none.text).toContain('1 of 8 incidents (12.5%)')
    expect(group).toMatchObject({ code: 'harm-by-group', text: expect.stringMatching(/^3 of the incidents/) })
  })

  it('code before offence before sub-group; each kind of incident has its own weight', () => {
    const table = {
      ...weights,
      byCode: { '8N': 184, '34B': 1000 },
      byGroup: { 'violence with injury': 365 },
    }
    const row = (offenceCode: string, offence: string, offenceGroup: string) => ({
      at: [450_000, 300_000] as const,
      words: { offenceCode, offence, offenceGroup },
    })
    const mixed = makeIncidents([
      row('008 n', 'Robbery', 'x'),
      row('', 'Robbery', 'Violence with injury'),
      row('9', 'Unknown', ' VIOLENCE WITH INJURY '),
      row('9', 'Unknown', 'Other'),
      row('', '', ''),
      row('34B', 'Theft', ''),
    ])
    const found = harmOfIncidents(mixed, { weights: table })!
    expect([...found.codes].map((code) => found.weights[code])).toEqual([
      184,
      365,
      365,
      Number.NaN,
      Number.NaN,
      1000,
    ])
    expect([...found.codes].map((code) => harmBases[found.basis[code]])).toEqual([
      'code',
      'offence',
      'group',
      'none',
      'none',
      'code',
    ])
    expect(found.byGroup).toBe(1)
    // A table of offences alone weighs them alone, whatever else the data hold.
    const plain = harmOfIncidents(mixed, { weights })!
    expect([...plain.codes].map((code) => plain.weights[code]).filter((weight) => weight > 0)).toEqual([
      365, 365,
    ])
    // Codes alone do, where the data hold no offence in words.
    const coded = makeIncidents([{ words: { offenceCode: '8N' } }])
    expect(harmOfIncidents(coded, { weights: table })!.weights[0]).toBe(184)
    expect(harmOfIncidents(coded, { weights })).toBeNull()
  })

  it('a code is one however it is written', () => {
    expect(['008/06', '8/6', ' 8/06 ', '008 N', '8n', '100', '0', '4.10'].map(plainCode)).toEqual([
      '8/6',
      '8/6',
      '8/6',
      '8N',
      '8N',
      '100',
      '0',
      '4.10',
    ])
  })
})
