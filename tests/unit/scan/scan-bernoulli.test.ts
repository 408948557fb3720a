import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScanSummary } from '#core/analysis/scan/finish-scan.ts'
import { scanBernoulli } from '#core/analysis/scan/scan-bernoulli.ts'
import { bernoulliStatistic } from '#core/analysis/scan/scan-statistic.ts'
import type { Computed, Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { patient } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings } from '../space/small-study.ts'
import { dayLabel, daysFrom2024, difference, incidentsOf, rowsOf, scanOracle } from './scan-oracle.ts'

const run = (
  incidents: Incidents,
  changed: Parameters<typeof settings<typeof scanBernoulli.card.parameters>>[1],
  context: Context,
): Computed<ScanSummary> =>
  scanBernoulli.run(incidents, settings(scanBernoulli, { permutations: 9, ...changed }), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map((each) => each.code)

type Marked = { readonly x: number; readonly y: number; readonly day: number; readonly isCase: boolean }
const scanned = (
  rows: readonly Marked[],
  changed: Parameters<typeof run>[1],
  context: Context,
): Computed<ScanSummary> =>
  run(
    incidentsOf(
      rows,
      Uint8Array.from(rows, ({ isCase }) => (isCase ? 1 : 0)),
    ),
    changed,
    {
      ...context,
      selections: { controls: Uint8Array.from(rows, ({ isCase }) => (isCase ? 0 : 1)) },
    },
  )

describe('published', () => {
  it('by hand: 8 of 10 cases among 10 of 40 records', () => {
    const expected =
      8 * Math.log(0.8) +
      2 * Math.log(0.2) +
      2 * Math.log(2 / 30) +
      28 * Math.log(28 / 30) -
      (10 * Math.log(0.25) + 30 * Math.log(0.75))
    expect(bernoulliStatistic(8, 10, 10, 40)).toBeCloseTo(expected, 12)
    expect(bernoulliStatistic(2, 8, 10, 40)).toBe(0)
    // All cases inside and none but cases: the largest there is.
    expect(bernoulliStatistic(10, 10, 10, 40)).toBeCloseTo(-(10 * Math.log(0.25) + 30 * Math.log(0.75)), 12)
  })
})

describe('oracle: every circle and window tried (Python)', () => {
  it('in space, prospective and retrospective', () => {
    let largest = 0
    for (const set of scanOracle)
      for (const [name, time] of [
        ['bernoulliSpace', 'none'],
        ['bernoulliProspective', 'prospective'],
        ['bernoulliRetrospective', 'retrospective'],
      ]) {
        const rows = rowsOf(set).map((row, k) => ({ ...row, isCase: set.rows[k][3] === 1 }))
        const found = scanned(
          rows,
          { time, maximumRadius: set.radius, maximumShare: 100 * set.share, maximumSteps: set.longest },
          daysFrom2024(set.steps),
        )
        const answer = set.answers[name]
        largest = Math.max(
          largest,
          difference(found, answer, (a, b) => expect(a, name).toEqual(b)),
        )
        if (time === 'none') continue
        expect(found.summary.clusters[0].from).toBe(dayLabel(answer[0].first))
        expect(found.summary.clusters[0].to).toBe(dayLabel(answer[0].last))
      }
    expectAgreement({
      method: 'scanBernoulli',
      peer: 'Every circle and window tried (Python, tests/oracles/scan)',
      version: '3.11',
      data: 'Three made-up sets, in space, prospective and retrospective, five first clusters: statistic, expected and radius, absolute',
      largestDifference: largest,
      tolerance: 1e-9,
    })
  })
})

describe('brute force', () => {
  it('the best circle and window on a street', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            x: fc.integer({ min: 0, max: 6 }),
            y: fc.constant(0),
            day: fc.integer({ min: 0, max: 5 }),
            isCase: fc.boolean(),
          }),
          { minLength: 22, maxLength: 40 },
        ),
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom('none', 'prospective', 'retrospective'),
        (rows, radius, time) => {
          const cases = rows.filter(({ isCase }) => isCase).length
          fc.pre(cases >= 10 && rows.length - cases >= 10)
          const spots = [...new Set(rows.map(({ x }) => x))]
          fc.pre(spots.length > 1)
          let best = 0
          for (const centre of spots) {
            const order = spots
              .filter((x) => Math.abs(x - centre) <= radius)
              .sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre) || a - b)
            for (let k = 1; k <= order.length; k++) {
              const inside = rows.filter(({ x }) => order.slice(0, k).includes(x))
              if (inside.length > rows.length / 2) break
              for (let from = 0; from < 6; from++)
                for (let to = from; to < 6; to++) {
                  if (time === 'none' && (from > 0 || to < 5)) continue
                  if (time !== 'none' && to - from >= 3) continue
                  if (time === 'prospective' && to < 5) continue
                  const held = inside.filter(({ day }) => day >= from && day <= to)
                  const c = held.filter(({ isCase }) => isCase).length
                  if (c >= 2) best = Math.max(best, bernoulliStatistic(c, held.length, cases, rows.length))
                }
            }
          }
          const { clusters } = scanned(rows, { time, maximumRadius: radius }, daysFrom2024(6)).summary
          expect(clusters[0]?.statistic ?? 0).toBeCloseTo(best, 9)
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('properties', () => {
  const u = seededNumbers(9, 900)
  const rows: Marked[] = Array.from({ length: 300 }, (_, k) => {
    const x = 100 * Math.floor(u[3 * k] * 10)
    const y = 100 * Math.floor(u[3 * k + 1] * 10)
    return { x, y, day: k % 30, isCase: u[3 * k + 2] < (Math.hypot(x - 700, y - 200) < 150 ? 0.9 : 0.2) }
  })

  it('finds the share that is larger, and counts cases only among its incidents', () => {
    const { summary, columns } = scanned(rows, { permutations: 199, maximumRadius: 300 }, {})
    const [first] = summary.clusters
    expect(Math.hypot(first.x - 700, first.y - 200)).toBeLessThanOrEqual(200)
    expect(first.pValue).toBe(1 / 200)
    expect(summary.controls).toBe(300 - summary.incidents)
    const members = [...(columns.row as Int32Array)].filter(
      (_, k) => (columns.cluster as Int32Array)[k] === 1,
    )
    expect(members).toHaveLength(first.observed)
    expect(members.every((row) => rows[row].isCase)).toBe(true)
  })

  it('under chance alone p is spread evenly', () => {
    let below = 0
    for (let seed = 1; seed <= 40; seed++) {
      const v = seededNumbers(700 + 31 * seed, 120)
      const quiet = rows.slice(0, 120).map((row, k) => ({ ...row, isCase: v[k] < 0.4 }))
      const { summary } = scanned(quiet, { time: 'retrospective', permutations: 49 }, daysFrom2024(30))
      if (summary.clusters[0].pValue <= 0.2) below++
    }
    // 8 expected, standard deviation 2.5.
    expect(below).toBeGreaterThan(1)
    expect(below).toBeLessThan(17)
  })

  it('an incident in both selections is a case only', () => {
    const mask = Uint8Array.from(rows, ({ isCase }) => (isCase ? 1 : 0))
    const everything = new Uint8Array(rows.length).fill(1)
    const both = run(incidentsOf(rows, mask), {}, { selections: { controls: everything } })
    const apart = scanned(rows, {}, {})
    expect(both.summary).toEqual(apart.summary)
    expect(codes(both)).toContain('case-and-control')
    for (const code of codes(both)) expect(Object.keys(scanBernoulli.card.caveats)).toContain(code)
  })
})

