import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displacementQuotient } from '#core/analysis/evaluate/displacement-quotient.ts'
import { weightedDifference } from '#core/analysis/evaluate/weighted-difference.ts'
import { weightedDisplacement } from '#core/analysis/evaluate/weighted-displacement.ts'
import type { Context } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { settings, someWeights } from '../space/small-study.ts'
import {
  bothEnds,
  inControl,
  inTreated,
  layerOf,
  many,
  nearControl,
  nearTreated,
  refusal,
  twoSquares,
  yearOnYear,
} from './small-places.ts'

const published = {
  control: [308, 318],
  treated: [207, 110],
  controlBuffer: [150, 140],
  treatedBuffer: [178, 157],
} as const

const rowsOf = (counts: {
  treated: readonly [number, number]
  control: readonly [number, number]
  treatedBuffer: readonly [number, number]
  controlBuffer: readonly [number, number]
}): Row[] => [
  ...bothEnds,
  ...(['2023-06-15 12:00', '2024-06-15 12:00'] as const).flatMap((when, side) => [
    ...many(counts.treated[side], inTreated, when),
    ...many(counts.control[side], inControl, when),
    ...many(counts.treatedBuffer[side], nearTreated, when),
    ...many(counts.controlBuffer[side], nearControl, when),
  ]),
]
const run = (rows: readonly Row[], changed = {}, context: Context = twoSquares) =>
  weightedDisplacement.run(
    makeIncidents(rows),
    settings(weightedDisplacement, { ...yearOnYear, ...changed }),
    context,
    patient,
  )

describe('published', () => {
  it('the test vectors of ptools: full, time weights, area weights, trivial', () => {
    const { total } = weightedDifference(published, {}, 0.05)
    expect(total.estimate).toBe(-118)
    expect(total.standardError).toBe(Math.sqrt(1568))
    expect(total.z).toBeCloseTo(-2.98, 2)
    expect([Math.round(total.low), Math.round(total.high)]).toEqual([-196, -40])

    const timed = weightedDifference({ control: [100, 50], treated: [80, 20] }, { time: [2, 1] }, 0.1)
    expect(timed.total.estimate).toBe(-20)
    expect(timed.total.standardError).toBe(Math.sqrt(115))
    expect(timed.displacement.estimate).toBeNaN()

    const byArea = weightedDifference(
      published,
      { control: 0.9, treated: 1.2, controlBuffer: 1.6, treatedBuffer: 1.5 },
      0.05,
    ).total
    const expected = [-99.6944, 35.42808, -2.814, -169.1322, -30.2567]
    const found = [byArea.estimate, byArea.standardError, byArea.z, byArea.low, byArea.high]
    const differences = found.map((value, k) => Math.abs(value - expected[k]))
    differences.forEach((difference) => {
      expect(difference).toBeLessThan(5.1e-5)
    })
    expect(weightedDifference({ control: [20, 20], treated: [20, 10] }, {}, 0.1).local.estimate).toBe(-10)
    expectAgreement({
      method: 'weightedDisplacement',
      peer: 'R ptools wdd',
      version: 'published tests, test-wdd.R',
      data: 'Four published cases; estimate, standard error, z and interval with area weights, absolute, as printed to 4 digits',
      largestDifference: Math.max(...differences),
      tolerance: 5.1e-5,
    })
  })

  it('POP Center figures by hand: gross, net, quotient, total net effect', () => {
    const figures = displacementQuotient({ treated: [100, 50], control: [100, 100], treatedBuffer: [40, 30] })
    expect(figures.grossEffect).toBe(50)
    expect(figures.netEffect).toBeCloseTo(0.5, 12)
    expect(figures.successMeasure).toBeCloseTo(-0.5, 12)
    expect(figures.bufferMeasure).toBeCloseTo(-0.1, 12)
    expect(figures.quotient).toBeCloseTo(0.2, 12)
    expect(figures.totalNetEffect).toBeCloseTo(60, 12)
    expect(figures.reading).toMatch(/diffusion of benefit/)
  })
})

