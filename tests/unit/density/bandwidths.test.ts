import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginCriteria, criteriaPart, finishCriteria } from '#core/analysis/density/bandwidth-criteria.ts'
import { bandwidthRules } from '#core/analysis/density/bandwidth-rules.ts'
import { bandwidths } from '#core/analysis/density/bandwidths.ts'
import { bestDeviation } from '#core/analysis/density/best-deviation.ts'
import { chooseBandwidth } from '#core/analysis/density/choose-bandwidth.ts'
import { diggleCriterion, diggleReach, pairsByDistance } from '#core/analysis/density/cross-validation.ts'
import { samplePlaces, sharedPlaces } from '#core/analysis/density/located-sample.ts'
import { indexPlaces, neighbourDistances } from '#core/analysis/density/neighbour-distance.ts'
import { selectKth } from '#core/analysis/density/select-kth.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings } from '../space/small-study.ts'
import { distinctPlaces, spatstatOracle } from './surface-helpers.ts'

const places = distinctPlaces()
const x = Float64Array.from(places, (place) => place[0])
const y = Float64Array.from(places, (place) => place[1])
const rescuesRun = (kernel = 'gaussian') =>
  bandwidths.run(
    makeIncidents(places.map((at): Row => ({ at }))),
    settings(bandwidths, { kernel }),
    nothingKnown,
    patient,
  )
const relative = (ours: number, theirs: number): number => Math.abs(ours / theirs - 1)

describe('published', () => {
  it("Silverman's and Scott's constants on four places in a square", () => {
    // sd = √(1/3)·1000 on each axis, quartiles 0 and 1000: IQR/1.34 = 746.3 is the larger.
    const corners = [0, 0, 1000, 1000]
    const found = bandwidthRules(Float64Array.from(corners), Float64Array.from([0, 1000, 0, 1000]))
    expect(found.silverman).toBeCloseTo(0.9 * Math.sqrt(1 / 3) * 1000 * 4 ** -0.2, 9)
    expect(found.scott).toBeCloseTo(Math.sqrt(1 / 3) * 1000 * 4 ** (-1 / 6), 9)
  })
})

describe('oracle', () => {
  it('spatstat and R on 440 exact places of animal rescues', () => {
    const { summary } = rescuesRun()
    const by = Object.fromEntries(summary.rows.map((row) => [row.rule, row.deviation]))
    const values = (rule: string) => summary.curves.filter((row) => row.rule === rule)
    const data = (what: string): string => `440 exact places of animal rescues, London: ${what}`
    const version = 'spatstat.explore 3.0-6'
    expectAgreement({
      method: 'bandwidths',
      peer: 'R bw.nrd0',
      version: '4.2.2',
      data: data('bandwidth, both axes averaged; relative'),
      largestDifference: relative(by.silverman, spatstatOracle.silverman),
      tolerance: 1e-12,
    })
    expectAgreement({
      method: 'bandwidths',
      peer: 'spatstat bw.scott',
      version,
      data: data('bandwidth, both axes averaged; relative'),
      largestDifference: relative(by.scott, spatstatOracle.scott),
      tolerance: 1e-12,
    })
    const likelihood = values('likelihood')
    const { ppl, diggle } = spatstatOracle
    expect(likelihood.length).toBe(ppl.sigma.length)
    const differences = likelihood.map(({ deviation, value }, k) => {
      expect(relative(deviation, ppl.sigma[k])).toBeLessThan(1e-12)
      // At the smallest deviations single places are too far apart for any number to hold.
      return ppl.value[k] === null || Number.isNaN(value) ? 0 : relative(value, ppl.value[k])
    })
    expectAgreement({
      method: 'bandwidths',
      peer: 'spatstat bw.ppl',
      version,
      data: data('criterion at 33 bandwidths, no edge correction; relative'),
      largestDifference: Math.max(...differences),
      tolerance: 1e-9,
    })
    expect(likelihood.filter(({ value }) => Number.isFinite(value)).length).toBeGreaterThan(20)
    expect(Math.abs(Math.log2(by.likelihood / ppl.best))).toBeLessThan(1 / 8)
    const found = values('diggle')
    const scale = Math.abs(Math.min(...diggle.value.filter((value) => value !== null)))
    const area = (Math.max(...x) - Math.min(...x)) * (Math.max(...y) - Math.min(...y))
    let worst = 0
    found.forEach(({ deviation, value }, k) => {
      expect(relative(deviation, diggle.sigma[k + 1])).toBeLessThan(1e-9)
      worst = Math.max(worst, Math.abs(-value * area - diggle.value[k + 1]) / scale)
    })
    expectAgreement({
      method: 'bandwidths',
      peer: 'spatstat bw.diggle',
      version,
      data: data('criterion at 255 bandwidths, K without edge correction; as a share of its least value'),
      largestDifference: worst,
      tolerance: 1e-9,
    })
    expect(by.diggle).toBeCloseTo(diggle.best, 6)
  })

  it('spatstat nndist, first and tenth neighbour', () => {
    const members = Int32Array.from(places.keys())
    for (const k of [1, 10] as const) {
      const out = new Float64Array(places.length)
      neighbourDistances(indexPlaces(x, y, members, k, patient), k, 0, places.length, out, patient)
      spatstatOracle.neighbours[`k${k}`].forEach((distance, i) => {
        expect(out[i]).toBeCloseTo(distance, 9)
      })
    }
  })
})

