import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concentration, lorenzCurve } from '#core/analysis/hotspot/concentration.ts'

const counts = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 })
const zeros = (n: number) => Array.from({ length: n }, () => 0)

describe('published', () => {
  it('share curve of practice 1.2: half of 10 8 2 in the first cell', () => {
    const found = concentration([0, 2, 10, 0, 8, ...zeros(5)])
    expect(found).toMatchObject({ total: 20, cellsForQuarter: 1, cellsForHalf: 1, shareForHalf: 0.1 })
    expect([...lorenzCurve([2, 8, 10])]).toEqual([0, 0.5, 0.9, 1])
  })
})

describe('oracle', () => {
  it('lorenzgini (Bernasco and Steenbeek): plain and generalised Gini', () => {
    const first = concentration([10, 8, 2, ...zeros(7)])
    expect(first.gini).toBeCloseTo(0.78, 12)
    expect(first.generalisedGini).toBeCloseTo(0.78, 12)
    const fewer = concentration([5, 2, 1, ...zeros(7)])
    expect(fewer.gini).toBeCloseTo(0.8, 12)
    expect(fewer.generalisedGini).toBeCloseTo(0.75, 12)
    expect(concentration([10, ...zeros(9)]).gini).toBeCloseTo(0.9, 12)
    expect(concentration([10, ...zeros(99)]).gini).toBeCloseTo(0.99, 12)
  })
})

describe('brute force', () => {
  it('take the largest cell again and again until half is held; Gini by all pairs', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const total = values.reduce((sum, value) => sum + value, 0)
        fc.pre(total > 0)
        const left = [...values]
        let held = 0
        let taken = 0
        while (2 * held < total) {
          const best = left.indexOf(Math.max(...left))
          held += left.splice(best, 1)[0]
          taken++
        }
        expect(concentration(values).cellsForHalf).toBe(taken)
        let differences = 0
        for (const a of values) for (const b of values) differences += Math.abs(a - b)
        expect(concentration(values).gini).toBeCloseTo(differences / (2 * values.length * total), 10)
      }),
    )
  })
})

describe('properties', () => {
  it('order does not matter, scale does not matter, the curve rises to 1', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 9 }), (values, times) => {
        fc.pre(values.some((value) => value > 0))
        const found = concentration(values)
        expect(concentration(values.toReversed())).toEqual(found)
        expect(concentration(values.map((value) => value * times)).cellsForHalf).toBe(found.cellsForHalf)
        expect(found.cellsForQuarter).toBeLessThanOrEqual(found.cellsForHalf)
        const curve = lorenzCurve(values)
        expect(curve[curve.length - 1]).toBeCloseTo(1, 12)
        curve.slice(1).forEach((share, k) => {
          expect(share).toBeGreaterThanOrEqual(curve[k])
        })
      }),
    )
  })
})

describe('edges', () => {
  it('nothing to hold is NaN, not 0', () => {
    for (const values of [[], [0, 0, 0]])
      expect(concentration(values)).toMatchObject({
        total: 0,
        cellsForHalf: Number.NaN,
        shareForHalf: Number.NaN,
        gini: Number.NaN,
      })
  })

  it('evenly spread: half in half of the cells, Gini 0', () => {
    const found = concentration([3, 3, 3, 3])
    expect(found).toMatchObject({ cellsForHalf: 2, cellsForQuarter: 1 })
    expect(found.gini).toBeCloseTo(0, 12)
  })
})

describe('refuses', () => {
  it('nothing, and does not write its input', () => {
    const values = Float64Array.from([1, 5, 3])
    concentration(values)
    expect([...values]).toEqual([1, 5, 3])
  })
})