describe('oracle', () => {
  it('the published counts as incidents on the ground give the published answer', () => {
    const { summary, columns } = run(rowsOf({ ...published }), { alpha: 0.05 })
    expect(columns.zone).toEqual(['treated', 'comparison', 'around treated', 'around comparison'])
    expect([...(columns.before as Float64Array)]).toEqual([207, 308, 178, 150])
    expect([...(columns.after as Float64Array)]).toEqual([110, 318, 157, 140])
    // 2023 has 365 days, 2024 has 366: counts before are scaled by 366/365.
    const w = 365 / 366
    expect(summary.total.estimate).toBeCloseTo(110 - 318 + 157 - 140 - (207 - 308 + 178 - 150) / w, 9)
    expect(summary.total.standardError).toBeCloseTo(
      Math.sqrt(110 + 318 + 157 + 140 + (207 + 308 + 178 + 150) / w ** 2),
      9,
    )
    expect(summary.sentence).toMatch(
      /fell by 119, from 386 to 267: 118 fewer than .*95 % interval −196 to −40/,
    )
    expect(summary.quotient.grossEffect).toBeCloseTo(207 / w - 110, 9)
    expect(summary.sentence).not.toMatch(/prevent/)
  })
})

describe('brute force', () => {
  const count = fc.integer({ min: 0, max: 400 })
  it('sum of signed, weighted counts and of their variances', () => {
    fc.assert(
      fc.property(
        fc.array(count, { minLength: 8, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 6, maxLength: 6 }),
        (c, w) => {
          const [before, after, t, k, dt, dk] = w.map((each) => each / 10)
          const { total } = weightedDifference(
            {
              treated: [c[0], c[1]],
              control: [c[2], c[3]],
              treatedBuffer: [c[4], c[5]],
              controlBuffer: [c[6], c[7]],
            },
            { time: [before, after], treated: t, control: k, treatedBuffer: dt, controlBuffer: dk },
            0.1,
          )
          const area = [t, t, k, k, dt, dt, dk, dk]
          const sign = [-1, 1, 1, -1, -1, 1, 1, -1]
          const weight = area.map((a, i) => a * (i % 2 === 0 ? before : after))
          const estimate = c.reduce((sum, n, i) => sum + (sign[i] * n) / weight[i], 0)
          const variance = c.reduce((sum, n, i) => sum + n / weight[i] ** 2, 0)
          expect(total.estimate).toBeCloseTo(estimate, 6)
          expect(total.standardError).toBeCloseTo(Math.sqrt(variance), 6)
        },
      ),
    )
  })
})

