import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignPatrols } from '#core/analysis/evaluate/assign-patrols.ts'
import { crossover } from '#core/analysis/evaluate/crossover.ts'
import { rateRatio } from '#core/analysis/evaluate/rate-ratio.ts'
import type { Context } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import { layerOf, refusal } from './small-places.ts'

const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/evaluate-ratios/expected.json', import.meta.url), 'utf8'),
) as {
  R: string
  ratios: {
    y: number
    n: number
    yc: number
    nc: number
    level: number
    ratio: number
    low: number
    high: number
    p: number
  }[]
}

/** The set of spots drawn on a day. */
function drawn(seed: number, day: number, spots: number, perDay: number, permutation = 0): number[] {
  const patrolled = new Uint8Array(spots)
  assignPatrols(seed, day, perDay, permutation, new Int32Array(spots), patrolled)
  return [...patrolled]
}

const SPOTS = 6
const boxes = Array.from({ length: SPOTS }, (_, k) => [k * 1000, 0, k * 1000 + 200, 200] as const)
const context: Context = { layers: { treated: layerOf('S', ...boxes) }, missingMonths: [] }
const trial = {
  from: '2024-01-01',
  to: '2024-03-01',
  seed: 7,
  perDay: 3,
  dayStart: 6,
  permutations: 999,
} as const
const dayOf = (day: number): string => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)
const at = (spot: number, day: number, hour = '12:00'): Row => ({
  at: [450_100 + spot * 1000, 300_100],
  from: `${dayOf(day)} ${hour}`,
})
const run = (rows: readonly Row[], changed = {}, given: Context = context) =>
  crossover.run(makeIncidents(rows), settings(crossover, { ...trial, ...changed }), given, patient)

/** Four incidents a day on each spot left alone, one on each patrolled. */
const working: Row[] = Array.from({ length: 60 }, (_, day) =>
  drawn(7, day, SPOTS, 3).flatMap((patrolled, spot) =>
    Array.from({ length: patrolled ? 1 : 4 }, () => at(spot, day)),
  ),
).flat()

describe('published', () => {
  it('the example of R poisson.test: 11 in 800 against 21 in 3,011', () => {
    const found = rateRatio(11, 800, 21, 3011, 0.05)
    expect(found.ratio).toBeCloseTo(1.971488095, 9)
    expect(found.low).toBeCloseTo(0.8584264034, 9)
    expect(found.high).toBeCloseTo(4.2772659437, 9)
    expect(found.pValue).toBeCloseTo(0.07966863, 8)
  })
})

describe('oracle', () => {
  it('ratio, exact interval and p as R poisson.test', () => {
    let largest = 0
    for (const each of oracle.ratios) {
      const found = rateRatio(each.y, each.n, each.yc, each.nc, 1 - each.level)
      for (const [a, b] of [
        [found.ratio, each.ratio],
        [found.low, each.low],
        [found.high, each.high],
        [found.pValue, each.p],
      ])
        largest = Math.max(largest, b === 0 ? Math.abs(a) : Math.abs(a - b) / b)
    }
    expectAgreement({
      method: 'crossover',
      peer: 'R poisson.test',
      version: oracle.R,
      data: 'Seven pairs of counts and exposures: ratio, exact interval and p, relative',
      largestDifference: largest,
      tolerance: 1e-9,
    })
  })
})

describe('brute force', () => {
  it('each day draws so many spots; every set is drawn about equally often; each permutation is another', () => {
    const seen = new Map<string, number>()
    for (let day = 0; day < 4000; day++) {
      const set = drawn(3, day, 5, 2)
      expect(set.reduce((sum, each) => sum + each, 0)).toBe(2)
      seen.set(set.join(''), (seen.get(set.join('')) ?? 0) + 1)
    }
    expect(seen.size).toBe(10)
    // χ² with 9 degrees of freedom: 27.9 is passed once in a thousand.
    expect([...seen.values()].reduce((sum, n) => sum + (n - 400) ** 2 / 400, 0)).toBeLessThan(27.9)
    const plan = (permutation: number) =>
      Array.from({ length: 30 }, (_, day) => drawn(3, day, 5, 2, permutation).join('')).join()
    expect(new Set([0, 1, 2, 3].map(plan)).size).toBe(4)
  })

  it('counts by day and spot, one by one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 59 })), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.integer({ min: 1, max: 5 }),
        (places, perDay) => {
          const { summary } = run([at(0, 0), at(0, 59), ...places.map(([spot, day]) => at(spot, day))], {
            perDay,
            permutations: 99,
          })
          const expected = [[0, 0], [0, 59], ...places].reduce(
            (sum, [spot, day]) => sum + drawn(7, day, SPOTS, perDay)[spot],
            0,
          )
          expect(summary.patrolDays).toEqual({ spotDays: perDay * 60, incidents: expected })
          expect(summary.otherDays).toEqual({
            spotDays: (SPOTS - perDay) * 60,
            incidents: places.length + 2 - expected,
          })
        },
      ),
      { numRuns: 40 },
    )
  })

  it('p of the draw is that of the hypergeometric where every incident has its own day', () => {
    // 40 incidents on 40 days: on patrol days with chance 1/2 each, whatever the plan.
    const alone = Array.from({ length: 40 }, (_, day) => at(day % SPOTS, day))
    const { summary } = run([...alone, at(0, 59)], { permutations: 9999 })
    const n = 41
    const own = summary.patrolDays.incidents
    const term = (k: number): number => {
      let p = 0.5 ** n
      for (let i = 1; i <= k; i++) p *= (n - k + i) / i
      return p
    }
    const tail = (from: number, to: number): number => {
      let sum = 0
      for (let k = from; k <= to; k++) sum += term(k)
      return sum
    }
    expect(summary.permutationP).toBeCloseTo(Math.min(1, 2 * Math.min(tail(0, own), tail(own, n))), 1)
  })
})

