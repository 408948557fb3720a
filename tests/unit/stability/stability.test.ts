import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { monthPeriods } from '#core/analysis/stability/month-periods.ts'
import { rankBiasedOverlap } from '#core/analysis/stability/rank-biased-overlap.ts'
import { cosineSimilarity, rankCorrelation } from '#core/analysis/stability/rank-correlation.ts'
import { stability } from '#core/analysis/stability/stability.ts'
import { topOverlap } from '#core/analysis/stability/top-overlap.ts'
import type { Context } from '#core/contract/method.ts'
import type { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { clock, makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { settings, testshire } from '../space/small-study.ts'

const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/concentration/expected.json', import.meta.url), 'utf8'),
)
const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
  minLength: 1,
  maxLength: 6,
})

/** Every order of the units above 0 that puts larger values first. */
function orders(scores: readonly number[]): number[][] {
  const held = scores.flatMap((score, item) => (score > 0 ? [{ score, item }] : []))
  if (held.length === 0) return [[]]
  const best = Math.max(...held.map(({ score }) => score))
  return held
    .filter(({ score }) => score === best)
    .flatMap(({ item }) =>
      orders(scores.map((score, k) => (k === item ? 0 : score))).map((rest) => [item, ...rest]),
    )
}

/** Equation 32 without a thought for speed. */
function strictOverlap(a: readonly number[], b: readonly number[], p: number): number {
  const [s, t] = a.length <= b.length ? [a, b] : [b, a]
  const x = (d: number) => s.slice(0, d).filter((item) => t.slice(0, d).includes(item)).length
  let sum = 0
  for (let d = 1; d <= t.length; d++) sum += (x(d) / d) * p ** d
  for (let d = s.length + 1; d <= t.length; d++)
    sum += ((x(s.length) * (d - s.length)) / (s.length * d)) * p ** d
  return (
    ((1 - p) / p) * sum + ((x(t.length) - x(s.length)) / t.length + x(s.length) / s.length) * p ** t.length
  )
}

const spots = [
  [450_300, 300_300],
  [451_300, 300_300],
  [450_300, 301_300],
  [451_300, 301_300],
  [453_300, 303_300],
] as const
/** Counts of each spot in each year from 2021 on. */
const yearly = (table: readonly (readonly number[])[]): Row[] =>
  table.flatMap((row, year) =>
    row.flatMap((count, spot) =>
      Array.from(
        { length: count },
        (_, k): Row => ({ at: spots[spot], from: `${2021 + year}-${String((k % 12) + 1).padStart(2, '0')}` }),
      ),
    ),
  )
const steady = yearly([
  [30, 20, 12, 12, 0],
  [33, 18, 12, 14, 1],
  [28, 21, 13, 12, 12],
])
const threeYears: Context = { ...testshire, period: { from: '2021-01-01', to: '2024-01-01' } }
const run = (
  rows: readonly Row[],
  changed: Parameters<typeof settings<typeof stability.card.parameters>>[1] = {},
  context: Context = threeYears,
) => stability.run(makeIncidents(rows), settings(stability, changed), context, patient)

describe('published', () => {
  it('Webber: identical lists 1, lists that share nothing 0; ten deep at p = 0.9 carry 86 %', () => {
    expect(rankBiasedOverlap([3, 2, 1], [30, 20, 10], 0.9)).toBeCloseTo(1, 12)
    expect(rankBiasedOverlap([3, 2, 1, 0, 0], [0, 0, 0, 1, 2], 0.9)).toBe(0)
    // Weight of the first d depths, equation 21 of the paper.
    const d = 10
    let tail = 0
    for (let i = 1; i < d; i++) tail += 0.9 ** i / i
    expect(1 - 0.9 ** (d - 1) + (0.1 / 0.9) * d * (Math.log(1 / 0.1) - tail)).toBeCloseTo(0.8556, 4)
  })
})

