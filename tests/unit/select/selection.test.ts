import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hourColumn, monthColumn } from '#core/analysis/select/derived-columns.ts'
import { evaluateFilter } from '#core/analysis/select/evaluate-filter.ts'
import { finishSelection, monthCoverage } from '#core/analysis/select/finish-selection.ts'
import { prepareSelection } from '#core/analysis/select/prepare-selection.ts'
import { selectionParts, summariseRange } from '#core/analysis/select/selection.ts'
import { cellOf, gridOver } from '#core/analysis/space/grid.ts'
import { hourOfWeek, monthIndex, monthLabel } from '#core/analysis/support/wall-clock.ts'
import type { CoverageCell } from '#core/contract/dataset.ts'
import type { Clause } from '#core/contract/filter.ts'
import { type IncidentColumns, NO_TIME } from '#core/contract/incident.ts'
import { makeColumns, type Row } from './make-incidents.ts'

const grid = gridOver([0, 0, 400, 400], 'hexagon', 50)
const flagNames = ['domestic', 'knife', 'alcohol', 'publicSpace', 'hate']
const words = ['Arson', 'Burglary', 'Robbery']
const wards = { codes: ['E0', 'E1', 'E2'] }
const names = { coverage: [], areaNames: { E1: 'Fenside' } }

/** Seeded rows with everything that can be missing missing somewhere. */
function drawn(
  length: number,
  salt: number,
  shared = false,
): { columns: IncidentColumns; index: Int32Array } {
  let state = salt
  const pick = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return Math.floor(((state >>> 0) / 2 ** 32) * below)
  }
  const two = (value: number): string => String(value).padStart(2, '0')
  const rows = Array.from({ length }, (): Row => {
    const month = `20${20 + pick(3)}-${two(1 + pick(12))}`
    const day = `${month}-${two(1 + pick(28))}`
    const from = [
      `${day} ${two(pick(24))}:${two(pick(60))}`,
      `${day} ${two(pick(24))}:00`,
      day,
      month,
      undefined,
    ][pick(5)]
    const flags: Record<string, 'yes' | 'no'> = {}
    for (const name of flagNames) if (pick(3) > 0) flags[name] = pick(2) === 0 ? 'yes' : 'no'
    return {
      ...(from === undefined ? {} : { from }),
      ...(pick(6) > 0 ? { at: [pick(500), pick(500)] as const } : {}),
      words: { offence: ['', ...words][pick(4)] },
      flags,
    }
  })
  const columns = makeColumns(rows, { dictionaries: ['offence'], flags: flagNames, shared })
  return { columns, index: Int32Array.from({ length }, () => pick(4) - 1) }
}

const brushes: Clause[] = [
  { kind: 'period', from: '2020-07-01', to: '2022-02-15' },
  { kind: 'hours', hours: Array.from({ length: 90 }, (_, k) => k + 30) },
  { kind: 'oneOf', column: 'offence', values: ['Arson', ''] },
  { kind: 'oneOf', column: 'offence', values: ['Robbery'], exclude: true },
  { kind: 'flag', column: 'knife', states: ['no', 'unknown'] },
  { kind: 'area', layer: 'ward', codes: ['E0', 'E2'] },
  { kind: 'located' },
]