describe('properties', () => {
  it('an effect is seen, its reverse too, and rows or shapes in another order change nothing', () => {
    const { summary, columns, caveats } = run(working)
    expect(summary.ratio.ratio).toBeCloseTo(0.25, 12)
    expect(summary.permutationP).toBe(0.002)
    expect(summary.sentence).toMatch(/0\.25 times .*rarely give/)
    expect([...(columns.patrolDays as Int32Array)].reduce((sum, each) => sum + each, 0)).toBe(180)
    expect([...(columns.onOtherDays as Int32Array)].reduce((sum, each) => sum + each, 0)).toBe(720)
    expect(caveats).toEqual([expect.objectContaining({ code: 'last-hours' })])
    const turned: Context = {
      ...context,
      layers: { treated: { name: 'S', shapes: context.layers!.treated.shapes.toReversed() } },
    }
    expect(run(working.toReversed(), {}, turned).summary).toEqual(summary)
    expect(run(working, { seed: 8 }).summary.ratio.ratio).toBeGreaterThan(0.5)
  })

  it('parts in order give what the run gives', () => {
    const incidents = makeIncidents(working)
    const params = settings(crossover, trial)
    const { state, parts } = crossover.shares!.begin(incidents, params, context, patient)
    expect(parts).toBe(20)
    const done = Array.from({ length: parts }, (_, k) =>
      crossover.shares!.part(state, parts - 1 - k, patient),
    ).reverse()
    const found = crossover.shares!.finish(state, done, incidents, params, context, patient)
    expect(found).toEqual(crossover.run(incidents, params, context, patient))
  })
})

describe('edges', () => {
  it('05:59 belongs to the day before, 06:00 to the new day, the hours before the first day to none', () => {
    const night = (hour: string, day: number) => run([...working, at(2, day, hour)]).summary
    const base = run(working).summary
    const on = (day: number): number => drawn(7, day, SPOTS, 3)[2]
    for (const day of [1, 2, 3, 4, 5, 6, 7, 8]) {
      expect(night('05:59', day).patrolDays.incidents - base.patrolDays.incidents).toBe(on(day - 1))
      expect(night('06:00', day).patrolDays.incidents - base.patrolDays.incidents).toBe(on(day))
    }
    expect(night('05:59', 0)).toEqual(base)
  })

  it('no incident on other days: no ratio; none at all around: blank', () => {
    const only = Array.from({ length: 60 }, (_, day) =>
      drawn(7, day, SPOTS, 3).flatMap((patrolled, spot) => (patrolled ? [at(spot, day)] : [])),
    ).flat()
    const { summary, caveats } = run(only)
    expect(summary.ratio.ratio).toBeNaN()
    expect(summary.ratio.high).toBeNaN()
    expect(summary.ratio.low).toBeGreaterThan(1)
    expect(summary.surroundings.ratio).toBeNaN()
    expect(caveats.map(({ code }) => code)).toContain('ratio-undefined')
    expect(summary.sentence).toMatch(/^No ratio/)
  })

  it('surroundings go with the nearest spot; overlapping spots are told', () => {
    const near: Row = { at: [450_250, 300_100], from: `${dayOf(4)} 12:00` }
    const { surroundings } = run([...working, near]).summary
    expect([surroundings.onPatrolDays, surroundings.onOtherDays]).toEqual(
      drawn(7, 4, SPOTS, 3)[0] ? [1, 0] : [0, 1],
    )
    const overlapping = { layers: { treated: layerOf('S', ...boxes, [100, 0, 300, 200]) } }
    const { caveats } = run(working, {}, overlapping)
    expect(caveats.map(({ code }) => code)).toContain('spots-overlap')
    for (const { code } of caveats) expect(Object.keys(crossover.card.caveats)).toContain(code)
  })

  it('dates without a time do where the day begins at midnight', () => {
    const dates = working.map((row) => ({ ...row, from: row.from!.slice(0, 10) }))
    expect(run(dates, { dayStart: 0 }).summary.ratio.ratio).toBeCloseTo(0.25, 12)
  })
})

describe('refuses', () => {
  it('all spots every day, month-only, date-only, codes twice, too long, no dates', () => {
    const code = (rows: readonly Row[], changed = {}, given = context) =>
      refusal(() => run(rows, changed, given))
    expect(code(working, { perDay: 6 })).toBe('E-EVL-PER-DAY')
    expect(code([...working, { at: [450_100, 300_100], from: '2024-02' }])).toBe('E-EVL-MONTH-ONLY')
    expect(code([...working, { at: [450_100, 300_100], from: '2024-02-03' }])).toBe('E-EVL-DAY-ONLY')
    expect(code(working, { from: '' })).toBe('E-EVL-PERIOD')
    expect(code(working, { to: '2024-05-01' })).toBe('E-EVL-MISSING')
    expect(code(working, { from: '2010-01-01' })).toBe('E-EVL-DAYS')
    const [first, ...rest] = context.layers!.treated.shapes
    const twice = { layers: { treated: { name: 'S', shapes: [first, { ...rest[0], code: first.code }] } } }
    expect(code(working, {}, twice)).toBe('E-EVL-CODES')
    expect(code(working, {}, { layers: {} })).toBe('E-EVL-NO-SHAPES')
  })
})