describe('oracle', () => {
  it('Spearman of scipy, cosine of numpy, rank-biased overlap over every order of the ties', () => {
    let spearman = 0
    let overlap = 0
    for (const { a, b, rho, cosine } of oracle.spearman) {
      spearman = Math.max(spearman, Math.abs(rankCorrelation(a, b) - rho))
      expect(cosineSimilarity(a, b)).toBeCloseTo(cosine, 12)
    }
    for (const { a, b, p, value } of oracle.rbo)
      overlap = Math.max(overlap, Math.abs(rankBiasedOverlap(a, b, p) - value))
    expectAgreement({
      method: 'stability',
      peer: 'scipy',
      version: oracle.versions.scipy,
      data: 'Spearman of three made pairs of counts with ties, absolute difference',
      largestDifference: spearman,
      tolerance: 1e-12,
    })
    expectAgreement({
      method: 'stability',
      peer: 'Webber, Moffat and Zobel',
      version: '2010',
      data: 'Rank-biased overlap: equation 32 averaged over every order of the ties, fifteen cases, absolute difference',
      largestDifference: overlap,
      tolerance: 1e-12,
    })
  })
})

describe('brute force', () => {
  it('rank-biased overlap: the mean over every order', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.9, 0.97), (pairs, p) => {
        const [a, b] = [0, 1].map((k) => pairs.map((pair) => pair[k]))
        const found = rankBiasedOverlap(a, b, p)
        const [first, second] = [orders(a), orders(b)]
        if (first[0].length === 0 || second[0].length === 0) expect(found).toBeNaN()
        else {
          let sum = 0
          for (const s of first) for (const t of second) sum += strictOverlap(s, t, p)
          expect(found).toBeCloseTo(sum / (first.length * second.length), 10)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('both in the top: the mean over every order of each', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 5 }), (pairs, top) => {
        const [a, b] = [0, 1].map((k) => pairs.map((pair) => pair[k]))
        const found = topOverlap(a, b, top)
        let both = 0
        const [first, second] = [orders(a), orders(b)]
        for (const s of first)
          for (const t of second)
            both += s.slice(0, top).filter((unit) => t.slice(0, top).includes(unit)).length
        expect(found.both).toBeCloseTo(both / (first.length * second.length), 10)
        expect(found.sizeA).toBe(Math.min(top, first[0].length))
      }),
      { numRuns: 150 },
    )
  })

  it('counts per period and unit, by filtering', () => {
    const { summary, columns } = run(steady, { topShare: 0.4 })
    expect(summary.periods.map(({ period, incidents }) => [period, incidents])).toEqual([
      ['2021', 74],
      ['2022', 78],
      ['2023', 86],
    ])
    expect([...(columns.count as Uint32Array)].toSorted((a, b) => b - a)).toEqual([91, 59, 38, 37, 13])
    expect([...(columns.last as Uint32Array)].toSorted((a, b) => b - a)).toEqual([28, 21, 13, 12, 12])
    expect(summary.occupied).toBe(5)
  })
})

describe('properties', () => {
  it('the same every year: everything 1, and more in every top than by chance', () => {
    const { summary } = run(
      yearly([
        [9, 7, 5, 3, 1],
        [18, 14, 10, 6, 2],
        [9, 7, 5, 3, 1],
      ]),
      { topShare: 0.4 },
    )
    for (const pair of summary.pairs) {
      for (const measure of [
        'spearman',
        'spearmanAll',
        'rankBiasedOverlap',
        'jaccard',
        'f1',
        'cosine',
        'keptInTop',
      ] as const)
        expect(pair[measure]).toBeCloseTo(1, 9)
    }
    expect(summary.alwaysTop).toBeGreaterThan(0)
    expect(summary.alwaysTop).toBeGreaterThan(summary.alwaysTopByChance)
    expect(summary.alwaysTopShare).toBe(1)
    expect(summary.meanSpearman).toBeCloseTo(1, 12)
  })

  it('order of rows, of the two sides, and scale do not matter', () => {
    const forwards = run(steady)
    expect(run(steady.toReversed()).summary).toEqual(forwards.summary)
    fc.assert(
      fc.property(values, (pairs) => {
        const [a, b] = [0, 1].map((k) => pairs.map((pair) => pair[k]))
        fc.pre(new Set(a).size > 1 && new Set(b).size > 1)
        expect(rankBiasedOverlap(a, b, 0.9)).toBeCloseTo(rankBiasedOverlap(b, a, 0.9), 10)
        expect(
          rankBiasedOverlap(
            a.map((v) => 7 * v),
            b,
            0.9,
          ),
        ).toBeCloseTo(rankBiasedOverlap(a, b, 0.9), 10)
        expect(rankCorrelation(a, b)).toBeCloseTo(
          rankCorrelation(
            b,
            a.map((v) => v * v),
          ),
          10,
        )
      }),
    )
  })

  it('the share of the top list kept: a place that comes and goes is not always at the top', () => {
    const { summary, columns } = run(
      yearly([
        [40, 9, 9, 9, 1],
        [1, 40, 9, 9, 9],
        [40, 1, 9, 9, 9],
      ]),
      { topShare: 0.2 },
    )
    expect(summary.periods.map(({ topUnits }) => topUnits)).toEqual([1, 1, 1])
    expect(summary.alwaysTop).toBe(0)
    expect(summary.pairs.map(({ keptInTop }) => keptInTop)).toEqual([0, 1, 0])
    expect([...(columns.periodsInTop as Uint8Array)].toSorted()).toEqual([0, 0, 0, 1, 2])
    expect(summary.persistence[1]).toMatchObject({ periodsInTop: 2, units: 1 })
  })
})

