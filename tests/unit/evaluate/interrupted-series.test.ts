import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interruptedSeries } from '#core/analysis/evaluate/interrupted-series.ts'
import { neweyWestVariance } from '#core/analysis/evaluate/robust-variance.ts'
import { fitSeries, type SeriesOptions } from '#core/analysis/evaluate/series-fit.ts'
import { monthLabel } from '#core/analysis/support/wall-clock.ts'
import type { Context } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import { regressionOracle, relativeDifference } from './regression-oracle.ts'
import { inTreated, many, refusal, twoSquares } from './small-places.ts'

const { counts, days, at } = regressionOracle.series
const series = {
  counts: Float64Array.from(counts),
  days: Float64Array.from(days),
  change: at,
  turn: Float64Array.from(counts, (_, k) => (k % 12) / 12),
  month: Int32Array.from(counts, (_, k) => k % 12),
}
const options: SeriesOptions = { season: 'harmonics', harmonics: 2, errors: 'quasi', lag: 3, alpha: 0.05 }
const fitted = (changed: Partial<SeriesOptions>) => fitSeries(series, { ...options, ...changed }, patient)!

/** The oracle's series from January 2019 (2020 is its leap year). */
const months = counts.map((_, k) => monthLabel(49 * 12 + k))
const rows: Row[] = counts.flatMap((count, k) => many(count, inTreated, `${months[k]}-10 12:00`))
const asked = { from: '2019-01-01', change: '2022-01-01', to: '2024-01-01' }
const everything: Context = { missingMonths: [], partialMonths: [] }
const run = (given: readonly Row[], changed = {}, context: Context = everything) =>
  interruptedSeries.run(
    makeIncidents(given),
    settings(interruptedSeries, { ...asked, ...changed }),
    context,
    patient,
  )

describe('published', () => {
  it('a series that follows the formula exactly gives its level and slope back', () => {
    const exact = Float64Array.from(
      { length: 60 },
      (_, t) => 1000 * Math.exp(0.01 * t + (t >= 30 ? -0.3 + 0.02 * (t - 30) : 0)),
    )
    const found = fitSeries(
      {
        counts: exact,
        days: new Float64Array(60).fill(1),
        change: 30,
        turn: new Float64Array(60),
        month: new Int32Array(60),
      },
      { ...options, season: 'none' },
      patient,
    )!
    expect(found.level.coefficient).toBeCloseTo(-0.3, 10)
    expect(found.slope.coefficient).toBeCloseTo(0.02, 10)
    expect(found.carriedOn[40]).toBeCloseTo(1000 * Math.exp(0.4), 5)
  })
})

describe('oracle', () => {
  it.each(['none', 'harmonics', 'months'] as const)(
    'season %s: coefficients and both errors, as R',
    (season) => {
      const expected = regressionOracle.series[season]
      const [quasi, newey] = (['quasi', 'newey-west'] as const).map((errors) => fitted({ season, errors }))
      expect(quasi.fit.dispersion).toBeCloseTo(expected.dispersion, 8)
      expect(relativeDifference(quasi.fit.fitted, expected.fitted)).toBeLessThan(1e-8)
      const { versions } = regressionOracle
      const found = [quasi.level, quasi.slope, newey.level, newey.slope]
      expectAgreement({
        method: 'interruptedSeries',
        peer: `R glm quasipoisson with sandwich NeweyWest, season ${season}`,
        version: `${versions.R}, sandwich ${versions.sandwich}`,
        data: 'Series of 60 months drawn at random, lag 3: two coefficients and their errors of both kinds, relative',
        largestDifference: relativeDifference(
          [
            ...found.slice(0, 2).map(({ coefficient }) => coefficient),
            ...found.map(({ standardError }) => standardError),
          ],
          [...expected.coefficient, ...expected.quasi, ...expected.newey],
        ),
        tolerance: 1e-7,
      })
    },
  )

  it('the method counts the same series from incidents', () => {
    const { summary, columns, caveats } = run(rows, { lag: 3 })
    expect([...(columns.count as Float64Array)]).toEqual(counts)
    const expected = regressionOracle.series.harmonics
    expect(summary.level.coefficient).toBeCloseTo(expected.coefficient[0], 8)
    expect(summary.slope.standardError).toBeCloseTo(expected.newey[1], 8)
    expect(summary.steps).toEqual({ before: 36, after: 24 })
    expect(caveats.map(({ code }) => code)).toContain('no-comparison')
    for (const { code } of caveats) expect(Object.keys(interruptedSeries.card.caveats)).toContain(code)
    expect(summary.sentence).toMatch(/does not show what caused it/)
    expect(run(rows, { errors: 'quasi' }).summary.lag).toBe(0)
    // ⌊4·0.6^(2/9)⌋ = 3
    expect(run(rows).summary.lag).toBe(3)
  })
})

