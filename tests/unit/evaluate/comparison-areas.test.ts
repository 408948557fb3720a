import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparisonAreas } from '#core/analysis/evaluate/comparison-areas.ts'
import { simplexWeights } from '#core/analysis/evaluate/simplex-weights.ts'
import { monthLabel } from '#core/analysis/support/wall-clock.ts'
import type { Context } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import { layerOf, many, refusal } from './small-places.ts'

const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/evaluate-mixture/expected.json', import.meta.url), 'utf8'),
) as {
  scipy: string
  cases: {
    before: number
    counts: number[][]
    slsqp: number[]
    loss: number
    nnls: number[]
    nnlsLoss: number
    p: number
    ratio: number
  }[]
}

const lossOf = (
  target: ArrayLike<number>,
  series: readonly ArrayLike<number>[],
  w: ArrayLike<number>,
): number => {
  let loss = 0
  for (let t = 0; t < target.length; t++)
    loss += (target[t] - series.reduce((sum, each, j) => sum + w[j] * each[t], 0)) ** 2
  return loss
}
const indexOf = (line: readonly number[], before: number): Float64Array => {
  const mean = line.slice(0, before).reduce((sum, each) => sum + each, 0) / before
  return Float64Array.from(line, (each) => each / mean)
}

/** Counts of places from January 2020, the first one treated, every step of the same four weeks' length. */
function onTheGround(table: readonly (readonly number[])[]): { rows: Row[]; context: Context } {
  const box = (place: number) => [place * 500, 0, place * 500 + 200, 200] as const
  return {
    rows: table.flatMap((line, place) =>
      line.flatMap((count, t) =>
        many(count, [450_100 + place * 500, 300_100], `${monthLabel(600 + t)}-15 12:00`),
      ),
    ),
    context: {
      layers: {
        treated: layerOf('T', box(0)),
        control: layerOf('C', ...table.slice(1).map((_, k) => box(k + 1))),
      },
      missingMonths: [],
    },
  }
}
const monthStart = (t: number): string => `${monthLabel(600 + t)}-01`
const run = (table: readonly (readonly number[])[], before: number, changed = {}, given?: Context) => {
  const { rows, context } = onTheGround(table)
  return comparisonAreas.run(
    makeIncidents(rows),
    settings(comparisonAreas, {
      beforeFrom: monthStart(0),
      beforeTo: monthStart(before),
      afterFrom: monthStart(before),
      afterTo: monthStart(table[0].length),
      ...changed,
    }),
    given ?? context,
    patient,
  )
}

describe('published', () => {
  it('a series that is a mixture of two gets their weights back', () => {
    const a = Float64Array.of(1, 2, 3, 5, 1)
    const b = Float64Array.of(2, 0, 1, 1, 4)
    const c = Float64Array.of(9, 9, 0, 2, 2)
    const w = simplexWeights(
      a.map((each, t) => 0.3 * each + 0.7 * b[t]),
      [a, b, c],
    )
    expect(w[0]).toBeCloseTo(0.3, 6)
    expect(w[1]).toBeCloseTo(0.7, 6)
    expect(w[2]).toBeCloseTo(0, 6)
  })
})

describe('oracle', () => {
  it('weights as scipy SLSQP and NNLS; errors no larger', () => {
    let [slsqp, heavy] = [0, 0]
    for (const { before, counts, ...expected } of oracle.cases) {
      const [target, ...series] = counts.map((line) => indexOf(line, before).subarray(0, before))
      const w = simplexWeights(target, series)
      const loss = lossOf(target, series, w)
      expect(loss).toBeLessThanOrEqual(expected.loss * (1 + 1e-6))
      expect(w.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12)
      // With more places than steps several weights fit equally well; errors are then what is compared.
      if (series.length < before)
        w.forEach((each, j) => {
          slsqp = Math.max(slsqp, Math.abs(each - expected.slsqp[j]))
          heavy = Math.max(heavy, Math.abs(each - expected.nnls[j]))
        })
    }
    for (const [peer, largestDifference] of [
      ['scipy SLSQP', slsqp],
      ['scipy NNLS with a heavy row', heavy],
    ] as const)
      expectAgreement({
        method: 'comparisonAreas',
        peer,
        version: oracle.scipy,
        data: 'Three sets of 8, 15 and 25 series drawn at random: weights, absolute',
        largestDifference,
        tolerance: 1e-5,
      })
  })

  it('placebo p as from scipy weights, on the ground', () => {
    for (const { before, counts, p, ratio } of oracle.cases.slice(0, 3)) {
      // Months differ in length, which changes rates by a day in thirty: compared to that.
      const { summary } = run(counts, before)
      expect(summary.errorAfter / summary.errorBefore / ratio).toBeGreaterThan(0.9)
      expect(summary.errorAfter / summary.errorBefore / ratio).toBeLessThan(1.1)
      expect(Math.abs(summary.pValue - p)).toBeLessThanOrEqual(1.01 / counts.length)
    }
  })
})

