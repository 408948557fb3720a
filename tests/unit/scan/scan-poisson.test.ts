import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScanSummary } from '#core/analysis/scan/finish-scan.ts'
import { scanPoisson } from '#core/analysis/scan/scan-poisson.ts'
import { poissonStatistic } from '#core/analysis/scan/scan-statistic.ts'
import type { Computed, Context, ContextLayer, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { patient } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings } from '../space/small-study.ts'
import {
  dayLabel,
  daysFrom2024,
  difference,
  incidentsOf,
  layerOf,
  rowsOf,
  scanOracle,
} from './scan-oracle.ts'

const run = (
  incidents: Incidents,
  changed: Parameters<typeof settings<typeof scanPoisson.card.parameters>>[1],
  context: Context,
): Computed<ScanSummary> =>
  scanPoisson.run(
    incidents,
    settings(scanPoisson, { permutations: 9, populationColumn: 'residents', ...changed }),
    context,
    patient,
  )
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map((each) => each.code)

/** A row of squares of 100 m with these residents. */
const squares = (residents: readonly number[]): ContextLayer => ({
  name: 'Squares',
  shapes: residents.map((count, k) => ({
    code: `S${k}`,
    name: `Square ${k}`,
    rings: [rectangle(100 * k, 0, 100 * k + 100, 100)],
    numbers: Number.isNaN(count) ? {} : { residents: count },
    kind: '',
  })),
})
/** So many incidents in each square, day by day. */
const inSquares = (counts: readonly number[]): { x: number; y: number; day: number }[] =>
  counts.flatMap((count, k) =>
    Array.from({ length: count }, (_, i) => ({ x: 100 * k + 20 + i, y: 30, day: i % 20 })),
  )

describe('published', () => {
  it('by hand: 10 of 20 in a tenth of the population, 10·ln(10/2) + 10·ln(10/18)', () => {
    const context = { layers: { population: squares([10, 30, 30, 30]) } }
    const { clusters } = run(incidentsOf(inSquares([10, 4, 3, 3])), { maximumRadius: 0 }, context).summary
    expect(clusters).toHaveLength(1)
    expect(clusters[0]).toMatchObject({ x: 50, y: 50, radius: 0, observed: 10, from: '', to: '' })
    expect(clusters[0].expected).toBeCloseTo(2, 12)
    expect(clusters[0].ratio).toBeCloseTo(5, 12)
    expect(clusters[0].statistic).toBeCloseTo(10 * Math.log(5) + 10 * Math.log(10 / 18), 12)
    expect(clusters[0].recurrenceDays).toBeNaN()
  })
})

describe('oracle: every circle and window tried (Python)', () => {
  it('a population in space, evenly at any time, and to the end as observed', () => {
    let largest = 0
    for (const set of scanOracle)
      for (const [name, time, timing] of [
        ['poissonSpace', 'none', 'observed'],
        ['poissonEven', 'retrospective', 'even'],
        ['poissonObserved', 'prospective', 'observed'],
      ]) {
        const rows = rowsOf(set)
        // The oracle scans cases only; those where nobody lives are left out by both.
        const mask = Uint8Array.from(set.rows, ([x, y, , isCase]) => {
          const place = set.places.findIndex((each) => each[0] === x && each[1] === y)
          return set.population[place] > 0 ? isCase : 0
        })
        const found = run(
          incidentsOf(rows, mask),
          {
            time,
            timing,
            maximumRadius: set.radius,
            maximumShare: 100 * set.share,
            maximumSteps: set.longest,
          },
          { ...daysFrom2024(set.steps), layers: { population: layerOf(set) } },
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
      method: 'scanPoisson',
      peer: 'Every circle and window tried (Python, tests/oracles/scan)',
      version: '3.11',
      data: 'Three made-up sets, population in space, evenly and as observed in time, five first clusters: statistic, expected and radius, absolute',
      largestDifference: largest,
      tolerance: 1e-9,
    })
  })
})

