import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalLowerTail, normalTwoSided, normalUpperTail } from '#core/analysis/support/normal.ts'
import { spatialOracle } from '../space/oracle.ts'

describe('published', () => {
  it('R pnorm: 6.22096e-16 at −8, 2.7536e-89 at −20, 0.975 at 1.959964', () => {
    expect(normalLowerTail(-8) / 6.22096e-16).toBeCloseTo(1, 5)
    expect(normalLowerTail(-20) / 2.7536e-89).toBeCloseTo(1, 4)
    expect(normalLowerTail(1.959963984540054)).toBeCloseTo(0.975, 15)
  })
})

describe('oracle', () => {
  it('mpmath to 1e-15 of the value, from the centre to z = 37', () => {
    for (const [z, tail] of spatialOracle.normal)
      expect(Math.abs(normalUpperTail(z) / Number(tail) - 1)).toBeLessThan(1e-15)
  })
})

describe('brute force', () => {
  it('Simpson over the bell from z to z + 12', () => {
    const bell = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI)
    for (const z of [-2, -0.7, 0, 0.5, 1.3, 2.2, 3.7, 5, 6]) {
      const steps = 20_000
      const h = 12 / steps
      let sum = bell(z) + bell(z + 12)
      for (let k = 1; k < steps; k++) sum += (k % 2 === 1 ? 4 : 2) * bell(z + k * h)
      expect(normalUpperTail(z) / ((sum * h) / 3)).toBeCloseTo(1, 8)
    }
  })
})

describe('properties', () => {
  it('tails add up to 1 and fall with z', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -40, max: 40, noNaN: true }),
        fc.double({ min: 0.001, max: 5, noNaN: true }),
        (z, d) => {
          expect(normalUpperTail(z) + normalLowerTail(z)).toBeCloseTo(1, 14)
          expect(normalUpperTail(z + d)).toBeLessThanOrEqual(normalUpperTail(z))
          expect(normalTwoSided(z)).toBe(normalTwoSided(-z))
          expect(normalTwoSided(z)).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})

describe('edges', () => {
  it('0, NaN, infinity, beyond the smallest number', () => {
    expect(normalUpperTail(0)).toBe(0.5)
    expect(normalTwoSided(0)).toBe(1)
    expect(normalUpperTail(Number.NaN)).toBeNaN()
    expect(normalTwoSided(Number.NaN)).toBeNaN()
    expect(normalUpperTail(Infinity)).toBe(0)
    expect(normalUpperTail(-Infinity)).toBe(1)
    expect(normalUpperTail(60)).toBe(0)
  })
})

describe('refuses', () => {
  it('nothing: every number has a tail', () => {
    expect(normalUpperTail(-60)).toBe(1)
  })
})
