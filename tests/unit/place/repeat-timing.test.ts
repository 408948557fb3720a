import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repeatLocations } from '#core/analysis/place/repeat-locations.ts'
import { repeatTiming } from '#core/analysis/place/repeat-timing.ts'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { onDay } from '../near-repeat/dated-rows.ts'
import { fromR } from '../near-repeat/oracle.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'

const FIRST = 18262
const run = (rows: readonly Row[], places: readonly number[], end: number, limits: readonly number[]) =>
  repeatTiming(
    makeIncidents(rows),
    new Uint8Array(rows.length).fill(1),
    Int32Array.from(places),
    FIRST + end,
    limits,
    patient,
  )
const onDays = (days: readonly number[]): Row[] => days.map((day) => onDay(0, 0, day))

describe('published', () => {
  // Kaplan and Meier (1958), section 2: 0.8, 3.1, 5.4, 9.2 followed; 1.0, 2.7, 7.0, 12.1 lost. Times ten, as days.
  it('Kaplan and Meier’s own example: 7/8, 7/10, 21/40 and 0 where the last is lost after', () => {
    const followed = [8, 31, 54, 92]
    const lost = [10, 27, 70, 121]
    const days: number[] = []
    const places: number[] = []
    // A followed time of t: day 0 and day t, the second watched no further. A lost one: watched from end − t.
    for (const [at, t] of lost.entries()) {
      days.push(121 - t)
      places.push(100 + at)
    }
    for (const [at, t] of followed.entries()) {
      days.push(121 - t, 121)
      places.push(at, at)
    }
    const { rows } = run(onDays(days), places, 121, [8, 31, 54, 92])
    // The four second ones are watched for 0 days: they leave before anything happens.
    expect(rows.map((row) => 1 - row.chance).map((left) => left.toFixed(6))).toEqual(
      [7 / 8, (7 / 8) * (4 / 5), (7 / 8) * (4 / 5) * (3 / 4), (7 / 8) * (4 / 5) * (3 / 4) * (1 / 2)].map(
        (left) => left.toFixed(6),
      ),
    )
  })
})

describe('oracle', () => {
  it('survfit of R’s survival', () => {
    const { km } = fromR
    const { rows } = run(onDays(km.day), km.place, km.end, km.at)
    expectAgreement({
      method: 'repeatLocations',
      peer: 'R survival survfit',
      version: fromR.versions.survival,
      data: '160 seeded incidents at 40 places over a year: chance of a next one within 5 limits, absolute',
      largestDifference: Math.max(...rows.map((row, at) => Math.abs(row.chance - km.share[at]))),
      tolerance: 1e-10,
    })
  })
})

