import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accuracyCurve, areaUnderCurve, stepsWithin } from '#core/analysis/accuracy/accuracy-curve.ts'
import { densityAtCells } from '#core/analysis/accuracy/density-at-cells.ts'
import { hotspotAccuracy } from '#core/analysis/accuracy/hotspot-accuracy.ts'
import { splitByDate } from '#core/analysis/accuracy/split-by-date.ts'
import { cellX, cellY, gridOver } from '#core/analysis/space/grid.ts'
import type { Context } from '#core/contract/method.ts'
import type { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { clock, makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings, testshire } from '../space/small-study.ts'

const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/concentration/expected.json', import.meta.url), 'utf8'),
)
const curveOf = (predicted: number[], observed: number[], area = predicted.map(() => 1)) =>
  accuracyCurve(Float64Array.from(predicted), observed, predicted, Float64Array.from(area))
/** PAI and PEI after each unit. */
function indices(predicted: number[], observed: number[], area?: number[]) {
  const curve = curveOf(predicted, observed, area)
  const last = predicted.length - 1
  return Array.from(curve.hits, (hits, k) => ({
    pai: hits / curve.hits[last] / (curve.area[k] / curve.area[last]),
    pei: hits / curve.bestHits[k],
    hits,
    area: curve.area[k] / curve.area[last],
  }))
}

const u = seededNumbers(812_345, 900)
const v = seededNumbers(77_123_457, 900)
/** Half in two lasting spots, half anywhere, over 2022 and 2023. */
const rows: Row[] = Array.from({ length: 400 }, (_, i) => ({
  at: i % 2 === 0 ? [451_000 + (i % 4) * 350, 301_000] : [450_300 + u[i] * 3400, 300_300 + v[i] * 3400],
  from: `202${2 + (i % 3 === 0 ? 1 : 0)}-${String((i % 12) + 1).padStart(2, '0')}-10`,
}))
const run = (
  changed: Parameters<typeof settings<typeof hotspotAccuracy.card.parameters>>[1] = {},
  context: Context = testshire,
  incidents = makeIncidents(rows),
) => hotspotAccuracy.run(incidents, settings(hotspotAccuracy, changed), context, patient)

describe('published', () => {
  it('the toy table of ptools: PAI 2, 1.5, 1; PEI 1; predicted over observed', () => {
    const found = indices([3, 2, 1], [6, 3, 0])
    expect(found.map(({ pai }) => pai)).toEqual([2, 1.5, 1])
    expect(found.map(({ pei }) => pei)).toEqual([1, 1, 1])
    const curve = curveOf([3, 2, 1], [6, 3, 0])
    const rri = Array.from(curve.predicted, (predicted, k) => predicted / curve.hits[k])
    rri.forEach((each, k) => {
      expect(each).toBeCloseTo([3 / 6, 5 / 9, 6 / 9][k], 14)
    })
    expectAgreement({
      method: 'hotspotAccuracy',
      peer: 'ptools (R)',
      version: 'commit 452197a',
      data: 'Toy table of its tests: PAI, PEI and predicted over observed, largest absolute difference',
      largestDifference: Math.max(
        ...found.map(({ pai }, k) => Math.abs(pai - [2, 1.5, 1][k])),
        ...rri.map((each, k) => Math.abs(each - [3 / 6, 5 / 9, 6 / 9][k])),
      ),
      tolerance: 1e-12,
    })
  })
})

describe('oracle', () => {
  it('thirty units of unequal area, by slices', () => {
    const { predicted, observed, area, rows: expected } = oracle.accuracy
    let largest = 0
    indices(predicted, observed, area).forEach((found, k) => {
      for (const name of ['area', 'hits', 'pai'] as const)
        largest = Math.max(largest, Math.abs(found[name] - expected[k][name]))
      if (expected[k].pei !== null) largest = Math.max(largest, Math.abs(found.pei - expected[k].pei))
    })
    expectAgreement({
      method: 'hotspotAccuracy',
      peer: 'numpy',
      version: oracle.versions.numpy,
      data: 'Hits, PAI and PEI at each of thirty units of unequal area, absolute difference',
      largestDifference: largest,
      tolerance: 1e-12,
    })
  })
})

