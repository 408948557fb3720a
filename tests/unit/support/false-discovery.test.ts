import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustP } from '#core/analysis/support/false-discovery.ts'
import { spatialOracle } from '../space/oracle.ts'

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 })

describe('published', () => {
  it('the 15 p values of Benjamini and Hochberg (1995), 4 rejected at 0.05', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ]
    const q = adjustP(Float64Array.from(p), 'BH')
    expect(q.filter((value) => value <= 0.05)).toHaveLength(4)
    expect(q[3]).toBeCloseTo((0.0095 * 15) / 4, 12)
  })
})

describe('oracle', () => {
  it('scipy false_discovery_control, BH and BY', () => {
    const { p, BH, BY } = spatialOracle.falseDiscovery
    for (const [method, expected] of [
      ['BH', BH],
      ['BY', BY],
    ] as const)
      adjustP(Float64Array.from(p), method).forEach((q, i) => {
        expect(q).toBeCloseTo(expected[i], 13)
      })
  })
})

describe('brute force', () => {
  it('the least of p(j)·m/j over all larger p, at most 1', () => {
    fc.assert(
      fc.property(pValues, (values) => {
        const sorted = values.toSorted((a, b) => a - b)
        const q = adjustP(Float64Array.from(values), 'BH')
        values.forEach((p, i) => {
          const candidates = sorted.map((other, j) =>
            other >= p ? (other * values.length) / (j + 1) : Infinity,
          )
          expect(q[i]).toBeCloseTo(Math.min(1, ...candidates), 13)
        })
      }),
    )
  })
})

describe('properties', () => {
  it('never below p, in the order of p, whatever the order given', () => {
    fc.assert(
      fc.property(pValues, (values) => {
        const q = adjustP(Float64Array.from(values), 'BY')
        const back = adjustP(Float64Array.from(values.toReversed()), 'BY')
        q.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(Math.min(1, values[i] * (1 - 1e-12)))
          expect(back[values.length - 1 - i]).toBe(value)
          values.forEach((p, j) => {
            if (p < values[i]) expect(q[j]).toBeLessThanOrEqual(value)
          })
        })
      }),
    )
  })
})

describe('edges', () => {
  it('NaN is no test; one test is itself; none leaves p as it is', () => {
    expect([...adjustP(Float64Array.from([0.02, Number.NaN, 0.04]), 'BH')]).toEqual([0.04, Number.NaN, 0.04])
    expect([...adjustP(Float64Array.from([0.3]), 'BY')]).toEqual([0.3])
    expect([...adjustP(new Float64Array(0), 'BH')]).toEqual([])
    const p = Float64Array.from([0.5, 0.1])
    expect([...adjustP(p, 'none')]).toEqual([0.5, 0.1])
    expect(adjustP(p, 'none')).not.toBe(p)
  })
})

describe('refuses', () => {
  it('nothing: values are taken as they are, and not written', () => {
    const p = Float64Array.from([0.9, 0.1])
    adjustP(p, 'BH')
    expect([...p]).toEqual([0.9, 0.1])
  })
})
