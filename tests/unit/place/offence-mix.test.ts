import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offenceMix } from '#core/analysis/place/offence-mix.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import type { Context } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import {
  makeColumns,
  makeIncidents,
  nothingKnown,
  patient,
  type Row,
  toIncidents,
} from '../select/make-incidents.ts'
import { openData, query } from '../time/open-data.ts'

const weigh = (byOffence: Record<string, number>): Context => ({
  weights: { name: 'Test weights', version: '1', unit: 'days', byOffence },
})
const run = (rows: readonly Row[], context: Context = nothingKnown, raw: Record<string, unknown> = {}) =>
  offenceMix.run(
    makeIncidents(rows, { dictionaries: ['offence'] }),
    readParameters(offenceMix.card, raw),
    context,
    patient,
  )
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map((each) => each.code)
const rowsOf = (offence: string, count: number, knife?: 'yes' | 'no'): Row[] =>
  Array.from({ length: count }, () => ({ words: { offence }, ...(knife ? { flags: { knife } } : {}) }))

describe('published', () => {
  it('harm is the sum over offences of count times weight (Sherman, Neyroud and Neyroud)', () => {
    // No worked example with every count in print was found; the counts are ours, reckoned by hand.
    const { summary } = run(
      [...rowsOf('Homicide', 1), ...rowsOf('Shoplifting', 1000)],
      weigh({ Homicide: 5475, Shoplifting: 1 }),
    )
    expect(summary.harm).toBe(6475)
    expect(summary.rows.map((row) => [row.offence, row.count, row.harm])).toEqual([
      ['Shoplifting', 1000, 1000],
      ['Homicide', 1, 5475],
    ])
    expect(summary.rows[1].shareOfHarm).toBe(5475 / 6475)
  })
})

describe('oracle', () => {
  it('DuckDB groups the same seeded rows', async () => {
    let state = 5
    const draw = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0
      return Math.floor(((state >>> 0) / 2 ** 32) * below)
    }
    const words = ['Arson', 'Burglary', 'Robbery', '']
    const flags = ['yes', 'no', ''] as const
    const drawn = Array.from({ length: 500 }, () => [words[draw(4)], flags[draw(3)]] as const)
    const expected = await query(`
      with t as (select unnest([${drawn.map(([offence, knife]) => `{o: '${offence}', k: '${knife}'}`).join(',')}]) as r),
      w as (select * from (values ('Arson', 3.5), ('Robbery', 365.0)) as v(o, weight))
      select case when r.o = '' then 'Not recorded' else r.o end as offence, count(*)::int as count,
        count(*)::double / sum(count(*)) over () as share, (count(*) * any_value(weight))::double as harm,
        (count(*) * any_value(weight))::double / (sum(count(*) * any_value(weight)) over ())::double as "shareOfHarm",
        (count(*) filter (r.k = 'yes'))::int as knife
      from t left join w on w.o = t.r.o group by 1 order by count desc, offence`)
    const rows = drawn.map(
      ([offence, knife]): Row => ({ words: { offence }, ...(knife ? { flags: { knife } } : {}) }),
    )
    const { summary } = run(rows, weigh({ Arson: 3.5, Robbery: 365 }))
    expect(summary.rows).toHaveLength(4)
    summary.rows.forEach((row, at) => {
      expect([row.offence, row.count, row.knife]).toEqual([
        expected[at].offence,
        expected[at].count,
        expected[at].knife,
      ])
      for (const name of ['share', 'harm', 'shareOfHarm'] as const)
        if (expected[at][name] === null) expect(row[name]).toBeNaN()
        else expect(row[name]).toBeCloseTo(Number(expected[at][name]), 10)
    })
  })
})

describe('brute force', () => {
  it('each word counted on its own', () => {
    const anyRow = fc.record({
      word: fc.constantFrom('', 'a', 'b', 'c', 'toString'),
      knife: fc.constantFrom('yes', 'no', undefined),
      inside: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 60 }),
        fc.dictionary(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 9 })),
        (drawn, table) => {
          const rows = drawn.map(
            ({ word, knife }): Row => ({
              words: { offence: word },
              ...(knife ? { flags: { knife: knife as 'yes' } } : {}),
            }),
          )
          const columns = makeColumns(rows, { dictionaries: ['offence'], flags: ['knife'] })
          const mask = Uint8Array.from(drawn, ({ inside }) => (inside ? 1 : 0))
          const { summary } = offenceMix.run(
            toIncidents(columns, mask),
            { order: 'count' },
            weigh(table),
            patient,
          )
          const inside = drawn.filter((row) => row.inside)
          const weightOf = (word: string): number => (Object.hasOwn(table, word) ? table[word] : Number.NaN)
          const known = inside.filter(({ word }) => !Number.isNaN(weightOf(word)))
          expect(summary.incidents).toBe(inside.length)
          expect(summary.unweighted).toBe(inside.length - known.length)
          expect(summary.harm).toBe(
            known.length === 0 ? Number.NaN : known.reduce((total, { word }) => total + weightOf(word), 0),
          )
          expect(summary.rows).toHaveLength(new Set(inside.map(({ word }) => word)).size)
          for (const row of summary.rows) {
            const word = row.offence === 'Not recorded' ? '' : row.offence
            const same = inside.filter((each) => each.word === word)
            expect(row.count).toBe(same.length)
            expect(row.share).toBe(same.length / inside.length)
            expect(row.harm).toBe(same.length * weightOf(word))
            expect(row.knife).toBe(same.filter(({ knife }) => knife === 'yes').length)
          }
        },
      ),
      { numRuns: 200, seed: 31 },
    )
  })
})

