import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repeatVictims } from '#core/analysis/place/repeat-victims.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import type { Context } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { codes, onDay, refusal } from '../near-repeat/dated-rows.ts'
import { fromR } from '../near-repeat/oracle.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { query } from '../time/open-data.ts'

const year: Context = {
  period: { from: '2020-01-01', to: '2021-01-01' },
  weights: { name: 'Test weights', version: '1', unit: 'days', byOffence: { Assault: 10, Theft: 2 } },
}
const run = (rows: readonly Row[], raw: Record<string, unknown> = {}, context = year) =>
  repeatVictims.run(makeIncidents(rows), readParameters(repeatVictims.card, raw), context, patient)
const of = (victimRef: string, day: number, offence = 'Theft'): Row => ({
  ...onDay(0, 0, day),
  words: { victimRef, offence },
})

describe('published', () => {
  // No worked example with every count in print was found: the definitions, reckoned by hand.
  it('four of ten victims are repeats and hold ten of sixteen incidents', () => {
    const rows = [1, 1, 1, 1, 1, 1, 2, 2, 2, 4].flatMap((times, victim) =>
      Array.from({ length: times }, (_, k) => of(`V${victim}`, 10 * k, victim === 9 ? 'Assault' : 'Theft')),
    )
    const { summary } = run(rows)
    expect(summary.distribution.map(({ victims, incidents }) => [victims, incidents])).toEqual([
      [6, 6],
      [3, 6],
      [0, 0],
      [1, 4],
    ])
    expect(summary).toMatchObject({
      victims: 10,
      repeatVictims: 4,
      shareRepeatVictims: 0.4,
      shareOfIncidents: 10 / 16,
    })
    expect(summary.shareOfHarm).toBeCloseTo(52 / 64, 12)
    expect(summary.timeToRepeat.find((row) => row.withinDays === 14)?.repeats).toBe(6)
    expect(summary.rows).toEqual([])
  })
})

describe('oracle', () => {
  const rows = fromR.km.place.map((victim, at) => of(`V${victim}`, fromR.km.day[at]))

  it('DuckDB groups the same references', async () => {
    const values = fromR.km.place.map((victim) => `('V${victim}')`).join(',')
    const expected = await query(
      `select count(*)::int as victims, sum(n)::int as incidents, sum(case when n > 1 then 1 else 0 end)::int as repeats, max(n)::int as most
       from (select ref, count(*) as n from (values ${values}) as t(ref) group by ref)`,
    )
    const { summary } = run(rows, { list: true, top: 1 })
    expect({
      victims: summary.victims,
      incidents: summary.incidents,
      repeats: summary.repeatVictims,
      most: summary.rows[0].count,
    }).toEqual(expected[0])
  })

  it('time to the next one by survfit of R’s survival', () => {
    const { summary } = run(rows, { limits: fromR.km.at })
    expectAgreement({
      method: 'repeatVictims',
      peer: 'R survival survfit',
      version: fromR.versions.survival,
      data: '160 seeded incidents of 40 victims over a year: chance of a next one within 5 limits, absolute',
      largestDifference: Math.max(
        // The year of the test has 366 days, of which R watched 365: its last day is the 31st of December.
        ...summary.timeToRepeat.map((row, at) => Math.abs(row.chance - fromR.km.share[at])),
      ),
      tolerance: 1e-10,
    })
  })
})