describe('brute force', () => {
  it('each incident followed by hand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.nat(60)), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 30, max: 80 }),
        (drawn, end) => {
          const limits = [0, 5, 20, 40, 100]
          const { rows, timed, untimed } = run(
            onDays(drawn.map(([, day]) => day)),
            drawn.map(([place]) => place),
            end,
            limits,
          )
          const inTime = drawn.filter(([, day]) => day <= end)
          expect([timed, untimed]).toEqual([inTime.length, drawn.length - inTime.length])
          const spells = [0, 1, 2, 3, 4].flatMap((place) => {
            const days = inTime
              .filter((each) => each[0] === place)
              .map(([, day]) => day)
              .sort((a, b) => a - b)
            return days.map((day, at) =>
              at + 1 < days.length ? { time: days[at + 1] - day, next: 1 } : { time: end - day, next: 0 },
            )
          })
          const all = spells.filter(({ next }) => next === 1).length
          rows.forEach((row, at) => {
            const within = spells.filter(({ time, next }) => next === 1 && time <= limits[at]).length
            expect(row.repeats).toBe(within)
            if (all === 0) expect(row.shareOfRepeats).toBeNaN()
            else expect(row.shareOfRepeats).toBeCloseTo(within / all, 9)
            let left = 1
            for (let day = 0; day <= limits[at]; day++) {
              const risk = spells.filter(({ time }) => time >= day).length
              const events = spells.filter(({ time, next }) => next === 1 && time === day).length
              if (risk > 0) left *= 1 - events / risk
            }
            const longest = Math.max(...spells.map(({ time }) => time), -1)
            // Once all were followed nothing is left to come.
            if (limits[at] <= longest || (spells.length > 0 && left === 0))
              expect(row.chance).toBeCloseTo(1 - left, 9)
            else expect(row.chance).toBeNaN()
            const before = at === 0 ? 0 : limits[at - 1]
            const days = spells.reduce(
              (sum, { time }) => sum + Math.min(time, limits[at]) - Math.min(time, before),
              0,
            )
            const events = within - (at === 0 ? 0 : rows[at - 1].repeats)
            if (days > 0) expect(row.ratePer1000Days).toBeCloseTo((1000 * events) / days, 9)
            else expect(row.ratePer1000Days).toBeNaN()
          })
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('properties', () => {
  it('row order does not matter; with a constant risk the chance is right where the plain share is too quick', () => {
    let state = 12345
    const random = (): number => {
      state = (state * 48271) % 2147483647
      return state / 2147483647
    }
    const days: number[] = []
    const places: number[] = []
    // One in a hundred a day at each of 400 places, for a year.
    for (let place = 0; place < 400; place++)
      for (let day = 0; day < 365; day++)
        if (random() < 0.01) {
          days.push(day)
          places.push(place)
        }
    const { rows } = run(onDays(days), places, 364, [28, 91, 182])
    rows.forEach((row) => {
      const truth = 1 - 0.99 ** row.withinDays
      expect(Math.abs(row.chance - truth)).toBeLessThan(0.03)
      expect(row.ratePer1000Days).toBeGreaterThan(8)
      expect(row.ratePer1000Days).toBeLessThan(12)
    })
    expect(rows[1].shareOfRepeats).toBeGreaterThan(1 - 0.99 ** 91 + 0.05)
    expect(run(onDays(days.toReversed()), places.toReversed(), 364, [28, 91, 182]).rows).toEqual(rows)
  })
})

describe('edges', () => {
  it('no incident, no repeat, month-only dates, dates before 1970, no last day', () => {
    expect(run([], [], 10, [7]).rows).toEqual([
      {
        withinDays: 7,
        repeats: 0,
        shareOfRepeats: Number.NaN,
        chance: Number.NaN,
        ratePer1000Days: Number.NaN,
      },
    ])
    expect(run(onDays([0]), [0], 10, [7]).rows[0]).toMatchObject({
      repeats: 0,
      chance: 0,
      ratePer1000Days: 0,
    })
    const monthly: Row[] = [
      { at: [0, 0], from: '2020-01' },
      { at: [0, 0], from: '2020-02' },
    ]
    expect(run(monthly, [0, 0], 99, [7])).toMatchObject({ timed: 0, untimed: 2 })
    const old: Row[] = [
      { at: [0, 0], from: '1969-12-30' },
      { at: [0, 0], from: '1970-01-03' },
    ]
    expect(run(old, [0, 0], 0, [3, 4]).rows.map((row) => row.repeats)).toEqual([0, 1])
    expect(run(onDays([0, 1]), [0, 0], Number.NaN, [7])).toMatchObject({ timed: 0, untimed: 2 })
  })

  it('in repeat locations: the curve, its caveat, and none where no limit is asked for', () => {
    const rows = [onDay(5, 5, 0), onDay(5, 5, 3), onDay(9, 9, 1)].map((row) => ({
      ...row,
      words: { location: 'A' },
    }))
    const context = { period: { from: '2020-01-01', to: '2021-01-01' } }
    const ask = (raw: Record<string, unknown>, of: readonly Row[] = rows) =>
      repeatLocations.run(makeIncidents(of), readParameters(repeatLocations.card, raw), context, patient)
    expect(ask({}).summary.timeToRepeat[1]).toMatchObject({ withinDays: 7, repeats: 1, shareOfRepeats: 1 })
    expect(ask({}).caveats.map(({ code }) => code)).not.toContain('timing-part')
    const partly = [...rows, { at: [5, 5] as const, words: { location: 'A' } }]
    expect(ask({}, partly).caveats.map(({ code }) => code)).toContain('timing-part')
    expect(ask({ limits: [] }, partly).caveats.map(({ code }) => code)).not.toContain('timing-part')
    expect(ask({ limits: [] }).summary.timeToRepeat).toEqual([])
  })
})

describe('refuses', () => {
  it('limits that fall', () => {
    expect(() => readParameters(repeatLocations.card, { limits: [7, 1] })).toThrow(/rise/)
  })
})