describe('brute force', () => {
  const someNumbers = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 40 })

  it('the k-th smallest', () => {
    fc.assert(
      fc.property(someNumbers, fc.nat(39), (numbers, k) => {
        const at = k % numbers.length
        const values = Float64Array.from(numbers)
        expect(selectKth(values, values.length, at)).toBe(numbers.toSorted((a, b) => a - b)[at])
      }),
      { numRuns: 500 },
    )
  })

  it('distances to the k-th neighbour, clustered, repeated and far apart', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 20 }),
            fc.integer({ min: 0, max: 20 }),
            fc.constantFrom(1, 50, 9000),
          ),
          { minLength: 1, maxLength: 50 },
        ),
        fc.integer({ min: 1, max: 8 }),
        (rows, k) => {
          const px = Float64Array.from(rows, ([a, , scale]) => 400_000 + a * scale)
          const py = Float64Array.from(rows, ([, b, scale]) => 300_000 + b * scale)
          const out = new Float64Array(rows.length)
          const index = indexPlaces(px, py, Int32Array.from(rows.keys()), k, patient)
          neighbourDistances(index, k, 0, rows.length, out, patient)
          rows.forEach((_, i) => {
            const away = rows.map((_, j) => Math.hypot(px[i] - px[j], py[i] - py[j])).sort((a, b) => a - b)
            if (away.length <= k) expect(out[i]).toBeNaN()
            else expect(out[i]).toBeCloseTo(away[k], 6)
          })
        },
      ),
      { numRuns: 300 },
    )
  })

  it('the likelihood, straight from its formula', () => {
    const few = { x: x.subarray(0, 60), y: y.subarray(0, 60) }
    const state = beginCriteria(few.x, few.y)
    const { likelihood } = finishCriteria(state, [criteriaPart(state, 0, patient)])
    likelihood.deviations.forEach((sigma, k) => {
      let sum = 0
      for (let i = 0; i < 60; i++) {
        let density = 0
        for (let j = 0; j < 60; j++)
          if (j !== i)
            density +=
              Math.exp(-((few.x[i] - few.x[j]) ** 2 + (few.y[i] - few.y[j]) ** 2) / (2 * sigma * sigma)) /
              (2 * Math.PI * sigma * sigma)
        sum += Math.log(density)
      }
      if (Number.isFinite(sum) && Number.isFinite(likelihood.values[k]))
        expect(relative(likelihood.values[k], sum)).toBeLessThan(1e-9)
    })
  })

  it('places that others share', () => {
    fc.assert(
      fc.property(someNumbers, (numbers) => {
        const px = Float64Array.from(numbers, (value) => 400_000 + (value % 4))
        const py = Float64Array.from(numbers, (value) => 300_000 + Math.floor(value / 4) * 0.1)
        const expected = numbers.filter((value) => numbers.filter((other) => other === value).length > 1)
        expect(sharedPlaces(px, py)).toBe(expected.length)
      }),
      { numRuns: 300 },
    )
  })
})