describe('brute force', () => {
  it('references gathered by a map', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('', 'A', 'B', 'C', 'D', 'Unknown', ' N/A '), {
          minLength: 1,
          maxLength: 30,
        }),
        (refs) => {
          const known = refs.filter((ref) => ref.length === 1)
          fc.pre(known.length > 0)
          const groups = new Map<string, number>()
          for (const ref of known) groups.set(ref, (groups.get(ref) ?? 0) + 1)
          const { summary } = run(
            refs.map((ref, day) => of(ref, day)),
            { list: true },
          )
          expect(summary).toMatchObject({
            victims: groups.size,
            incidents: known.length,
            withoutReference: refs.filter((ref) => ref === '').length,
            leftOut: refs.length - known.length - refs.filter((ref) => ref === '').length,
          })
          expect(summary.rows.map(({ victim, count }) => `${victim} ${count}`)).toEqual(
            [...groups]
              .filter(([, count]) => count > 1)
              .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
              .map(([victim, count]) => `${victim} ${count}`),
          )
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('properties', () => {
  it('row order does not matter; the place of an incident does not either', () => {
    const rows = ['A', 'B', 'A', 'C', 'B', 'A'].map((ref, day) => of(ref, 9 * day))
    const summary = run(rows, { list: true }).summary
    // Recency adds up in the order of the rows, so its last bits may differ.
    const rounded = (of: typeof summary): unknown => ({
      ...of,
      rows: of.rows.map((row) => ({ ...row, recency: row.recency.toFixed(12) })),
    })
    expect(rounded(run(rows.toReversed(), { list: true }).summary)).toEqual(rounded(summary))
    const moved = rows.map((row, at) => ({ ...row, at: [at * 999, 5] as const }))
    expect(run(moved, { list: true }).summary).toEqual(summary)
    const placeless = rows.map(({ from, words }) => ({ from: from!, words: words! }))
    expect(run(placeless, { list: true }).summary).toEqual(summary)
  })
})

describe('edges', () => {
  it('names nobody unless asked, and says so when it does', () => {
    const rows = [of('A', 0), of('A', 40), of('B', 3)]
    const quiet = run(rows)
    expect(JSON.stringify([quiet.summary, quiet.columns])).not.toMatch(/"A"/)
    expect(codes(quiet)).not.toContain('victims-named')
    const named = run(rows, { list: true })
    expect(named.summary.rows[0]).toMatchObject({
      victim: 'A',
      count: 2,
      harm: 4,
      first: '2020-01-01',
      last: '2020-02-10',
    })
    expect(named.columns.victim).toEqual(['A'])
    expect(codes(named)).toContain('victims-named')
  })

  it('missing references, placeholders, another column, another period, no weights', () => {
    const rows = [of('A', 0), of('', 1), of('UNKNOWN', 2)]
    const result = run(rows, {}, {})
    expect(result.summary).toMatchObject({ withoutReference: 1, leftOut: 1, incidents: 1 })
    expect(result.summary.shareOfHarm).toBeNaN()
    expect(codes(result)).toEqual(['victim-unknown', 'victim-nobody', 'not-a-year', 'no-weights'])
    expect(codes(run([of('A', 0)]))).toEqual([])
    const other: Row[] = [{ ...onDay(0, 0, 0), words: { person: 'P1', offence: 'Theft' } }]
    expect(run(other, { column: 'person' }).summary.victims).toBe(1)
    for (const { code } of result.caveats) expect(Object.keys(repeatVictims.card.caveats)).toContain(code)
  })

  it('nothing selected', () => {
    const incidents = makeIncidents([of('A', 0)])
    const none = repeatVictims.run(
      { ...incidents, mask: Uint8Array.of(0) },
      readParameters(repeatVictims.card, {}),
      year,
      patient,
    )
    expect(none.summary).toMatchObject({ victims: 0, shareRepeatVictims: Number.NaN })
    expect(codes(none)).toContain('none-selected')
  })
})

describe('refuses', () => {
  it('no such column, no reference in it', () => {
    expect(refusal(() => run([onDay(0, 0, 0)]))).toBe('E-MTH-VICTIM')
    expect(refusal(() => run([of('A', 0)], { column: 'person' }))).toBe('E-MTH-VICTIM')
    const incidents = makeIncidents([of('A', 0), of('', 1)])
    expect(
      refusal(() =>
        repeatVictims.run(
          { ...incidents, mask: Uint8Array.of(0, 1) },
          readParameters(repeatVictims.card, {}),
          year,
          patient,
        ),
      ),
    ).toBe('E-MTH-VICTIM')
  })
})
