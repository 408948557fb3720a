import { describe, expect, it } from 'vitest'
import { density } from '#core/analysis/density/density.ts'
import { dualDensity } from '#core/analysis/density/dual-density.ts'
import { kernelPeak } from '#core/analysis/density/kernels.ts'
import { countExceedances, drawWith, drawWithout } from '#core/analysis/density/relabelling.ts'
import { randomOf } from '#core/analysis/support/random.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, twoDistricts } from '../space/small-study.ts'
import { gridOf, obviousKernel, rescueArea, spatstatOracle, squareIncidents } from './surface-helpers.ts'

/** Rows of the first selection, then of the other. */
function split(first: readonly Row[], other: readonly Row[]): { incidents: Incidents; baseline: Uint8Array } {
  const all = makeIncidents([...first, ...other])
  const mask = Uint8Array.from({ length: all.length }, (_, i) => (i < first.length ? 1 : 0))
  return { incidents: { ...all, mask }, baseline: mask.map((bit) => 1 - bit) }
}

const scattered = (seed: number, n: number, west = 450_000, metres = 4000): Row[] => {
  const u = seededNumbers(seed, 2 * n)
  return Array.from({ length: n }, (_, i): Row => ({ at: [west + u[i] * metres, 300_000 + u[n + i] * 4000] }))
}

const run = (
  { incidents, baseline }: { incidents: Incidents; baseline: Uint8Array },
  changed: object = {},
  context: Context = { studyArea: twoDistricts },
) =>
  dualDensity.run(
    incidents,
    settings(dualDensity, { bandwidth: 600, cellSize: 200, ...changed }),
    { ...context, selections: { baseline } },
    patient,
  )
const column = (result: ReturnType<typeof run>, name: string) => result.columns[name] as Float64Array

describe('published', () => {
  it('the same incidents on both sides: relative risk 1 everywhere; twice as many: ratio 2', () => {
    const rows = scattered(1, 200)
    const same = split([...rows, ...rows], rows)
    const risk = column(run(same), 'value').filter((value) => !Number.isNaN(value))
    expect(risk.length).toBeGreaterThan(100)
    for (const value of risk) expect(value).toBeCloseTo(1, 12)
    for (const value of column(run(same, { measure: 'ratio' }), 'value'))
      if (!Number.isNaN(value)) expect(value).toBeCloseTo(2, 12)
    for (const value of column(run(same, { measure: 'logRatio' }), 'value'))
      if (!Number.isNaN(value)) expect(value).toBeCloseTo(Math.LN2, 12)
    const peak = Math.max(...column(run(same), 'base'))
    for (const value of column(run(same, { measure: 'excess' }), 'value'))
      expect(Math.abs(value)).toBeLessThan(1e-12 * peak)
  })
})

describe('oracle', () => {
  it('spatstat relrisk: cats against other animals rescued in London', () => {
    const all = squareIncidents()
    const { codes, words } = all.dictionaries.offence
    const mask = Uint8Array.from(codes, (code) => (words[code] === 'Cat' ? 1 : 0))
    const result = run(
      { incidents: { ...all, mask }, baseline: mask.map((bit) => 1 - bit) },
      { measure: 'ratio', bandwidth: spatstatOracle.radius, cellSize: 100, minimumBase: 0.5 },
      { studyArea: rescueArea },
    )
    const at = new Map(Array.from(result.columns.cell as Int32Array, (cell, row) => [cell, row]))
    let worst = 0
    let compared = 0
    spatstatOracle.risk.forEach((theirs, k) => {
      const row = at.get(spatstatOracle.pick[k])
      const ours = row === undefined ? Number.NaN : column(result, 'value')[row]
      if (Number.isNaN(ours)) return
      worst = Math.max(worst, Math.abs(ours - theirs!))
      compared++
    })
    expect(compared).toBeGreaterThan(30)
    expectAgreement({
      method: 'dualDensity',
      peer: 'spatstat relrisk',
      version: 'spatstat.explore 3.0-6',
      data: '895 animal rescues, London: ratio of cats to others, quartic kernel, where the base is at least half an incident; absolute',
      largestDifference: worst,
      tolerance: 1e-9,
    })
  })
})