describe('properties', () => {
  it('parts and a chosen rule give the same figures; the kernel only scales', () => {
    const quartic = rescuesRun('quartic').summary
    for (const { rule, bandwidth, deviation } of rescuesRun().summary.rows) {
      expect(bandwidth).toBe(deviation)
      const mask = new Uint8Array(x.length).fill(1)
      expect(chooseBandwidth(x, y, mask, 0, rule, 'gaussian', patient)).toBe(bandwidth)
      const same = quartic.rows.find((row) => row.rule === rule)
      expect(same?.bandwidth).toBeCloseTo(Math.sqrt(8) * deviation, 9)
    }
    expect(chooseBandwidth(x, y, new Uint8Array(x.length), 123, 'scott', 'gaussian', patient)).toBe(123)
  })

  it('scales with the map and does not move with it', () => {
    const scaled = bandwidths.run(
      makeIncidents(places.map(([a, b]): Row => ({ at: [2 * (a - 500_000), 2 * (b - 100_000)] }))),
      settings(bandwidths, { kernel: 'gaussian' }),
      nothingKnown,
      patient,
    )
    rescuesRun().summary.rows.forEach(({ deviation }, k) => {
      expect(relative(scaled.summary.rows[k].deviation, 2 * deviation)).toBeLessThan(1e-6)
    })
  })

  it('a sample of many: seeded, without repeats, its answer near that of all', () => {
    const u = seededNumbers(5, 24_000)
    // Two heaps, of which the criteria make much the same in 5,000 as in 6,000.
    const heap = (k: number): number => (u[k] + u[k + 1] + u[k + 2] - 1.5) * 1000 + (k % 8 === 0 ? 0 : 5000)
    const many = Array.from({ length: 6000 }, (_, i): Row => ({ at: [heap(4 * i), heap(4 * i + 1)] }))
    const run = (rows: readonly Row[]) =>
      bandwidths.run(makeIncidents(rows), settings(bandwidths), nothingKnown, patient)
    const all = run(many)
    expect(all.summary).toMatchObject({ incidents: 6000, sampled: 5000 })
    expect(all.caveats.map(({ code }) => code)).toContain('bandwidth-sample')
    const fewer = run(many.slice(0, 5000))
    expect(fewer.caveats.map(({ code }) => code)).not.toContain('bandwidth-sample')
    const likelihood = (result: typeof all) => result.summary.rows[2].deviation
    expect(likelihood(all) / likelihood(fewer)).toBeGreaterThan(0.8)
    expect(likelihood(all) / likelihood(fewer)).toBeLessThan(1.25)
    const numbered = Float64Array.from(many.keys())
    const sample = samplePlaces(numbered, numbered, 500, 1)
    expect(new Set(sample.x).size).toBe(500)
    expect(samplePlaces(numbered, numbered, 500, 1).x).toEqual(sample.x)
    expect(samplePlaces(numbered, numbered, 500, 2).x).not.toEqual(sample.x)
  }, 60_000)
})

describe('edges', () => {
  it('the top of a parabola is found exactly; at either end there is none', () => {
    const deviations = Float64Array.from([8, 4, 2, 1])
    const parabola = (top: number) => deviations.map((value) => -((Math.log(value) - top) ** 2))
    expect(bestDeviation(deviations, parabola(Math.log(3)), true)).toBeCloseTo(3, 12)
    expect(bestDeviation(deviations, parabola(Math.log(3)), false)).toBe(4)
    expect(bestDeviation(deviations, parabola(Math.log(20)), true)).toBeNaN()
    expect(bestDeviation(deviations, parabola(Math.log(0.3)), true)).toBeNaN()
    expect(
      bestDeviation(
        deviations,
        deviations.map(() => Number.NaN),
        true,
      ),
    ).toBeNaN()
  })

  it('many at shared places: no answer by the criteria, Silverman recommended, and told', () => {
    const rows = Array.from({ length: 200 }, (_, i): Row => ({ at: [(i % 10) * 700, (i % 7) * 900] }))
    const { summary, caveats } = bandwidths.run(
      makeIncidents(rows),
      settings(bandwidths),
      nothingKnown,
      patient,
    )
    expect(summary.shareAtSharedPlaces).toBe(1)
    expect(summary.rows.map((row) => row.recommended)).toEqual(['yes', 'no', 'no', 'no'])
    expect(summary.rows[2].bandwidth).toBeNaN()
    expect(caveats.map(({ code }) => code)).toEqual(['bandwidth-none', 'shared-places'])
    for (const { code } of caveats) expect(Object.keys(bandwidths.card.caveats)).toContain(code)
  })

  it('all on one line: Silverman has an answer, Diggle none', () => {
    const rows = Array.from({ length: 40 }, (_, i): Row => ({ at: [i * 100, 5] }))
    const { summary } = bandwidths.run(makeIncidents(rows), settings(bandwidths), nothingKnown, patient)
    expect(summary.rows[0].bandwidth).toBeGreaterThan(0)
    expect(summary.rows[3].bandwidth).toBeNaN()
  })

  it('pairs at distance 0 and at the reach are counted', () => {
    const px = Float64Array.from([0, 0, 100])
    const py = Float64Array.from([0, 0, 0])
    const counts = pairsByDistance(px, py, 100, 0, 3, patient)
    expect(counts[0]).toBe(2)
    expect(counts[511]).toBe(4)
    expect(diggleReach(px, py)).toBe(0)
    expect(diggleCriterion(counts, 100, 3).values.every(Number.isFinite)).toBe(true)
  })
})

describe('refuses', () => {
  const refusal = (rows: readonly Row[]): string => {
    try {
      bandwidths.run(makeIncidents(rows), settings(bandwidths), nothingKnown, patient)
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'accepted'
  }
  it('too few places, and all at one', () => {
    const spread = Array.from({ length: 12 }, (_, i): Row => ({ at: [i, i * i] }))
    expect(refusal(spread.slice(0, 9))).toBe('E-MTH-FEW')
    expect(refusal([...spread.slice(0, 9), {}, {}])).toBe('E-MTH-FEW')
    expect(refusal(spread.map(() => ({ at: [5, 5] })))).toBe('E-MTH-BANDWIDTH')
    expect(refusal(spread)).toBe('accepted')
  })
})
