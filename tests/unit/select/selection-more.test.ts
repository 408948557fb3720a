import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateFilter } from '#core/analysis/select/evaluate-filter.ts'
import { finishSelection } from '#core/analysis/select/finish-selection.ts'
import { prepareSelection } from '#core/analysis/select/prepare-selection.ts'
import { selectionParts, summariseRange } from '#core/analysis/select/selection.ts'
import { cellOf, gridOver } from '#core/analysis/space/grid.ts'
import { dateLabel, MINUTES_PER_DAY } from '#core/analysis/support/wall-clock.ts'
import type { CoverageCell } from '#core/contract/dataset.ts'
import type { Clause } from '#core/contract/filter.ts'
import type { IncidentColumns } from '#core/contract/incident.ts'
import { makeColumns, type Row } from './make-incidents.ts'

const grid = gridOver([0, 0, 400, 400], 'square', 100)
const anyRow: fc.Arbitrary<Row> = fc.record(
  {
    from: fc.constantFrom(
      '2024-02-28',
      '2024-02-29 23:59',
      '2024-03-01 00:00',
      '2024-03',
      '2024-03-04 10:00',
    ),
    words: fc.record({
      offence: fc.constantFrom('', 'Arson', 'Robbery'),
      locationType: fc.constantFrom('', 'Street', 'Shop'),
      outcome: fc.constantFrom('', 'Charged', 'No suspect'),
    }),
  },
  { requiredKeys: ['words'] },
)
const brushes: Clause[] = [
  { kind: 'period', from: '2024-02-29', to: '2024-03-04' },
  { kind: 'oneOf', column: 'locationType', values: ['Shop', ''] },
  { kind: 'oneOf', column: 'outcome', values: ['Charged'] },
  { kind: 'oneOf', column: 'offence', values: ['Arson'], exclude: true },
  { kind: 'text', words: 'ar', columns: ['offence', 'outcome'] },
]
const dictionaries = ['offence', 'locationType', 'outcome']

function count(columns: IncidentColumns, clauses: Clause[], words: string[], coverage: CoverageCell[] = []) {
  const prepared = prepareSelection(columns, grid, undefined, true)
  const more = { words, ...(prepared.days && { days: prepared.days }) }
  const parts = selectionParts(prepared, { clauses }, {}, undefined, more)
  const counts = new Uint32Array(parts.layout.length)
  const middle = Math.floor(columns.length / 2)
  summariseRange(parts, 0, middle, counts)
  summariseRange(parts, middle, columns.length, counts)
  return { ...finishSelection(parts, counts, { coverage, areaNames: {} }), counts }
}

describe('brute force', () => {
  it('each further column and the days leave out their own clauses and no others', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 60 }), fc.subarray(brushes), (rows, clauses) => {
        const columns = makeColumns(rows, { dictionaries })
        const { summary } = count(columns, clauses, ['outcome', 'locationType'])
        const rowsOf = (keep: (clause: Clause) => boolean) => {
          const mask = evaluateFilter({ clauses: clauses.filter(keep) }, columns, {})
          return [...mask.keys()].filter((row) => mask[row] === 1)
        }
        for (const column of ['outcome', 'locationType']) {
          const { codes, words } = columns.dictionaries[column]
          const inside = rowsOf((clause) => !(clause.kind === 'oneOf' && clause.column === column))
          const found = summary.words?.[column]
          expect(found?.more).toBe(0)
          expect(found?.values.reduce((sum, each) => sum + each.count, 0)).toBe(inside.length)
          for (const { value, count: held } of found?.values ?? [])
            expect(held).toBe(inside.filter((row) => words[codes[row]] === value).length)
        }
        const dated = rowsOf((clause) => clause.kind !== 'period').filter(
          (row) => (rows[row].from ?? '').length > 7,
        )
        const known = rows
          .filter((row) => (row.from ?? '').length > 7)
          .map((row) => (row.from ?? '').slice(0, 10))
        if (known.length === 0) expect(summary.days).toBeNull()
        else {
          expect(summary.days?.first).toBe(known.sort()[0])
          const days = new Map<string, number>()
          for (const row of dated) {
            const day = dateLabel(Math.floor(columns.occurredFrom[row] / MINUTES_PER_DAY) * MINUTES_PER_DAY)
            days.set(day, (days.get(day) ?? 0) + 1)
          }
          const first = makeColumns([{ from: summary.days?.first ?? '' }]).occurredFrom[0]
          expect(summary.days?.counts).toEqual(
            summary.days?.counts.map((_, at) => days.get(dateLabel(first + at * MINUTES_PER_DAY)) ?? 0),
          )
        }
        expect(count(columns, clauses, []).summary.selected).toBe(summary.selected)
      }),
      { numRuns: 300, seed: 4 },
    )
  })
})

describe('edges', () => {
  it('a day of a month no file covers is not known, never zero', () => {
    const columns = makeColumns([{ from: '2024-01-31' }, { from: '2024-03-01' }], { dictionaries })
    const cell = (month: string, state: CoverageCell['state']) => ({ force: 'F', month, state, rows: 1 })
    const coverage = [cell('2024-01', 'present'), cell('2024-02', 'missing'), cell('2024-03', 'partial')]
    const { summary } = count(columns, [], [], coverage)
    expect(summary.days?.counts).toEqual([1, ...Array.from({ length: 29 }, () => null), 1])
  })
  it('of many words only the most frequent are listed, and the others told in number', () => {
    const rows = Array.from({ length: 500 }, (_, at): Row => ({ words: { outcome: `word ${at % 250}` } }))
    const { summary } = count(makeColumns(rows, { dictionaries }), [], ['outcome'])
    expect(summary.words?.outcome.values).toHaveLength(200)
    expect(summary.words?.outcome.more).toBe(50)
  })
  it('cells are the same with and without days and words', () => {
    const columns = makeColumns([{ at: [50, 50], from: '2024-01-31' }, { at: [350, 350] }], { dictionaries })
    expect(Array.from(count(columns, [], ['outcome']).cells.cell)).toEqual([
      cellOf(grid, 50, 50),
      cellOf(grid, 350, 350),
    ])
  })
})

describe('refuses', () => {
  const columns = makeColumns([{ from: '2024-01-31' }], { dictionaries: [...dictionaries, 'a', 'b', 'c'] })
  it.each([
    ['more than four columns', ['outcome', 'locationType', 'a', 'b', 'c'], 'E-FLT-WORDS'],
    ['a column that is not held', ['shoe size'], 'E-FLT-COLUMN'],
    ['the offence, which is always counted', ['offence'], 'E-FLT-COLUMN'],
  ])('%s', (_, words, code) => {
    expect(() => count(columns, [], words)).toThrow(expect.objectContaining({ code }))
  })
})
