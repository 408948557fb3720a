import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spaceTimeK } from '#core/analysis/near-repeat/space-time-k.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings } from '../space/small-study.ts'
import { codes, incidentsOn, onDay, refusal } from './dated-rows.ts'
import { fromPython, fromR } from './oracle.ts'

type Changed = Parameters<typeof settings<typeof spaceTimeK.card.parameters>>[1]
const run = (incidents: Incidents, changed: Changed = {}, context: Context = nothingKnown) =>
  spaceTimeK.run(incidents, settings(spaceTimeK, changed), context, patient)
const column = (result: ReturnType<typeof run>, name: string): number[] => [
  ...(result.columns[name] as Float64Array),
]
const square: Context = {
  studyArea: {
    name: 'Square',
    areas: [{ code: 'S', name: 'S', rings: [rectangle(-1e-6, -1e-6, 2001, 2001)] }],
  },
}
const first = incidentsOn(
  ...([fromR.x, fromR.y, fromR.day].map((v) => v.slice(0, 120)) as [number[], number[], number[]]),
)

describe('published', () => {
  // No worked example in print gives every number: the definition, by hand.
  it('eleven incidents, of which two pairs lie close in space, one of them in time', () => {
    const x = [0, 10, 1000, 1010, 5000, 9000, 13000, 17000, 21000, 25000, 29000]
    const day = [0, 1, 50, 90, 130, 170, 210, 250, 290, 330, 370]
    const result = run(
      incidentsOn(
        x,
        x.map(() => 0),
        day,
      ),
      { spatialBands: [100], temporalBands: [7] },
    )
    expect(column(result, 'pairs')).toEqual([1])
    // 55 pairs, 2 near, 1 soon: 55·1/(2·1) − 1.
    expect(column(result, 'd0')[0]).toBeCloseTo(26.5, 12)
    // The one soon pair of 55 can stand at a near place in 2 ways: p near 2/55.
    expect(column(result, 'pValue')[0]).toBeCloseTo(2 / 55, 1)
  })
})

describe('oracle', () => {
  it('K, K₁, K₂, D and D₀ by full matrices in numpy', () => {
    const theirs = fromPython.k
    const result = run(
      first,
      { spatialBands: [50, 100, 200, 400], temporalBands: [7, 14, 28], permutations: 0 },
      { ...square, period: { from: '2020-01-01', to: '2020-04-30' } },
    )
    expect(result.summary.durationDays).toBe(theirs.duration)
    const area = result.summary.areaKm2 * 1e6
    const scale = theirs.area / area
    const relative = (ours: number, other: number): number => Math.abs(ours / other - 1)
    const worst = Math.max(
      ...theirs.k.flat().map((value, at) => relative(column(result, 'k')[at] * scale, value)),
      ...theirs.k
        .flat()
        .map((_, at) => relative(column(result, 'kSpace')[at] * scale, theirs.space[Math.floor(at / 3)])),
      ...theirs.k.flat().map((_, at) => relative(column(result, 'kTime')[at], theirs.time[at % 3])),
      ...theirs.d.flat().map((value, at) => relative(column(result, 'd')[at] * scale, value)),
      ...theirs.d0.flat().map((value, at) => relative(column(result, 'd0')[at], value)),
    )
    expectAgreement({
      method: 'spaceTimeK',
      peer: 'numpy, full matrices',
      version: fromPython.versions.numpy,
      data: 'K, K1, K2, D and D0 of 120 seeded incidents at 4 distances and 3 times, relative',
      largestDifference: worst,
      tolerance: 1e-10,
    })
  })
})

