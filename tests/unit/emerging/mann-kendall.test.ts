import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mannKendall } from '#core/analysis/emerging/mann-kendall.ts'
import { mannKendallTest, senSlope } from '#core/analysis/emerging/mann-kendall-values.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { settings, twoDistricts } from '../space/small-study.ts'
import { openData } from '../time/open-data.ts'

const run = (
  incidents: Incidents,
  changed: Parameters<typeof settings<typeof mannKendall.card.parameters>>[1],
  context: Context,
) => mannKendall.run(incidents, settings(mannKendall, changed), context, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map((each) => each.code)
const year: Context = { period: { from: '2024-01-01', to: '2025-01-01' } }
/** So many incidents in each month of 2024. */
const monthly = (counts: readonly number[], row: Row = {}): Row[] =>
  counts.flatMap((count, k) =>
    Array.from({ length: count }, (): Row => ({ from: `2024-${String(k + 1).padStart(2, '0')}`, ...row })),
  )

describe('published', () => {
  it('five rising values: S 10, variance 50/3, z 9/√(50/3)', () => {
    const test = mannKendallTest([1, 2, 3, 4, 5])
    expect(test.s).toBe(10)
    expect(test.variance).toBeCloseTo(50 / 3, 12)
    expect(test.z).toBeCloseTo(9 / Math.sqrt(50 / 3), 12)
    expect(test.tau).toBe(1)
    expect(senSlope([1, 2, 3, 4, 5])).toBe(1)
  })

  it('ties: 1 1 2 2 has S 4, variance (4·3·13 − 2·(2·1·9))/18', () => {
    const test = mannKendallTest([1, 1, 2, 2])
    expect(test.s).toBe(4)
    expect(test.variance).toBeCloseTo((156 - 36) / 18, 12)
  })
})

const published = openData('oracles/mann-kendall/arbitrary_1d.json')
describe.skipIf(!published.held)(
  `oracle: pyMannKendall${published.held ? '' : ' (skipped: data not beside the repository)'}`,
  () => {
    it('353 values: S −1959, variance 4889800.33, z −0.885456, p 0.375911, slope −0.00636943', () => {
      const { values, original_test, sens_slope } = JSON.parse(readFileSync(published.path, 'utf8')) as {
        values: (number | null)[]
        original_test: { s: number; var_s: number; z: number; p: number; tau: number }
        sens_slope: { slope: number }
      }
      const gaps = values.map((value) => value ?? Number.NaN)
      const test = mannKendallTest(gaps)
      expect(test.n).toBe(353)
      expect(test.s).toBe(original_test.s)
      expectAgreement({
        method: 'mannKendall',
        peer: 'pyMannKendall',
        version: 'original_test at ec2e3ab',
        data: '353 values of its tests: variance (relative), z, p, tau and slope (absolute)',
        largestDifference: Math.max(
          Math.abs(test.variance / original_test.var_s - 1),
          Math.abs(test.z - original_test.z),
          Math.abs(test.pValue - original_test.p),
          Math.abs(test.tau - original_test.tau),
          Math.abs(senSlope(gaps) - sens_slope.slope),
        ),
        tolerance: 1e-10,
      })
    })
  },
)

describe('brute force', () => {
  it('S by all pairs, its variance by the ties, the slope by sorting', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.NaN)), { maxLength: 25 }),
        (values) => {
          const pairs = values.flatMap((a, i) =>
            values.slice(i + 1).map((b, k) => [Math.sign(b - a), (b - a) / (k + 1)]),
          )
          const known = pairs.filter(([sign]) => !Number.isNaN(sign))
          const test = mannKendallTest(values)
          expect(test.s).toBe(known.reduce((sum, [sign]) => sum + sign, 0))
          const slopes = known.map(([, slope]) => slope).sort((a, b) => a - b)
          const middle = (slopes[(slopes.length - 1) >> 1] + slopes[slopes.length >> 1]) / 2
          if (slopes.length === 0) expect(senSlope(values)).toBeNaN()
          else expect(senSlope(values)).toBeCloseTo(middle, 12)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('properties', () => {
  it('reversing turns the sign; adding and scaling change only the slope', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 20 }), (values) => {
        fc.pre(new Set(values).size > 1)
        const base = mannKendallTest(values)
        const turned = mannKendallTest(values.toReversed())
        expect(turned.s + base.s).toBe(0)
        expect(turned.pValue).toBe(base.pValue)
        const scaled = values.map((value) => 3 * value + 7)
        expect(mannKendallTest(scaled)).toEqual(base)
        expect(senSlope(scaled)).toBeCloseTo(3 * senSlope(values), 10)
      }),
    )
  })

  it('series by offence and area add up to the whole, and each is that of its own incidents', () => {
    const west = { at: [450_500, 301_000] as const, words: { offence: 'Theft' } }
    const east = { at: [453_500, 301_000] as const, words: { offence: 'Assault' } }
    const rows = [
      ...monthly([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], west),
      ...monthly([9, 9, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4], east),
    ]
    const context = { ...year, studyArea: twoDistricts }
    for (const unit of ['area', 'offence']) {
      const { columns, summary } = run(makeIncidents(rows), { unit }, context)
      const names = columns.unit as string[]
      const rising = names.findIndex((name) => name === 'Westwold' || name === 'Theft')
      expect((columns.trend as Int8Array)[rising]).toBe(1)
      expect((columns.trend as Int8Array)[1 - rising]).toBe(-1)
      expect((columns.slope as Float64Array)[rising]).toBe(1)
      expect((columns.s as Float64Array)[rising]).toBe(66)
      expect((columns.count as Int32Array)[0] + (columns.count as Int32Array)[1]).toBe(summary.incidents)
      expect([summary.rising, summary.falling]).toEqual([1, 1])
    }
    const whole = run(makeIncidents(rows), {}, context)
    expect(whole.columns.unit).toEqual(['All incidents'])
    expect(whole.columns.qValue).toEqual(whole.columns.pValue)
  })
})