describe('brute force', () => {
  it('each comparison from the two surfaces; undefined below the floor', () => {
    const both = split(scattered(11, 150), scattered(13, 120, 451_000, 2500))
    const surface = (mask: Uint8Array) =>
      density.run(
        { ...both.incidents, mask },
        settings(density, { bandwidth: 600, cellSize: 200 }),
        { studyArea: twoDistricts },
        patient,
      ).columns.density as Float64Array
    const a = surface(both.incidents.mask)
    const b = surface(both.baseline)
    const inside = Array.from(a.keys()).filter((cell) => !Number.isNaN(a[cell]))
    const [sumA, sumB] = [a, b].map((values) => inside.reduce((sum, cell) => sum + values[cell], 0))
    const obvious: Record<string, (cell: number) => number> = {
      ratio: (cell) => a[cell] / b[cell],
      logRatio: (cell) => Math.log(a[cell] / b[cell]),
      relativeRisk: (cell) => a[cell] / sumA / (b[cell] / sumB),
      logRelativeRisk: (cell) => Math.log(a[cell] / sumA / (b[cell] / sumB)),
      difference: (cell) => a[cell] - b[cell],
      excess: (cell) => a[cell] - (b[cell] * sumA) / sumB,
    }
    for (const [measure, expected] of Object.entries(obvious)) {
      const result = run(both, { measure, minimumBase: 3 })
      expect([...(result.columns.cell as Int32Array)]).toEqual(inside)
      const values = column(result, 'value')
      let undefinedCells = 0
      inside.forEach((cell, row) => {
        const divides = measure !== 'difference' && measure !== 'excess'
        const under = b[cell] / (kernelPeak('quartic', 600) * 1e6)
        if (divides && (under < 3 || (measure.startsWith('log') && a[cell] === 0))) {
          expect(values[row]).toBeNaN()
          undefinedCells++
        } else
          expect(Math.abs(values[row] - expected(cell))).toBeLessThanOrEqual(
            1e-9 * (1 + Math.abs(expected(cell))),
          )
      })
      expect(result.summary.defined).toBe(inside.length - undefinedCells)
      expect(result.summary.overall).toBeCloseTo(sumA / sumB, 12)
    }
  })

  it('exceedances counted draw by draw', () => {
    const grid = gridOf(6, 5, 100)
    const u = seededNumbers(3, 24)
    const places = Float64Array.from(u, (value, k) => value * (k % 2 === 0 ? 6 : 5) - 0.5)
    const h = 250
    const value = (times: Uint32Array, cell: number): number => {
      let sum = 0
      for (let i = 0; i < 12; i++) {
        const d = 100 * Math.hypot((cell % 6) - places[2 * i], Math.floor(cell / 6) - places[2 * i + 1])
        sum += times[i] * obviousKernel('quartic', h, d) * 1e6
      }
      return sum
    }
    const chosen = Uint32Array.from({ length: 12 }, (_, i) => (i < 5 ? 1 : 0))
    const observed = Float64Array.from({ length: 30 }, (_, cell) => value(chosen, cell))
    const running = Float64Array.from({ length: 12 }, (_, i) => ((i + 1) * (i + 2)) / 2)
    for (const weights of [null, running]) {
      const counts = countExceedances(
        { places, running: weights, draw: 5 },
        grid,
        'quartic',
        h,
        observed,
        Math.max(...observed),
        7,
        3,
        43,
        patient,
      )
      for (let cell = 0; cell < 30; cell++) {
        let [atLeast, atMost] = [0, 0]
        for (let permutation = 3; permutation < 43; permutation++) {
          const times = new Uint32Array(12)
          if (weights === null) drawWithout(times, new Int32Array(12), 5, randomOf(7, permutation))
          else drawWith(times, weights, 5, randomOf(7, permutation))
          expect(times.reduce((sum, drawn) => sum + drawn, 0)).toBe(5)
          const drawn = value(times, cell)
          const tie = 1e-9 * Math.max(...observed)
          if (drawn >= observed[cell] - tie) atLeast++
          if (drawn <= observed[cell] + tie) atMost++
        }
        expect([counts.atLeast[cell], counts.atMost[cell]]).toEqual([atLeast, atMost])
      }
    }
  })

  it('draws: each place as often as it should be', () => {
    const without = new Float64Array(10)
    const weighted = new Float64Array(4)
    const running = Float64Array.from([1, 1, 4, 10])
    for (let index = 0; index < 20_000; index++) {
      const times = new Uint32Array(10)
      drawWithout(times, new Int32Array(10), 3, randomOf(1, index))
      times.forEach((drawn, i) => {
        expect(drawn).toBeLessThan(2)
        without[i] += drawn
      })
      const four = new Uint32Array(4)
      drawWith(four, running, 1, randomOf(2, index))
      four.forEach((drawn, i) => {
        weighted[i] += drawn
      })
    }
    for (const drawn of without) expect(drawn / 20_000).toBeCloseTo(0.3, 1)
    ;[0.1, 0, 0.3, 0.6].forEach((share, i) => {
      expect(weighted[i] / 20_000).toBeCloseTo(share, 1)
    })
    expect(weighted[1]).toBe(0)
  })
})

