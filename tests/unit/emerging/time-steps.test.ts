import { describe, expect, it } from 'vitest'
import {
  layTimeSteps,
  type StepUnit,
  stepEnd,
  stepStart,
  stepsOfIncidents,
} from '#core/analysis/emerging/time-steps.ts'
import type { Context } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { makeIncidents, patient } from '../select/make-incidents.ts'

const none = makeIncidents([])
const over = (from: string, to: string, more: Context = {}): Context => ({ period: { from, to }, ...more })
const ends = (unit: StepUnit, context: Context): [string, string, number] => {
  const steps = layTimeSteps(none, context, unit)
  return [stepStart(steps, 0), stepEnd(steps, steps.count - 1), steps.count]
}

describe('time steps', () => {
  it('are counted back from the end; what is left at the beginning is in none', () => {
    expect(ends('week', over('2024-01-01', '2024-02-01'))).toEqual(['2024-01-04', '2024-01-31', 4])
    expect(ends('fourWeeks', over('2024-01-01', '2024-03-01'))).toEqual(['2024-01-05', '2024-02-29', 2])
    expect(ends('day', over('2024-02-28', '2024-03-02'))).toEqual(['2024-02-28', '2024-03-01', 3])
    expect(layTimeSteps(none, over('2024-01-01', '2024-02-01'), 'week').daysBefore).toBe(3)
  })

  it('of months are whole calendar months within the period', () => {
    expect(ends('month', over('2023-11-15', '2024-03-10'))).toEqual(['2023-12-01', '2024-02-29', 3])
    const steps = layTimeSteps(none, over('2023-11-15', '2024-03-10'), 'month')
    expect([steps.daysBefore, steps.daysAfter]).toEqual([16, 9])
    expect(ends('month', over('2023-12-01', '2024-01-01'))).toEqual(['2023-12-01', '2023-12-31', 1])
  })

  it('that touch a missing month are gaps; the days that are covered are counted', () => {
    const steps = layTimeSteps(
      none,
      over('2024-01-01', '2024-03-04', { missingMonths: ['2024-02'], partialMonths: ['2024-03', '2025-01'] }),
      'week',
    )
    expect([...steps.present]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0])
    expect([...steps.coveredDays]).toEqual([7, 7, 7, 7, 3, 0, 0, 0, 3])
    expect(steps.missingMonths).toEqual(['2024-02'])
    expect(steps.partialMonths).toEqual(['2024-03'])
  })

  it('without a period end with the last dated incident, selected or not', () => {
    const rows = makeIncidents([{ from: '2024-03-05 10:00' }, { from: '2024-03-31 23:59' }, {}])
    const steps = layTimeSteps(rows, {}, 'day')
    expect([stepStart(steps, 0), stepEnd(steps, steps.count - 1)]).toEqual(['2024-03-05', '2024-03-31'])
    expect(steps.fromData).toBe(true)
    expect(layTimeSteps(rows, {}, 'month').count).toBe(1)
  })

  it('hold each incident once, edges in the later step', () => {
    const rows = makeIncidents([
      { from: '2024-01-07 23:59' },
      { from: '2024-01-08 00:00' },
      { from: '2024-01-14 23:59' },
      { from: '2024-01-15 00:00' },
      { from: '2023-12-31' },
      { from: '2024-01' },
      {},
    ])
    const told = stepsOfIncidents(
      rows,
      rows.mask,
      layTimeSteps(rows, over('2024-01-01', '2024-01-15'), 'week'),
      patient,
    )
    expect([...told.stepOf]).toEqual([0, 1, 1, -1, -1, -1, -1])
    expect(told).toMatchObject({ selected: 7, undated: 1, monthOnly: 1, outside: 2 })
    const months = layTimeSteps(rows, over('2024-01-01', '2024-02-01'), 'month')
    expect([...stepsOfIncidents(rows, rows.mask, months, patient).stepOf]).toEqual([0, 0, 0, 0, -1, 0, -1])
  })

  it('refuse a period without one whole step, one with too many, and months where days are needed', () => {
    const refusal = (task: () => unknown): string => {
      try {
        task()
      } catch (error) {
        return error instanceof InputError ? error.code : String(error)
      }
      return 'accepted'
    }
    expect(refusal(() => layTimeSteps(none, over('2024-01-02', '2024-01-30'), 'month'))).toBe('E-MTH-STEPS')
    expect(refusal(() => layTimeSteps(none, over('1900-01-01', '2024-01-30'), 'day'))).toBe('E-MTH-STEPS')
    expect(refusal(() => layTimeSteps(none, over('2024-01-02', '2024-01-02'), 'day'))).toBe('E-MTH-PERIOD')
    const rows = makeIncidents([{ from: '2024-01' }, {}])
    const days = layTimeSteps(rows, over('2024-01-01', '2024-02-01'), 'day')
    expect(refusal(() => stepsOfIncidents(rows, rows.mask, days, patient))).toBe('E-MTH-TIME')
  })
})