describe('edges', () => {
  it('none, one and equal values: NaN, not 0', () => {
    expect(mannKendallTest([]).z).toBeNaN()
    expect(mannKendallTest([3]).pValue).toBeNaN()
    expect(mannKendallTest([3]).tau).toBeNaN()
    expect(mannKendallTest([3, 3, 3]).z).toBeNaN()
    expect(senSlope([1])).toBeNaN()
  })

  it('a missing month is a gap: no zero, and the slope keeps its distance', () => {
    const counts = [10, 20, 30, 0, 50, 60, 70, 80, 90, 100, 110, 120]
    const zero = run(makeIncidents(monthly(counts)), {}, year)
    const gap = run(makeIncidents(monthly(counts)), {}, { ...year, missingMonths: ['2024-04'] })
    expect((zero.columns.s as Float64Array)[0]).toBe(60)
    expect((gap.columns.s as Float64Array)[0]).toBe(55)
    expect((gap.columns.slope as Float64Array)[0]).toBe(10)
    expect(gap.summary.gaps).toBe(1)
    expect(codes(gap)).toContain('missing-months')
  })

  it('few steps, part of a year, rows in no series, rows in a gap, an area without any: told; NaN where untested', () => {
    const context = {
      ...year,
      studyArea: twoDistricts,
      missingMonths: ['2024-12'],
      partialMonths: ['2024-02'],
    }
    const rows = [
      ...monthly([2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, 1], { at: [450_500, 301_000] }),
      ...monthly([1], { at: [10, 10] }),
      { at: [450_500, 301_000] as const },
    ]
    const result = run(makeIncidents(rows), { unit: 'area' }, context)
    expect(codes(result)).toEqual(['missing-months', 'partial-months', 'undated', 'in-gaps', 'no-unit'])
    expect((result.columns.z as Float64Array)[1]).toBeNaN()
    expect((result.columns.trend as Int8Array)[1]).toBe(0)
    const short = run(
      makeIncidents(monthly([1, 2, 3, 4, 5])),
      {},
      { period: { from: '2024-01-01', to: '2024-06-01' } },
    )
    expect(codes(short)).toEqual(['few-steps', 'not-whole-years'])
    for (const code of [...codes(result), ...codes(short)])
      expect(Object.keys(mannKendall.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  it('too few steps, areas without a boundary, offences that are not held, months for days', () => {
    const refusal = (task: () => unknown): string => {
      try {
        task()
      } catch (error) {
        return error instanceof InputError ? error.code : String(error)
      }
      return 'accepted'
    }
    const rows = makeIncidents(monthly([1, 2, 3]))
    const quarter = { period: { from: '2024-01-01', to: '2024-04-01' } }
    expect(refusal(() => run(rows, {}, quarter))).toBe('E-MTH-STEPS')
    expect(refusal(() => run(rows, { unit: 'area' }, year))).toBe('E-MTH-AREA')
    expect(refusal(() => run(rows, { unit: 'offence' }, year))).toBe('E-MTH-OFFENCE')
    expect(refusal(() => run(rows, { step: 'week' }, year))).toBe('E-MTH-TIME')
    expect(refusal(() => run(makeIncidents([{}]), {}, {}))).toBe('E-MTH-PERIOD')
  })
})
