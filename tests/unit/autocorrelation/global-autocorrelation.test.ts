import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { globalAutocorrelation } from '#core/analysis/autocorrelation/global-autocorrelation.ts'
import {
  crossSums,
  gearyMoments,
  generalGMoments,
  type Moments,
  moranMoments,
  powerSums,
  weightSums,
} from '#core/analysis/autocorrelation/global-values.ts'
import { type Neighbours, nearestNeighbours, neighboursWithin } from '#core/analysis/space/neighbours.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, testshire } from '../space/small-study.ts'
import { asLists, asNeighbours, type GlobalTests, getisord, spdepOracle } from './spdep-oracle.ts'

const { columbus } = spdepOracle
const crime = Float64Array.from(columbus.crime)
const contiguous = asNeighbours(columbus.neighbours)

function momentsOf(
  values: Float64Array,
  neighbours: Neighbours,
  byRow: boolean,
): [Moments, Moments, Moments] {
  const sums = powerSums(values)
  const cross = new Float64Array(3)
  crossSums(values, sums.mean, neighbours, byRow, cross)
  const weights = weightSums(neighbours, byRow)
  return [
    moranMoments(weights, sums, cross[0]),
    gearyMoments(weights, sums, cross[1]),
    generalGMoments(weightSums(neighbours, false), sums, cross[2], Math.min(...values)),
  ]
}

/** Largest relative difference of statistic, expectation and both variances. */
function against(values: Float64Array, neighbours: Neighbours, byRow: boolean, tests: GlobalTests): number {
  const [moran, geary, g] = momentsOf(values, neighbours, byRow)
  const pairs = [
    [moran.statistic, tests.moran.statistic],
    [moran.expected, tests.moran.expected],
    [moran.variance, tests.moran.variance],
    [moran.varianceNormal, tests.moranNormal.variance],
    [geary.statistic, tests.geary.statistic],
    [geary.variance, tests.geary.variance],
    [geary.varianceNormal, tests.gearyNormal.variance],
    [g.statistic, tests.g.statistic],
    [g.expected, tests.g.expected],
    [g.variance, tests.g.variance],
    [(moran.statistic - moran.expected) / Math.sqrt(moran.variance), tests.moran.z],
    // spdep turns the sign of Geary's z round.
    [(1 - geary.statistic) / Math.sqrt(geary.variance), tests.geary.z],
  ]
  return Math.max(...pairs.map(([ours, theirs]) => Math.abs(ours - theirs) / Math.abs(theirs)))
}

describe('published', () => {
  it('crime in Columbus, spData col.gal.nb, spdep moran.test: I 0.485770914, z 5.3427', () => {
    const [{ statistic, expected, variance }] = momentsOf(crime, contiguous, true)
    expect(statistic).toBeCloseTo(0.485770914, 9)
    expect((statistic - expected) / Math.sqrt(variance)).toBeCloseTo(5.3427, 4)
  })

  it('the six places of esda at 15: G 0.55709779', () => {
    const near = neighboursWithin(
      Float64Array.of(10, 20, 40, 15, 30, 30),
      Float64Array.of(10, 10, 10, 20, 20, 30),
      15,
    )
    const [, , g] = momentsOf(Float64Array.of(2, 3, 3.2, 5, 8, 7), near, false)
    expect(g.statistic).toBeCloseTo(0.55709779, 8)
  })
})

describe('oracle', () => {
  it('spdep moran.test, geary.test, globalG.test on Columbus and the getisord grid', () => {
    const nearest = nearestNeighbours(
      Float64Array.from(columbus.centre, ([x]) => x),
      Float64Array.from(columbus.centre, ([, y]) => y),
      4,
    )
    const peer = 'spdep moran.test, geary.test, globalG.test'
    const version = spdepOracle.versions.spdep
    expectAgreement({
      method: 'globalAutocorrelation',
      peer,
      version,
      data: 'Crime in 49 areas of Columbus, touching and nearest four, weights W and B: statistics, variances, z; relative',
      largestDifference: Math.max(
        against(crime, contiguous, true, columbus.W),
        against(crime, contiguous, false, columbus.B),
        against(crime, nearest, true, columbus.nearestTest),
      ),
      tolerance: 1e-9,
    })
    const { x, y, values } = getisord
    expectAgreement({
      method: 'globalAutocorrelation',
      peer,
      version,
      data: 'The getisord grid of 256 places, 30 m (B) and 75 m (W): statistics, variances, z; relative',
      largestDifference: Math.max(
        against(values, neighboursWithin(x, y, 30), false, spdepOracle.getisord.band30),
        against(values, neighboursWithin(x, y, 75), true, spdepOracle.getisord.band75),
      ),
      tolerance: 1e-9,
    })
  })
})

const permuted = (values: readonly number[]): number[][] =>
  values.length === 0
    ? [[]]
    : values.flatMap((value, at) => permuted(values.toSpliced(at, 1)).map((rest) => [value, ...rest]))

