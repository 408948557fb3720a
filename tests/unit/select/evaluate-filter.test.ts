import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateFilter } from '#core/analysis/select/evaluate-filter.ts'
import { cellOf, gridOver } from '#core/analysis/space/grid.ts'
import { pointInRings } from '#core/analysis/space/polygon.ts'
import { dateLabel, hourOfWeek } from '#core/analysis/support/wall-clock.ts'
import type { Clause } from '#core/contract/filter.ts'
import { InputError } from '#core/contract/problem.ts'
import { clock, makeColumns, type Row } from './make-incidents.ts'

const rows: Row[] = [
  { from: '2024-02-29 23:15', at: [100, 100], words: { offence: 'Robbery' }, flags: { knife: 'yes' } },
  { from: '2024-03-01 00:00', at: [200, 100], words: { offence: 'Burglary' }, flags: { knife: 'no' } },
  { from: '2024-03', at: [200, 200], words: { offence: '' } },
  { from: '2024-03-31 01:30', words: { offence: 'Robbery' }, flags: { knife: 'no' } },
  { words: { offence: 'Arson' } },
]
const columns = makeColumns(rows)
const areas = { ward: { codes: ['E1', 'E2'], index: Int32Array.of(0, 1, 1, -1, -1) } }
const run = (...clauses: Clause[]): number[] => Array.from(evaluateFilter({ clauses }, columns, areas))
const codeOf = (...clauses: unknown[]): string => {
  try {
    evaluateFilter({ clauses: clauses as Clause[] }, columns, areas)
    return 'none'
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    expect((error as InputError).detail.cure).toBeTruthy()
    return (error as InputError).code
  }
}

describe('each clause', () => {
  it('an empty list means every incident', () => expect(run()).toEqual([1, 1, 1, 1, 1]))
  it('period: half-open on the wall clock, undated rows out, 29 February in', () => {
    expect(run({ kind: 'period', from: '2024-02-29', to: '2024-03-01' })).toEqual([1, 0, 0, 0, 0])
    expect(run({ kind: 'period', from: '2024-03-01', to: '2024-03-31' })).toEqual([0, 1, 1, 0, 0])
    expect(run({ kind: 'period', from: '0000-01-01', to: '9999-12-31' })).toEqual([1, 1, 1, 1, 0])
  })
  it('oneOf: words, not recorded, and exclude', () => {
    const column = 'offence'
    expect(run({ kind: 'oneOf', column, values: ['Robbery', 'Piracy'] })).toEqual([1, 0, 0, 1, 0])
    expect(run({ kind: 'oneOf', column, values: [''] })).toEqual([0, 0, 1, 0, 0])
    expect(run({ kind: 'oneOf', column, values: ['Robbery'], exclude: true })).toEqual([0, 1, 1, 0, 1])
    expect(run({ kind: 'oneOf', column, values: [] })).toEqual([0, 0, 0, 0, 0])
  })
  it('flag: not recorded is unknown, never no', () => {
    expect(run({ kind: 'flag', column: 'knife', states: ['no'] })).toEqual([0, 1, 0, 1, 0])
    expect(run({ kind: 'flag', column: 'knife', states: ['yes', 'unknown'] })).toEqual([1, 0, 1, 0, 1])
  })
  it('area, with rows in no area out', () =>
    expect(run({ kind: 'area', layer: 'ward', codes: ['E2'] })).toEqual([0, 1, 1, 0, 0]))
  it('hours need a minute: Thursday 23:00 and Sunday 01:00', () => {
    expect(run({ kind: 'hours', hours: [3 * 24 + 23] })).toEqual([1, 0, 0, 0, 0])
    expect(run({ kind: 'hours', hours: [4 * 24, 6 * 24 + 1] })).toEqual([0, 1, 0, 1, 0])
  })
  it('located', () => expect(run({ kind: 'located' })).toEqual([1, 1, 1, 0, 0]))
  it('polygon: lower and left edges in, upper and right out', () => {
    const square = [
      [100, 100],
      [200, 100],
      [200, 200],
      [100, 200],
    ] as const
    expect(run({ kind: 'polygon', rings: [square] })).toEqual([1, 0, 0, 0, 0])
  })
  it('cells of a grid', () => {
    const grid = gridOver([0, 0, 300, 300], 'square', 100)
    expect(run({ kind: 'cells', grid, cells: [cellOf(grid, 250, 150)] })).toEqual([0, 1, 0, 0, 0])
  })
  it('all clauses must hold', () =>
    expect(run({ kind: 'located' }, { kind: 'oneOf', column: 'offence', values: ['Robbery'] })).toEqual([
      1, 0, 0, 0, 0,
    ]))
})

