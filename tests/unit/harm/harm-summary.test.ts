import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { harmSummary } from '#core/analysis/harm/harm-summary.ts'
import type { Context } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import { query } from '../time/open-data.ts'

/** Published medians of sub-groups and weights of single offences, days (Cambridge index, as practice knows them). */
const context: Context = {
  weights: {
    name: 'Trial',
    version: '2026',
    unit: 'days',
    byOffence: { Homicide: 5475, Robbery: 365, Shoplifting: 1 },
    byCode: { '8N': 20, '8P': 30 },
    byGroup: { 'violence with injury': 365 },
  },
  missingMonths: [],
}
const row = (offence: string, from = '2024-01-10', offenceCode = '', offenceGroup = ''): Row => ({
  from,
  words: { offence, offenceCode, offenceGroup },
})
const columns = { dictionaries: ['offence', 'offenceCode', 'offenceGroup'] }
const run = (rows: readonly Row[], given: Context = context, changed = {}) =>
  harmSummary.run(makeIncidents(rows, columns), settings(harmSummary, changed), given, patient)
const codes = (result: { caveats: readonly { code: string }[] }) => result.caveats.map(({ code }) => code)

describe('published', () => {
  it('Σ count × weight: one homicide is as much harm as 5,475 thefts from a shop', () => {
    const { summary } = run([row('Homicide'), ...Array.from({ length: 1000 }, () => row('Shoplifting'))])
    expect(summary.harm).toBe(6475)
    expect(summary.offences.map(({ offence, harm }) => [offence, harm])).toEqual([
      ['Homicide', 5475],
      ['Shoplifting', 1000],
    ])
    expect(summary.table).toBe('Trial 2026')
    expect(summary.unit).toBe('days')
  })
})

describe('oracle', () => {
  it('DuckDB joins and sums the same rows by code, then offence, then sub-group', async () => {
    const offences = ['Homicide', 'Robbery', 'Shoplifting', 'Begging', '']
    const given = ['8N', '8P', '9', '']
    const groups = ['Violence with injury', 'Other', '']
    const drawn = Array.from({ length: 600 }, (_, k) => ({
      o: offences[(k * 7 + (k >> 3)) % 5],
      c: given[(k * 3 + (k >> 4)) % 4],
      g: groups[(k * 5 + (k >> 2)) % 3],
      m: 1 + ((k * 11) % 5),
    }))
    const [expected] = (await query(`
      with t as (select unnest([${drawn.map(({ o, c, g, m }) => `{o: '${o}', c: '${c}', g: '${g}', m: ${m}}`).join(',')}]) as r),
      w as (select r.m as m, case r.c when '8N' then 20 when '8P' then 30 end as byCode,
        case r.o when 'Homicide' then 5475 when 'Robbery' then 365 when 'Shoplifting' then 1 end as byOffence,
        case lower(r.g) when 'violence with injury' then 365 end as byGroup from t)
      select sum(coalesce(byCode, byOffence, byGroup))::double as harm, count(byCode)::double as code,
        count(case when byCode is null then byOffence end)::double as offence,
        count(case when byCode is null and byOffence is null then byGroup end)::double as grp,
        sum(case when m = 2 then coalesce(byCode, byOffence, byGroup) end)::double as feb from w`)) as unknown as {
      harm: number
      code: number
      offence: number
      grp: number
      feb: number
    }[]
    const { summary, columns: series } = run(drawn.map(({ o, c, g, m }) => row(o, `2024-0${m}-15`, c, g)))
    expect(summary.coverage.map(({ incidents }) => incidents)).toEqual([
      expected.code,
      expected.offence,
      expected.grp,
      600 - expected.code - expected.offence - expected.grp,
    ])
    expect((series.harm as Float64Array)[1]).toBe(expected.feb)
    expectAgreement({
      method: 'harmSummary',
      peer: 'DuckDB join and sum',
      version: '1.5',
      data: '600 seeded rows, weights by code, offence and sub-group: total harm, absolute',
      largestDifference: Math.abs(summary.harm - expected.harm),
      tolerance: 0,
    })
  })
})