describe('brute force', () => {
  it('the best stretch of squares, in space alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 9 })), {
          minLength: 3,
          maxLength: 9,
        }),
        fc.integer({ min: 0, max: 3 }),
        (areas, reach) => {
          const counts = areas.map(([, count]) => count)
          const residents = areas.map(([people]) => people)
          const total = counts.reduce((a, b) => a + b, 0)
          fc.pre(total >= 10 && counts.filter((count) => count > 0).length > 1)
          const people = residents.reduce((a, b) => a + b, 0)
          let best = 0
          areas.forEach((_, centre) => {
            const order = [...areas.keys()]
              .filter((k) => Math.abs(k - centre) <= reach)
              .sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre) || a - b)
            let [c, n] = [0, 0]
            for (const k of order) {
              c += counts[k]
              n += residents[k]
              if (n > people / 2) break
              if (c >= 2) best = Math.max(best, poissonStatistic(c, (total * n) / people, total))
            }
          })
          const { clusters } = run(
            incidentsOf(inSquares(counts)),
            { maximumRadius: 100 * reach },
            { layers: { population: squares(residents) } },
          ).summary
          expect(clusters[0]?.statistic ?? 0).toBeCloseTo(best, 9)
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('properties', () => {
  const u = seededNumbers(5, 800)
  const usual = Array.from({ length: 400 }, (_, k) => ({
    x: 100 * Math.floor(u[2 * k] * 12),
    y: 100 * Math.floor(u[2 * k + 1] ** 2 * 12),
    day: k % 60,
  }))
  const extra = Array.from({ length: 20 }, (_, k) => ({ x: 500, y: 900, day: 50 + (k % 10) }))
  const all = [...usual, ...usual.slice(0, 120), ...extra]
  const mask = Uint8Array.from(all, (_, k) => (k < 400 ? 0 : 1))
  const baseline = Uint8Array.from(all, (_, k) => (k < 400 ? 1 : 0))
  const context: Context = { ...daysFrom2024(60), selections: { baseline } }

  it('against another selection finds what is new, and not what is usual', () => {
    for (const time of ['none', 'prospective', 'retrospective']) {
      const { summary } = run(
        incidentsOf(all, mask),
        { time, places: 'square', placeSize: 300, permutations: 99, maximumRadius: 500 },
        context,
      )
      expect(Math.hypot(summary.clusters[0].x - 500, summary.clusters[0].y - 900)).toBeLessThan(400)
      expect(summary.clusters[0].pValue).toBe(0.01)
      expect(summary.incidents).toBe(140)
    }
  })

  it('scaling the population changes nothing; shares of time add up', () => {
    const base = { population: squares([10, 30, 30, 30]) }
    const tenfold = { population: squares([100, 300, 300, 300]) }
    const incidents = incidentsOf(inSquares([10, 4, 3, 3]))
    const [a, b] = [base, tenfold].map(
      (layers) =>
        run(incidents, { time: 'retrospective', timing: 'even' }, { ...daysFrom2024(20), layers }).summary,
    )
    a.clusters.forEach((cluster, k) => {
      expect(b.clusters[k].statistic).toBeCloseTo(cluster.statistic, 9)
      expect(b.clusters[k].pValue).toBe(cluster.pValue)
    })
  })

  it('days that no file covers are not at risk: their incidents leave, the others gain', () => {
    const rows = [
      ...inSquares([30, 30, 30, 30]),
      ...Array.from({ length: 5 }, () => ({ x: 30, y: 30, day: 40 })),
    ]
    const layers = { population: squares([10, 10, 10, 10]) }
    const change = { time: 'retrospective', timing: 'even' }
    const known = run(incidentsOf(rows), change, { ...daysFrom2024(60), layers })
    const gap = run(incidentsOf(rows), change, { ...daysFrom2024(60), layers, missingMonths: ['2024-02'] })
    expect(known.summary.incidents).toBe(125)
    expect(gap.summary.incidents).toBe(120)
    expect(codes(gap)).toEqual(expect.arrayContaining(['uncovered-steps', 'missing-months']))
  })

  it('under chance alone p is spread evenly, for even and observed timing', () => {
    for (const timing of ['even', 'observed']) {
      let below = 0
      for (let seed = 1; seed <= 40; seed++) {
        const v = seededNumbers(300 + 89 * seed, 160)
        const rows = Array.from({ length: 80 }, (_, k) => ({
          x: Math.floor(v[2 * k] * 600),
          y: 30,
          day: Math.floor(v[2 * k + 1] * 30),
        }))
        const { summary } = run(
          incidentsOf(rows),
          { time: 'retrospective', timing, permutations: 49 },
          { ...daysFrom2024(30), layers: { population: squares([10, 10, 10, 10, 10, 10]) } },
        )
        if (summary.clusters[0].pValue <= 0.2) below++
      }
      // 8 expected, standard deviation 2.5.
      expect(below).toBeGreaterThan(1)
      expect(below).toBeLessThan(17)
    }
  })
})

describe('edges', () => {
  it('areas without a population, incidents where nobody lives or outside: left out and told', () => {
    const rows = [...inSquares([10, 10, 12, 2, 1]), { x: 5000, y: 5000, day: 1 }]
    const context = { layers: { population: squares([10, 10, 10, Number.NaN, 0]) } }
    const result = run(incidentsOf(rows), {}, context)
    expect(result.summary.incidents).toBe(32)
    expect(codes(result)).toEqual(
      expect.arrayContaining(['population-unknown', 'none-expected', 'outside-layer']),
    )
    for (const code of codes(result)) expect(Object.keys(scanPoisson.card.caveats)).toContain(code)
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
  it('nothing or two things to expect by, no such column, a population below 0, too many where none is expected', () => {
    const incidents = incidentsOf(inSquares([10, 10, 10]))
    const layers = { population: squares([10, 10, 10]) }
    const selections = { baseline: new Uint8Array(30).fill(1) }
    expect(refusal(() => run(incidents, {}, {}))).toBe('E-MTH-EXPECTED')
    expect(refusal(() => run(incidents, {}, { layers, selections }))).toBe('E-MTH-EXPECTED')
    expect(refusal(() => run(incidents, { populationColumn: 'homes' }, { layers }))).toBe('E-MTH-COLUMN')
    expect(refusal(() => run(incidents, { populationColumn: '' }, { layers }))).toBe('E-MTH-COLUMN')
    expect(refusal(() => run(incidents, {}, { layers: { population: squares([10, -1, 10]) } }))).toBe(
      'E-MTH-POPULATION',
    )
    expect(refusal(() => run(incidents, {}, { layers: { population: squares([10, 0, 10]) } }))).toBe(
      'E-MTH-EXPECTED',
    )
    const empty: ContextLayer = {
      name: 'Lines',
      shapes: [{ code: 'L', name: 'L', numbers: { residents: 1 }, kind: '' }],
    }
    expect(refusal(() => run(incidents, {}, { layers: { population: empty } }))).toBe('E-MTH-LAYER')
    expect(refusal(() => run(incidentsOf(inSquares([3, 3])), {}, { layers }))).toBe('E-MTH-FEW')
    expect(refusal(() => run(incidentsOf(inSquares([30])), {}, { layers }))).toBe('E-MTH-ONE-PLACE')
  })
})