describe('edges', () => {
  it('every record a case but a few: no ratio can be large, and nothing breaks', () => {
    const rows = Array.from({ length: 60 }, (_, k) => ({ x: 100 * (k % 6), y: 0, day: 1, isCase: k % 6 > 0 }))
    const { summary } = scanned(rows, { maximumRadius: 0 }, {})
    expect(summary.clusters.length).toBeGreaterThan(0)
    for (const { ratio, pValue } of summary.clusters) {
      expect(ratio).toBeCloseTo(1.2, 10)
      expect(pValue).toBeLessThanOrEqual(1)
    }
  })
})

describe('refuses', () => {
  const refusal = (task: () => unknown): string => {
    try {
      task()
    } catch (error) {
      return error instanceof InputError ? error.code : String(error)
    }
    return 'accepted'
  }
  it('no controls, too few of them, too few cases, one place', () => {
    const rows = Array.from({ length: 40 }, (_, k) => ({ x: 100 * (k % 5), y: 0, day: 1, isCase: k < 20 }))
    expect(refusal(() => run(incidentsOf(rows), {}, {}))).toBe('E-MTH-SELECTION')
    expect(refusal(() => scanned(rows.slice(0, 25), {}, {}))).toBe('E-MTH-CONTROLS')
    expect(refusal(() => scanned(rows.slice(15), {}, {}))).toBe('E-MTH-FEW')
    const together = rows.map((row) => ({ ...row, x: 0 }))
    expect(refusal(() => scanned(together, {}, {}))).toBe('E-MTH-ONE-PLACE')
  })
})