describe('brute force', () => {
  it('one by one', () => {
    const weights: Record<string, number> = { Homicide: 5475, Robbery: 365, Shoplifting: 1 }
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Homicide', 'Robbery', 'Shoplifting', 'Begging'), { maxLength: 40 }),
        (words) => {
          const { summary } = run(words.map((word) => row(word)))
          const held = words.filter((word) => word in weights)
          if (held.length === 0) expect(summary.harm).toBeNaN()
          else expect(summary.harm).toBe(held.reduce((sum, word) => sum + weights[word], 0))
          expect(summary.incidents).toBe(words.length)
          expect(summary.coverage[3].incidents).toBe(words.length - held.length)
        },
      ),
    )
  })
})

describe('properties', () => {
  it('coverage adds up to the incidents, offences and months to the harm; order does not matter', () => {
    const rows = [
      row('Robbery', '2024-01-05'),
      row('Begging', '2024-03-05'),
      row('Assault', '2024-03-06', '008n'),
      row('Brawl', '2024-03-07', '', 'Violence with injury'),
      row('Shoplifting', '2024-03-07'),
    ]
    const result = run(rows)
    const { summary, columns: series } = result
    expect(summary.coverage.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(5)
    expect(summary.coverage.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(series.month).toEqual(['2024-01', '2024-02', '2024-03'])
    expect([...(series.harm as Float64Array)]).toEqual([365, 0, 386])
    expect([...(series.weighed as Float64Array)]).toEqual([1, 0, 3])
    expect(run(rows.toReversed()).summary).toEqual(summary)
    expect(codes(result)).toEqual(['harm-unweighted', 'harm-by-group'])
  })
})

describe('edges', () => {
  it('none selected; a month none of whose incidents could be weighed; a missing month; no date', () => {
    expect(run([]).summary.harm).toBeNaN()
    expect(codes(run([]))).toEqual(['none-selected'])
    const result = run(
      [
        row('Robbery', '2024-01-05'),
        row('Begging', '2024-02-05'),
        row('Robbery', '2024-04-05'),
        { words: { offence: 'Robbery' } },
      ],
      { ...context, missingMonths: ['2024-03'] },
    )
    expect([...(result.columns.harm as Float64Array)]).toEqual([365, Number.NaN, Number.NaN, 365])
    expect([...(result.columns.count as Float64Array)]).toEqual([1, 1, Number.NaN, 1])
    expect(codes(result)).toEqual(expect.arrayContaining(['months-missing', 'undated']))
  })
  it('offences found by police work stand apart', () => {
    const { summary } = run([row('Robbery'), row('Shoplifting'), row('Shoplifting')], context, {
      proactive: ['Shoplifting'],
    })
    expect(summary.harm).toBe(365)
    expect(summary.apart).toEqual({ incidents: 2, harm: 2 })
    expect(
      run([row('Robbery'), row('Begging')], context, { proactive: ['Begging'] }).summary.apart.harm,
    ).toBeNaN()
  })
  it('invented scales and totals that hang on a handful are told', () => {
    const small = { weights: { name: 'S', version: '1', unit: '', byOffence: { Robbery: 7 } } }
    expect(codes(run([row('Robbery')], small))).toEqual(['weights-small'])
    const result = run([row('Homicide'), ...Array.from({ length: 30 }, () => row('Shoplifting'))])
    expect(codes(result)).toEqual(['few-carry-most'])
    expect(result.caveats[0].text).toMatch(/^The 5 gravest incidents carry 9\d%|100%/)
    for (const code of [...codes(result), ...codes(run([]))])
      expect(Object.keys(harmSummary.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  it('without weights or without offences', () => {
    expect(() => run([row('Robbery')], nothingKnown)).toThrow(
      expect.objectContaining({ code: 'E-MTH-WEIGHTS' }),
    )
    const bare = makeIncidents([{ from: '2024-01-01' }])
    expect(() => harmSummary.run(bare, settings(harmSummary), context, patient)).toThrow(
      expect.objectContaining({ code: 'E-MTH-WEIGHTS' }),
    )
  })
})
