import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cholesky, solveCholesky } from '#core/analysis/evaluate/cholesky.ts'
import { type CountDesign, fitCounts } from '#core/analysis/evaluate/count-regression.ts'
import { differenceInDifferences } from '#core/analysis/evaluate/difference-in-differences.ts'
import { fitNegativeBinomial } from '#core/analysis/evaluate/negative-binomial-fit.ts'
import { type Panel, panelEffect } from '#core/analysis/evaluate/panel-effect.ts'
import { monthLabel } from '#core/analysis/support/wall-clock.ts'
import type { Context } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import { regressionOracle, relativeDifference } from './regression-oracle.ts'
import {
  bothEnds,
  inControl,
  inTreated,
  layerOf,
  many,
  refusal,
  twoSquares,
  yearOnYear,
} from './small-places.ts'

const { counts, treated, poisson, negbin, pre } = regressionOracle.panel
const panelOf = (table: readonly (readonly number[])[], treatedPlaces: number): Panel => ({
  counts: Float64Array.from(table.flat()),
  places: table.length,
  treated: treatedPlaces,
  steps: table[0].length,
})
const afterOf = (steps: number, change: number) =>
  Float64Array.from({ length: steps }, (_, t) => (t >= change ? 1 : 0))
const effectOf = (
  table: readonly (readonly number[])[],
  treatedPlaces: number,
  change: number,
  family: 'poisson' | 'negative-binomial' = 'poisson',
) => panelEffect(panelOf(table, treatedPlaces), afterOf(table[0].length, change), family, 0.05, patient)

/** Places on the ground with the counts of a table, month by month from January 2023. */
function onTheGround(
  table: readonly (readonly number[])[],
  treatedPlaces: number,
): { rows: Row[]; context: Context } {
  const box = (place: number): readonly [number, number, number, number] => [
    place * 500,
    0,
    place * 500 + 200,
    200,
  ]
  const index = table.map((_, place) => place)
  const rows = table.flatMap((line, place) =>
    line.flatMap((count, t) =>
      Array.from(
        { length: count },
        (_, k): Row => ({
          at: [450_050 + place * 500, 300_050],
          from: `${monthLabel(53 * 12 + t)}-${String((k % 28) + 1).padStart(2, '0')} 12:00`,
        }),
      ),
    ),
  )
  return {
    rows: [...bothEnds, ...rows],
    context: {
      layers: {
        treated: layerOf('T', ...index.slice(0, treatedPlaces).map(box)),
        control: layerOf('C', ...index.slice(treatedPlaces).map(box)),
      },
      missingMonths: [],
    },
  }
}
const run = (rows: readonly Row[], context: Context, changed = {}) =>
  differenceInDifferences.run(
    makeIncidents(rows),
    settings(differenceInDifferences, { ...yearOnYear, ...changed }),
    context,
    patient,
  )

describe('published', () => {
  it('two groups and two periods: β is the logarithm of the ratio of ratios', () => {
    const { ratio } = effectOf(
      [
        [30, 20],
        [50, 25],
        [40, 44],
        [20, 16],
      ],
      2,
      1,
    )
    expect(ratio).toBeCloseTo(45 / 80 / (60 / 60), 10)
  })
})