describe('brute force', () => {
  const words = ['', 'a', 'b', 'c']
  const anyRow = fc.record({
    minutes: fc.option(fc.integer({ min: clock('1965-01-01'), max: clock('2030-01-01') })),
    place: fc.option(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))),
    word: fc.constantFrom(...words),
    flag: fc.constantFrom('yes', 'no', undefined),
    area: fc.integer({ min: -1, max: 2 }),
  })
  const grid = gridOver([0, 0, 40, 40], 'hexagon', 5)
  const corner = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
  const anyClause = fc.oneof(
    fc
      .tuple(
        fc.integer({ min: clock('1960-01-01'), max: clock('2030-01-01') }),
        fc.integer({ min: 1440, max: 9e6 }),
      )
      .map(([from, span]) => ({
        kind: 'period' as const,
        from: dateLabel(from),
        to: dateLabel(from + span),
      })),
    fc.record({
      kind: fc.constant('oneOf' as const),
      column: fc.constant('offence'),
      values: fc.subarray(words),
      exclude: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('flag' as const),
      column: fc.constant('knife'),
      states: fc.subarray(['yes', 'no', 'unknown'] as const),
    }),
    fc.record({
      kind: fc.constant('area' as const),
      layer: fc.constant('ward'),
      codes: fc.subarray(['E0', 'E1', 'E2']),
    }),
    fc.record({
      kind: fc.constant('hours' as const),
      hours: fc.uniqueArray(fc.integer({ min: 0, max: 167 }), { maxLength: 100 }),
    }),
    fc.record({
      kind: fc.constant('cells' as const),
      grid: fc.constant(grid),
      cells: fc.uniqueArray(fc.integer({ min: 0, max: grid.columns * grid.rows - 1 })),
    }),
    fc
      .array(fc.array(corner, { minLength: 3, maxLength: 9 }), { minLength: 1, maxLength: 2 })
      .filter((rings) => new Set(rings.flat().map(([x]) => x)).size > 1)
      .filter((rings) => new Set(rings.flat().map(([, y]) => y)).size > 1)
      .map((rings) => ({ kind: 'polygon' as const, rings })),
    fc.constant({ kind: 'located' as const }),
  )

  it('asks every clause of every incident in turn', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 40 }),
        fc.array(anyClause, { maxLength: 4 }),
        (drawn, clauses) => {
          const held = makeColumns(
            drawn.map((row) => ({
              ...(row.place ? { at: row.place } : {}),
              words: { offence: row.word },
              ...(row.flag ? { flags: { knife: row.flag as 'yes' } } : {}),
            })),
            { dictionaries: ['offence'], flags: ['knife'] },
          )
          drawn.forEach((row, at) => {
            if (row.minutes === null) return
            held.occurredFrom[at] = row.minutes
            held.timePrecision[at] = 0
          })
          const index = Int32Array.from(drawn, (row) => row.area)
          if (drawn.length > 0 && drawn.every((row) => row.minutes === null))
            clauses = clauses.filter((clause) => clause.kind !== 'hours')
          const expected = drawn.map((row) => {
            const [x, y] = row.place ?? [Number.NaN, Number.NaN]
            const holds = (clause: Clause): boolean => {
              if (clause.kind === 'period')
                return (
                  row.minutes !== null && row.minutes >= clock(clause.from) && row.minutes < clock(clause.to)
                )
              if (clause.kind === 'oneOf') return clause.values.includes(row.word) !== clause.exclude
              if (clause.kind === 'flag') return clause.states.includes((row.flag ?? 'unknown') as 'unknown')
              if (clause.kind === 'area') return clause.codes.includes(`E${row.area}`)
              if (clause.kind === 'hours')
                return row.minutes !== null && clause.hours.includes(hourOfWeek(row.minutes))
              if (clause.kind === 'cells')
                return row.place !== null && clause.cells.includes(cellOf(clause.grid, x, y))
              if (clause.kind === 'polygon') return pointInRings(clause.rings, x, y)
              return row.place !== null
            }
            return clauses.every(holds) ? 1 : 0
          })
          const found = evaluateFilter({ clauses }, held, { ward: { codes: ['E0', 'E1', 'E2'], index } })
          expect(Array.from(found)).toEqual(expected)
        },
      ),
      { numRuns: 400, seed: 7 },
    )
  })

  it('a polygon of many corners equals pointInRings everywhere, its raster and corners included', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 400 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (corners, salt) => {
          let state = salt
          const random = (): number => {
            state = (Math.imul(state, 1664525) + 1013904223) | 0
            return (state >>> 0) / 2 ** 32
          }
          const ring = (scale: number): [number, number][] =>
            Array.from({ length: corners }, (_, k) => {
              const turn = (k / corners) * 2 * Math.PI
              const radius = scale * (0.4 + random())
              return [450000 + radius * Math.cos(turn), 300000 + Math.round(radius * Math.sin(turn))]
            })
          const rings = [ring(1000), ring(300)]
          const places: [number, number][] = [
            ...rings.flat(),
            ...Array.from({ length: 2000 }, (): [number, number] => [
              450000 + 3200 * (random() - 0.5),
              300000 + Math.round(3200 * (random() - 0.5)),
            ]),
          ]
          const held = makeColumns(places.map((at) => ({ at })))
          const found = evaluateFilter({ clauses: [{ kind: 'polygon', rings }] }, held, {})
          expect(Array.from(found)).toEqual(places.map(([x, y]) => (pointInRings(rings, x, y) ? 1 : 0)))
        },
      ),
      { numRuns: 60, seed: 11 },
    )
  })
})

