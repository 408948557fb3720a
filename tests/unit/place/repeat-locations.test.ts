import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repeatLocations } from '#core/analysis/place/repeat-locations.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import type { Context } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import {
  clock,
  makeColumns,
  makeIncidents,
  nothingKnown,
  patient,
  type Row,
  toIncidents,
} from '../select/make-incidents.ts'
import { openData, query } from '../time/open-data.ts'

const year: Context = { period: { from: '2024-01-01', to: '2025-01-01' } }
const weigh = (byOffence: Record<string, number>): Context => ({
  ...year,
  weights: { name: 'Test weights', version: '1', unit: 'days', byOffence },
})
const run = (rows: readonly Row[], context: Context = year, raw: Record<string, unknown> = {}) =>
  repeatLocations.run(makeIncidents(rows), readParameters(repeatLocations.card, raw), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map((each) => each.code)
const at = (location: string, x: number, y: number, from = '2024-06-01', offence = 'Burglary'): Row => ({
  at: [x, y],
  from,
  words: { location, offence },
})

const noHarm = { harm: Number.NaN, shareOfHarm: Number.NaN }

describe('published', () => {
  // No worked example with every count in print was found; these are the definitions, reckoned by hand.
  it('the distribution of repeats: 3 of 10 homes hold 9 of 16 incidents', () => {
    const rows = [1, 1, 1, 1, 1, 1, 1, 2, 2, 5].flatMap((times, home) =>
      Array.from({ length: times }, () => at(`Home ${home}`, 1000 + home, 500)),
    )
    const { summary } = run(rows)
    expect(summary.distribution).toEqual([
      { times: '1', places: 7, incidents: 7, share: 7 / 16, ...noHarm },
      { times: '2', places: 2, incidents: 4, share: 4 / 16, ...noHarm },
      { times: '3', places: 0, incidents: 0, share: 0, ...noHarm },
      { times: '4 or more', places: 1, incidents: 5, share: 5 / 16, ...noHarm },
    ])
    expect(run(rows, weigh({ Burglary: 2 })).summary.distribution.map((each) => each.shareOfHarm)).toEqual([
      7 / 16,
      4 / 16,
      Number.NaN,
      5 / 16,
    ])
    expect(summary.shareAtRepeatPlaces).toBe(9 / 16)
    expect(summary.rows.map((row) => row.count)).toEqual([5, 2, 2])
  })
  it('recency halves every 90 days', () => {
    const rows = [
      at('A', 1, 1, '2024-12-31 23:59'),
      at('A', 1, 1, '2024-10-02 00:00'),
      at('A', 1, 1, '2024-07-04'),
    ]
    expect(run(rows).summary.rows[0].recency).toBeCloseTo(1 + 0.5 + 0.25, 12)
    const harmful = run(rows, weigh({ Burglary: 20 }), { recencyOf: 'harm' })
    expect(harmful.summary.rows[0].recency).toBeCloseTo(20 * 1.75, 12)
    expect(run(rows, weigh({ Arson: 20 }), { recencyOf: 'harm' }).summary.rows[0].recency).toBeNaN()
    expect(run(rows, year, { halfLife: 180 }).summary.rows[0].recency).toBeCloseTo(1 + Math.SQRT1_2 + 0.5, 12)
  })
})

/** Seeded rows: some with an address key, some with coordinates only, some unplaced. */
function drawn(length: number, salt: number): Row[] {
  let state = salt
  const draw = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return Math.floor(((state >>> 0) / 2 ** 32) * below)
  }
  return Array.from({ length }, (): Row => {
    const key = draw(3) === 0 ? `U${draw(5)}` : ''
    const two = (value: number): string => String(value).padStart(2, '0')
    return {
      ...(draw(8) > 0 ? { at: [draw(3) + draw(3) * 0.2, draw(3)] as const } : {}),
      ...(draw(9) > 0 ? { from: `2024-${two(1 + draw(12))}-${two(1 + draw(28))}` } : {}),
      words: {
        locationId: key,
        location: ['', 'High Street', 'Station Road'][draw(3)],
        offence: ['', 'Arson', 'Robbery'][draw(3)],
      },
    }
  })
}
const keyOf = (row: Row): string | null =>
  row.words?.locationId
    ? `id ${row.words.locationId}`
    : row.at
      ? `${row.words?.location} ${Math.round(row.at[0])} ${Math.round(row.at[1])}`
      : null