describe('oracle', () => {
  it('Poisson and negative binomial with errors by place, as R', () => {
    const own = effectOf(counts, treated, 12)
    const size = effectOf(counts, treated, 12, 'negative-binomial')
    const { versions } = regressionOracle
    expect(own.fit!.deviance).toBeCloseTo(poisson.deviance, 7)
    expect(own.fit!.dispersion).toBeCloseTo(poisson.dispersion, 7)
    expectAgreement({
      method: 'differenceInDifferences',
      peer: 'R glm with sandwich vcovCL',
      version: `${versions.R}, sandwich ${versions.sandwich}`,
      data: 'Panel of 32 places and 24 months drawn at random: coefficient and standard error, relative',
      largestDifference: relativeDifference(
        [own.coefficient, own.standardError],
        [poisson.coefficient, poisson.se],
      ),
      tolerance: 1e-8,
    })
    expectAgreement({
      method: 'differenceInDifferences',
      peer: 'MASS glm.nb with sandwich vcovCL',
      version: `${versions.MASS}, sandwich ${versions.sandwich}`,
      data: 'The same panel, negative binomial: coefficient, standard error and size, relative',
      largestDifference: relativeDifference(
        [size.coefficient, size.standardError, size.fit!.theta],
        [negbin.coefficient, negbin.se, negbin.theta],
      ),
      tolerance: 1e-5,
    })
  })

  it('the method on the ground gives the numbers of the panel, and the trend before', () => {
    const { rows, context } = onTheGround(counts, treated)
    const { summary, columns, caveats } = run(rows, context)
    expect(summary.coefficient).toBeCloseTo(poisson.coefficient, 9)
    expect(summary.standardError).toBeCloseTo(poisson.se, 9)
    expect(summary.places).toEqual({ treated: 14, comparison: 17 })
    expect(Math.log(1 + summary.trendBefore.percentPerStep / 100)).toBeCloseTo(pre.coefficient, 9)
    // t with 30 degrees of freedom: 2.0423.
    expect(Math.log(1 + summary.high / 100)).toBeCloseTo(poisson.coefficient + 2.042272456 * poisson.se, 7)
    expect((columns.treated as Float64Array)[0]).toBe(
      counts.slice(0, 14).reduce((sum, line) => sum + line[0], 0),
    )
    expect(caveats.map(({ code }) => code)).toEqual(['places-empty', 'few-places'])
    expect(summary.sentence).not.toMatch(/prevent/)
    expect(summary.sentence).toMatch(/not its cause/)
    expect(run(rows, context, { family: 'negative-binomial' }).summary.theta).toBeCloseTo(negbin.theta, 4)
  })
})

describe('brute force', () => {
  it('the score is zero at the fitted counts, whatever the design', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: -5, max: 5 })), {
          minLength: 6,
          maxLength: 25,
        }),
        fc.constantFrom(Infinity, 3),
        (drawn, theta) => {
          fc.pre(new Set(drawn.map(([, x]) => x)).size > 1 && drawn.filter(([y]) => y > 0).length > 3)
          const design: CountDesign = {
            rows: drawn.length,
            columns: 2,
            perRow: 2,
            index: Int32Array.from(drawn.flatMap(() => [0, 1])),
            value: Float64Array.from(drawn.flatMap(([, x]) => [1, x])),
            counts: Float64Array.from(drawn, ([y]) => y),
            offset: Float64Array.from(drawn, (_, k) => 0.1 * (k % 3)),
          }
          const fit = fitCounts(design, theta, patient)!
          fc.pre(fit.converged)
          for (const column of [0, 1]) {
            const score = drawn.reduce(
              (sum, [y, x], k) =>
                sum + ((y - fit.fitted[k]) * (column === 0 ? 1 : x)) / (1 + fit.fitted[k] / theta),
              0,
            )
            expect(Math.abs(score)).toBeLessThan(1e-5)
          }
        },
      ),
    )
  })

  it('Cholesky solves what was multiplied', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 16, maxLength: 16 }),
        (a) => {
          const n = 4
          const matrix = Float64Array.from({ length: 16 }, (_, k) => {
            const [i, j] = [Math.floor(k / n), k % n]
            return a.slice(0, n).reduce((sum, _, m) => sum + a[i * n + m] * a[j * n + m], i === j ? 1 : 0)
          })
          const factor = cholesky(matrix, n)!
          const x = solveCholesky(factor, n, Float64Array.of(1, -2, 3, 0.5))
          const back = [0, 1, 2, 3].map((i) => x.reduce((sum, each, j) => sum + matrix[i * n + j] * each, 0))
          expect(relativeDifference(back, [1, -2, 3, 0.5])).toBeLessThan(1e-9)
        },
      ),
    )
  })
})