describe('brute force', () => {
  it('ties: the mean, the worst and the best of every order', () => {
    const orders = (units: number[]): number[][] =>
      units.length === 0
        ? [[]]
        : units.flatMap((unit) =>
            orders(units.filter((other) => other !== unit)).map((rest) => [unit, ...rest]),
          )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 4 })), {
          minLength: 1,
          maxLength: 5,
        }),
        (units) => {
          const [predicted, observed] = [0, 1].map((k) => units.map((unit) => unit[k]))
          const curve = curveOf(predicted, observed)
          const allowed = orders([...units.keys()]).filter((order) =>
            order.every((unit, k) => k === 0 || predicted[order[k - 1]] >= predicted[unit]),
          )
          for (let k = 0; k < units.length; k++) {
            const caught = allowed.map((order) =>
              order.slice(0, k + 1).reduce((sum, unit) => sum + observed[unit], 0),
            )
            expect(curve.hits[k]).toBeCloseTo(caught.reduce((a, b) => a + b, 0) / caught.length, 10)
            expect(curve.hitsLow[k]).toBe(Math.min(...caught))
            expect(curve.hitsHigh[k]).toBe(Math.max(...caught))
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  it('density at cells, hexagons and squares, by the formula', () => {
    for (const shape of ['hexagon', 'square'] as const) {
      const grid = gridOver([450_000, 300_000, 452_000, 302_000], shape, 170)
      const x = Float64Array.from({ length: 40 }, (_, i) => 450_000 + 2000 * u[i])
      const y = Float64Array.from({ length: 40 }, (_, i) => 300_000 + 2000 * v[i])
      x[3] = Number.NaN
      const mask = Uint8Array.from(x, (_, i) => (i === 7 ? 0 : 1))
      const found = densityAtCells(x, y, mask, grid, 430, patient)
      found.forEach((density, cell) => {
        let expected = 0
        for (let i = 0; i < x.length; i++) {
          const d = Math.hypot(x[i] - cellX(grid, cell), y[i] - cellY(grid, cell))
          if (mask[i] === 1 && d < 430) expected += (3 / (Math.PI * 0.43 ** 2)) * (1 - (d / 430) ** 2) ** 2
        }
        expect(density).toBeCloseTo(expected, 8)
      })
    }
  })

  it('the whole method, by filtering', () => {
    const cell = ({ at }: Row) => `${Math.floor(at![0] / 500)} ${Math.floor(at![1] / 500)}`
    const tally = (year: string) => {
      const counts = new Map<string, number>()
      for (const row of rows.filter(({ from }) => from!.startsWith(year)))
        counts.set(cell(row), (counts.get(cell(row)) ?? 0) + 1)
      return counts
    }
    const [earlier, later] = [tally('2022'), tally('2023')]
    const sorted = [...earlier].sort((a, b) => b[1] - a[1])
    // As many of the fullest as are no matter of chance: the next holds fewer.
    const k = sorted.findIndex(([, count], at) => at >= 4 && count < sorted[at - 1][1])
    const { summary, columns } = run({
      splitDate: '2023-01-01',
      shape: 'square',
      cellSize: 500,
      shares: [(100 * k) / 64],
    })
    expect(summary.units).toBe(64)
    const hits = sorted.slice(0, k).reduce((sum, [key]) => sum + (later.get(key) ?? 0), 0)
    const [row] = summary.rows
    expect(row.units).toBe(k)
    expect(row.hits).toBeCloseTo(hits, 9)
    expect(row.pai).toBeCloseTo(hits / summary.laterIncidents / (k / 64), 9)
    const best = [...later.values()]
      .sort((a, b) => b - a)
      .slice(0, k)
      .reduce((a, b) => a + b, 0)
    expect(row.pei).toBeCloseTo(hits / best, 9)
    const before = sorted.slice(0, k).reduce((sum, [, count]) => sum + count, 0)
    expect(row.recaptureRateIndex).toBeCloseTo(
      hits / before / (summary.laterIncidents / summary.earlierIncidents),
      9,
    )
    expect(row.relativeRiskIndex).toBeCloseTo(
      before / summary.earlierIncidents / (hits / summary.laterIncidents),
      9,
    )
    expect((columns.observed as Uint32Array).reduce((a, b) => a + b, 0)).toBe(summary.laterIncidents)
  })
})

