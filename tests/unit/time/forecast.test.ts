import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poissonQuantile } from '#core/analysis/support/distributions/poisson.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { randomOf, randomUnit } from '#core/analysis/support/random.ts'
import { backTest } from '#core/analysis/time/back-test.ts'
import { forecast } from '#core/analysis/time/forecast.ts'
import { lookAhead } from '#core/analysis/time/forecast-models.ts'
import { nelderMead } from '#core/analysis/time/nelder-mead.ts'
import { fitPoissonLevel, poissonForecast } from '#core/analysis/time/poisson-smoothing.ts'
import { fitSmoothing, smoothingForecast } from '#core/analysis/time/smoothing-fit.ts'
import { carriedOn, smooth } from '#core/analysis/time/smoothing-state.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { patient } from '../select/make-incidents.ts'
import { daysFrom, monthsOf, refusal } from './series-of.ts'

interface Fit {
  model: string
  alpha: number
  beta: number
  gamma: number
  phi: number
  level: number
  trend: number
  season: number[]
  sse: number
  mean: number[]
}
const { cases } = JSON.parse(
  readFileSync(new URL('../../oracles/forecast/expected.json', import.meta.url), 'utf8'),
) as { cases: { data: string; values: number[]; naive: number[]; naive95: number[]; fits: Fit[] }[] }