describe('oracle', () => {
  it('DuckDB groups the same seeded rows', async () => {
    const rows = drawn(400, 77)
    const expected = await query(`
      with t as (select unnest([${rows
        .map(
          (row) =>
            `{k: ${keyOf(row) === null ? 'null' : `'${keyOf(row)}'`}, d: ${row.from ? `'${row.from}'` : 'null'}}`,
        )
        .join(',')}]) as r)
      select r.k as key, count(*)::int as n, min(r.d) as first, max(r.d) as last,
        sum(pow(0.5, date_diff('day', cast(r.d as date), date '2024-12-31') / 90.0)) as recency
      from t where r.k is not null group by 1 having n > 1`)
    const { summary } = run(rows, year, { top: 1000 })
    const profile = (n: unknown, first: unknown, last: unknown, recency: unknown): string =>
      `${n} ${first || '-'} ${last || '-'} ${Number.isFinite(recency) ? Number(recency).toFixed(9) : '-'}`
    expect(summary.rows.map((row) => profile(row.count, row.first, row.last, row.recency)).sort()).toEqual(
      expected.map((row) => profile(row.n, row.first, row.last, row.recency ?? Number.NaN)).sort(),
    )
    expect(expected.length).toBeGreaterThan(10)
  })
})

describe('brute force', () => {
  it('rows gathered by a text of their key', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 2, max: 4 }),
        (length, salt, minimum) => {
          const rows = drawn(length, salt)
          const groups = new Map<string, Row[]>()
          for (const row of rows) {
            const key = keyOf(row)
            if (key !== null) groups.set(key, [...(groups.get(key) ?? []), row])
          }
          const columns = makeColumns(rows, { dictionaries: ['locationId', 'location', 'offence'] })
          const params = readParameters(repeatLocations.card, { minimum, top: 1000 })
          if (columns.length > 0 && !rows.some((row) => row.at)) return
          const { summary } = repeatLocations.run(
            toIncidents(columns),
            params,
            weigh({ Arson: 2, Robbery: 9 }),
            patient,
          )
          const placed = [...groups.values()].flat().length
          expect(summary).toMatchObject({
            places: groups.size,
            incidents: placed,
            unplaced: rows.length - placed,
          })
          expect(summary.rows.map((row) => row.count)).toEqual(
            [...groups.values()]
              .map((group) => group.length)
              .filter((count) => count >= minimum)
              .sort((a, b) => b - a),
          )
          const harmOf = (group: readonly Row[]): number => {
            const known = group
              .map((row) => ({ Arson: 2, Robbery: 9 })[row.words?.offence as 'Arson'])
              .filter((weight) => weight !== undefined)
            return known.length === 0 ? Number.NaN : known.reduce((a, b) => a + b, 0)
          }
          const text = (values: readonly number[]): string[] => values.map(String).sort()
          expect(text(summary.rows.map((row) => row.harm))).toEqual(
            text([...groups.values()].filter((group) => group.length >= minimum).map(harmOf)),
          )
        },
      ),
      { numRuns: 200, seed: 41 },
    )
  })
})

describe('properties', () => {
  const rows = drawn(300, 5)
  it('the order of rows does not matter, and a masked set equals the rows gathered', () => {
    const close = (result: ReturnType<typeof run>): unknown => ({
      ...result.summary,
      rows: result.summary.rows.map((row) => ({ ...row, recency: row.recency.toFixed(9) })),
    })
    expect(close(run(rows.toReversed(), weigh({ Arson: 3 })))).toEqual(close(run(rows, weigh({ Arson: 3 }))))
    const mask = Uint8Array.from(rows, (_, row) => (row % 2 === 0 ? 1 : 0))
    const params = readParameters(repeatLocations.card, {})
    expect(repeatLocations.run(toIncidents(makeColumns(rows), mask), params, year, patient).summary).toEqual(
      run(rows.filter((_, row) => row % 2 === 0)).summary,
    )
  })
  it('every incident is at a place, at an institution or unplaced', () => {
    const { summary } = run([...rows, at('Hospital', 9, 9), at('Hospital Close', 9, 9)])
    expect(summary.incidents + summary.excludedInstitutions + summary.unplaced).toBe(302)
    expect(summary.excludedInstitutions).toBe(1)
    expect(summary.distribution.reduce((total, each) => total + each.incidents, 0)).toBe(summary.incidents)
    expect(summary.distribution.reduce((total, each) => total + each.places, 0)).toBe(summary.places)
  })
  it('moving every place by whole metres moves the rows and nothing else', () => {
    const moved = run(
      rows.map((row) => (row.at ? { ...row, at: [row.at[0] + 450_000, row.at[1] + 300_000] as const } : row)),
    )
    const still = run(rows)
    expect(moved.summary.rows.map((row) => row.count)).toEqual(still.summary.rows.map((row) => row.count))
    expect(moved.summary.distribution).toEqual(still.summary.distribution)
  })
})