describe('edges', () => {
  const incidents = makeIncidents([
    { at: [450_000, 300_000], from: '2020-11-30' },
    { at: [450_000, 300_000], from: '2020-12-01 00:00' },
    { at: [450_000, 300_000], from: '2021-02-28 23:59' },
    { at: [450_000, 300_000], from: '2021-05-31' },
    { at: [450_000, 300_000] },
  ])

  it('quarters counted back from the last month; first minute in, last out; undated counted', () => {
    const found = monthPeriods(incidents, nothingKnown, 3, 9)
    expect(found.labels).toEqual(['Dec 2020 – Feb 2021', 'Mar 2021 – May 2021'])
    expect([...found.periodOf]).toEqual([-1, 0, 0, 1, -1])
    expect(found.undated).toBe(1)
    expect(found.from[0]).toBe(clock('2020-12-01'))
  })

  it('a month not held leaves its period out; one in part keeps it; the period asked for goes first', () => {
    const context = { missingMonths: ['2021-01'], partialMonths: ['2021-04'] }
    const found = monthPeriods(incidents, context, 3, 9)
    expect(found.labels).toEqual(['Mar 2021 – May 2021'])
    expect(found.notHeld).toEqual(['Dec 2020 – Feb 2021'])
    expect(found.heldInPart).toEqual(['Mar 2021 – May 2021'])
    const asked = monthPeriods(incidents, { period: { from: '2020-11-30', to: '2021-03-31' } }, 1, 3)
    expect(asked.labels).toEqual([
      '2020-12-31 to 2021-01-30',
      '2021-01-31 to 2021-02-27',
      '2021-02-28 to 2021-03-30',
    ])
  })

  it('periods that do not follow one another are not averaged as if they did', () => {
    const { summary, caveats } = run(steady, {}, { ...threeYears, missingMonths: ['2022-05'] })
    expect(summary.periods.map(({ period }) => period)).toEqual(['2021', '2023'])
    expect(summary.pairs).toHaveLength(1)
    expect(summary.meanSpearman).toBeNaN()
    expect(caveats.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['months-missing', 'stability-two']),
    )
  })

  it('ties at the cut are all in, and said; few incidents are said; a period without any is NaN', () => {
    const { caveats, summary } = run(yearly([[2, 2, 2, 2, 2], [], [1, 1, 1, 1, 1]]), { topShare: 0.1 })
    expect(summary.periods.map(({ topUnits }) => topUnits)).toEqual([5, 0, 5])
    expect(caveats.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['stability-ties', 'stability-few']),
    )
    expect(summary.pairs[0].rankBiasedOverlap).toBeNaN()
    expect(summary.pairs[0].cosine).toBeNaN()
    for (const { code } of caveats) expect(Object.keys(stability.card.caveats)).toContain(code)
  })

  it('all equal is no correlation', () => {
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNaN()
    expect(rankCorrelation([], [])).toBeNaN()
  })
})

describe('refuses', () => {
  const refusal = (work: () => unknown): string => {
    try {
      work()
    } catch (error) {
      return (error as InputError).code
    }
    return 'accepted'
  }
  it('one period, no date, months cut through', () => {
    expect(refusal(() => run(yearly([[5, 5]]), {}, testshire))).toBe('E-MTH-PERIODS')
    expect(refusal(() => run([{ at: [450_300, 300_300] }], {}, testshire))).toBe('E-MTH-PERIOD')
    const period = { from: '2021-01-15', to: '2023-01-15' }
    expect(refusal(() => run(steady, {}, { ...testshire, period }))).toBe('E-MTH-MONTHS')
  })
})
