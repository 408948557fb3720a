import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScanSummary } from '#core/analysis/scan/finish-scan.ts'
import { STOP_AT } from '#core/analysis/scan/run-scan.ts'
import { scanSpaceTime } from '#core/analysis/scan/scan-space-time.ts'
import { poissonStatistic } from '#core/analysis/scan/scan-statistic.ts'
import type { Computed, Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings } from '../space/small-study.ts'
import { openData } from '../time/open-data.ts'
import { dayLabel, daysFrom2024, difference, incidentsOf, rowsOf, scanOracle } from './scan-oracle.ts'

const run = (
  incidents: Incidents,
  changed: Parameters<typeof settings<typeof scanSpaceTime.card.parameters>>[1],
  context: Context,
): Computed<ScanSummary> =>
  scanSpaceTime.run(incidents, settings(scanSpaceTime, { permutations: 9, ...changed }), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map((each) => each.code)

/** A quiet town of 300 incidents with 15 extra at one place in the last days. */
const town = (): { x: number; y: number; day: number }[] => {
  const u = seededNumbers(77, 900)
  const rows = Array.from({ length: 300 }, (_, k) => ({
    x: 450_000 + Math.floor(u[3 * k] * 30) * 100,
    y: 300_000 + Math.floor(u[3 * k + 1] * 30) * 100,
    day: Math.floor(u[3 * k + 2] * 100),
  }))
  for (let k = 0; k < 15; k++) rows.push({ x: 451_500 + (k % 3) * 100, y: 301_500, day: 93 + (k % 7) })
  return rows
}

describe('published', () => {
  it('the statistic of a window, by hand: 3 of 100 where 0.42 are expected', () => {
    expect(poissonStatistic(3, 0.42, 100)).toBeCloseTo(3.352053, 6)
    expect(poissonStatistic(10, 5.46, 100)).toBeCloseTo(1.622161, 6)
    expect(poissonStatistic(5, 5, 100)).toBe(0)
    expect(poissonStatistic(100, 50, 100)).toBeCloseTo(100 * Math.log(2), 10)
  })
})

const satscan = openData('oracles/satscan')

describe.skipIf(!satscan.held)(
  `oracle: SaTScan 9.4.4${satscan.held ? '' : ' (skipped: data not beside the repository)'}`,
  () => {
    const lines = (name: string): number[][] =>
      readFileSync(`${satscan.path}/${name}`, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number))
    const load = (name: string): { x: number; y: number; day: number }[] => {
      const at = new Map(lines(`${name}.geo`).map(([id, x, y]) => [id, { x, y }]))
      return lines(`${name}.cas`).flatMap(([id, count, day]) =>
        Array.from({ length: count }, () => ({ ...at.get(id)!, day })),
      )
    }
    // The reports say 0 to 1000.
    const scanned = (name: string, maximumRadius: number, permutations = 9): Computed<ScanSummary> =>
      run(incidentsOf(load(name)), { maximumRadius, maximumSteps: 1000, permutations }, daysFrom2024(1001))

    it('test1: the two clusters of the report', () => {
      const { clusters } = scanned('satscan_test1', 50_000).summary
      expect(clusters[0]).toMatchObject({ x: 30, y: 30, radius: 20, places: 3, observed: 3 })
      expect([clusters[0].from, clusters[0].to]).toEqual([dayLabel(993), dayLabel(1000)])
      expect(clusters[0].expected).toBeCloseTo(0.42, 10)
      expect(clusters[1]).toMatchObject({ x: 50, y: 50, radius: 0, places: 1, observed: 4 })
      expect([clusters[1].from, clusters[1].to]).toEqual([dayLabel(962), dayLabel(1000)])
      expect(clusters[1].expected).toBeCloseTo(0.96, 10)
      expectAgreement({
        method: 'scanSpaceTime',
        peer: 'SaTScan',
        version: '9.4.4',
        data: 'PredictCode satscan_test1, 100 cases at 25 places, prospective: statistic of both clusters reported, absolute',
        largestDifference: Math.max(
          Math.abs(clusters[0].statistic - 3.352053),
          Math.abs(clusters[1].statistic - 2.715606),
        ),
        tolerance: 1e-6,
      })
    })

    it('test3, radius to 50: one incident at one place with 1.7336 is not reported', () => {
      const [first] = scanned('satscan_test3', 50).summary.clusters
      expect(first).toMatchObject({ x: 30, y: 30, radius: 20, places: 4, observed: 10 })
      expect([first.from, first.to]).toEqual([dayLabel(930), dayLabel(1000)])
      expect(first.expected).toBeCloseTo(5.46, 10)
      expectAgreement({
        method: 'scanSpaceTime',
        peer: 'SaTScan',
        version: '9.4.4',
        data: 'PredictCode satscan_test3, 100 cases at 23 places, prospective, radius 50: statistic, absolute',
        largestDifference: Math.abs(first.statistic - 1.622161),
        tolerance: 1e-6,
      })
    })

    it('test1: p is that of an independent program (0.309 and 0.634 of 1000); SaTScan stopped at 0.202 and 0.581', () => {
      const { clusters } = scanned('satscan_test1', 50_000, 999).summary
      // Three standard errors of the difference of two such runs.
      expect(Math.abs(clusters[0].pValue - 0.309)).toBeLessThan(3 * Math.sqrt((2 * 0.3 * 0.7) / 1000))
      expect(Math.abs(clusters[1].pValue - 0.634)).toBeLessThan(3 * Math.sqrt((2 * 0.63 * 0.37) / 1000))
      expect(clusters[0].recurrenceDays).toBeCloseTo(1 / clusters[0].pValue, 10)
    })
  },
)

