import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poissonQuantile } from '#core/analysis/support/distributions/poisson.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { randomOf, randomUnit } from '#core/analysis/support/random.ts'
import { changePoints } from '#core/analysis/time/change-points.ts'
import { poissonSegments, prefix, spellCost } from '#core/analysis/time/poisson-segments.ts'
import { seasonFactors } from '#core/analysis/time/season-factors.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { patient } from '../select/make-incidents.ts'
import { daysFrom, monthsOf, refusal } from './series-of.ts'

const { cases } = JSON.parse(
  readFileSync(new URL('../../oracles/change-points/expected.json', import.meta.url), 'utf8'),
) as {
  cases: {
    data: string
    counts: number[]
    penalty: number
    shortest: number
    starts: number[]
    cost: number
  }[]
}
const run = (incidents: Incidents, raw: Record<string, unknown> = {}, context: Context = {}) =>
  changePoints.run(incidents, readParameters(changePoints.card, raw), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map(({ code }) => code)
const ones = (counts: readonly number[]): Float64Array => new Float64Array(counts.length).fill(1)

/** Whole cost of a cut. */
function costOf(
  counts: Float64Array,
  exposures: Float64Array,
  starts: readonly number[],
  penalty: number,
  phi = 1,
): number {
  const [sums, spans] = [prefix(counts, counts), prefix(exposures, counts)]
  const edges = [0, ...starts, counts.length]
  let cost = penalty * starts.length
  for (let k = 0; k + 1 < edges.length; k++)
    cost += spellCost(sums[edges[k + 1]] - sums[edges[k]], spans[edges[k + 1]] - spans[edges[k]]) / phi
  return cost
}

describe('published', () => {
  it('coal-mining disasters: one change, from 3.1 a year to 0.9, about 1890', () => {
    const coal = Float64Array.from(cases[0].counts)
    const starts = poissonSegments(coal, ones(cases[0].counts), 3 * Math.log(112), 3, 1)
    expect(starts).toHaveLength(1)
    // Carlin, Gelfand and Smith (1992): the posterior lies on 1889 to 1892, mode 1891.
    expect(1851 + starts[0]).toBeGreaterThanOrEqual(1889)
    expect(1851 + starts[0]).toBeLessThanOrEqual(1892)
    const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length
    expect(mean(coal.slice(0, starts[0]))).toBeCloseTo(3.1, 1)
    expect(mean(coal.slice(starts[0]))).toBeCloseTo(0.9, 1)
  })
})

describe('oracle', () => {
  it('full dynamic programming in R, three series, three penalties', () => {
    let largestDifference = 0
    for (const each of cases) {
      const counts = Float64Array.from(each.counts)
      const starts = poissonSegments(counts, ones(each.counts), each.penalty, each.shortest, 1)
      expect(starts, `${each.data} ${each.penalty}`).toEqual(each.starts)
      const cost = costOf(counts, ones(each.counts), starts, each.penalty)
      largestDifference = Math.max(largestDifference, Math.abs(cost - each.cost) / Math.abs(each.cost))
    }
    expectAgreement({
      method: 'changePoints',
      peer: 'Dynamic programming over dpois in R',
      version: '4.2.2',
      data: 'Coal disasters, discoveries, VanKilled at three penalties: the same changes; whole cost, relative',
      largestDifference,
      tolerance: 1e-11,
    })
  })
})

describe('brute force', () => {
  it('no other cut of a short series costs less', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(Number.NaN)), {
          minLength: 3,
          maxLength: 11,
        }),
        fc.integer({ min: 1, max: 3 }),
        fc.double({ min: 0.1, max: 6, noNaN: true }),
        fc.constantFrom(1, 2.5),
        (drawn, shortest, penalty, phi) => {
          fc.pre(drawn.length >= shortest)
          const counts = Float64Array.from(drawn)
          const exposures = Float64Array.from(drawn, (_, i) => 1 + (i % 3) / 4)
          let least = Infinity
          for (let bits = 0; bits < 1 << (drawn.length - 1); bits++) {
            const starts = drawn.flatMap((_, i) => (i > 0 && (bits >> (i - 1)) & 1 ? [i] : []))
            const edges = [0, ...starts, drawn.length]
            if (edges.some((edge, k) => k > 0 && edge - edges[k - 1] < shortest)) continue
            least = Math.min(least, costOf(counts, exposures, starts, penalty, phi))
          }
          const found = poissonSegments(counts, exposures, penalty, shortest, phi)
          expect(costOf(counts, exposures, found, penalty, phi)).toBeCloseTo(least, 9)
        },
      ),
      { numRuns: 300 },
    )
  })
})

/** Seeded Poisson counts. */
const poisson = (seed: number, means: readonly number[]): number[] => {
  const random = randomOf(seed, 0)
  return means.map((mean) => poissonQuantile(randomUnit(random), mean))
}