describe('brute force', () => {
  it('each histogram is the selection without its own clause', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.subarray(brushes),
        (length, salt, clauses) => {
          const { columns, index } = drawn(length, salt)
          const areas = { ward: { ...wards, index } }
          const timed = hourColumn(columns).some((hour) => hour !== 255)
          const asked = clauses.filter((clause) => timed || clause.kind !== 'hours')
          const mask = (keep: (clause: Clause) => boolean): number[] => {
            const found = evaluateFilter({ clauses: asked.filter(keep) }, columns, areas)
            return Array.from(found.keys()).filter((row) => found[row] === 1)
          }
          const inside = mask(() => true)
          const { summary, cells } = count(columns, asked, index)

          expect(summary.total).toBe(length)
          expect(summary.selected).toBe(inside.length)
          expect(summary.located).toBe(inside.filter((row) => !Number.isNaN(columns.easting[row])).length)
          const butPeriod = mask((clause) => clause.kind !== 'period')
          for (const { month, count: found } of summary.months)
            expect(found).toBe(
              butPeriod.filter(
                (row) =>
                  columns.occurredFrom[row] !== NO_TIME &&
                  monthLabel(monthIndex(columns.occurredFrom[row])) === month,
              ).length,
            )
          const butHours = mask((clause) => clause.kind !== 'hours').filter(
            (row) => columns.timePrecision[row] === 0,
          )
          const hours = Array.from({ length: 168 }, () => 0)
          for (const row of butHours) hours[hourOfWeek(columns.occurredFrom[row])]++
          expect(summary.hours).toEqual(timed ? hours : null)
          const butOffence = mask((clause) => !(clause.kind === 'oneOf' && clause.column === 'offence'))
          const offence = columns.dictionaries.offence
          for (const { value, count: found } of summary.offences)
            expect(found).toBe(butOffence.filter((row) => offence.words[offence.codes[row]] === value).length)
          expect(summary.offences.reduce((sum, each) => sum + each.count, 0)).toBe(butOffence.length)
          for (const { value, count: found } of summary.areas)
            expect(found).toBe(inside.filter((row) => `E${index[row]}` === value).length)
          for (const name of flagNames) {
            const found = summary.flags[name]
            const held = inside.map((row) => columns.flags[name][row])
            expect(found.yes).toBe(held.filter((value) => value === 1).length)
            expect(found.no).toBe(held.filter((value) => value === 0).length)
            expect(found.yes + found.no + found.unknown).toBe(inside.length)
          }
          const tally = new Map<number, number>()
          for (const row of inside) {
            const cell = Number.isNaN(columns.easting[row])
              ? -1
              : cellOf(grid, columns.easting[row], columns.northing[row])
            if (cell >= 0) tally.set(cell, (tally.get(cell) ?? 0) + 1)
          }
          expect([...cells.cell].map((cell, at) => [cell, cells.count[at]])).toEqual(
            [...tally].sort((a, b) => a[0] - b[0]),
          )
        },
      ),
      { numRuns: 300, seed: 21 },
    )
  })
})

describe('properties', () => {
  it('any split of the rows adds up to the same bytes, over shared memory too', () => {
    const { columns, index } = drawn(40_000, 99)
    const { columns: shared } = drawn(40_000, 99, true)
    const whole = countsOf(columns, brushes.slice(0, 5), index, [0, 40_000])
    expect(whole[0]).toBeGreaterThan(100)
    expect(countsOf(columns, brushes.slice(0, 5), index, [0, 1, 16_384, 16_385, 39_999, 40_000])).toEqual(
      whole,
    )
    expect(countsOf(shared, brushes.slice(0, 5), index, [0, 20_000, 20_000, 40_000])).toEqual(whole)
    const prepared = prepareSelection(shared, grid)
    for (const kept of [
      prepared.cell,
      prepared.hour,
      prepared.months.month,
      prepared.located,
      ...prepared.states,
    ])
      expect(kept.buffer).toBeInstanceOf(SharedArrayBuffer)
  })
  it('keeps what the dataset has in common and works out cells only for another grid', () => {
    const { columns } = drawn(50, 1)
    const prepared = prepareSelection(columns, grid)
    const again = prepareSelection(columns, { ...grid }, prepared)
    expect(again.cell).toBe(prepared.cell)
    const other = prepareSelection(columns, gridOver([0, 0, 400, 400], 'square', 100), prepared)
    expect(other.cell).not.toBe(prepared.cell)
    expect(other.hour).toBe(prepared.hour)
    expect(prepareSelection(drawn(50, 1).columns, grid, prepared).hour).not.toBe(prepared.hour)
  })
  it('a month that no file covers is blank, a month that one of two forces lacks is partial', () => {
    const { columns, index } = drawn(60, 4)
    const cell = (month: string, state: CoverageCell['state'], force = 'A'): CoverageCell => ({
      force,
      month,
      state,
      rows: 0,
    })
    const coverage = [
      cell('2019-12', 'present'),
      cell('2020-01', 'present'),
      cell('2020-01', 'missing', 'B'),
      cell('2023-01', 'missing'),
    ]
    const { summary } = count(
      columns,
      [
        { kind: 'oneOf', column: 'offence', values: [] },
        { kind: 'located' },
        { kind: 'flag', column: 'knife', states: [] },
      ],
      index,
      coverage,
    )
    const states = new Map(summary.months.map((month) => [month.month, month]))
    expect(summary.months[0]).toEqual({ month: '2019-12', count: 0, coverage: 'present' })
    expect(states.get('2020-01')?.coverage).toBe('partial')
    expect(states.get('2023-01')?.count).toBeNaN()
    expect(states.get('2021-05')).toEqual({ month: '2021-05', count: Number.NaN, coverage: 'missing' })
    expect(summary.months).toHaveLength(38)
    expect(monthCoverage([]).size).toBe(0)
  })
})