describe('properties', () => {
  const rows = [
    ...rowsOf('Robbery', 7, 'yes'),
    ...rowsOf('Arson', 7, 'no'),
    ...rowsOf('Theft', 30, 'no'),
    ...rowsOf('', 2),
  ]
  it('shares add up to 1, the order of rows does not matter, ties go by name', () => {
    const { summary } = run(rows)
    expect(summary.rows.reduce((total, row) => total + row.share, 0)).toBeCloseTo(1, 12)
    expect(summary.rows.map((row) => row.offence)).toEqual(['Theft', 'Arson', 'Robbery', 'Not recorded'])
    expect(run(rows.toReversed())).toEqual(run(rows))
  })
  it('by harm, offences without a weight come last', () => {
    const { summary } = run(rows, weigh({ Arson: 1, Robbery: 9 }), { order: 'harm' })
    expect(summary.rows.map((row) => row.offence)).toEqual(['Robbery', 'Arson', 'Theft', 'Not recorded'])
    expect(summary.rows[0].shareOfHarm + summary.rows[1].shareOfHarm).toBeCloseTo(1, 12)
  })
  it('the columns are the rows', () => {
    const { summary, columns } = run(rows)
    expect(columns.offence).toEqual(summary.rows.map((row) => row.offence))
    expect(Array.from(columns.count as Uint32Array)).toEqual(summary.rows.map((row) => row.count))
  })
})

describe('edges', () => {
  it('without weights harm is blank, not nil', () => {
    const result = run(rowsOf('Arson', 3, 'no'))
    expect(result.summary).toMatchObject({ harm: Number.NaN, unweighted: 3 })
    expect(result.summary.rows[0]).toMatchObject({ harm: Number.NaN, shareOfHarm: Number.NaN, knife: 0 })
    expect(codes(result)).toEqual(['no-weights'])
  })
  it('a weight of nothing is a harm of nothing, and shares of it are undefined', () => {
    const { summary } = run(rowsOf('Arson', 3), weigh({ Arson: 0 }))
    expect(summary).toMatchObject({ harm: 0, unweighted: 0 })
    expect(summary.rows[0]).toMatchObject({ harm: 0, shareOfHarm: Number.NaN })
  })
  it('without a knife flag knife is blank; unrecorded flags are told', () => {
    const none = run(rowsOf('Arson', 3), weigh({ Arson: 1 }))
    expect(none.summary.rows[0].knife).toBeNaN()
    expect(codes(none)).toEqual(['no-knife-flag'])
    const some = run([...rowsOf('Arson', 3), ...rowsOf('Arson', 1, 'yes')], weigh({ Arson: 1 }))
    expect(some.summary.rows[0].knife).toBe(1)
    expect(some.caveats[0].text).toMatch(/not recorded for 3 of 4 incidents/)
  })
  it('offences without a weight are told', () => {
    const result = run([...rowsOf('Arson', 3, 'no'), ...rowsOf('Piracy', 1, 'no')], weigh({ Arson: 2 }))
    expect(result.summary).toMatchObject({ harm: 6, unweighted: 1 })
    expect(codes(result)).toEqual(['harm-unweighted'])
  })
  it('none selected: no rows, no figures', () => {
    const result = run([], weigh({ Arson: 1 }))
    expect(result.summary).toEqual({ rows: [], incidents: 0, harm: Number.NaN, unweighted: 0 })
    expect(codes(result)).toContain('none-selected')
  })
})

describe('refuses', () => {
  it('data without an offence, and an order by harm without weights', () => {
    const bare = makeIncidents([{ from: '2024-05' }])
    const code = (act: () => unknown): string => {
      try {
        act()
      } catch (error) {
        return error instanceof InputError ? error.code : String(error)
      }
      return 'none'
    }
    expect(code(() => offenceMix.run(bare, { order: 'count' }, nothingKnown, patient))).toBe('E-MTH-OFFENCE')
    expect(code(() => run(rowsOf('Arson', 1), nothingKnown, { order: 'harm' }))).toBe('E-MTH-WEIGHTS')
    expect(code(() => run([], nothingKnown, { order: 'age' }))).toBe('E-PRM-CHOICE')
  })
})

const city = openData('police/city-of-london')
describe.skipIf(!city.held)(
  'real data: City of London offences (skipped when the open data are not beside the repository)',
  () => {
    it('has the counts of DuckDB', async () => {
      const expected = await query(
        `select "Crime type" as offence, count(*)::int as count from read_csv('${city.path}/*-street.csv.gz') group by 1 order by 2 desc, 1`,
      )
      const rows = await query(`select "Crime type" as offence from read_csv('${city.path}/*-street.csv.gz')`)
      const { summary } = run(rows.map(({ offence }) => ({ words: { offence: String(offence) } })))
      expect(summary.rows.map(({ offence, count }) => ({ offence, count }))).toEqual(expected)
      expect(summary.incidents).toBe(22_111)
      expectAgreement({
        method: 'offenceMix',
        peer: 'DuckDB',
        version: '1.5.5',
        data: 'City of London street files: incidents of each crime type; absolute',
        largestDifference: Math.max(
          ...summary.rows.map(({ count }, at) => Math.abs(count - Number(expected[at].count))),
        ),
        tolerance: 0,
      })
    })
  },
)
