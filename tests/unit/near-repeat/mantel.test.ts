import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mantel } from '#core/analysis/near-repeat/mantel.ts'
import { type MantelWork, mantelMoments, mantelPermuted } from '#core/analysis/near-repeat/mantel-sums.ts'
import type { Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings } from '../space/small-study.ts'
import { codes, incidentsOn, onDay, refusal } from './dated-rows.ts'
import { fromPython, fromR } from './oracle.ts'

type Changed = Parameters<typeof settings<typeof mantel.card.parameters>>[1]
const run = (incidents: Incidents, changed: Changed = {}) =>
  mantel.run(incidents, settings(mantel, changed), nothingKnown, patient)
const first = (count: number): Incidents =>
  incidentsOn(fromR.x.slice(0, count), fromR.y.slice(0, count), fromR.day.slice(0, count))

function work(x: readonly number[], y: readonly number[], day: readonly number[], near = 100): MantelWork {
  return {
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    day: Uint16Array.from(day),
    span: Math.max(...day),
    manhattan: false,
    near,
    closeness: Float64Array.from({ length: Math.max(...day) + 1 }, (_, t) => (near > 0 ? 1 / (t + 1) : t)),
    seed: 1,
  }
}

describe('published', () => {
  // Mantel (1967) prints no small table with every number; his formula for the moments is held to all orders instead.
  it('mean and variance by Mantel’s formula equal those over all 720 orders of six', () => {
    const { exact } = fromPython
    const moments = mantelMoments(
      work(fromR.x.slice(0, 6), fromR.y.slice(0, 6), fromR.day.slice(0, 6)),
      patient,
    )
    const worst = Math.max(
      Math.abs(moments.z / exact.z - 1),
      Math.abs(moments.mean / exact.mean - 1),
      Math.abs(Math.sqrt(moments.variance) / exact.sd - 1),
    )
    expectAgreement({
      method: 'mantel',
      peer: 'numpy, all permutations',
      version: fromPython.versions.numpy,
      data: 'Z, mean and standard deviation over all 720 orders of six seeded incidents, relative',
      largestDifference: worst,
      tolerance: 1e-10,
    })
  })
})

describe('oracle', () => {
  it.each(['reciprocal', 'none'] as const)('scipy and 20,000 permutations in numpy: %s', (transform) => {
    const theirs = fromPython.mantel[transform]
    const { summary } = run(first(fromPython.n), { transform })
    expectAgreement({
      method: 'mantel',
      peer: 'scipy pdist and pearsonr',
      version: fromPython.versions.scipy,
      data: `Transform ${transform}: Z (relative) and correlation (absolute) of 120 seeded incidents`,
      largestDifference: Math.max(
        Math.abs(summary.z / theirs.z - 1),
        Math.abs(summary.correlation - theirs.r),
      ),
      tolerance: 1e-11,
    })
    // Theirs are of chance: four standard errors.
    expect(Math.abs(summary.expected - theirs.mean)).toBeLessThan((4 * theirs.sd) / Math.sqrt(20000))
    expect(summary.deviation / theirs.sd).toBeCloseTo(1, 1)
    expect(Math.abs(summary.pValue - theirs.p)).toBeLessThan(4 * Math.sqrt(theirs.p / 1000) + 0.001)
    expect(Math.abs(summary.pNormal - summary.pValue)).toBeLessThan(0.03)
  })
})

describe('brute force', () => {
  it('Z of each permutation adds up pair by pair; number of parts does not matter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(500), fc.nat(500), fc.nat(40)), { minLength: 4, maxLength: 25 }),
        (places) => {
          const [x, y, day] = [0, 1, 2].map((k) => places.map((place) => place[k]))
          const asked = work(x, y, day)
          const { z, mean } = mantelMoments(asked, patient)
          let expected = 0
          for (let i = 0; i < x.length; i++)
            for (let j = 0; j < i; j++)
              expected += 1 / ((Math.hypot(x[i] - x[j], y[i] - y[j]) + 100) * (Math.abs(day[i] - day[j]) + 1))
          expect(z).toBeCloseTo(expected, 10)
          const many = mantelPermuted(asked, 1, 400, patient)
          expect([...mantelPermuted(asked, 5, 3, patient)]).toEqual([...many.slice(4, 7)])
          const spread = Math.sqrt(many.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 400)
          expect(Math.abs(many.reduce((a, b) => a + b) / 400 - mean)).toBeLessThan((5 * spread) / 20 + 1e-9)
        },
      ),
      { numRuns: 100, seed: 8 },
    )
  })
})