describe('properties', () => {
  it('the whole area catches all; no order beats the best; a perfect order is the best', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
          minLength: 2,
          maxLength: 25,
        }),
        (units) => {
          const [predicted, observed] = [0, 1].map((k) => units.map((unit) => unit[k]))
          fc.pre(observed.some((count) => count > 0))
          const curve = curveOf(predicted, observed)
          expect(curve.hits.at(-1)).toBeCloseTo(
            observed.reduce((a, b) => a + b, 0),
            9,
          )
          curve.hitsHigh.forEach((hits, k) => {
            expect(hits).toBeLessThanOrEqual(curve.bestHits[k] + 1e-9)
            expect(curve.hitsLow[k]).toBeLessThanOrEqual(curve.hits[k] + 1e-9)
          })
          const perfect = curveOf(observed, observed)
          perfect.hits.forEach((hits, k) => {
            expect(hits).toBeCloseTo(perfect.bestHits[k], 9)
          })
          expect(areaUnderCurve(curve, curve.hits)).toBeLessThanOrEqual(
            areaUnderCurve(curve, curve.bestHits) + 1e-9,
          )
        },
      ),
    )
  })

  it('lasting spots are found by each rule, better than chance; rows in another order change nothing', () => {
    for (const predictor of ['count', 'neighbours', 'density']) {
      const { summary } = run({ predictor, splitDate: '2023-01-01' })
      expect(summary.areaUnderCurve).toBeGreaterThan(0.6)
      expect(summary.rows[3].pai).toBeGreaterThan(4)
      expect(summary.rows[3].pei).toBeLessThanOrEqual(1 + 1e-12)
    }
    const turned = run({ predictor: 'count' }, testshire, makeIncidents(rows.toReversed()))
    expect(turned).toEqual(run())
  })

  it('nothing known beforehand: every unit is as good, PAI 1 and area under the curve one half', () => {
    const curve = curveOf([0, 0, 0, 0], [5, 0, 1, 2])
    expect(areaUnderCurve(curve, curve.hits)).toBeCloseTo(0.5, 12)
    expect(indices([0, 0, 0, 0], [5, 0, 1, 2]).map(({ pai }) => pai)).toEqual([1, 1, 1, 1])
  })
})