const quiet = (): void => undefined
const run = (incidents: Incidents, raw: Record<string, unknown> = {}, context: Context = {}) =>
  forecast.run(incidents, readParameters(forecast.card, raw), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map(({ code }) => code)
const poisson = (seed: number, means: readonly number[]): number[] => {
  const random = randomOf(seed, 0)
  return means.map((mean) => poissonQuantile(randomUnit(random), mean))
}
const seasonal = (length: number, level: number): number[] =>
  Array.from({ length }, (_, i) => level * (1 + 0.3 * Math.sin((i * Math.PI) / 6)))

describe('published', () => {
  it('simple exponential smoothing by hand: level 10, α 0.5, values 12 and 8', () => {
    const errors = new Float64Array(2)
    const end = smooth(
      Float64Array.from([12, 8]),
      { alpha: 0.5, beta: 0, gamma: 0, phi: 1 },
      { level: 10, trend: 0, season: new Float64Array(0) },
      errors,
    )
    expect([...errors]).toEqual([2, -3])
    expect([...carriedOn(end, 1, 2)]).toEqual([9.5, 9.5])
  })
  it('Harvey and Fernandes: a discount of 1 is the mean of all counts', () => {
    const level = { shape: 30, exposure: 10, discount: 1, deviance: 0, dispersion: 1 }
    expect(poissonForecast(level, 5, 2).mean).toBe(6)
  })
})

describe('oracle', () => {
  it('the package forecast: snaive, and ets carried on from its settings', () => {
    let largestDifference = 0
    const compare = (ours: ArrayLike<number>, theirs: readonly number[]): void =>
      theirs.forEach((value, i) => {
        largestDifference = Math.max(largestDifference, Math.abs(ours[i] / value - 1))
      })
    for (const each of cases) {
      const values = Float64Array.from(each.values)
      const naive = lookAhead(
        'seasonalNaive',
        values,
        new Float64Array(values.length + 15).fill(30),
        12,
        15,
        quiet,
      )!
      compare(naive.mean, each.naive)
      compare(naive.high95, each.naive95)
      for (const fit of each.fits) {
        const errors = new Float64Array(values.length)
        const end = smooth(values, fit, { ...fit, season: Float64Array.from(fit.season) }, errors)
        compare(carriedOn(end, fit.phi, 15), fit.mean)
        compare([errors.reduce((sum, error) => sum + error * error, 0)], [fit.sse])
      }
    }
    expectAgreement({
      method: 'forecast',
      peer: 'R package forecast: snaive, ets',
      version: '8.20',
      data: '4 monthly series, 15 months ahead: snaive and its 95 % ends, ets (4 models) from its settings, relative',
      largestDifference,
      tolerance: 1e-10,
    })
  })
  it.each(cases)('what is fitted to $data has no more squared error than ets finds', ({ values, fits }) => {
    for (const fit of fits) {
      const ours = fitSmoothing(
        Float64Array.from(values),
        fit.model[1] === 'A',
        fit.model[2] === 'A' ? 12 : 0,
        quiet,
      )!
      expect(ours.sumOfSquares / fit.sse, fit.model).toBeLessThan(1.0001)
    }
  })
})

describe('brute force', () => {
  it('the best first state and settings beat a grid of settings with any first level', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 8, maxLength: 30 }), (drawn) => {
        fc.pre(new Set(drawn).size > 2)
        const values = Float64Array.from(drawn)
        const fit = fitSmoothing(values, false, 0, quiet)!
        const errors = new Float64Array(values.length)
        for (const alpha of [0.01, 0.1, 0.3, 0.5, 0.7, 0.9])
          for (const level of [drawn[0], 10, 20, 30]) {
            smooth(
              values,
              { alpha, beta: 0, gamma: 0, phi: 1 },
              { level, trend: 0, season: new Float64Array(0) },
              errors,
            )
            expect(fit.sumOfSquares).toBeLessThanOrEqual(
              errors.reduce((sum, e) => sum + e * e, 0) * (1 + 1e-6),
            )
          }
      }),
      { numRuns: 60, seed: 11 },
    )
  })
  it('variance ahead by simulation of the model', () => {
    const model = {
      ...fitSmoothing(
        Float64Array.from(seasonal(60, 100), (v, i) => v + ((i * 37) % 11)),
        true,
        12,
        quiet,
      )!,
      settings: { alpha: 0.4, beta: 0.1, gamma: 0.2, phi: 0.9 },
      variance: 1,
    }
    const { error, mean } = smoothingForecast(model, 15)
    const random = randomOf(3, 0)
    const squares = new Float64Array(15)
    const draws = 4000
    for (let k = 0; k < draws; k++) {
      let state = model.end
      for (let h = 0; h < 15; h++) {
        // Uniform with variance 1.
        const noise = Math.sqrt(12) * (randomUnit(random) - 0.5)
        const value = carriedOn(state, 0.9, 1)[0] + noise
        squares[h] += (value - mean[h]) ** 2 / draws
        state = smooth(Float64Array.of(value), model.settings, state, new Float64Array(1))
      }
    }
    error.forEach((each, h) => {
      expect(Math.sqrt(squares[h]) / each).toBeGreaterThan(0.95)
      expect(Math.sqrt(squares[h]) / each).toBeLessThan(1.05)
    })
  })
  it('the Poisson level: deviance, variation and level by the plain recursion', () => {
    const counts = Float64Array.from([4, 7, Number.NaN, 5, 19, 2, 6])
    const exposures = Float64Array.from([31, 28, 31, 30, 31, 30, 31])
    const fit = fitPoissonLevel(counts, exposures, 2, quiet)!
    let [a, b, deviance, squares] = [0, 0, 0, 0]
    counts.forEach((count, t) => {
      a *= fit.discount
      b *= fit.discount
      if (Number.isNaN(count)) return
      if (a > 0) {
        const mean = (exposures[t] * a) / b
        deviance += 2 * (count * Math.log(count / mean) - count + mean)
        squares += (count - mean) ** 2 / (mean * (1 + mean / a))
      }
      a += count
      b += exposures[t]
    })
    expect(fit).toMatchObject({
      shape: a,
      exposure: b,
      dispersion: expect.closeTo(Math.max(1, squares / 2), 10),
    })
    expect(fit.deviance).toBeCloseTo(deviance, 10)
  })
  it('the simplex finds the bottom of a bowl', () => {
    const found = nelderMead(([x, y]) => 1 + (x - 3) ** 2 + 10 * (y + x) ** 2, [0, 0], 1, 300)
    expect(found.at[0]).toBeCloseTo(3, 2)
    expect(found.at[1]).toBeCloseTo(-3, 2)
  })
})

