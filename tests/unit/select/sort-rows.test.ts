import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortRows } from '#core/analysis/select/sort-rows.ts'
import { type IncidentColumns, NO_TIME } from '#core/contract/incident.ts'
import { makeColumns, type Row } from './make-incidents.ts'

const anyRow: fc.Arbitrary<Row & { minutes: number; easting: number }> = fc.record({
  words: fc.record({ offence: fc.constantFrom('', 'Arson', 'Burglary', 'burglary', 'Étage') }),
  flags: fc.oneof(fc.constant({}), fc.record({ knife: fc.constantFrom('yes' as const, 'no' as const) })),
  minutes: fc.oneof(
    fc.constant(NO_TIME),
    fc.integer({ min: -2e9, max: 2e9 }),
    fc.integer({ min: 0, max: 3 }),
  ),
  easting: fc.oneof(
    fc.constant(Number.NaN),
    fc.integer({ min: -1_300_000_000, max: 1_300_000_000 }).map((millimetres) => millimetres / 1000),
    fc.constantFrom(0, -0, 1, -1),
  ),
})

function columnsOf(rows: readonly (Row & { minutes: number; easting: number })[]): IncidentColumns {
  const columns = makeColumns(rows, { dictionaries: ['offence'], flags: ['knife'] })
  rows.forEach((row, at) => {
    columns.occurredFrom[at] = row.minutes
    columns.easting[at] = row.easting
  })
  return columns
}

const cellOf: Record<string, (columns: IncidentColumns, row: number) => number | string | null> = {
  offence: ({ dictionaries }, row) => dictionaries.offence.words[dictionaries.offence.codes[row]] || null,
  knife: ({ flags }, row) => (flags.knife[row] === 255 ? null : flags.knife[row]),
  occurredFrom: ({ occurredFrom }, row) => (occurredFrom[row] === NO_TIME ? null : occurredFrom[row]),
  easting: ({ easting }, row) => (Number.isNaN(easting[row]) ? null : easting[row]),
}

describe('brute force', () => {
  it.each(Object.keys(cellOf))('%s: as comparing every two would order them', (column) => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 80 }), fc.boolean(), (drawn, descending) => {
        const columns = columnsOf(drawn)
        const rows = Int32Array.from(drawn.keys()).filter((row) => row % 4 !== 2)
        const expected = [...rows].sort((a, b) => {
          const [x, y] = [cellOf[column](columns, a), cellOf[column](columns, b)]
          if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1
          return x < y ? (descending ? 1 : -1) : x > y ? (descending ? -1 : 1) : a - b
        })
        sortRows(rows, columns, { column, descending })
        expect(Array.from(rows)).toEqual(expected)
      }),
      { numRuns: 300, seed: 3 },
    )
  })
})

describe('refuses', () => {
  it.each(['note', 'nothing', '__proto__', 'longitude'])('%s', (column) =>
    expect(() => sortRows(new Int32Array(0), columnsOf([]), { column, descending: false })).toThrow(
      expect.objectContaining({ code: 'E-INC-SORT' }),
    ),
  )
})
