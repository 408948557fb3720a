import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countSampler } from '#core/analysis/evaluate/count-sampler.ts'
import { differenceDesign, powerOf, smallestFall } from '#core/analysis/evaluate/detectable-designs.ts'
import { detectableEffect } from '#core/analysis/evaluate/detectable-effect.ts'
import { randomOf } from '#core/analysis/support/random.ts'
import type { Context } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { settings } from '../space/small-study.ts'
import {
  bothEnds,
  inControl,
  inTreated,
  layerOf,
  many,
  nearControl,
  nearTreated,
  refusal,
  twoSquares,
} from './small-places.ts'

const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/evaluate-ratios/expected.json', import.meta.url), 'utf8'),
) as { R: string; falls: number[]; fallsAtDispersion: number[]; seen: number[] }

const baseRows = (t: number, c: number, dt: number, dc: number): Row[] => [
  ...bothEnds,
  ...many(t, inTreated, '2023-06-15 12:00'),
  ...many(c, inControl, '2023-06-15 12:00'),
  ...many(dt, nearTreated, '2023-06-15 12:00'),
  ...many(dc, nearControl, '2023-06-15 12:00'),
]
const asked = {
  baseFrom: '2023-01-01',
  baseTo: '2024-01-01',
  followDays: 180,
  patrolShare: 40,
  simulations: 4000,
}
const run = (rows: readonly Row[], changed = {}, context: Context = twoSquares) =>
  detectableEffect.run(
    makeIncidents(rows),
    settings(detectableEffect, { ...asked, ...changed }),
    context,
    patient,
  )
const oracleRows = baseRows(120, 130, 60, 66)

describe('published', () => {
  it('one place and one comparison of 100 incidents each, equal years: by hand', () => {
    // 100r = (z₀.₉₅ + z₀.₈)·√(400 − 100r), a quadratic in r.
    const design = differenceDesign('d', [100, 100, 100, 100], [false, true, false, false], [-1, 1, 1, -1])
    const k = (1.6448536269514722 + 0.8416212335729143) ** 2
    const byHand = (-k + Math.sqrt(k * k + 4 * 100 * 4 * k)) / 200
    expect(smallestFall(design, 1, 0.1, 0.8)).toBeCloseTo(byHand, 9)
  })
})

describe('oracle', () => {
  it('smallest falls as uniroot in R, with and without more variation', () => {
    const falls = run(oracleRows).summary.rows.map(({ smallestFallPercent }) => smallestFallPercent / 100)
    const wider = run(oracleRows, { dispersion: 1.5 }).summary.rows.map(
      ({ smallestFallPercent }) => smallestFallPercent / 100,
    )
    const differences = [
      ...falls.map((each, k) => each - oracle.falls[k]),
      ...wider.map((each, k) => each - oracle.fallsAtDispersion[k]),
    ]
    expectAgreement({
      method: 'detectableEffect',
      peer: 'R uniroot on the formulas',
      version: oracle.R,
      data: 'Three designs, dispersion 1 and 1.5: smallest fall, absolute',
      largestDifference: Math.max(...differences.map(Math.abs)),
      tolerance: 1e-9,
    })
  })

  it('power of drawn studies as of 400,000 drawn in R', () => {
    const { rows } = run(oracleRows, { simulations: 40_000 }).summary
    expectAgreement({
      method: 'detectableEffect',
      peer: 'R rpois simulation',
      version: oracle.R,
      data: 'Three designs, 40,000 drawn studies against 400,000: power, absolute (four standard errors are 0.009)',
      largestDifference: Math.max(
        ...rows.map(({ simulatedPower }, k) => Math.abs(simulatedPower - oracle.seen[k])),
      ),
      tolerance: 0.009,
    })
    for (const { falseAlarms } of rows) expect(Math.abs(falseAlarms - 0.1)).toBeLessThan(0.012)
  })
})

