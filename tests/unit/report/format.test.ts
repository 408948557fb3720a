import { describe, expect, it } from 'vitest'
import {
  counted,
  dayBefore,
  formatArea,
  formatBytes,
  formatChange,
  formatDate,
  formatHour,
  formatMonth,
  formatNumber,
  formatPercentChange,
  formatProbability,
  formatShare,
  formatWeight,
} from '#core/report/format.ts'

describe('numbers as UK readers expect them', () => {
  it.each([
    [0, 0, '0'],
    [999, 0, '999'],
    [1204, 0, '1,204'],
    [1_234_567, 0, '1,234,567'],
    [-4.56, 1, '−4.6'],
    [-0.04, 1, '0.0'],
    [1234.5, 1, '1,234.5'],
    [Number.NaN, 0, 'not known'],
    [Number.POSITIVE_INFINITY, 0, 'not known'],
  ])('%s with %s places is %s', (value, places, text) => {
    expect(formatNumber(value, places)).toBe(text)
  })

  it('writes signs with a true minus and none on nought', () => {
    expect(formatChange(12)).toBe('+12')
    expect(formatChange(-12)).toBe('−12')
    expect(formatChange(0.04, 1)).toBe('0.0')
    expect(formatChange(Number.NaN)).toBe('not known')
  })

  it('never lets a small share read as none', () => {
    expect(formatShare(0.1234)).toBe('12.3%')
    expect(formatShare(0)).toBe('0.0%')
    expect(formatShare(0.0004)).toBe('<0.1%')
    expect(formatShare(0.0005)).toBe('0.1%')
    expect(formatShare(Number.NaN)).toBe('not known')
  })

  it('gives no percentage on a base under 50', () => {
    expect(formatPercentChange(-4.5, 50)).toBe('−4.5%')
    expect(formatPercentChange(100, 49)).toBe('not shown (base under 50)')
    expect(formatPercentChange(Number.NaN, 60)).toBe('not known')
  })

  it('writes areas, weights, probabilities and bytes in fit precision', () => {
    expect([formatArea(0.314), formatArea(12.34), formatArea(1132.4)]).toEqual(['0.31', '12.3', '1,132'])
    expect([formatWeight(9.96), formatWeight(1460)]).toEqual(['10.0', '1,460'])
    expect([formatProbability(0.0004), formatProbability(0.0123), formatProbability(Number.NaN)]).toEqual([
      '<0.001',
      '0.012',
      'not known',
    ])
    expect([formatBytes(999), formatBytes(4_300_000), formatBytes(999_600)]).toEqual([
      '999 bytes',
      '4.3 MB',
      '1.0 MB',
    ])
  })
})

describe('dates', () => {
  it('writes days and months out', () => {
    expect(formatDate('2025-03-03')).toBe('3 March 2025')
    expect(formatMonth('2025-03')).toBe('March 2025')
    expect(formatMonth('2025-03', true)).toBe('Mar 2025')
    expect(formatDate('soon')).toBe('soon')
    expect(formatDate('')).toBe('not known')
  })

  it('turns an excluded end into the last day, over a leap day too', () => {
    expect(dayBefore('2026-01-01')).toBe('2025-12-31')
    expect(dayBefore('2024-03-01')).toBe('2024-02-29')
  })

  it('writes hours past midnight as the clock shows them', () => {
    expect([formatHour(7), formatHour(24), formatHour(26)]).toEqual(['07:00', '00:00', '02:00'])
    expect([counted(1, 'file'), counted(1200, 'file')]).toEqual(['1 file', '1,200 files'])
  })
})