describe('edges', () => {
  it('the address key goes before text and coordinates', () => {
    const rows = [
      { ...at('12 High St', 10, 10), words: { location: '12 High St', locationId: 'U1', offence: 'Arson' } },
      {
        ...at('12 High Street', 12, 10),
        words: { location: '12 High Street', locationId: 'U1', offence: 'Arson' },
      },
      { words: { location: '12 High Street', locationId: 'U1', offence: 'Robbery' } },
    ]
    const { summary } = run(rows)
    expect(summary.rows).toHaveLength(1)
    expect(summary.rows[0]).toMatchObject({
      location: '12 High Street',
      key: 'U1',
      count: 3,
      easting: 11,
      northing: 10,
      offence: 'Arson',
    })
    expect(summary.basis).toBe('Address key')
  })
  it('the same text at other coordinates is another place; a centimetre apart is the same', () => {
    expect(run([at('High Street', 10, 10), at('High Street', 11, 10)]).summary.places).toBe(2)
    const { summary } = run([at('High Street', 10, 10), at('High Street', 10.01, 10)])
    expect(summary.rows[0]).toMatchObject({ count: 2, key: 'High Street @ 10, 10' })
    expect(summary.basis).toBe('Same location text and coordinates to the metre')
  })
  it('a map point is not an address, and the centre of an area is no place', () => {
    const snapped = run([
      { ...at('On or near High Street', 5, 5), precision: 'snapped' },
      { ...at('On or near High Street', 5, 5), precision: 'snapped' },
    ])
    expect(codes(snapped)).toEqual(['snap-points', 'no-weights'])
    expect(snapped.caveats[0].text).toMatch(/^2 of 2 incidents .* It is not an address\.$/)
    const centre = run([
      { ...at('Ward', 5, 5), precision: 'area' },
      { ...at('Ward', 5, 5), precision: 'area' },
    ])
    expect(centre.summary).toMatchObject({
      places: 0,
      unplaced: 2,
      incidents: 0,
      shareAtRepeatPlaces: Number.NaN,
    })
    expect(centre.summary.distribution[0]).toEqual({
      times: '1',
      places: 0,
      incidents: 0,
      share: Number.NaN,
      ...noHarm,
    })
    expect(codes(centre)).toEqual(['none-placed', 'area-only', 'no-weights'])
  })
  it('institutions can be kept, and the list is the analyst’s', () => {
    const rows = [
      at('Royal Infirmary', 1, 1),
      at('Royal Infirmary', 1, 1),
      at('Club 9', 2, 2),
      at('Club 9', 2, 2),
    ]
    expect(run(rows).summary.rows.map((row) => row.location)).toEqual(['Club 9'])
    expect(run(rows, year, { excludeInstitutions: false }).summary.rows).toHaveLength(2)
    expect(run(rows, year, { institutions: ['club'] }).summary.rows.map((row) => row.location)).toEqual([
      'Royal Infirmary',
    ])
    const typed = {
      ...at('Victoria Road', 3, 3),
      words: { location: 'Victoria Road', locationType: 'Hospital (A&E)' },
    }
    expect(run([typed]).summary.excludedInstitutions).toBe(1)
  })
  it('undated and later incidents count and have no recency', () => {
    const rows: Row[] = [
      { at: [1, 1], words: { location: 'A' } },
      at('A', 1, 1, '2025-03-01'),
      at('B', 2, 2, '2025-02-28'),
      at('B', 2, 2, '2025-02-28'),
    ]
    const result = run(rows)
    expect(result.summary.rows.map((row) => [row.location, row.count, row.recency])).toEqual([
      ['A', 2, Number.NaN],
      ['B', 2, Number.NaN],
    ])
    expect(result.summary.rows[0]).toMatchObject({ first: '2025-03-01', last: '2025-03-01' })
    expect(codes(result)).toEqual(['undated', 'after-period', 'timing-not-held', 'no-weights'])
  })
  it('a day before 1970, 29 February, and a period that is not a year', () => {
    const result = run([at('A', 1, 1, '1969-12-31'), at('A', 1, 1, '2024-02-29')], {
      period: { from: '1969-01-01', to: '2024-03-01' },
    })
    expect(result.summary.rows[0]).toMatchObject({ first: '1969-12-31', last: '2024-02-29' })
    expect(result.summary.rows[0].recency).toBeCloseTo(1, 9)
    expect(codes(result)).toContain('not-a-year')
    expect(clock('2024-02-29')).toBeGreaterThan(0)
  })
  it('order by harm and by recency; a place without either comes last; ties go by key', () => {
    const rows = [
      at('A', 1, 1, '2024-01-01', 'Theft'),
      at('A', 1, 1, '2024-01-01', 'Theft'),
      at('B', 2, 2, '2024-01-01', 'Arson'),
      at('B', 2, 2, '2024-01-01', 'Arson'),
      at('C', 3, 3, '2024-12-01', 'Theft'),
      at('C', 3, 3, '2024-12-01', 'Theft'),
    ]
    const names = (order: string): string[] =>
      run(rows, weigh({ Arson: 5 }), { order }).summary.rows.map((row) => row.location)
    expect(names('count')).toEqual(['A', 'B', 'C'])
    expect(names('harm')).toEqual(['B', 'A', 'C'])
    expect(names('recency')).toEqual(['C', 'A', 'B'])
    expect(run(rows.toReversed(), year, { top: 2 }).summary.rows.map((row) => row.location)).toEqual([
      'A',
      'B',
    ])
  })
  it('none selected', () => {
    expect(run([]).summary).toMatchObject({ rows: [], incidents: 0, places: 0, basis: 'No place' })
  })
})

