import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displacement } from '#core/analysis/evaluate/displacement.ts'
import { displacementQuotient } from '#core/analysis/evaluate/displacement-quotient.ts'
import { rateRatio } from '#core/analysis/evaluate/rate-ratio.ts'
import type { Context } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import { bothEnds, inControl, inTreated, many, refusal, twoSquares, yearOnYear } from './small-places.ts'

const [before, after] = ['2023-06-15 12:00', '2024-06-15 12:00']
/** Places 50, 150 and 300 m east of the treated square. */
const ring = [50, 150, 300].map((metres) => [450_200 + metres, 300_100] as const)
const rows: Row[] = [
  ...bothEnds,
  ...many(100, inTreated, before),
  ...many(50, inTreated, after),
  ...many(100, inControl, before),
  ...many(100, inControl, after),
  ...[
    [40, 30],
    [30, 36],
    [20, 20],
  ].flatMap(([b, a], k) => [...many(b, ring[k], before), ...many(a, ring[k], after)]),
]
const alone: Context = { ...twoSquares, layers: { treated: twoSquares.layers!.treated } }
const run = (given: readonly Row[], changed = {}, context: Context = twoSquares) =>
  displacement.run(
    makeIncidents(given),
    settings(displacement, { ...yearOnYear, ...changed }),
    context,
    patient,
  )

describe('published', () => {
  it('the quotient of each band is that of the POP Center worksheet', () => {
    const { summary } = run(rows)
    expect(summary.rows.map(({ zone }) => zone)).toEqual([
      'treated',
      'comparison',
      '[0, 100) m',
      '[100, 200) m',
      '[200, 400) m',
    ])
    // (0.3 − 0.4)/(0.5 − 1) = 0.2, (0.36 − 0.3)/(−0.5) = −0.12, 0
    const quotients = summary.rows.slice(2).map(({ quotient }) => quotient)
    const expected = [0.2, -0.12, 0]
    expectAgreement({
      method: 'displacement',
      peer: 'POP Center displacement worksheet',
      version: '2009',
      data: 'Three bands worked by hand from its formula: displacement quotient, absolute',
      largestDifference: Math.max(...quotients.map((each, k) => Math.abs(each - expected[k]))),
      tolerance: 1e-12,
    })
    expect(summary.all).toMatchObject({ before: 90, after: 86 })
    expect(summary.all.quotient).toBeCloseTo(0.08, 12)
  })
})

describe('oracle', () => {
  it('without comparison places: the exact ratio of rates (checked against R in the crossover test)', () => {
    const { summary, caveats } = run(rows, {}, alone)
    const { ratio, low, high } = rateRatio(36, 366, 30, 365, 0.1)
    expect(summary.rows[2]).toMatchObject({ zone: '[100, 200) m', ratio, low, high })
    expect(summary.rows[2].quotient).toBeNaN()
    expect(caveats.map(({ code }) => code)).toContain('no-control')
  })
})

describe('brute force', () => {
  it('ratio of ratios and its limits; the quotient by its own formula', () => {
    const count = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(fc.tuple(count, count, count, count), ([db, da, cb, ca]) => {
        const given = [
          ...bothEnds,
          ...many(9, inTreated, before),
          ...many(3, inTreated, after),
          ...many(cb, inControl, before),
          ...many(ca, inControl, after),
          ...many(db, ring[0], before),
          ...many(da, ring[0], after),
        ]
        const { summary } = run(given, { bands: [100] })
        const ratio = (da * cb) / (db * ca)
        const half = 1.6448536269514722 * Math.sqrt(1 / da + 1 / db + 1 / ca + 1 / cb)
        expect(summary.all.ratio).toBeCloseTo(ratio, 9)
        expect(Math.log(summary.all.high / ratio)).toBeCloseTo(half, 9)
        const success = 3 / ca - 9 / cb
        if (success < 0) expect(summary.all.quotient).toBeCloseTo((da / ca - db / cb) / success, 9)
        else expect(summary.all.quotient).toBeNaN()
      }),
      { numRuns: 25 },
    )
  })
})

describe('properties', () => {
  it('bands hold what one wide band holds; area too', () => {
    const [fine, wide] = [run(rows), run(rows, { bands: [400] })]
    expect(wide.summary.all.areaKm2).toBeCloseTo(fine.summary.all.areaKm2, 6)
    expect(wide.summary.all).toMatchObject({ before: 90, after: 86, quotient: fine.summary.all.quotient })
    expect(wide.summary.all.areaKm2).toBeCloseTo((4 * 200 * 400 + Math.PI * 400 ** 2) / 1e6, 4)
    expect(fine.summary.sentence).toMatch(/does not show that the same people moved/)
  })
  it('a comparison place takes its ground from the bands', () => {
    const close = {
      ...twoSquares,
      layers: {
        ...twoSquares.layers,
        control: {
          name: 'C',
          shapes: [
            {
              ...twoSquares.layers!.control.shapes[0],
              rings: [
                [
                  [450_200, 300_000],
                  [450_300, 300_000],
                  [450_300, 300_200],
                  [450_200, 300_200],
                ],
              ] as const,
            },
          ],
        },
      },
    }
    expect(run(rows, {}, close).summary.rows[1]).toMatchObject({ before: 40, after: 30 })
    expect(run(rows, {}, close).summary.rows[2]).toMatchObject({ before: 0, after: 0 })
  })
})

describe('edges', () => {
  it('a place on the edge of a band belongs to the next', () => {
    const edge = many(1, [450_300, 300_100], after)
    const counts = (metres: number[]) =>
      run([...rows, ...edge], { bands: metres })
        .summary.rows.slice(2)
        .map((row) => row.after)
    expect(counts([100, 200])).toEqual([30, 37])
    expect(counts([100.001, 200])).toEqual([31, 36])
  })
  it('a count of 0: no ratio, no quotient, and a reason', () => {
    const none = run([...bothEnds, ...many(4, inTreated, before), ...many(3, ring[0], before)])
    expect(none.summary.all.ratio).toBeNaN()
    expect(none.summary.all.quotient).toBeNaN()
    expect(none.summary.sentence).toMatch(/Nothing can be said/)
    expect(none.caveats.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['quotient-undefined', 'counts-few']),
    )
    for (const { code } of none.caveats) expect(Object.keys(displacement.card.caveats)).toContain(code)
    expect(displacementQuotient({ treated: [4, 0], control: [3, 4] }).reading).toMatch(/no surroundings/)
  })
})

describe('refuses', () => {
  it('no bands, no shapes, nobody', () => {
    expect(refusal(() => run(rows, { bands: [] }))).toBe('E-EVL-BANDS')
    expect(refusal(() => run(rows, {}, { layers: {} }))).toBe('E-EVL-NO-SHAPES')
    expect(refusal(() => run(bothEnds))).toBe('E-EVL-NONE')
  })
})