describe('brute force', () => {
  it('Newey–West is the weighted sum over all pairs of steps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 6 }),
        (values, lag) => {
          let expected = 0
          values.forEach((a, i) => {
            values.forEach((b, j) => {
              expected += a * b * Math.max(0, 1 - Math.abs(i - j) / (lag + 1))
            })
          })
          expect(neweyWestVariance(Float64Array.from(values), lag)).toBeCloseTo(expected, 8)
        },
      ),
    )
  })
})

describe('properties', () => {
  it('counts ten times as many: the same ratios; fitted counts sum to the counts', () => {
    const tenfold = fitSeries(
      { ...series, counts: series.counts.map((each) => 10 * each) },
      options,
      patient,
    )!
    expect(tenfold.level.coefficient).toBeCloseTo(fitted({}).level.coefficient, 9)
    expect(tenfold.level.standardError).toBeCloseTo(fitted({}).level.standardError, 9)
    expect(fitted({}).fit.fitted.reduce((sum, each) => sum + each, 0)).toBeCloseTo(
      counts.reduce((sum, each) => sum + each, 0),
      6,
    )
    expect([...fitted({}).carriedOn.subarray(0, at)]).toEqual([...fitted({}).fit.fitted.subarray(0, at)])
  })
  it('a layer keeps what lies inside it', () => {
    const far = many(50, [470_000, 300_100], '2020-05-05 12:00')
    const inside = run(
      [...rows, ...far],
      {},
      { ...everything, layers: { treated: twoSquares.layers!.treated } },
    )
    expect([...(inside.columns.count as Float64Array)]).toEqual(counts)
    expect((run([...rows, ...far]).columns.count as Float64Array)[16]).toBe(counts[16] + 50)
  })
})

describe('edges', () => {
  it('weeks over new year and a leap day; short series and few counts are told', () => {
    const daily: Row[] = Array.from({ length: 60 }, (_, k) =>
      many(
        1 + (k % 3 === 0 ? 1 : 0),
        inTreated,
        `2024-0${1 + Math.floor(k / 28)}-${String((k % 28) + 1).padStart(2, '0')} 08:00`,
      ),
    ).flat()
    const { columns, caveats } = run(daily, {
      from: '2024-01-01',
      change: '2024-02-12',
      to: '2024-03-05',
      step: 'week',
      season: 'none',
    })
    expect(columns.step).toEqual([
      '2024-01-01',
      '2024-01-08',
      '2024-01-15',
      '2024-01-22',
      '2024-01-29',
      '2024-02-05',
      '2024-02-12',
      '2024-02-19',
      '2024-02-26',
    ])
    expect(caveats.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['series-short', 'days-left-over']),
    )
  })
})

describe('refuses', () => {
  it('no dates, none on one side, too short for its season, a missing month', () => {
    expect(refusal(() => run(rows, { change: '' }))).toBe('E-EVL-PERIOD')
    expect(refusal(() => run(rows, { change: '2023-12-01' }))).toBe('E-EVL-SERIES')
    expect(
      refusal(() =>
        run(rows, { from: '2021-06-01', change: '2021-12-01', to: '2022-06-01', season: 'months' }),
      ),
    ).toBe('E-EVL-SERIES')
    const gone = rows.filter((row) => row.from! < '2022')
    expect(
      refusal(() =>
        run(
          [...gone, { at: [460_000, 310_000], from: '2023-12-30 10:00' }],
          {},
          { ...everything, layers: { treated: twoSquares.layers!.treated } },
        ),
      ),
    ).toBe('E-EVL-SERIES')
    expect(refusal(() => run(rows, {}, { missingMonths: ['2020-03'] }))).toBe('E-EVL-MISSING')
    expect(refusal(() => run(rows, { change: '2022-01-10' }))).toBe('E-EVL-STEP')
  })
})