describe('edges', () => {
  it('blank date: the first of the month nearest the middle; its first minute is later', () => {
    const incidents = makeIncidents([
      { at: [1, 1], from: '2022-01-05' },
      { at: [1, 1], from: '2022-06-30 23:59' },
      { at: [1, 1], from: '2022-07-01 00:00' },
      { at: [1, 1], from: '2022-12-05' },
      { at: [1, 1] },
    ])
    const split = splitByDate(incidents, incidents.mask, { splitDate: '', untilDate: '' }, nothingKnown)
    expect(split.split).toBe(clock('2022-07-01'))
    expect([...split.before]).toEqual([1, 1, 0, 0, 0])
    expect([...split.after]).toEqual([0, 0, 1, 1, 0])
    expect(split.beforeLabel).toBe('2022-01-01 to 2022-06-30')
    expect(split.caveats.map(({ code }) => code)).toEqual(['undated'])
    const until = { splitDate: '2022-06-01', untilDate: '2022-12-01' }
    expect([...splitByDate(incidents, incidents.mask, until, nothingKnown).after]).toEqual([0, 1, 1, 0, 0])
  })

  it('missing months are said', () => {
    const { caveats } = run(
      {},
      { ...testshire, missingMonths: ['2022-03', '2010-01'], partialMonths: ['2022-04'] },
    )
    expect(caveats.find(({ code }) => code === 'months-missing')!.text).toContain('2022-03 to 2022-04')
  })

  it('a cut within a tie, few scored: said, with the range; too small a share: NaN', () => {
    const few = makeIncidents(rows.slice(0, 60))
    const { summary, caveats } = run({ shares: [0.1, 10] }, testshire, few)
    expect(caveats.map(({ code }) => code)).toEqual(expect.arrayContaining(['accuracy-few', 'accuracy-ties']))
    expect(summary.rows[0].units).toBe(0)
    expect(summary.rows[0].pai).toBeNaN()
    expect(summary.rows[1].paiLow).toBeLessThan(summary.rows[1].pai)
    expect(summary.rows[1].paiHigh).toBeGreaterThan(summary.rows[1].pai)
    expect(summary.rows[1].tiedAtCut).toBeGreaterThan(1)
    for (const { code } of caveats) expect(Object.keys(hotspotAccuracy.card.caveats)).toContain(code)
  })

  it('another selection, with and without a date; what is in both is said', () => {
    const selections = { other: Uint8Array.from(rows, (_, i) => (i < 200 ? 1 : 0)) }
    const other = { clauses: [] }
    const whole = run({ other }, { ...testshire, selections })
    expect(whole.summary.earlierIncidents).toBeLessThanOrEqual(200)
    expect(whole.summary.laterIncidents).toBeGreaterThan(390)
    expect(whole.caveats.map(({ code }) => code)).toContain('accuracy-overlap')
    const dated = run({ other, splitDate: '2023-01-01' }, { ...testshire, selections })
    expect(dated.caveats.map(({ code }) => code)).not.toContain('accuracy-overlap')
    expect(dated.summary.earlierIncidents).toBeLessThan(whole.summary.earlierIncidents)
  })

  it('places: shares of their number, no area', () => {
    const { summary, caveats } = run({ units: 'places', shares: [1, 20] })
    expect(summary.areaKm2).toBeNaN()
    expect(summary.grid).toBeNull()
    expect(caveats.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['accuracy-places', 'places-occupied']),
    )
    expect(summary.rows[0].pai).toBeGreaterThan(10)
  })

  it('steps within an area count a sum that rounding made a hair too large', () => {
    const curve = curveOf([3, 2, 1], [1, 1, 1], [0.1, 0.2, 0.7])
    expect(stepsWithin(curve, 0.3)).toBe(2)
    expect(stepsWithin(curve, 0.05)).toBe(0)
    expect(stepsWithin(curve, 1)).toBe(3)
  })
})

describe('refuses', () => {
  const refusal = (...given: Parameters<typeof run>): string => {
    try {
      run(...given)
    } catch (error) {
      return (error as InputError).code
    }
    return 'accepted'
  }
  it('a split outside the period or within month-only data; nothing to score; neighbours of places', () => {
    expect(refusal({ splitDate: '2030-01-01' })).toBe('E-MTH-SPLIT')
    expect(refusal({ splitDate: '2022-06-01', untilDate: '2022-05-01' })).toBe('E-MTH-SPLIT')
    const monthly = makeIncidents(rows.map((row) => ({ ...row, from: row.from!.slice(0, 7) })))
    expect(refusal({ splitDate: '2022-06-15' }, testshire, monthly)).toBe('E-MTH-MONTHS')
    expect(refusal({ splitDate: '2022-06-01' }, testshire, monthly)).toBe('accepted')
    expect(refusal({ units: 'places', predictor: 'density' })).toBe('E-MTH-PREDICTOR')
    const early = makeIncidents(rows.filter(({ from }) => from! < '2022-03'))
    const period = { from: '2022-01-01', to: '2023-01-01' }
    expect(refusal({}, { ...testshire, period }, early)).toBe('E-MTH-FEW')
    expect(refusal({}, testshire, makeIncidents([{ at: [450_300, 300_300] }]))).toBe('E-MTH-PERIOD')
  })
})