describe('edges', () => {
  it('no incidents', () => {
    const { columns, index } = drawn(0, 1)
    const { summary, cells } = count(columns, [], index)
    expect(summary).toMatchObject({ total: 0, selected: 0, located: 0, months: [], hours: null })
    expect(cells.cell).toHaveLength(0)
  })
  it('months before 1970, a time only to the day, and the hour that is written twice', () => {
    const columns = makeColumns([
      { from: '1969-12-31 23:59' },
      { from: '1970-02-01' },
      { from: '2024-10-27 01:30' },
      { from: '2024-10-27 01:30' },
      {},
    ])
    const months = monthColumn(columns)
    expect(months.first).toBe(-1)
    expect(Array.from(months.month)).toEqual([0, 2, 658, 658, months.count])
    expect(Array.from(hourColumn(columns))).toEqual([2 * 24 + 23, 255, 6 * 24 + 1, 6 * 24 + 1, 255])
  })
  it('columns that the data do not hold are absent, not nil', () => {
    const columns = makeColumns([{ from: '2024-05' }])
    const parts = selectionParts(prepareSelection(columns, grid), { clauses: [] }, {})
    const counts = new Uint32Array(parts.layout.length)
    summariseRange(parts, 0, 1, counts)
    const { summary } = finishSelection(parts, counts, names)
    expect(summary).toMatchObject({
      selected: 1,
      located: 0,
      hours: null,
      offences: [],
      areas: [],
      flags: {},
    })
  })
  it('names areas, and lists one with none', () => {
    const { columns, index } = drawn(9, 2)
    const { summary } = count(columns, [{ kind: 'area', layer: 'ward', codes: ['E1'] }], index)
    expect(summary.areas.map((area) => area.name).sort()).toEqual(['E0', 'E2', 'Fenside'])
    expect(summary.areas.find((area) => area.value === 'E0')?.count).toBe(0)
  })
})

describe('refuses', () => {
  it('an area layer that is not loaded, and dates thousands of years apart', () => {
    const { columns } = drawn(3, 1)
    expect(() => selectionParts(prepareSelection(columns, grid), { clauses: [] }, {}, 'ward')).toThrow(
      /not loaded/,
    )
    const wild = makeColumns([{ from: '2024-01-01' }, { from: '2024-01-01' }])
    wild.occurredFrom[0] = -2147483000
    wild.occurredFrom[1] = 2147483000
    expect(() => prepareSelection(wild, grid)).toThrow(/thousands of years apart/)
  })
})

function countsOf(
  columns: IncidentColumns,
  clauses: readonly Clause[],
  index: Int32Array,
  cuts: readonly number[],
): Uint32Array {
  const parts = selectionParts(
    prepareSelection(columns, grid),
    { clauses },
    { ward: { ...wards, index } },
    'ward',
  )
  const sum = new Uint32Array(parts.layout.length)
  for (let k = 0; k + 1 < cuts.length; k++) {
    const piece = new Uint32Array(parts.layout.length)
    summariseRange(parts, cuts[k], cuts[k + 1], piece)
    piece.forEach((value, at) => {
      sum[at] += value
    })
  }
  return sum
}

function count(
  columns: IncidentColumns,
  clauses: readonly Clause[],
  index: Int32Array,
  coverage: readonly CoverageCell[] = [],
): ReturnType<typeof finishSelection> {
  const parts = selectionParts(
    prepareSelection(columns, grid),
    { clauses },
    { ward: { ...wards, index } },
    'ward',
  )
  return finishSelection(parts, countsOf(columns, clauses, index, [0, columns.length]), {
    ...names,
    coverage,
  })
}