describe('properties', () => {
  it('swapping treated and comparison turns the sign; rows in another order change nothing; areas are those of the squares', () => {
    const rows = rowsOf({ ...published })
    const swapped: Context = {
      ...twoSquares,
      layers: { treated: twoSquares.layers!.control, control: twoSquares.layers!.treated },
    }
    const [there, back] = [run(rows), run(rows, {}, swapped)]
    expect(back.summary.total.estimate).toBeCloseTo(-there.summary.total.estimate, 9)
    expect(run(rows.toReversed()).summary).toEqual(there.summary)
    expect(there.summary.zones[0].areaKm2).toBeCloseTo(0.04, 6)
    expect(there.summary.zones[2].areaKm2).toBeCloseTo(0.08 + Math.PI * 0.01, 4)
  })

  it('harm is the weighted sum over offences; offences without a weight are counted and left out', () => {
    const rows: Row[] = [
      ...bothEnds,
      ...many(30, inTreated, '2023-05-01 10:00', 'Robbery'),
      ...many(10, inTreated, '2024-05-01 10:00', 'Robbery'),
      ...many(20, inControl, '2023-05-01 10:00', 'Theft'),
      ...many(25, inControl, '2024-05-01 10:00', 'Theft'),
      ...many(7, inTreated, '2024-05-01 10:00', 'Begging'),
    ]
    const { summary, caveats } = run(rows, {}, { ...twoSquares, weights: someWeights })
    const w = 365 / 366
    expect(summary.harm.estimate).toBeCloseTo(365 * (10 - 30 / w) - 2 * (25 - 20 / w), 8)
    expect(summary.harm.standardError).toBeCloseTo(
      Math.sqrt(365 ** 2 * (10 + 30 / w ** 2) + 4 * (25 + 20 / w ** 2)),
      8,
    )
    expect(summary.harm.unweighted).toBe(7)
    expect(caveats.find(({ code }) => code === 'harm-unweighted')?.text).toMatch(/^7 of 92/)
    const none = run(rows)
    expect(none.summary.harm.estimate).toBeNaN()
    expect(none.caveats.map(({ code }) => code)).toContain('no-weights')
  })

  it('area weights: matched leaves treated places alone, treated divides by them', () => {
    const wide: Context = {
      ...twoSquares,
      layers: { ...twoSquares.layers, control: layerOf('C', [2000, 0, 2400, 200]) },
    }
    const rows = rowsOf({ ...published })
    const weights = (areaWeights: string) =>
      run(rows, { areaWeights }, wide).summary.zones.map(({ weightAfter }) => weightAfter)
    expect(weights('none')).toEqual([1, 1, 1, 1])
    const around = 0.08 + Math.PI * 0.01
    const expected = [1, 2, 1, (0.12 + Math.PI * 0.01) / around]
    weights('matched').forEach((weight, k) => {
      expect(weight).toBeCloseTo(expected[k], 3)
    })
    const perTreated = [1, 2, around / 0.04, (0.12 + Math.PI * 0.01) / 0.04]
    weights('treated').forEach((weight, k) => {
      if (k < 2) expect(weight).toBeCloseTo(perTreated[k], 3)
    })
  })

  it('places that rose by less than the comparison are not said to have fallen; unlike sizes are told', () => {
    const { summary, caveats } = run(
      [
        ...bothEnds,
        ...many(50, inTreated, '2023-05-01 10:00'),
        ...many(60, inTreated, '2024-05-01 10:00'),
        ...many(100, inControl, '2023-05-01 10:00'),
        ...many(300, inControl, '2024-05-01 10:00'),
      ],
      { bufferDistance: 0 },
    )
    expect(summary.sentence).toMatch(/rose by 10, from 50 to 60: 190 fewer than a change by as many/)
    expect(summary.sentence).not.toMatch(/fell/)
    expect(caveats.find(({ code }) => code === 'unlike-size')?.text).toMatch(/2\.0 times/)
  })

  it('every caveat is on the card', () => {
    const close: Context = {
      layers: { treated: layerOf('T', [0, 0, 200, 200]), control: layerOf('C', [250, 0, 450, 200]) },
    }
    const codes = [
      run(rowsOf({ ...published }), { bufferDistance: 0 }),
      run(many(3, inTreated, '2024-01-01 00:00').concat(bothEnds), {}, close),
    ]
      .flatMap(({ caveats }) => caveats)
      .map(({ code }) => code)
    for (const code of codes) expect(Object.keys(weightedDisplacement.card.caveats)).toContain(code)
    expect(codes).toEqual(
      expect.arrayContaining(['no-surroundings', 'buffers-meet', 'counts-few', 'coverage-unknown']),
    )
  })
})

