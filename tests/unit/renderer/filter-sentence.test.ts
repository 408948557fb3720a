import { describe, expect, it } from 'vitest'
import type { Clause } from '#core/contract/filter.ts'
import { sentenceParts } from '#renderer/state/filter-sentence.ts'
import { hoursTitle } from '#renderer/state/hours-title.ts'
import { addMonths, periodTitle } from '#renderer/state/months.ts'

const names = (layer: string, code: string) =>
  layer === 'districts' && code === 'D1' ? 'Alderwick Central' : undefined
const text = (...clauses: Clause[]) => sentenceParts({ clauses }, names).map((part) => part.text)
const night = [116, 117, 118, 119, 120, 121, 122, 123, 140, 141, 142, 143, 144, 145, 146, 147]

describe('filter sentence', () => {
  it('says each clause in the words of the trade, in the order of the filter', () => {
    expect(
      text(
        { kind: 'flag', column: 'knife', states: ['yes'] },
        { kind: 'period', from: '2024-01-01', to: '2026-01-01' },
        { kind: 'flag', column: 'publicSpace', states: ['yes'] },
        { kind: 'hours', hours: night },
      ),
    ).toEqual(['knife-enabled', 'Jan 2024 – Dec 2025', 'public places', 'Fri–Sat 20:00–04:00'])
  })

  it('keeps the index of the clause each part removes', () => {
    const parts = sentenceParts(
      { clauses: [{ kind: 'located' }, { kind: 'area', layer: 'districts', codes: ['D1'] }] },
      names,
    )
    expect(parts).toEqual([
      { clause: 0, text: 'with a location' },
      { clause: 1, text: 'in Alderwick Central' },
    ])
  })

  it('never calls a flag that is not recorded "no"', () => {
    expect(text({ kind: 'flag', column: 'domestic', states: ['no', 'unknown'] })).toEqual([
      'non-domestic or domestic not recorded',
    ])
  })

  it('shortens long lists and says how many are left out', () => {
    const values = ['Robbery', 'Burglary', 'Arson', 'Fraud', 'Theft']
    expect(text({ kind: 'oneOf', column: 'offence', values })).toEqual(['Robbery, Burglary and 3 more'])
    expect(text({ kind: 'oneOf', column: 'offence', values: values.slice(0, 2), exclude: true })).toEqual([
      'all but Robbery or Burglary',
    ])
    expect(text({ kind: 'oneOf', column: 'outcome', values: [''] })).toEqual([
      'Outcome: outcome not recorded',
    ])
  })

  it('falls back to the code of an area whose name is not known', () => {
    expect(text({ kind: 'area', layer: 'wards', codes: ['W9'] })).toEqual(['in W9'])
  })
})

describe('periods', () => {
  it('reads the excluded end day as the day or month before it', () => {
    expect(periodTitle('2024-03-01', '2024-04-01')).toBe('Mar 2024')
    expect(periodTitle('2024-02-10', '2024-03-01')).toBe('10 Feb 2024 – 29 Feb 2024')
    expect(periodTitle('2024-02-29', '2024-03-01')).toBe('29 Feb 2024')
  })

  it('counts months over the turn of the year', () => {
    expect(addMonths('2024-12', 1)).toBe('2025-01')
    expect(addMonths('2024-01', -1)).toBe('2023-12')
    expect(addMonths('2024-05', -12)).toBe('2023-05')
  })
})

describe('hours of the week', () => {
  it('names whole days, blocks and scattered hours', () => {
    expect(hoursTitle(Array.from({ length: 24 }, (_, hour) => 120 + hour))).toBe('Sat')
    expect(hoursTitle([15, 16, 39, 40])).toBe('Mon–Tue 15:00–17:00')
    expect(hoursTitle([0, 2, 4, 6])).toBe('4 hours of the week')
  })

  it('joins the night of Sunday with Monday morning', () => {
    expect(hoursTitle([166, 167, 0, 1])).toBe('Sun 22:00–02:00')
  })
})