describe('properties', () => {
  it('one incident of n drawn: p is exact up to the number of permutations', () => {
    // All n places stand apart, further than the kernel reaches: the chance to be drawn is 1 in n.
    const apart = Array.from(
      { length: 8 },
      (_, i): Row => ({ at: [450_300 + (i % 3) * 1300, 300_300 + Math.floor(i / 3) * 1300] }),
    )
    const result = run(split(apart.slice(0, 1), apart.slice(1)), {
      measure: 'difference',
      bandwidth: 500,
      permutations: 999,
    })
    const highest = column(result, 'density').indexOf(Math.max(...column(result, 'density')))
    expect(Math.abs(column(result, 'pValue')[highest] - 2 / 8)).toBeLessThan(0.06)
    expect(result.summary.alternative).toBe('two-sided')
  })

  it('a true difference is found, none is not; p does not depend on the comparison', () => {
    const cluster = Array.from(
      { length: 60 },
      (_, i): Row => ({ at: [451_000 + (i % 8) * 20, 303_000 + i * 3] }),
    )
    const changed = split([...scattered(21, 200), ...cluster], scattered(23, 260))
    const found = run(changed, { permutations: 999 })
    expect(found.summary.higher).toBeGreaterThan(5)
    expect(found.summary.tested).toBeGreaterThan(200)
    expect(found.caveats.map(({ code }) => code)).toContain('dual-tests')
    const best = column(found, 'value').indexOf(found.summary.maximum)
    expect(column(found, 'pValue')[best]).toBe(2 / 1000)
    const other = run(changed, { permutations: 999, measure: 'logRatio' })
    column(other, 'pValue').forEach((p, row) => {
      if (!Number.isNaN(p)) expect(p).toBe(column(found, 'pValue')[row])
    })
    const unchanged = run(split(scattered(25, 250), scattered(27, 250)), { permutations: 199 })
    expect(unchanged.summary.higher + unchanged.summary.lower).toBe(0)
    const tested = column(unchanged, 'pValue').filter((p) => !Number.isNaN(p))
    const mean = tested.reduce((sum, p) => sum + p, 0) / tested.length
    expect(mean).toBeGreaterThan(0.3)
    expect(mean).toBeLessThan(0.75)
  })

  it('parts in any order within their stage, the first stage lost or not: the same', () => {
    const both = split(scattered(31, 120), scattered(33, 160))
    const params = settings(dualDensity, { bandwidth: 600, cellSize: 200, permutations: 37 })
    const context = { studyArea: twoDistricts, selections: { baseline: both.baseline } }
    const whole = dualDensity.run(both.incidents, params, context, patient)
    const { begin, part, finish } = dualDensity.shares!
    const { state, parts } = begin(both.incidents, params, context, patient)
    const stage = (state as { done: Int32Array }).done.length
    const found: unknown[] = []
    for (let index = stage - 1; index >= 0; index--) {
      part(state, index, patient)
      found[index] = part(state, index, patient)
    }
    for (let index = parts - 1; index >= stage; index--) found[index] = part(state, index, patient)
    const shared = finish(state, found, both.incidents, params, context, patient)
    expect(shared).toEqual(whole)
  })

  it('a first selection that is part of the base is drawn from the base', () => {
    const all = makeIncidents(scattered(41, 300))
    const mask = Uint8Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? 1 : 0))
    const baseline = new Uint8Array(300).fill(1)
    const result = run({ incidents: { ...all, mask }, baseline }, { permutations: 99, measure: 'ratio' })
    expect(result.summary.maximum).toBeLessThanOrEqual(1 + 1e-12)
    expect(result.caveats.map(({ code }) => code)).toContain('dual-overlap')
    const p = column(result, 'pValue').filter((value) => !Number.isNaN(value))
    expect(p.length).toBeGreaterThan(100)
  })
})