describe('properties', () => {
  it('more rows than a block, in any order of clauses, and the columns are not written', () => {
    const many = makeColumns(
      Array.from({ length: 40_000 }, (_, k) => ({ from: '2024-05-01 10:00', at: [k % 97, k % 89] as const })),
    )
    const before = many.easting.slice()
    const clauses: Clause[] = [
      {
        kind: 'polygon',
        rings: [
          [
            [0, 0],
            [50, 0],
            [50, 80],
            [0, 80],
          ],
        ],
      },
      { kind: 'located' },
    ]
    const found = evaluateFilter({ clauses }, many, {})
    expect(found).toEqual(evaluateFilter({ clauses: clauses.toReversed() }, many, {}))
    expect(found.reduce((sum, value) => sum + value, 0)).toBe(
      Array.from({ length: 40_000 }, (_, k) => (k % 97 < 50 && k % 89 < 80 ? 1 : 0)).reduce<number>(
        (a, b) => a + b,
        0,
      ),
    )
    expect(many.easting).toEqual(before)
  })
  it('no incidents give an empty mask', () => {
    const none = makeColumns([], { dictionaries: ['offence'] })
    expect(
      evaluateFilter(
        {
          clauses: [
            { kind: 'oneOf', column: 'offence', values: ['x'] },
            { kind: 'hours', hours: [1] },
          ],
        },
        none,
        {},
      ),
    ).toHaveLength(0)
  })
})

describe('refuses', () => {
  const grid = gridOver([0, 0, 300, 300], 'square', 100)
  it.each([
    ['E-FLT-COLUMN', { kind: 'oneOf', column: 'beat', values: [] }],
    ['E-FLT-COLUMN', { kind: 'oneOf', column: 'toString', values: [] }],
    ['E-FLT-COLUMN', { kind: 'flag', column: 'alcohol', states: ['yes'] }],
    ['E-FLT-LAYER', { kind: 'area', layer: 'lsoa', codes: ['E1'] }],
    ['E-FLT-AREA', { kind: 'area', layer: 'ward', codes: ['E1', 'E9'] }],
    ['E-FLT-DATE', { kind: 'period', from: '2023-02-29', to: '2024-01-01' }],
    ['E-FLT-DATE', { kind: 'period', from: '01/02/2023', to: '2024-01-01' }],
    ['E-FLT-PERIOD', { kind: 'period', from: '2024-01-01', to: '2024-01-01' }],
    ['E-FLT-POLYGON', { kind: 'polygon', rings: [] }],
    [
      'E-FLT-POLYGON',
      {
        kind: 'polygon',
        rings: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
      },
    ],
    [
      'E-FLT-POLYGON',
      {
        kind: 'polygon',
        rings: [
          [
            [0, 0],
            [1, 1],
            [Number.NaN, 2],
          ],
        ],
      },
    ],
    [
      'E-FLT-POLYGON',
      {
        kind: 'polygon',
        rings: [
          [
            [0, 0],
            [1, 0],
            [2, 0],
          ],
        ],
      },
    ],
    ['E-FLT-GRID', { kind: 'cells', grid, cells: [-1] }],
    ['E-FLT-GRID', { kind: 'cells', grid: { ...grid, columns: 1.5 }, cells: [0] }],
    ['E-FLT-HOURS', { kind: 'hours', hours: [168] }],
    ['E-FLT-CLAUSE', { kind: 'near' }],
  ])('%s', (code, clause) => expect(codeOf(clause)).toBe(code))
  it('E-FLT-HOURS for data recorded by month', () => {
    const monthly = makeColumns([{ from: '2024-03' }, { from: '2024-04' }])
    expect(() => evaluateFilter({ clauses: [{ kind: 'hours', hours: [1] }] }, monthly, {})).toThrow(
      /no time of day/,
    )
  })
})