describe('oracle: every circle and window tried (Python)', () => {
  it('prospective and retrospective, the five first clusters of three sets', () => {
    let largest = 0
    for (const set of scanOracle)
      for (const time of ['prospective', 'retrospective']) {
        const found = run(
          incidentsOf(rowsOf(set)),
          {
            time,
            maximumRadius: set.radius,
            maximumShare: set.share * 100,
            maximumSteps: set.longest,
            permutations: 9,
          },
          daysFrom2024(set.steps),
        )
        const answer = set.answers[time === 'prospective' ? 'spaceTimeProspective' : 'spaceTimeRetrospective']
        largest = Math.max(
          largest,
          difference(found, answer, (a, b) => expect(a).toEqual(b)),
        )
        expect(found.summary.clusters[0].from).toBe(dayLabel(answer[0].first))
        expect(found.summary.clusters[0].to).toBe(dayLabel(answer[0].last))
      }
    expectAgreement({
      method: 'scanSpaceTime',
      peer: 'Every circle and window tried (Python, tests/oracles/scan)',
      version: '3.11',
      data: 'Three made-up sets of 60 to 150 incidents, prospective and retrospective, five first clusters: statistic, expected and radius, absolute',
      largestDifference: largest,
      tolerance: 1e-9,
    })
  })
})