describe('edges', () => {
  it('where the base is nothing the ratio is undefined, whatever the floor; few incidents are told', () => {
    const result = run(split([{ at: [450_500, 300_500] }], [{ at: [453_500, 303_500] }]), {
      minimumBase: 0,
      measure: 'ratio',
    })
    const values = column(result, 'value')
    expect(values.every((value) => Number.isNaN(value) || Number.isFinite(value))).toBe(true)
    expect(result.summary.maximum).toBe(0)
    expect(result.caveats.map(({ code }) => code)).toEqual([
      'few-incidents',
      'dual-undefined',
      'dual-few',
      'dual-untested',
    ])
  })

  it('exactly the floor is enough', () => {
    const at: Row = { at: [450_100, 300_100] }
    const result = run(split([at], [at, at, at]), { minimumBase: 3, measure: 'ratio' })
    expect(result.summary.defined).toBe(1)
    expect(column(result, 'value')[0]).toBeCloseTo(1 / 3, 12)
  })
})

describe('refuses', () => {
  const refusal = (make: () => unknown): string => {
    try {
      make()
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'accepted'
  }
  it('nothing or two things to compare with, none in reach, overlaps, grids too fine to test', () => {
    const both = split(scattered(61, 40), scattered(63, 40))
    const params = settings(dualDensity, { bandwidth: 400 })
    expect(refusal(() => dualDensity.run(both.incidents, params, { studyArea: twoDistricts }, patient))).toBe(
      'E-MTH-BASELINE',
    )
    const layers = { population: { name: 'W', shapes: [] } }
    expect(
      refusal(() =>
        dualDensity.run(both.incidents, params, { layers, selections: { baseline: both.baseline } }, patient),
      ),
    ).toBe('E-MTH-BASELINE')
    expect(refusal(() => run(split(scattered(61, 4), [{ at: [480_000, 300_000] }])))).toBe('E-MTH-FEW')
    expect(refusal(() => run(split([{}], scattered(61, 4))))).toBe('E-MTH-FEW')
    const partly = both.baseline.slice()
    partly[0] = 1
    expect(refusal(() => run({ incidents: both.incidents, baseline: partly }))).toBe('accepted')
    expect(refusal(() => run({ incidents: both.incidents, baseline: partly }, { permutations: 9 }))).toBe(
      'E-MTH-OVERLAP',
    )
    const wide = {
      studyArea: {
        name: 'W',
        areas: [{ code: 'W', name: 'W', rings: [rectangle(450_000, 300_000, 500_000, 350_000)] }],
      },
    }
    expect(refusal(() => run(both, { permutations: 9, cellSize: 25 }, wide))).toBe('E-MTH-SIZE')
  })
})