describe('brute force', () => {
  it('pairs counted one by one, whatever the breaks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(60), fc.nat(60), fc.nat(30)), { minLength: 10, maxLength: 40 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
        (places, far, long) => {
          const [x, y, day] = [0, 1, 2].map((k) => places.map((place) => place[k]))
          fc.pre(new Set(x).size > 1 && new Set(day).size > 1)
          const [s, t] = [far, long].map((each) => each.toSorted((a, b) => a - b))
          const result = run(incidentsOn(x, y, day), { spatialBands: s, temporalBands: t, permutations: 19 })
          const expected = s.flatMap((reach) =>
            t.map((days) => {
              let pairs = 0
              for (let i = 0; i < x.length; i++)
                for (let j = 0; j < i; j++)
                  if (Math.hypot(x[i] - x[j], y[i] - y[j]) <= reach && Math.abs(day[i] - day[j]) <= days)
                    pairs++
              return pairs
            }),
          )
          expect(column(result, 'pairs')).toEqual(expected)
          column(result, 'd0Low').forEach((low, at) => {
            if (!Number.isNaN(low)) expect(column(result, 'd0High')[at]).toBeGreaterThanOrEqual(low)
          })
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('properties', () => {
  it('D₀ and p do not depend on the area, the rows’ order or the place of the grid; K scales with the area', () => {
    const base = run(first, { permutations: 99 })
    const moved = run(
      incidentsOn(
        fromR.x
          .slice(0, 120)
          .map((v) => v + 400_000)
          .reverse(),
        fromR.y
          .slice(0, 120)
          .map((v) => v + 200_000)
          .reverse(),
        fromR.day.slice(0, 120).reverse(),
      ),
      { permutations: 99 },
    )
    expect(moved.columns).toEqual(base.columns)
    const inSquare = run(first, { permutations: 99 }, square)
    expect(column(inSquare, 'd0')).toEqual(column(base, 'd0'))
    expect(column(inSquare, 'pValue')).toEqual(column(base, 'pValue'))
    const ratio = inSquare.summary.areaKm2 / base.summary.areaKm2
    column(base, 'k').forEach((k, at) => {
      expect(column(inSquare, 'k')[at]).toBeCloseTo(k * ratio, 3)
    })
    expect(codes(base)).toContain('no-study-area')
    expect(codes(inSquare)).not.toContain('no-study-area')
  })

  it('planted pairs are found at their distance and time; scattered dates are not', () => {
    const u = seededNumbers(17, 900)
    const x = Array.from({ length: 300 }, (_, i) => 6000 * u[i % 150] + (i < 150 ? 0 : 40))
    const y = Array.from({ length: 300 }, (_, i) => 6000 * u[150 + (i % 150)])
    const day = Array.from(
      { length: 300 },
      (_, i) => Math.floor(350 * u[300 + (i % 150)]) + (i < 150 ? 0 : 2),
    )
    const { summary } = run(incidentsOn(x, y, day))
    expect(summary.pValue).toBe(0.001)
    expect(summary).toMatchObject({ peakDistance: 50, peakDays: 3 })
    const scattered = Array.from({ length: 300 }, (_, i) => Math.floor(350 * u[600 + i]))
    expect(run(incidentsOn(x, y, scattered)).summary.pValue).toBeGreaterThan(0.05)
  })
})

describe('edges', () => {
  it('no pair that near: D₀ NaN and told; no permutations: no p; outside the area left out', () => {
    const line = Array.from({ length: 12 }, (_, i) => i)
    const far = incidentsOn(
      line.map((i) => 5000 * i),
      line.map(() => 0),
      line,
    )
    const result = run(far, { permutations: 19 })
    expect(column(result, 'd0').every(Number.isNaN)).toBe(true)
    expect(column(result, 'd0Low').every(Number.isNaN)).toBe(true)
    expect(result.summary.statistic).toBeNaN()
    expect(codes(result)).toContain('k-no-pairs')
    const none = run(first, { permutations: 0 })
    expect(none.summary.pValue).toBeNaN()
    expect(codes(none)).toContain('k-no-permutations')
    const partly = run(
      makeIncidents([...line.map((i) => onDay(90 * i, 5, i)), onDay(9999, 5, 3)]),
      {},
      square,
    )
    expect(partly.summary.incidents).toBe(12)
    expect(codes(partly)).toContain('outside-study-area')
    for (const { code } of [...result.caveats, ...none.caveats, ...partly.caveats])
      expect(Object.keys(spaceTimeK.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  it('few, month-only, no breaks, a period that ends before it begins', () => {
    const rows = Array.from({ length: 12 }, (_, i) => onDay(10 * i, 0, i))
    expect(refusal(() => run(makeIncidents(rows.slice(0, 5))))).toBe('E-NRP-FEW')
    expect(refusal(() => run(makeIncidents(rows.map((row) => ({ ...row, from: '2020-05' })))))).toBe(
      'E-MTH-DAY',
    )
    expect(refusal(() => run(makeIncidents(rows), { spatialBands: [] }))).toBe('E-NRP-BANDS')
    expect(
      refusal(() => run(makeIncidents(rows), {}, { period: { from: '2020-02-01', to: '2020-01-01' } })),
    ).toBe('E-MTH-PERIOD')
  })
})