describe('properties', () => {
  it('series without a change: fewer than one in twenty is cut', () => {
    let cut = 0
    for (let seed = 0; seed < 400; seed++) {
      const counts = poisson(seed, Array(60).fill(40))
      if (poissonSegments(Float64Array.from(counts), ones(counts), 3 * Math.log(60), 3, 1).length > 0) cut++
    }
    expect(cut / 400).toBeLessThan(0.05)
    expect(cut).toBeGreaterThan(0)
  })
  it('a fall by two fifths is found within its stated range, season and all', () => {
    const season = [0.8, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.3, 1.1, 0.9, 0.8, 0.8]
    let held = 0
    for (let seed = 0; seed < 40; seed++) {
      const counts = poisson(
        seed,
        Array.from({ length: 72 }, (_, i) => (i < 40 ? 100 : 60) * season[i % 12]),
      )
      const { changes, seasonTaken } = run(monthsOf(counts, 2018)).summary
      expect(seasonTaken).toBe(true)
      if (changes.some(({ earliest, latest }) => earliest <= '2021-05' && latest >= '2021-05')) held++
    }
    expect(held).toBeGreaterThanOrEqual(37)
  })
  it('season factors of a seasonal series, and of a level one', () => {
    const days = new Float64Array(36).fill(30)
    const factors = seasonFactors(
      Float64Array.from({ length: 36 }, (_, i) => (i % 12 === 6 ? 46 : 30)),
      days,
      12,
    )!
    expect(factors[6] / factors[0]).toBeCloseTo(46 / 30, 9)
    expect(factors.reduce((a, b) => a + b, 0)).toBeCloseTo(12, 9)
    expect(seasonFactors(new Float64Array(36), days, 12)).toBeNull()
    expect(seasonFactors(new Float64Array(20).fill(3), days, 12)).toBeNull()
  })
  it('a level series over three years is not cut by the season taken from it; a fall by two thirds is one change', () => {
    let [cut, one] = [0, 0]
    for (let seed = 0; seed < 60; seed++) {
      if (run(monthsOf(poisson(seed, Array(40).fill(60)), 2020)).summary.changes.length > 0) cut++
      const jump = poisson(seed, [...Array(20).fill(90), ...Array(20).fill(30)])
      if (run(monthsOf(jump, 2020)).summary.changes.length === 1) one++
    }

    expect(cut).toBeLessThanOrEqual(3)
    expect(one).toBeGreaterThanOrEqual(54)
  })
  it('spells add up to the incidents', () => {
    const { summary, columns } = run(
      monthsOf(poisson(3, [...Array(20).fill(90), ...Array(20).fill(30)]), 2020),
    )
    expect(summary.changes).toHaveLength(1)
    expect(summary.changes[0].changePercent).toBeLessThan(-50)
    expect(summary.changes[0].low).toBeLessThan(summary.changes[0].changePercent)
    expect(summary.spells.reduce((sum, spell) => sum + spell.incidents, 0)).toBe(summary.incidents)
    const expected = (columns.expected as Float64Array).reduce((a, b) => a + b, 0)
    expect(expected).toBeCloseTo(summary.incidents, 6)
  })
})

describe('edges', () => {
  it('blanks carry nothing: the same changes with a month missing', () => {
    const counts = poisson(3, [...Array(20).fill(90), ...Array(20).fill(30)])
    const result = run(monthsOf(counts, 2020), {}, { missingMonths: ['2020-06'] })
    expect((result.columns.count as Float64Array)[5]).toBeNaN()
    expect(result.summary.changes).toHaveLength(1)
    expect(codes(result)).toContain('months-missing')
  })
  it('a level series, a short one, an over-dispersed one and a change at the end are told', () => {
    const level = run(monthsOf(Array(12).fill(20), 2020))
    expect(codes(level)).toEqual(['period-from-data', 'season-left', 'no-change'])
    expect(level.summary.dispersion).toBe(1)
    const wild = run(
      monthsOf(
        Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 90 : 50)),
        2020,
      ),
      { season: false },
    )
    expect(wild.summary.dispersion).toBeGreaterThan(5)
    expect(codes(wild)).toContain('over-dispersed')
    const end = run(monthsOf([...Array(30).fill(50), 120, 125, 130], 2020), { season: false })
    expect(codes(end)).toContain('change-at-end')
    for (const code of [...codes(level), ...codes(wild), ...codes(end)])
      expect(Object.keys(changePoints.card.caveats)).toContain(code)
  })
  it('a spell of nil: percent of a rise from nil is not given', () => {
    const { changes } = run(
      monthsOf([...Array(15).fill(0), ...Array(15).fill(40), 40], 2020),
      { season: false },
      {
        period: { from: '2020-01-01', to: '2022-08-01' },
        missingMonths: [],
      },
    ).summary
    expect(changes[0]).toMatchObject({ first: '2021-04', before: 0 })
    expect(changes[0].changePercent).toBeNaN()
    expect(changes[0].low).toBeNaN()
  })
})

describe('refuses', () => {
  it('too few steps, no incident, days of months', () => {
    expect(refusal(() => run(monthsOf([5, 6, 7, 8, 9, 8, 7], 2020)))).toBe('E-MTH-STEPS')
    expect(refusal(() => run(monthsOf(Array(12).fill(4), 2020), { shortest: 7 }))).toBe('E-MTH-STEPS')
    expect(refusal(() => run(monthsOf(Array(12).fill(4), 2020), { step: 'day' }))).toBe('E-MTH-DAY')
    const none = { ...daysFrom(Array(30).fill(1), [2024, 1, 1]), mask: new Uint8Array(30) }
    expect(refusal(() => run(none, { step: 'day' }))).toBe('E-MTH-FEW')
  })
})
