import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeFilter } from '#core/analysis/select/describe-filter.ts'
import { describeHours } from '#core/analysis/select/describe-hours.ts'
import type { Clause } from '#core/contract/filter.ts'

const layers = { ward: { name: 'Wards', areas: { E1: 'Alderwick Central', E2: 'Fenside' } } }
const say = (...clauses: Clause[]): string => describeFilter({ clauses }, layers).sentence
const hoursOf = (day: number, from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, k) => (day * 24 + from + k) % 168)

describe('the sentence', () => {
  it('is what an analyst would say, whatever the order of the clauses', () => {
    const clauses: Clause[] = [
      { kind: 'area', layer: 'ward', codes: ['E1'] },
      { kind: 'hours', hours: [...hoursOf(4, 20, 28), ...hoursOf(5, 20, 28)] },
      { kind: 'flag', column: 'publicSpace', states: ['yes'] },
      { kind: 'period', from: '2024-01-01', to: '2026-01-01' },
      { kind: 'oneOf', column: 'offence', values: ['Violence with injury', 'Robbery'] },
    ]
    const { sentence, parts } = describeFilter({ clauses }, layers)
    expect(sentence).toBe(
      'Violence with injury or Robbery, Jan 2024 to Dec 2025, public space, Fri–Sat 20:00–04:00, in Alderwick Central',
    )
    expect(parts.map((part) => part.clause)).toEqual([4, 3, 2, 1, 0])
    expect(parts.map((part) => part.text).join(', ')).toBe(sentence)
  })
  it('says all incidents when nothing is asked', () => expect(say()).toBe('All incidents'))
  it('says the last day in, though the filter writes the first day out', () => {
    expect(say({ kind: 'period', from: '2024-02-01', to: '2024-03-01' })).toBe('Feb 2024')
    expect(say({ kind: 'period', from: '2024-02-28', to: '2024-03-01' })).toBe('28 Feb 2024 to 29 Feb 2024')
    expect(say({ kind: 'period', from: '2023-12-31', to: '2024-01-01' })).toBe('31 Dec 2023')
    expect(say({ kind: 'period', from: '2023-13-31', to: '2024-01-01' })).toBe(
      '2023-13-31 to before 2024-01-01',
    )
  })
  it('says words left out, not recorded, and how many it does not list', () => {
    expect(say({ kind: 'oneOf', column: 'offence', values: ['Arson', ''], exclude: true })).toBe(
      'any offence but Arson or not recorded',
    )
    expect(say({ kind: 'oneOf', column: 'locationType', values: ['Street'] })).toBe('Location type: Street')
    expect(say({ kind: 'oneOf', column: 'beat', values: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] })).toBe(
      'beat: A, B, C, D, E or 3 more',
    )
    expect(say({ kind: 'oneOf', column: 'offence', values: [] })).toBe('nothing')
  })
  it.each([
    [['yes'], 'domestic'],
    [['no'], 'not domestic'],
    [['unknown'], 'domestic not recorded'],
    [['unknown', 'no'], 'not flagged domestic'],
    [['yes', 'no'], 'domestic recorded either way'],
    [['unknown', 'yes'], 'domestic or not recorded'],
    [['yes', 'no', 'unknown'], 'domestic or not'],
    [[], 'no state of domestic'],
  ] as const)('says flags %j', (states, text) =>
    expect(say({ kind: 'flag', column: 'domestic', states })).toBe(text),
  )
  it('names places where they have a name', () => {
    const grid = { shape: 'hexagon', size: 200, originX: 0, originY: 0, columns: 9, rows: 9 } as const
    expect(say({ kind: 'area', layer: 'ward', codes: ['E2', 'E7'] })).toBe('in Fenside or E7')
    expect(say({ kind: 'area', layer: 'gone', codes: ['E2'] })).toBe('in E2')
    expect(say({ kind: 'polygon', rings: [] })).toBe('in a drawn area')
    expect(say({ kind: 'polygon', name: 'Market Place', rings: [] })).toBe('in Market Place')
    expect(say({ kind: 'cells', grid, cells: [3, 4] })).toBe('in 2 grid cells')
    expect(say({ kind: 'cells', grid, cells: [3] })).toBe('in 1 grid cell')
    expect(say({ kind: 'cells', grid, cells: [3], name: 'Hotspot 2' })).toBe('in Hotspot 2')
    expect(say({ kind: 'located' })).toBe('with a location')
  })
})

describe('hours of the week', () => {
  it.each([
    [[], 'at no hour'],
    [hoursOf(0, 0, 168), 'at any hour'],
    [hoursOf(0, 9, 10), 'Mon 09:00–10:00'],
    [[0, 1, 2, 3, 4, 5, 6].flatMap((day) => hoursOf(day, 22, 26)), 'every day 22:00–02:00'],
    [[...hoursOf(5, 0, 24), ...hoursOf(6, 0, 24)], 'Sat–Sun all day'],
    [hoursOf(4, 18, 78), 'Fri 18:00 to Mon 06:00'],
    [[...hoursOf(0, 7, 9), ...hoursOf(2, 7, 9), ...hoursOf(3, 7, 9)], 'Mon, Wed–Thu 07:00–09:00'],
    [[...hoursOf(0, 7, 9), ...hoursOf(0, 14, 17)], 'Mon 07:00–09:00 and Mon 14:00–17:00'],
    [hoursOf(6, 23, 26), 'Sun 23:00–02:00'],
    [[...hoursOf(6, 0, 24), ...hoursOf(0, 0, 24)], 'Sun–Mon all day'],
  ])('%j', (hours, text) => expect(describeHours(hours)).toBe(text))

  it('no two sets share a text: the words can be read back', () => {
    const read = (text: string): number[] => {
      if (text === 'at no hour') return []
      if (text === 'at any hour') return hoursOf(0, 0, 168)
      const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
      const back = new Set<number>()
      for (const spell of text.split(' and ')) {
        const long = /^(\w+) (\d+):00 to (\w+) (\d+):00$/.exec(spell)
        if (long) {
          const start = names.indexOf(long[1]) * 24 + Number(long[2])
          const end = names.indexOf(long[3]) * 24 + Number(long[4])
          for (let hour = start; hour % 168 !== end; hour++) back.add(hour % 168)
          continue
        }
        const [, days, times] = /^(.*) (all day|\d\d:00–\d\d:00)$/.exec(spell)!
        const on =
          days === 'every day'
            ? [0, 1, 2, 3, 4, 5, 6]
            : days.split(', ').flatMap((run) => {
                const [first, last = first] = run.split('–').map((name) => names.indexOf(name))
                return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, k) => (first + k) % 7)
              })
        const [from, to] =
          times === 'all day' ? [0, 24] : times.split('–').map((time) => Number.parseInt(time, 10))
        for (const day of on) for (const hour of hoursOf(day, from, to > from ? to : to + 24)) back.add(hour)
      }
      return [...back].sort((a, b) => a - b)
    }
    const spells = fc.array(fc.tuple(fc.integer({ min: 0, max: 167 }), fc.integer({ min: 1, max: 60 })), {
      maxLength: 9,
    })
    fc.assert(
      fc.property(spells, (drawn) => {
        const hours = [...new Set(drawn.flatMap(([start, length]) => hoursOf(0, start, start + length)))]
        expect(read(describeHours(hours))).toEqual(hours.sort((a, b) => a - b))
      }),
      { numRuns: 1000, seed: 3 },
    )
  })
})