describe('refuses', () => {
  it('data without places, harm without weights, a period that is none', () => {
    const code = (act: () => unknown): string => {
      try {
        act()
      } catch (error) {
        return error instanceof InputError ? error.code : String(error)
      }
      return 'none'
    }
    expect(code(() => run([{ from: '2024-05', words: { location: 'High Street' } }]))).toBe('E-MTH-PLACE')
    expect(code(() => run([at('A', 1, 1)], nothingKnown, { order: 'harm' }))).toBe('E-MTH-WEIGHTS')
    expect(code(() => run([at('A', 1, 1)], nothingKnown, { recencyOf: 'harm' }))).toBe('E-MTH-WEIGHTS')
    expect(code(() => run([at('A', 1, 1)], { period: { from: '2024-01-01', to: '2024-01-01' } }))).toBe(
      'E-MTH-PERIOD',
    )
    expect(code(() => run([at('A', 1, 1)], year, { minimum: 1 }))).toBe('E-PRM-RANGE')
  })
})

const city = openData('police/city-of-london')
describe.skipIf(!city.held)(
  'real data: City of London map points (skipped when the open data are not beside the repository)',
  () => {
    it('has the places and the busiest point that DuckDB finds', async () => {
      // Degrees scaled to a few decimetres stand in for metres: the published points are fixed, so the groups are the same.
      const rows = await query(
        `select Location as location, round(Longitude * 5e5) + 2000000 as x, round(Latitude * 5e5) - 25000000 as y, Month as month
       from read_csv('${city.path}/*-street.csv.gz')`,
      )
      const groups = await query(
        `select Location as location, count(*)::int as n from read_csv('${city.path}/*-street.csv.gz')
       where Longitude is not null group by Location, Longitude, Latitude order by n desc`,
      )
      const { summary } = run(
        rows.map(
          (row): Row => ({
            ...(row.x === null
              ? {}
              : { at: [Number(row.x), Number(row.y)] as const, precision: 'snapped' as const }),
            from: String(row.month),
            words: { location: String(row.location) },
          }),
        ),
        { period: { from: '2018-04-01', to: '2020-12-01' } },
        { excludeInstitutions: false },
      )
      expect(summary.places).toBe(groups.length)
      expect(summary.rows[0]).toMatchObject({ location: groups[0].location, count: groups[0].n })
      expect(summary.incidents + summary.unplaced).toBe(22_111)
      expect(summary.distribution[0].places).toBe(groups.filter((group) => group.n === 1).length)
    })
  },
)