describe('edges', () => {
  it('no incident in the periods, zero comparison counts: NaN and a reason, never infinite', () => {
    const nothing = weightedDifference({ treated: [0, 0], control: [0, 0] }, {}, 0.1).total
    expect(nothing.z).toBeNaN()
    expect(nothing.low).toBeNaN()
    for (const figures of [
      displacementQuotient({ treated: [10, 5], control: [0, 5], treatedBuffer: [3, 3] }),
      displacementQuotient({ treated: [10, 5], control: [5, 0], treatedBuffer: [3, 3] }),
    ]) {
      expect(figures.quotient).toBeNaN()
      expect(figures.totalNetEffect).toBeNaN()
      expect(figures.reading).toMatch(/^Undefined/)
    }
    expect(
      displacementQuotient({ treated: [10, 20], control: [10, 10], treatedBuffer: [5, 9] }).quotient,
    ).toBeNaN()
    const readings = [60, 40, 30, 20, 0].map(
      (da) =>
        displacementQuotient({ treated: [100, 80], control: [100, 100], treatedBuffer: [30, da] }).reading,
    )
    expect(new Set(readings).size).toBe(5)
  })
  it('first minute in, last minute out; an incident between the periods is in neither', () => {
    const rows: Row[] = [
      ...bothEnds,
      ...many(1, inTreated, '2023-12-31 23:59'),
      ...many(2, inTreated, '2024-01-01 00:00'),
      ...many(4, inTreated, '2024-02-29 23:59'),
    ]
    const { summary } = run(rows, { afterFrom: '2024-02-29' })
    expect([summary.zones[0].before, summary.zones[0].after]).toEqual([1, 4])
  })
  it('month-only dates are counted where periods are whole months', () => {
    const rows: Row[] = [...bothEnds, { at: inTreated, from: '2024-03' }, { at: inTreated, from: '2023-03' }]
    expect(run(rows).summary.zones[0]).toMatchObject({ before: 1, after: 1 })
  })
  it('public map points, centres of areas and missing places or dates are told', () => {
    const rows: Row[] = [
      ...bothEnds,
      { at: inTreated, from: '2024-03-01', precision: 'snapped' },
      { at: inTreated, from: '2024-03-01', precision: 'area' },
      { from: '2024-03-01' },
      { at: inTreated },
    ]
    const { summary, caveats } = run(rows)
    expect(summary.zones[0].after).toBe(1)
    expect(caveats.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['snapped', 'area-places', 'unlocated', 'undated']),
    )
  })
})

describe('refuses', () => {
  const rows = rowsOf({ ...published })
  it.each([
    ['E-EVL-PERIOD', { afterTo: '' }],
    ['E-EVL-PERIOD', { afterTo: '2024-01-01' }],
    ['E-EVL-OVERLAP', { beforeTo: '2024-01-02' }],
    ['E-EVL-MISSING', { afterTo: '2025-02-01' }],
    ['E-DATE-ISO', { afterTo: '2024-02-30' }],
    ['E-EVL-ORDER', { beforeFrom: '2024-06-01', beforeTo: '2024-07-01' }],
  ])('%s', (code, changed) => {
    expect(refusal(() => run(rows, changed))).toBe(code)
  })
  it('months no file covers, contaminated comparison, no shape, nobody there, a month cut', () => {
    expect(refusal(() => run(rows, {}, { ...twoSquares, missingMonths: ['2024-03'] }))).toBe('E-EVL-MISSING')
    const overlapping = { layers: { ...twoSquares.layers, control: layerOf('C', [150, 0, 350, 200]) } }
    expect(refusal(() => run(rows, {}, overlapping))).toBe('E-EVL-CONTAMINATED')
    expect(refusal(() => run(rows, {}, { layers: { ...twoSquares.layers, control: layerOf('C') } }))).toBe(
      'E-EVL-NO-SHAPES',
    )
    expect(refusal(() => run([...bothEnds]))).toBe('E-EVL-NONE')
    const monthly: Row[] = [...bothEnds, { at: inTreated, from: '2024-03' }]
    expect(refusal(() => run(monthly, { afterFrom: '2024-01-15' }))).toBe('E-EVL-MONTH-ONLY')
  })
})