describe('brute force', () => {
  it('drawn counts have the mean and the variance asked for', () => {
    for (const [mean, dispersion] of [
      [0.4, 1],
      [7, 1],
      [900, 1],
      [7, 2.5],
      [120, 1.5],
    ]) {
      const sample = countSampler(mean, dispersion)
      const random = randomOf(11, Math.round(mean * 10))
      const draws = Array.from({ length: 20_000 }, () => sample(random))
      const average = draws.reduce((sum, each) => sum + each, 0) / draws.length
      const variance = draws.reduce((sum, each) => sum + (each - average) ** 2, 0) / draws.length
      expect(Math.abs(average - mean)).toBeLessThan(4.5 * Math.sqrt((mean * dispersion) / 20_000))
      expect(variance / (mean * dispersion)).toBeGreaterThan(0.93)
      expect(variance / (mean * dispersion)).toBeLessThan(1.07)
    }
    expect(countSampler(0, 1)(randomOf(1, 1))).toBe(0)
  })

  it('no smaller fall on a fine scale has the power', () => {
    const mean = fc.integer({ min: 5, max: 500 })
    fc.assert(
      fc.property(mean, mean, (t, c) => {
        const design = differenceDesign('d', [t, t, c, c], [false, true, false, false], [-1, 1, 1, -1])
        const fall = smallestFall(design, 1, 0.1, 0.8)
        for (let k = 1; k < 100; k++) {
          const seen = powerOf(design, k / 100, 1, 0.1) >= 0.8
          if (Number.isNaN(fall)) expect(seen).toBe(false)
          else expect(seen).toBe(k / 100 >= fall)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('properties', () => {
  it('more incidents, longer watching: smaller falls are seen; more variation: larger ones; the same seed, the same', () => {
    const falls = (rows: readonly Row[], changed = {}) =>
      run(rows, changed).summary.rows.map((row) => row.smallestFallPercent)
    const base = falls(oracleRows)
    const larger = falls(baseRows(480, 520, 240, 264))
    const longer = falls(oracleRows, { followDays: 360 })
    const varied = falls(oracleRows, { dispersion: 1.5 })
    base.forEach((fall, k) => {
      expect(larger[k]).toBeLessThan(fall)
      expect(longer[k]).toBeLessThan(fall)
      expect(varied[k]).toBeGreaterThan(fall)
    })
    expect(run(oracleRows).summary).toEqual(run(oracleRows).summary)
    expect(run(oracleRows, { seed: 2 }).summary.rows[0].simulatedPower).not.toBe(
      run(oracleRows).summary.rows[0].simulatedPower,
    )
    expect(run(oracleRows).summary.sentence).toMatch(/does not show that there was nothing/)
  })
})

describe('edges', () => {
  it('too few incidents: no fall is seen, blank and told', () => {
    const { summary, caveats } = run(baseRows(3, 3, 0, 0))
    for (const row of summary.rows) {
      expect(row.smallestFallPercent).toBeNaN()
      expect(row.simulatedPower).toBeNaN()
    }
    expect(caveats.map(({ code }) => code)).toEqual(['not-detectable', 'base-few'])
    const none = run(baseRows(0, 9, 0, 0)).summary.rows
    expect(none.every(({ smallestFallPercent }) => Number.isNaN(smallestFallPercent))).toBe(true)
    for (const { code } of caveats) expect(Object.keys(detectableEffect.card.caveats)).toContain(code)
  })
  it('0 days means as long as the base; no surroundings, no surroundings counted', () => {
    const same = run(oracleRows, { followDays: 0 }).summary
    expect(same.followDays).toBe(365)
    expect(run(oracleRows, { bufferDistance: 0 }).summary.rows[0].expected).toBeCloseTo(
      250 * (1 + 180 / 365),
      9,
    )
    expect(run(oracleRows).summary.rows[0].expected).toBeCloseTo(376 * (1 + 180 / 365), 9)
  })
})

describe('refuses', () => {
  it('no base, a missing month, contaminated places', () => {
    expect(refusal(() => run(oracleRows, { baseTo: '' }))).toBe('E-EVL-PERIOD')
    expect(refusal(() => run(oracleRows, {}, { ...twoSquares, missingMonths: ['2023-02'] }))).toBe(
      'E-EVL-MISSING',
    )
    expect(
      refusal(() =>
        run(oracleRows, {}, { layers: { ...twoSquares.layers, control: layerOf('C', [100, 0, 300, 200]) } }),
      ),
    ).toBe('E-EVL-CONTAMINATED')
  })
})