describe('brute force', () => {
  it('statistics by their definitions; mean and variance over all 120 orders of five values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }),
        fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
        fc.boolean(),
        (list, linked, byRow) => {
          fc.pre(new Set(list).size > 1)
          // Each has a neighbour: the next, and whoever else is linked.
          const neighbours = asNeighbours(
            list.map((_, i) =>
              [0, 1, 2, 3, 4].filter((j) => j !== i && (j === (i + 1) % 5 || linked[5 * i + j])),
            ),
          )
          const lists = asLists(neighbours)
          const mean = list.reduce((sum, value) => sum + value, 0) / 5
          const squares = list.reduce((sum, value) => sum + (value - mean) ** 2, 0)
          const weigh = (i: number) => (byRow ? 1 / lists[i].length : 1)
          const s0 = lists.reduce((sum, near, i) => sum + near.length * weigh(i), 0)
          const over = (f: (i: number, j: number) => number): number =>
            lists.reduce((sum, near, i) => sum + near.reduce((part, j) => part + f(i, j), 0), 0)
          const statistics = (v: number[]) => [
            ((5 / s0) * over((i, j) => weigh(i) * (v[i] - mean) * (v[j] - mean))) / squares,
            ((4 / (2 * s0)) * over((i, j) => weigh(i) * (v[i] - v[j]) ** 2)) / squares,
            over((i, j) => v[i] * v[j]) / (v.reduce((a, b) => a + b) ** 2 - v.reduce((a, b) => a + b * b, 0)),
          ]
          const observed = statistics(list)
          const all = permuted(list).map(statistics)
          momentsOf(Float64Array.from(list), neighbours, byRow).forEach((found, k) => {
            if (!Number.isFinite(observed[k])) {
              expect(found.statistic).toBeNaN()
              return
            }
            const expected = all.reduce((sum, each) => sum + each[k], 0) / 120
            const variance = all.reduce((sum, each) => sum + (each[k] - expected) ** 2, 0) / 120
            expect(found.statistic).toBeCloseTo(observed[k], 10)
            expect(found.expected).toBeCloseTo(expected, 10)
            if (variance < 1e-9) expect(Number.isNaN(found.variance) || found.variance < 1e-8).toBe(true)
            else expect(found.variance).toBeCloseTo(variance, 9)
          })
        },
      ),
      { numRuns: 120 },
    )
  })
})

const places = seededNumbers(7, 600)
const scattered: Row[] = Array.from({ length: 300 }, (_, i) => ({
  at: [450_000 + places[i] * 4000, 300_000 + places[i + 300] * 4000],
}))
/** Every other one drawn into one of two quarters of 900 m. */
const clustered: Row[] = Array.from({ length: 300 }, (_, i) =>
  i % 2 === 0
    ? scattered[i]
    : {
        at: [
          450_500 + 1500 * (i % 4 === 1 ? 1 : 0) + places[i] * 900,
          301_000 + 900 * (i % 4 === 1 ? 1 : 0) + places[i + 300] * 900,
        ],
      },
)
const run = (rows: readonly Row[], changed: object = {}, context: object = testshire) =>
  globalAutocorrelation.run(
    makeIncidents(rows),
    settings(globalAutocorrelation, { cellSize: 250, ...changed }),
    context,
    patient,
  )

describe('properties', () => {
  it('permutation p and normal p tell the same story; scattered is not clustered', () => {
    const [moran, geary, g] = run(clustered).summary.statistics
    for (const { pPermutation, pRandomisation } of [moran, geary, g]) {
      expect(pPermutation).toBeLessThan(0.02)
      expect(pRandomisation).toBeLessThan(0.02)
    }
    expect([moran.reading, geary.reading, g.reading]).toEqual([
      'neighbours are alike',
      'neighbours are alike',
      'high values lie together',
    ])
    for (const each of run(scattered).summary.statistics) {
      expect(each.pPermutation).toBeGreaterThan(0.02)
      expect(Math.abs(each.pPermutation - each.pRandomisation)).toBeLessThan(0.15)
    }
  })

  it('seeded, the same bytes; without permutations their p is NaN and the rest unchanged', () => {
    expect(run(clustered)).toEqual(run(clustered))
    const without = run(clustered, { permuted: false }).summary.statistics
    run(clustered).summary.statistics.forEach((each, k) => {
      expect(without[k]).toEqual({ ...each, pPermutation: Number.NaN })
    })
  })

  it('one-sided tails add up to one and more, ties being in both', () => {
    const [upper] = run(clustered, { alternative: 'greater' }).summary.statistics
    const [lower] = run(clustered, { alternative: 'less' }).summary.statistics
    expect(upper.pRandomisation + lower.pRandomisation).toBeCloseTo(1, 12)
    expect(upper.pPermutation + lower.pPermutation).toBeGreaterThanOrEqual(1.001)
  })
})

describe('edges', () => {
  it('nothing varies: NaN throughout and told', () => {
    const { summary, caveats } = run([])
    for (const each of summary.statistics) {
      expect(each.value).toBeNaN()
      expect(each.zRandomisation).toBeNaN()
      expect(each.pPermutation).toBeNaN()
      expect(each.reading).toBe('undefined')
    }
    expect(caveats.map(({ code }) => code)).toContain('global-undefined')
  })

  it('areas without a neighbour are left out and told', () => {
    const shapes = [0, 1, 2, 3, 9].map((k) => ({
      code: `A${k}`,
      name: `Area ${k}`,
      kind: '',
      numbers: {},
      rings: [rectangle(450_000 + 500 * k, 300_000, 450_500 + 500 * k, 304_000)],
    }))
    const { summary, caveats } = run(
      scattered,
      { neighbours: 'sides' },
      { layers: { areas: { name: 'Strips', shapes } } },
    )
    expect(summary.compared).toBe(4)
    expect(caveats.map(({ code }) => code)).toEqual(['outside-areas', 'no-neighbours', 'global-few'])
    for (const { code } of caveats) expect(Object.keys(globalAutocorrelation.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  it('fewer than four places', () => {
    expect(() => run([{ at: [450_100, 300_100] }], {}, nothingKnown)).toThrow(/at least 4 cells/)
  })
})