describe('properties', () => {
  it('intervals of a steady seasonal Poisson series hold about what they say', () => {
    const sums = { poisson: [0, 0, 0], smoothing: [0, 0, 0], seasonalNaive: [0, 0, 0] }
    for (let seed = 0; seed < 6; seed++) {
      const counts = Float64Array.from(poisson(seed, seasonal(60, 50)))
      for (const test of backTest(counts, new Float64Array(64).fill(30), 12, 3, 12, quiet)) {
        sums[test.model][0] += test.coverage95 / 6
        sums[test.model][1] += test.coverage80 / 6
        sums[test.model][2] += test.mase / 6
      }
    }
    for (const model of ['poisson', 'seasonalNaive', 'smoothing'] as const) {
      // Smoothing takes its settings as known, so its intervals are a little narrow.
      expect(sums[model][0], model).toBeGreaterThan(model === 'smoothing' ? 0.8 : 0.83)
      expect(sums[model][1], model).toBeGreaterThan(0.62)
    }
    expect(sums.poisson[2]).toBeLessThan(sums.seasonalNaive[2])
  })
  it('counts that vary ten times as much as Poisson: the intervals of the Poisson model still hold', () => {
    let held = 0
    for (let seed = 0; seed < 6; seed++) {
      const counts = Float64Array.from(poisson(seed, seasonal(60, 50)), (count) => 10 * count)
      held += backTest(counts, new Float64Array(64).fill(30), 12, 3, 12, quiet)[2].coverage95 / 6
    }
    expect(held).toBeGreaterThan(0.88)
  })
  it('a back-test knows nothing of what comes after: changing the last step leaves the first forecasts', () => {
    const counts = Float64Array.from(poisson(5, seasonal(48, 50)))
    const days = new Float64Array(52).fill(30)
    const known = lookAhead('poisson', counts.subarray(0, 40), days, 12, 3, quiet)!
    const changed = counts.slice()
    changed[47] = 500
    expect(lookAhead('poisson', changed.subarray(0, 40), days, 12, 3, quiet)!.mean).toEqual(known.mean)
  })
  it('the winner has the least MASE, and all models are judged on the same steps', () => {
    const { summary } = run(monthsOf(poisson(1, seasonal(48, 60)), 2020))
    const least = Math.min(...summary.backTest.map(({ mase }) => mase))
    expect(summary.backTest.find(({ mase }) => mase === least)!.model).toBe(summary.winner)
    expect(new Set(summary.backTest.map(({ judged }) => judged)).size).toBe(1)
    expect(summary.used).toBe(summary.winner)
    expect(summary.forecasts.map(({ period }) => period)).toEqual(['2024-01', '2024-02', '2024-03'])
    for (const { low95, low80, forecast: mean, high80, high95 } of summary.forecasts) {
      expect(low95).toBeLessThanOrEqual(low80)
      expect(low80).toBeLessThanOrEqual(mean)
      expect(mean).toBeLessThanOrEqual(high80)
      expect(high80).toBeLessThanOrEqual(high95)
      expect(low95).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('edges', () => {
  it('blank months within are skipped, at the end trimmed; neither counts as nil', () => {
    const counts = poisson(2, seasonal(48, 60))
    const whole = run(monthsOf(counts, 2020)).summary
    const gap = run(monthsOf(counts, 2020), {}, { missingMonths: ['2021-06'], partialMonths: ['2023-12'] })
    expect(codes(gap)).toEqual(expect.arrayContaining(['end-blank', 'blanks-within']))
    expect(gap.summary.to).toBe('2023-11')
    expect(gap.summary.forecasts[0].period).toBe('2023-12')
    expect(gap.summary.forecasts[1].forecast / whole.forecasts[0].forecast).toBeGreaterThan(0.6)
    expect((gap.columns.observed as Float64Array)[17]).toBeNaN()
  })
  it('days and weeks run on by their own steps', () => {
    const counts = Array.from({ length: 60 }, (_, i) => (i % 7 === 5 ? 20 : 8) + (i % 3))
    const days = run(daysFrom(counts, [2024, 1, 1]), { step: 'day', horizon: 7 }).summary
    expect(days.forecasts.map(({ period }) => period)).toContain('2024-03-02')
    const saturday = days.forecasts.find(({ period }) => period === '2024-03-02')!
    expect(saturday.forecast).toBeGreaterThan(15)
    const weeks = run(
      daysFrom(
        Array.from({ length: 7 * 110 }, (_, i) => 2 + ((i * 13) % 5)),
        [2022, 1, 3],
      ),
      {
        step: 'week',
        origins: 3,
      },
    ).summary
    expect(weeks.forecasts[0].period).toBe('2024-02-12')
  })
  it('short tests and few counts are told; every code is on the card', () => {
    const short = run(
      monthsOf(
        Array.from({ length: 26 }, (_, i) => 1 + (i % 3)),
        2020,
      ),
      { horizon: 1 },
    )
    expect(codes(short)).toEqual(expect.arrayContaining(['back-test-short', 'counts-few']))
    for (const code of codes(short)) expect(Object.keys(forecast.card.caveats)).toContain(code)
  })
  it('each model can be asked for', () => {
    for (const model of ['seasonalNaive', 'smoothing', 'poisson'])
      expect(run(monthsOf(poisson(1, seasonal(40, 60)), 2020), { model, origins: 2 }).summary.used).not.toBe(
        '',
      )
  })
})

describe('refuses', () => {
  it('two seasons or fewer, hardly an incident, days of months', () => {
    expect(refusal(() => run(monthsOf(Array(24).fill(9), 2020)))).toBe('E-MTH-STEPS')
    expect(
      refusal(() =>
        run(
          monthsOf(
            Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 1 : 0)),
            2020,
          ),
        ),
      ),
    ).toBe('E-MTH-FEW')
    expect(refusal(() => run(monthsOf(Array(40).fill(9), 2020), { step: 'day' }))).toBe('E-MTH-DAY')
  })
})