describe('brute force', () => {
  const obvious = (
    rows: readonly { x: number; y: number; day: number }[],
    steps: number,
    longest: number,
    radius: number,
    time: string,
  ): number => {
    let best = 0
    for (const centre of rows) {
      const far = (row: { x: number; y: number }): number => Math.hypot(row.x - centre.x, row.y - centre.y)
      const spots = [...new Map(rows.map((row) => [`${row.x} ${row.y}`, row])).values()]
        .filter((row) => far(row) <= radius)
        .sort((a, b) => far(a) - far(b) || a.x - b.x || a.y - b.y)
      for (let k = 1; k <= spots.length; k++) {
        const inside = rows.filter((row) => spots.slice(0, k).some((s) => s.x === row.x && s.y === row.y))
        if (inside.length > rows.length / 2) break
        for (let from = 0; from < steps; from++)
          for (let to = from; to < Math.min(steps, from + longest); to++) {
            if (time === 'prospective' && to !== steps - 1) continue
            const within = (row: { day: number }): boolean => row.day >= from && row.day <= to
            const c = inside.filter(within).length
            const expected = (inside.length * rows.filter(within).length) / rows.length
            if (c >= 2) best = Math.max(best, poissonStatistic(c, expected, rows.length))
          }
      }
    }
    return best
  }

  it('the largest statistic of small sets', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            x: fc.integer({ min: 0, max: 4 }),
            y: fc.integer({ min: 0, max: 4 }),
            day: fc.integer({ min: 0, max: 7 }),
          }),
          { minLength: 10, maxLength: 25 },
        ),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('prospective', 'retrospective'),
        (rows, radius, longest, time) => {
          fc.pre(new Set(rows.map(({ x, y }) => `${x} ${y}`)).size > 1)
          fc.pre(new Set(rows.map(({ day }) => day)).size > 1)
          const { summary } = run(
            incidentsOf(rows),
            { time, maximumRadius: radius, maximumSteps: longest },
            daysFrom2024(8),
          )
          expect(summary.clusters[0]?.statistic ?? 0).toBeCloseTo(obvious(rows, 8, longest, radius, time), 9)
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('properties', () => {
  const rows = town()
  const year = daysFrom2024(100)

  it('finds the planted cluster, and leads back to its incidents', () => {
    const { summary, columns } = run(incidentsOf(rows), { permutations: 199 }, year)
    const [first] = summary.clusters
    expect(Math.hypot(first.x - 451_600, first.y - 301_500)).toBeLessThan(300)
    expect(first.pValue).toBe(1 / 200)
    expect(first.pGumbel).toBeLessThan(0.005)
    expect(first.recurrenceDays).toBeCloseTo(200, 9)
    expect(first.to).toBe(dayLabel(99))
    const members = [...(columns.row as Int32Array)].filter(
      (_, k) => (columns.cluster as Int32Array)[k] === 1,
    )
    expect(members).toHaveLength(first.observed)
    for (const row of members) {
      expect(Math.hypot(rows[row].x - first.x, rows[row].y - first.y)).toBeLessThanOrEqual(first.radius)
      expect(dayLabel(rows[row].day) >= first.from).toBe(true)
    }
    expect(members.filter((row) => row >= 300).length).toBeGreaterThan(12)
  })

  it('the parts in any order of workers, with and without early stop, give the same answer', () => {
    for (const stopEarly of [false, true]) {
      const params = settings(scanSpaceTime, { permutations: 230, stopEarly, maximumSteps: 3 })
      const incidents = incidentsOf(rows.slice(0, 300))
      const whole = scanSpaceTime.run(incidents, params, year, patient)
      const { state, parts } = scanSpaceTime.shares!.begin(incidents, params, year, patient)
      expect(parts).toBe(5)
      const done: unknown[] = []
      for (const index of [4, 1, 3, 0, 2]) done[index] = scanSpaceTime.shares!.part(state, index, patient)
      const shared = scanSpaceTime.shares!.finish(state, done, incidents, params, year, patient)
      expect(shared).toEqual(whole)
      const { summary } = whole
      if (stopEarly) {
        expect(summary.stoppedEarly).toBe(true)
        expect(summary.replications).toBeLessThan(230)
        expect(summary.clusters[0].pValue).toBeCloseTo(STOP_AT / summary.replications, 12)
        expect(summary.clusters[0].pGumbel).toBeNaN()
        expect(codes(whole)).toContain('stopped-early')
      } else expect(summary.replications).toBe(230)
    }
  })

  it('moving, shuffling or adding unselected incidents changes no statistic; the seed moves p alone', () => {
    const base = run(incidentsOf(rows), {}, year).summary.clusters
    const moved = run(incidentsOf(rows.map(({ x, y, day }) => ({ x: x + 5000, y: y - 700, day }))), {}, year)
      .summary.clusters
    const turned = run(incidentsOf(rows.toReversed()), {}, year).summary.clusters
    const more = [...rows, { x: 451_500, y: 301_500, day: 99 }]
    const mask = Uint8Array.from(more, (_, k) => (k < rows.length ? 1 : 0))
    const masked = run(incidentsOf(more, mask), {}, year).summary.clusters
    const reseeded = run(incidentsOf(rows), { seed: 2, permutations: 99 }, year).summary.clusters
    base.forEach((cluster, k) => {
      expect(moved[k]).toMatchObject({
        x: cluster.x + 5000,
        y: cluster.y - 700,
        statistic: cluster.statistic,
      })
      expect(turned[k].statistic).toBe(cluster.statistic)
      expect(masked[k].statistic).toBe(cluster.statistic)
      expect(reseeded[k].statistic).toBe(cluster.statistic)
    })
  })

  it('under chance alone p is spread evenly: a fifth of 60 scans is below 0.2, give or take', () => {
    let below = 0
    for (let seed = 1; seed <= 60; seed++) {
      const u = seededNumbers(1000 + 97 * seed, 240)
      const quiet = Array.from({ length: 80 }, (_, k) => ({
        x: Math.floor(u[3 * k] * 6) * 100,
        y: Math.floor(u[3 * k + 1] * 6) * 100,
        day: Math.floor(u[3 * k + 2] * 40),
      }))
      const { summary } = run(incidentsOf(quiet), { permutations: 49, maximumRadius: 250 }, daysFrom2024(40))
      if (summary.clusters[0].pValue <= 0.2) below++
    }
    // 12 expected, standard deviation 3.1.
    expect(below).toBeGreaterThan(2)
    expect(below).toBeLessThan(23)
  })

  it('clusters share no place, and come in order', () => {
    const { clusters } = run(incidentsOf(rows), { time: 'retrospective', clusters: 20 }, year).summary
    expect(clusters.length).toBeGreaterThan(5)
    clusters.forEach((a, k) => {
      expect(a.rank).toBe(k + 1)
      if (k > 0) expect(a.statistic).toBeLessThanOrEqual(clusters[k - 1].statistic)
      for (const b of clusters.slice(0, k)) expect(a.x === b.x && a.y === b.y).toBe(false)
    })
  })
})

describe('edges', () => {
  it('squares and hexagons gather places; a window of half the period at most', () => {
    const incidents = incidentsOf(town())
    const exact = run(incidents, { maximumSteps: 1000 }, daysFrom2024(100)).summary
    const square = run(incidents, { places: 'square', placeSize: 500 }, daysFrom2024(100)).summary
    const hexagon = run(incidents, { places: 'hexagon', placeSize: 300 }, daysFrom2024(100)).summary
    expect(exact.longestWindow).toBe(50)
    expect(square.places).toBeLessThanOrEqual(36)
    expect(square.clusters[0].x % 500).toBe(250)
    expect(hexagon.places).toBeLessThan(exact.places)
  })

  it('month-only incidents by calendar month; mixed with days they are left out', () => {
    const months = (from: string, at: readonly [number, number]): Row => ({ at, from, precision: 'snapped' })
    const rows: Row[] = []
    for (let month = 1; month <= 12; month++)
      for (let k = 0; k < 4; k++)
        rows.push(months(`2024-${String(month).padStart(2, '0')}`, [450_000 + k * 100, 300_000]))
    for (let k = 0; k < 10; k++) rows.push(months('2024-12', [450_000, 300_000]))
    const context = { period: { from: '2024-01-01', to: '2025-01-01' }, missingMonths: ['2024-05'] }
    const result = run(makeIncidents(rows), { step: 'month', maximumSteps: 3 }, context)
    expect(result.summary.steps).toBe(12)
    expect(result.summary.clusters[0]).toMatchObject({ x: 450_000, from: '2024-12-01', to: '2024-12-31' })
    expect(codes(result)).toEqual(expect.arrayContaining(['snapped', 'missing-months']))
    const days: Row[] = Array.from({ length: 20 }, (_, k) => ({
      at: [450_000 + (k % 5) * 100, 300_000],
      from: `2024-12-${String(1 + k).padStart(2, '0')}`,
    }))
    const mixed = run(makeIncidents([...rows, ...days]), {}, context)
    expect(mixed.summary.incidents).toBe(20)
    expect(codes(mixed)).toContain('month-only')
  })

  it('no place, no date, centre of an area: left out and told; every code is on the card', () => {
    const rows: Row[] = [
      ...Array.from(
        { length: 30 },
        (_, k): Row => ({ at: [450_000 + (k % 6) * 100, 300_000], from: dayLabel(k) }),
      ),
      { from: dayLabel(3) },
      { at: [450_000, 300_000] },
      { at: [450_000, 300_000], from: dayLabel(4), precision: 'area' },
      { at: [450_000, 300_000], from: '2023-01-01' },
    ]
    const result = run(makeIncidents(rows), {}, daysFrom2024(30))
    expect(result.summary.incidents).toBe(30)
    expect(codes(result)).toEqual(
      expect.arrayContaining(['unlocated', 'area-places', 'undated', 'outside-period', 'few-cases']),
    )
    for (const code of codes(result)) expect(Object.keys(scanSpaceTime.card.caveats)).toContain(code)
  })

  it('radius 0 looks at single places; every pair at its own place and day leaves no cluster', () => {
    const rows = Array.from({ length: 12 }, (_, k) => ({ x: 100 * k, y: 0, day: k }))
    const result = run(incidentsOf(rows), { maximumRadius: 0 }, daysFrom2024(12))
    expect(result.summary.clusters).toEqual([])
    expect(codes(result)).toContain('no-cluster')
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
  it('too few, one place, one step, months only, no period, one step in all', () => {
    const rows = town()
    const year = daysFrom2024(100)
    expect(refusal(() => run(incidentsOf(rows.slice(0, 9)), {}, year))).toBe('E-MTH-FEW')
    const together = rows.map(({ day }) => ({ x: 1, y: 1, day }))
    expect(refusal(() => run(incidentsOf(together), {}, year))).toBe('E-MTH-ONE-PLACE')
    const atOnce = rows.map(({ x, y }) => ({ x, y, day: 5 }))
    expect(refusal(() => run(incidentsOf(atOnce), {}, year))).toBe('E-MTH-ONE-STEP')
    const months: Row[] = rows.map(({ x, y }) => ({ at: [x, y], from: '2024-02' }))
    expect(refusal(() => run(makeIncidents(months), {}, year))).toBe('E-MTH-TIME')
    expect(refusal(() => run(makeIncidents([{ at: [1, 1] }]), {}, {}))).toBe('E-MTH-PERIOD')
    expect(refusal(() => run(incidentsOf(rows), { step: 'fourWeeks' }, daysFrom2024(40)))).toBe('E-MTH-STEPS')
    expect(refusal(() => run(incidentsOf(rows), { step: 'fourWeeks' }, daysFrom2024(20)))).toBe('E-MTH-STEPS')
  })
})