describe('brute force', () => {
  it('no point of a fine lattice of weights does better', () => {
    const value = fc.integer({ min: 0, max: 9 })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value, value), { minLength: 3, maxLength: 8 }), (lines) => {
        const [target, ...series] = [0, 1, 2, 3].map((k) => Float64Array.from(lines, (line) => line[k] + 1))
        const w = simplexWeights(target, series)
        const own = lossOf(target, series, w)
        expect(Math.min(...w)).toBeGreaterThanOrEqual(0)
        expect(w.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9)
        for (let a = 0; a <= 20; a++)
          for (let b = 0; a + b <= 20; b++)
            expect(own).toBeLessThanOrEqual(lossOf(target, series, [a / 20, b / 20, 1 - (a + b) / 20]) + 1e-4)
      }),
      { numRuns: 200 },
    )
  })

  it('the best conditions hold: every place held has the same slope, the others a worse one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 12, maxLength: 12 }), {
          minLength: 4,
          maxLength: 20,
        }),
        (table) => {
          const [target, ...series] = table.map((line) => Float64Array.from(line))
          const w = simplexWeights(target, series)
          const gap = target.map((each, t) => each - series.reduce((sum, line, j) => sum + w[j] * line[t], 0))
          const slopes = series.map((line) => -line.reduce((sum, each, t) => sum + each * gap[t], 0))
          const level = slopes.reduce((sum, each, j) => sum + each * w[j], 0)
          slopes.forEach((slope, j) => {
            expect(slope).toBeGreaterThan(level - 0.01)
            if (w[j] > 1e-6) expect(Math.abs(slope - level)).toBeLessThan(0.01)
          })
        },
      ),
      { numRuns: 100 },
    )
  })
})

const flat = (level: number, steps: number, change = 1): number[] =>
  Array.from({ length: steps }, (_, t) =>
    Math.round((level + 3 * ((t * level) % 4) + ((t * t + 3 * level) % 5)) * (t >= 24 ? change : 1)),
  )

describe('properties', () => {
  it('a place of another size is as good a comparison; a halving is found', () => {
    const table = [
      flat(20, 36, 0.5),
      ...[10, 12, 15, 17, 21, 23, 26, 30, 33, 40].map((level) => flat(level, 36)),
    ]
    const { summary, columns } = run(table, 24)
    expect(summary.effectPercent).toBeGreaterThan(-60)
    expect(summary.effectPercent).toBeLessThan(-40)
    expect(summary.pValue).toBeLessThan(0.19)
    expect(summary.effectP).toBeCloseTo(1 / 11, 12)
    expect(summary.sentence).toMatch(/does not show the cause/)
    expect(summary.weights.reduce((sum, { weight }) => sum + weight, 0)).toBeGreaterThan(0.99)
    expect((columns.after as Uint8Array).filter((each) => each === 1)).toHaveLength(12)
    const doubled = [table[0], ...table.slice(1).map((line) => line.map((each) => 2 * each))]
    expect(run(doubled, 24).summary.effectPercent).toBeCloseTo(summary.effectPercent, 6)
  })
})

describe('edges', () => {
  it('empty places, few places and steps, a poor likeness: told', () => {
    const table = [flat(20, 30), flat(10, 30), flat(13, 30), Array(30).fill(0)]
    const { caveats, summary } = run(table, 6)
    expect(summary.places).toBe(2)
    expect(caveats.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['places-empty', 'few-steps', 'few-comparisons']),
    )
    for (const { code } of caveats) expect(Object.keys(comparisonAreas.card.caveats)).toContain(code)
  })
  it('a mixture without incidents after has no percentage', () => {
    const gone = (level: number) => flat(level, 30).map((each, t) => (t < 24 ? each : 0))
    const { summary, caveats } = run([flat(20, 30), gone(10), gone(13)], 24)
    expect(summary.effectPercent).toBeNaN()
    expect(summary.sentence).toMatch(/^No percentage/)
    expect(caveats.map(({ code }) => code)).toContain('effect-undefined')
  })
})

describe('more places than steps', () => {
  it('a fit that chance alone makes perfect gives no p of errors, and says so', () => {
    // 20 places that only vary by chance, 12 steps before: nothing was done anywhere.
    const { counts } = oracle.cases[3]
    const { summary, caveats } = run(counts, 12)
    expect(summary.places).toBe(20)
    expect(summary.pValue).toBeNaN()
    expect(caveats.map(({ code }) => code)).toContain('more-places-than-steps')
    expect(summary.effectP).toBeGreaterThan(1 / 21 - 1e-12)
    expect(summary.sentence).not.toMatch(/matched before/)
    const effects = summary.effectP * 21
    expect(Math.abs(effects - Math.round(effects))).toBeLessThan(1e-9)
  })
})

describe('refuses', () => {
  it('one place, too many, too few steps, nothing before', () => {
    expect(refusal(() => run([flat(20, 30), flat(10, 30)], 24))).toBe('E-EVL-FEW-PLACES')
    expect(refusal(() => run([flat(20, 30), flat(10, 30), Array(30).fill(0)], 24))).toBe('E-EVL-FEW-PLACES')
    expect(refusal(() => run([flat(20, 30), flat(10, 30), flat(11, 30)], 2))).toBe('E-EVL-SERIES')
    expect(
      refusal(() =>
        run([flat(20, 30).map((each, t) => (t < 24 ? 0 : each)), flat(10, 30), flat(11, 30)], 24),
      ),
    ).toBe('E-EVL-SERIES')
    const crowd: Context = {
      layers: {
        treated: layerOf('T', [0, 0, 200, 200]),
        control: layerOf(
          'C',
          ...Array.from({ length: 301 }, (_, k) => [500 + 30 * k, 0, 520 + 30 * k, 20] as const),
        ),
      },
    }
    expect(refusal(() => run([flat(20, 30), flat(10, 30)], 24, {}, crowd))).toBe('E-EVL-MANY-PLACES')
  })
})