describe('properties', () => {
  it('scaling a place, shuffling places within a group and swapping groups', () => {
    const small = counts.slice(10, 20)
    const own = effectOf(small, 4, 12)
    const shuffled = effectOf([...small.slice(0, 4).reverse(), ...small.slice(4).reverse()], 4, 12)
    expect(shuffled.coefficient).toBeCloseTo(own.coefficient, 9)
    expect(shuffled.standardError).toBeCloseTo(own.standardError, 9)
    const swapped = effectOf([...small.slice(4), ...small.slice(0, 4)], 6, 12)
    expect(swapped.coefficient).toBeCloseTo(-own.coefficient, 9)
    expect(swapped.standardError).toBeCloseTo(own.standardError, 9)
    // Every place doubled everywhere: the same ratio and, with robust errors, the same interval.
    const doubled = effectOf(
      small.map((line) => line.map((each) => 2 * each)),
      4,
      12,
    )
    expect(doubled.coefficient).toBeCloseTo(own.coefficient, 9)
    expect(doubled.standardError).toBeCloseTo(own.standardError, 9)
  })

  it('a place without incidents changes nothing; counts that vary less than Poisson have no size', () => {
    const small = counts.slice(10, 20)
    const zero = small[0].map(() => 0)
    expect(effectOf([...small, zero], 4, 12).standardError).toBeCloseTo(
      effectOf(small, 4, 12).standardError,
      12,
    )
    const even = Array.from({ length: 6 }, (_, p) => Array.from({ length: 8 }, (_, t) => 10 + ((p + t) % 2)))
    expect(effectOf(even, 3, 4, 'negative-binomial').fit!.theta).toBe(Infinity)
  })
})

describe('edges', () => {
  it('a group without incidents before or after, or with one place: no ratio, or no interval', () => {
    expect(
      effectOf(
        [
          [0, 0, 3, 2],
          [0, 0, 1, 2],
          [3, 3, 3, 3],
          [1, 2, 3, 4],
        ],
        2,
        2,
      ).ratio,
    ).toBeNaN()
    const one = effectOf(
      [
        [4, 5, 3, 2],
        [3, 3, 3, 3],
        [1, 2, 3, 4],
      ],
      1,
      2,
    )
    expect(one.ratio).toBeGreaterThan(0)
    expect(one.low).toBeNaN()
    const { rows, context } = onTheGround([Array(24).fill(2), Array(24).fill(3)], 1)
    const { summary, caveats } = run(rows, context)
    expect(summary.sentence).toMatch(/nothing can be concluded/)
    expect(caveats.map(({ code }) => code)).toEqual(expect.arrayContaining(['no-interval', 'trend-untested']))
    for (const { code } of caveats) expect(Object.keys(differenceInDifferences.card.caveats)).toContain(code)
  })
  it('weeks are counted from the change, and days left over are told', () => {
    const { rows, context } = onTheGround(counts, treated)
    const { columns, caveats } = run(rows, context, { step: 'week', family: 'poisson' })
    expect((columns.step as string[])[0]).toBe('2023-01-02')
    expect((columns.step as string[])[52]).toBe('2024-01-01')
    expect(columns.step).toHaveLength(104)
    expect(caveats.find(({ code }) => code === 'days-left-over')?.text).toMatch(/^3 days/)
  })
  it('a column that repeats others has no answer', () => {
    const design: CountDesign = {
      rows: 3,
      columns: 2,
      perRow: 2,
      index: Int32Array.of(0, 1, 0, 1, 0, 1),
      value: Float64Array.of(1, 2, 1, 2, 1, 2),
      counts: Float64Array.of(1, 2, 3),
      offset: new Float64Array(3),
    }
    expect(fitCounts(design, Infinity, patient)).toBeNull()
    expect(fitNegativeBinomial(design, patient)).toBeNull()
  })
})

describe('refuses', () => {
  const rows = [
    ...bothEnds,
    ...many(4, inTreated, '2023-05-05 10:00'),
    ...many(4, inControl, '2024-05-05 10:00'),
  ]
  it('months cut by a period, weeks of month-only data', () => {
    expect(refusal(() => run(rows, twoSquares, { beforeFrom: '2023-01-15' }))).toBe('E-EVL-STEP')
    expect(
      refusal(() => run([...rows, { at: inTreated, from: '2024-03' }], twoSquares, { step: 'week' })),
    ).toBe('E-EVL-MONTH-ONLY')
    expect(refusal(() => run(rows, twoSquares, { afterTo: '' }))).toBe('E-EVL-PERIOD')
    expect(refusal(() => run(rows, { layers: { ...twoSquares.layers, control: layerOf('C') } }))).toBe(
      'E-EVL-NO-SHAPES',
    )
  })
})