describe('properties', () => {
  it('row order, moving all and the number of workers change nothing', () => {
    const base = run(first(100), { permutations: 40 })
    const back = <T>(values: readonly T[]): T[] => values.slice(0, 100).reverse()
    expect(run(incidentsOn(back(fromR.x), back(fromR.y), back(fromR.day)), { permutations: 40 })).toEqual(
      base,
    )
    const params = settings(mantel, { permutations: 40 })
    const { state, parts } = mantel.shares!.begin(first(100), params, nothingKnown, patient)
    expect(parts).toBe(3)
    const done = [2, 0, 1].map(
      (index) => [index, mantel.shares!.part(structuredClone(state), index, patient)] as const,
    )
    const inOrder = done.toSorted((a, b) => a[0] - b[0]).map(([, part]) => part)
    expect(mantel.shares!.finish(state, inOrder, first(100), params, nothingKnown, patient)).toEqual(base)
  })

  it('planted repeats are found, and not where dates are scattered', () => {
    const u = seededNumbers(3, 800)
    const x = Array.from({ length: 200 }, (_, i) => 3000 * u[i % 100] + 20 * u[i])
    const y = Array.from({ length: 200 }, (_, i) => 3000 * u[200 + (i % 100)])
    const near = Array.from(
      { length: 200 },
      (_, i) => Math.floor(300 * u[400 + (i % 100)]) + (i < 100 ? 0 : 3),
    )
    const scattered = Array.from({ length: 200 }, (_, i) => Math.floor(300 * u[600 + i]))
    const found = run(incidentsOn(x, y, near)).summary
    expect(found.pValue).toBe(0.001)
    expect(found.standardScore).toBeGreaterThan(6)
    expect(found.pNormal).toBe(1e-6)
    expect(run(incidentsOn(x, y, scattered)).summary.pValue).toBeGreaterThan(0.05)
  })
})

describe('edges', () => {
  it('no permutations: no p by them; all distances equal: no correlation and no spread', () => {
    const { summary } = run(first(50), { permutations: 0 })
    expect(summary.pValue).toBeNaN()
    expect(summary.pNormal).toBeGreaterThan(0)
    const moments = mantelMoments(work([0, 0, 0, 0], [0, 0, 0, 0], [1, 2, 3, 4]), patient)
    expect(moments.correlation).toBeNaN()
    expect(moments.variance).toBeCloseTo(0, 20)
  })

  it('over 5,000 incidents are not permuted, and told', () => {
    const u = seededNumbers(5, 15_003)
    const x = Array.from(u.slice(0, 5001), (v) => 5000 * v)
    const y = Array.from(u.slice(5001, 10_002), (v) => 5000 * v)
    const day = Array.from(u.slice(10_002), (v) => Math.floor(365 * v))
    const result = run(incidentsOn(x, y, day))
    expect(result.summary).toMatchObject({ permutations: 0, incidents: 5001 })
    expect(result.summary.pValue).toBeNaN()
    expect(result.summary.pNormal).toBeGreaterThan(0.01)
    expect(codes(result)).toEqual(['mantel-too-many'])
    expect(Object.keys(mantel.card.caveats)).toContain('mantel-too-many')
  })
})

describe('refuses', () => {
  it('few, month-only, one place, too many, too long', () => {
    const rows = Array.from({ length: 12 }, (_, i) => onDay(10 * i, 0, i))
    expect(refusal(() => run(makeIncidents(rows.slice(0, 5))))).toBe('E-NRP-FEW')
    expect(refusal(() => run(makeIncidents(rows.map((row) => ({ ...row, from: '2020-05' })))))).toBe(
      'E-MTH-DAY',
    )
    expect(refusal(() => run(makeIncidents(rows.map((row) => ({ ...row, at: [1, 1] as const })))))).toBe(
      'E-NRP-SAME',
    )
    expect(refusal(() => run(makeIncidents([...rows, { at: [1, 1], from: '1800-01-01' }])))).toBe(
      'E-NRP-SPAN',
    )
    const many = Array.from({ length: 20_001 }, (_, i) => i)
    expect(
      refusal(() =>
        run(
          incidentsOn(
            many,
            many,
            many.map((i) => i % 300),
          ),
        ),
      ),
    ).toBe('E-NRP-MANY')
  })
})
