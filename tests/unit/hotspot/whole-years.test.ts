import { describe, expect, it } from 'vitest'
import { wholeYears } from '#core/analysis/hotspot/whole-years.ts'
import type { Context } from '#core/contract/method.ts'
import { clock, makeIncidents, nothingKnown } from '../select/make-incidents.ts'

const rows = (...times: string[]) =>
  makeIncidents(times.map((from) => ({ at: [450_000, 300_000] as const, from })))
const years = (incidents: ReturnType<typeof rows>, context: Context = nothingKnown, most = 3) =>
  wholeYears(incidents, incidents.mask, context, most)

describe('whole years that end with the period', () => {
  it('36 months are three years, counted back from the end', () => {
    const found = years(rows('2019-12', '2022-11'))
    expect(found.labels).toEqual(['Dec 2019 – Nov 2020', 'Dec 2020 – Nov 2021', 'Dec 2021 – Nov 2022'])
    expect(found.to[2]).toBe(clock('2022-12-01'))
  })

  it('35 months are two', () => {
    expect(years(rows('2020-01', '2022-11')).labels).toEqual(['Dec 2020 – Nov 2021', 'Dec 2021 – Nov 2022'])
  })

  it('no more than asked for; calendar years by their number', () => {
    expect(years(rows('2015-01', '2024-12')).labels).toEqual(['2022', '2023', '2024'])
    expect(years(rows('2015-01', '2024-12'), nothingKnown, 10).labels).toHaveLength(10)
  })

  it('the period asked for goes before the span of the data; a leap day ends on the 28th', () => {
    const found = years(rows('2023-05-01'), { period: { from: '2022-02-28', to: '2024-02-29' } })
    expect(found.labels).toEqual(['2022-02-28 to 2023-02-27', '2023-02-28 to 2024-02-28'])
    expect(found.yearOfDay).toHaveLength(731)
  })

  it('a year with a missing month is left out, one with a month in part is named', () => {
    const found = years(rows('2022-01', '2024-12'), {
      missingMonths: ['2023-04'],
      partialMonths: ['2024-02', '2023-01'],
    })
    expect(found.labels).toEqual(['2022', '2024'])
    expect(found.notHeld).toEqual(['2023'])
    expect(found.heldInPart).toEqual(['2024'])
    const day = (text: string) => clock(text) / 1440 - found.firstDay
    expect(
      [day('2022-01-01'), day('2022-12-31'), day('2023-01-01'), day('2024-01-01'), day('2024-12-31')].map(
        (at) => found.yearOfDay[at],
      ),
    ).toEqual([0, 0, -1, 1, 1])
    expect(found.yearOfDay).toHaveLength(day('2024-12-31') + 1)
  })

  it('nothing dated, nothing whole', () => {
    expect(years(makeIncidents([{}]))).toMatchObject({ labels: [], notHeld: [] })
    expect(years(rows('2024-03-05', '2024-05-01')).labels).toEqual([])
  })
})
