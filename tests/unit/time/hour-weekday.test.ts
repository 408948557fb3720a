import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readParameters } from '#core/analysis/support/parameters.ts'
import { hourOfWeek } from '#core/analysis/support/wall-clock.ts'
import { hourWeekday } from '#core/analysis/time/hour-weekday.ts'
import { peakWindows } from '#core/analysis/time/peak-windows.ts'
import { spreadOverWeek } from '#core/analysis/time/spread-over-week.ts'
import { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import {
  clock,
  makeColumns,
  makeIncidents,
  nothingKnown,
  patient,
  type Row,
  toIncidents,
} from '../select/make-incidents.ts'
import { openData, query } from './open-data.ts'
import { notHere, readVehicleThefts } from './vehicle-thefts.ts'

const run = (rows: readonly Row[], raw: Record<string, unknown> = {}) =>
  hourWeekday.run(makeIncidents(rows), readParameters(hourWeekday.card, raw), nothingKnown, patient)
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map((each) => each.code)
const sum = (weights: ArrayLike<number>): number => Array.from(weights).reduce((a, b) => a + b, 0)
/** Hours with weight, as `Fri 22` → weight. */
const held = (weights: readonly number[]): Record<string, number> =>
  Object.fromEntries(
    weights.flatMap((weight, at) =>
      weight === 0
        ? []
        : [[`${['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][Math.floor(at / 24)]} ${at % 24}`, weight]],
    ),
  )

describe('published', () => {
  it('the example of the aoristic package: 10:55 to 11:55 lies 5 minutes in one hour and 55 in the next', () => {
    const { summary } = run([{ from: '2024-05-01 10:55', to: '2024-05-01 11:55' }])
    expect(held(summary.weights)).toEqual({ 'Wed 10': 5 / 60, 'Wed 11': 55 / 60 })
  })
})

/**
 * The loop of `aoristic.df` in R's aoristic 1.1.1, hour1 = Sunday 00, with JavaScript's own calendar; then Sunday is
 * moved to the end of the week.
 */
function aoristicDf(from: number, to: number): number[] {
  const start = new Date(from * 60_000)
  const span = Number.isNaN(to) ? 1 : to - from
  const weights = Array.from({ length: 169 }, () => 0)
  let position = 24 * start.getUTCDay() + start.getUTCHours() + 1
  let left = 60 - start.getUTCMinutes()
  if (span >= 10080) for (let hour = 1; hour <= 168; hour++) weights[hour] += 1 / 168
  else if (Number.isNaN(to) || span <= 1) weights[position] += 1
  else
    for (let remaining = span; remaining > 0; ) {
      const used = Math.min(remaining, left)
      weights[position] += used / span
      remaining -= used
      left = 60
      position = position >= 168 ? 1 : position + 1
    }
  return [...weights.slice(25), ...weights.slice(1, 25)]
}

describe('oracle', () => {
  it.each([
    ['missing end', '2024-05-01 10:55', Number.NaN],
    ['end before start', '2024-05-01 10:55', -30],
    ['no span', '2024-05-01 10:55', 0],
    ['one minute', '2024-05-01 10:59', 1],
    ['two minutes over the hour', '2024-05-01 10:59', 2],
    ['over Sunday midnight', '2024-05-05 22:10', 250],
    ['a week less a minute', '2024-05-01 10:55', 10079],
    ['a week', '2024-05-01 10:55', 10080],
    ['a year', '2024-05-01 10:55', 525600],
    ['before 1970', '1969-12-31 23:58', 5],
  ])('the rules of aoristic.df: %s', (_, start, span) => {
    const weights = new Float64Array(168)
    spreadOverWeek(weights, clock(start), clock(start) + span)
    expect(Array.from(weights)).toEqual(aoristicDf(clock(start), clock(start) + span))
  })
  it('the same for any start and end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -4e6, max: 4e7 }),
        fc.integer({ min: -500, max: 12_000 }),
        (from, span) => {
          const weights = new Float64Array(168)
          spreadOverWeek(weights, from, from + span)
          expect(Array.from(weights)).toEqual(aoristicDf(from, from + span))
        },
      ),
      { numRuns: 500, seed: 12 },
    )
  })
})

describe.skipIf(notHere !== '')(`oracle: New York vehicle thefts${notHere}`, () => {
  it('the four hours counted, spans up to a day', () => {
    const held24 = JSON.parse(
      readFileSync(new URL('../../oracles/aoristic/expected.json', import.meta.url), 'utf8'),
    ) as Record<'within24' | 'start24' | 'mid24' | 'end24', number[]>
    const hours = { aoristic: held24.within24, start: held24.start24, mid: held24.mid24, end: held24.end24 }
    const thefts = readVehicleThefts()
    const largestDifference = Math.max(
      ...(['aoristic', 'start', 'mid', 'end'] as const).map((method) => {
        const params = readParameters(hourWeekday.card, { method })
        const { weights } = hourWeekday.run(thefts, params, nothingKnown, patient).summary
        const expected = hours[method]
        return Math.max(...expected.map((weight, at) => Math.abs(weight - weights[at])))
      }),
    )
    expectAgreement({
      method: 'hourWeekday',
      peer: 'R package aoristic, its rules written again in R',
      version: '1.1.1',
      data: '27,951 New York vehicle thefts, spans up to 24 h, each hour by four ways, absolute',
      largestDifference,
      tolerance: 1e-8,
    })
  })
})

describe('brute force', () => {
  it('minute by minute', () => {
    const anySpan = fc.tuple(
      fc.integer({ min: clock('2024-01-01'), max: clock('2024-12-31') }),
      fc.option(fc.integer({ min: -100, max: 3000 })),
      fc.boolean(),
    )
    fc.assert(
      fc.property(
        fc.array(anySpan, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        (drawn, limit) => {
          const columns = makeColumns(drawn.map(() => ({ from: '2024-01-01 00:00', to: '2024-01-01 00:00' })))
          const expected = Array.from({ length: 168 }, () => 0)
          let [used, long] = [0, 0]
          drawn.forEach(([from, span], row) => {
            columns.occurredFrom[row] = from
            columns.occurredTo[row] = span === null ? -2147483648 : from + span
            const known = span === null || span <= 1
            if (!known && span > limit * 60) {
              long++
              return
            }
            used++
            for (let minute = from; minute < from + (known ? 1 : span); minute++)
              expected[hourOfWeek(minute)] += 1 / (known ? 1 : span)
          })
          const params = readParameters(hourWeekday.card, { maximumSpan: limit })
          const { summary } = hourWeekday.run(toIncidents(columns), params, nothingKnown, patient)
          summary.weights.forEach((weight, at) => {
            expect(weight).toBeCloseTo(expected[at], 9)
          })
          expect(summary).toMatchObject({ used, excludedLongSpan: long })
        },
      ),
      { numRuns: 150, seed: 13 },
    )
  })
  it('peak windows by trying every three starts in turn', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 168, maxLength: 168 }),
        fc.integer({ min: 1, max: 24 }),
        (weights, width) => {
          const free = weights.map(() => true)
          const expected: [number, number][] = []
          for (let turn = 0; turn < 3; turn++) {
            const starts = weights.map((_, start) =>
              Array.from({ length: width }, (_unused, k) => (start + k) % 168),
            )
            const sums = starts.map((hours) =>
              hours.every((hour) => free[hour]) ? sum(hours.map((hour) => weights[hour])) : -1,
            )
            const best = sums.indexOf(Math.max(...sums))
            if (sums[best] <= 0) break
            for (const hour of starts[best]) free[hour] = false
            expected.push([best, sums[best]])
          }
          const found = peakWindows(weights, width, 3, 100)
          expect(found.map((each) => [each.day * 24 + each.fromHour, each.weight])).toEqual(expected)
          for (const each of found)
            expect(each).toMatchObject({ toHour: each.fromHour + width, share: each.weight / 100 })
        },
      ),
      { numRuns: 100, seed: 14 },
    )
  })
})

describe('properties', () => {
  const rows: Row[] = Array.from({ length: 300 }, (_, k) => ({
    from: `2024-${String(1 + (k % 12)).padStart(2, '0')}-${String(1 + (k % 28)).padStart(2, '0')} ${String(k % 24).padStart(2, '0')}:${String((k * 7) % 60).padStart(2, '0')}`,
    ...(k % 4 === 0
      ? {}
      : {
          to: `2024-${String(1 + (k % 12)).padStart(2, '0')}-${String(1 + (k % 28)).padStart(2, '0')} 23:59`,
        }),
  }))
  it('each incident weighs 1 in all, whatever its span', () => {
    for (const span of [0, 1, 2, 59, 60, 61, 1439, 10_079, 10_080, 99_999]) {
      const weights = new Float64Array(168)
      spreadOverWeek(weights, clock('2024-02-29 13:37'), clock('2024-02-29 13:37') + span)
      expect(sum(weights)).toBeCloseTo(1, 12)
    }
  })
  it('the weights add up to the incidents used, by every choice of hour', () => {
    for (const method of ['aoristic', 'start', 'mid', 'end']) {
      const { summary } = run(rows, { method })
      expect(sum(summary.weights)).toBeCloseTo(summary.used, 9)
      expect(summary.used).toBe(300)
    }
  })
  it('the order of rows does not matter, and a masked set equals the rows gathered', () => {
    const { summary } = run(rows)
    run(rows.toReversed()).summary.weights.forEach((weight, at) => {
      expect(weight).toBeCloseTo(summary.weights[at], 9)
    })
    const mask = Uint8Array.from(rows, (_, at) => (at % 5 === 0 ? 1 : 0))
    const params = readParameters(hourWeekday.card, {})
    expect(hourWeekday.run(toIncidents(makeColumns(rows), mask), params, nothingKnown, patient)).toEqual(
      run(rows.filter((_, at) => at % 5 === 0)),
    )
  })
  it('moves with the clock: an hour later is an hour further on', () => {
    const later = (row: Row): Row => ({
      from: row.from!.replace('2024-02', '2024-03'),
      ...(row.to ? { to: row.to.replace('2024-02', '2024-03') } : {}),
    })
    const february = rows.filter((row) => row.from!.startsWith('2024-02'))
    // 1 March 2024 is one weekday on from 1 February.
    const moved = run(february.map(later)).summary.weights
    run(february).summary.weights.forEach((weight, at) => {
      expect(moved[(at + 24) % 168]).toBeCloseTo(weight, 9)
    })
  })
})

describe('edges', () => {
  it('start, middle and end of a span past midnight', () => {
    const row = { from: '2024-05-03 22:00', to: '2024-05-04 02:01' }
    expect(held(run([row], { method: 'start' }).summary.weights)).toEqual({ 'Fri 22': 1 })
    expect(held(run([row], { method: 'mid' }).summary.weights)).toEqual({ 'Sat 0': 1 })
    expect(held(run([row], { method: 'end' }).summary.weights)).toEqual({ 'Sat 2': 1 })
    expect(run([row]).summary.windows[0]).toMatchObject({ day: 4, fromHour: 22, toHour: 26 })
  })
  it('from after to stands at its start hour, with a caveat', () => {
    const result = run([{ from: '2024-05-03 22:00', to: '2024-05-03 20:00' }])
    expect(held(result.summary.weights)).toEqual({ 'Fri 22': 1 })
    expect(result.summary.reversed).toBe(1)
    expect(codes(result)).toEqual(['span-reversed'])
  })
  it('a span of exactly the longest is in, a minute more is out; 0 means no limit', () => {
    const day = { from: '2024-05-03 22:00', to: '2024-05-04 22:00' }
    const more = { from: '2024-05-03 22:00', to: '2024-05-04 22:01' }
    const result = run([day, more])
    expect(result.summary).toMatchObject({ used: 1, excludedLongSpan: 1 })
    expect(result.caveats[0].text).toMatch(
      /^1 of 2 incidents \(50.0%\) may have happened at any time in more than 24 hours/,
    )
    expect(run([day, more], { maximumSpan: 0 }).summary).toMatchObject({ used: 2, excludedLongSpan: 0 })
  })
  it('the hours of the clock changes are those written: one that is not there in spring, one twice in autumn', () => {
    const spring = run([{ from: '2024-03-31 00:30', to: '2024-03-31 02:30' }]).summary.weights
    expect(held(spring)).toEqual({ 'Sun 0': 0.25, 'Sun 1': 0.5, 'Sun 2': 0.25 })
    const autumn = run([{ from: '2024-10-27 00:00', to: '2024-10-27 03:00' }]).summary.weights
    expect(autumn[6 * 24 + 1]).toBeCloseTo(1 / 3, 12)
  })
  it('night is 18:00 to 06:00', () => {
    const rows = ['17:59', '18:00', '05:59', '06:00'].map((time) => ({ from: `2024-05-01 ${time}` }))
    expect(run(rows).summary.nightShare).toBe(0.5)
  })
  it('records without a time are left out and told; a span of one whole day is spread evenly', () => {
    const result = run([{ from: '2024-05-01' }, { from: '2024-05-02 00:00', to: '2024-05-03 00:00' }, {}])
    expect(result.summary).toMatchObject({ used: 1, excludedNoTime: 2 })
    expect(codes(result)).toEqual(['no-time'])
    expect(result.summary.weights[3 * 24 + 5]).toBeCloseTo(1 / 24, 12)
  })
  it('many at exactly midnight are told', () => {
    const rows = Array.from({ length: 100 }, (_, k) => ({ from: `2024-05-01 ${k < 25 ? '00:00' : '13:05'}` }))
    expect(codes(run(rows))).toEqual(['midnight'])
    expect(codes(run(rows.slice(10)))).toEqual([])
  })
  it('none selected, or all too long: no pattern, shares undefined', () => {
    for (const result of [run([]), run([{ from: '2024-05-01 00:01', to: '2024-06-01 00:00' }])]) {
      expect(result.summary).toMatchObject({ used: 0, windows: [], nightShare: Number.NaN })
      expect(codes(result)[0]).toBe('none-used')
    }
  })
})

describe('refuses', () => {
  it.each([
    ['month', '2024-05'],
    ['day', '2024-05-01'],
  ])('data recorded by %s, in plain words', (word, from) => {
    const refusal = (): unknown => run([{ from }, { from }])
    expect(refusal).toThrow(InputError)
    expect(refusal).toThrow(new RegExp(`recorded by ${word}, without the time they happened`))
    try {
      refusal()
    } catch (error) {
      expect((error as InputError).code).toBe('E-MTH-TIME')
    }
  })
  it('incidents without any date', () => {
    expect(() => run([{}, {}])).toThrow(/recorded without a date/)
  })
  it('settings out of range', () => {
    expect(() => readParameters(hourWeekday.card, { windowHours: 25 })).toThrow(/at most 24/)
    expect(() => readParameters(hourWeekday.card, { method: 'middle' })).toThrow(/must be one of/)
  })
})

const thefts = openData('exact-time/nyc_vehicle_thefts_2014_2017_from_to.csv.gz')
describe.skipIf(!thefts.held)(
  'real data: New York vehicle thefts with from and to (skipped when the open data are not beside the repository)',
  () => {
    it('mass equals the incidents used, and the counts are those of DuckDB', async () => {
      const rows = await query(
        `select strftime(date_start, '%Y-%m-%d %H:%M') as f, strftime(date_end, '%Y-%m-%d %H:%M') as t,
        date_diff('minute', date_start, date_end) > 1440 as long
       from read_csv('${thefts.path}', timestampformat = '%Y-%m-%d %H:%M', types = {'date_start': 'TIMESTAMP', 'date_end': 'TIMESTAMP'})`,
      )
      expect(rows).toHaveLength(35_746)
      const result = run(
        rows.map(({ f, t }) => ({ ...(f ? { from: String(f) } : {}), ...(t ? { to: String(t) } : {}) })),
      )
      const { summary } = result
      expect(summary.excludedLongSpan).toBe(rows.filter((row) => row.long === true).length)
      expect(summary.excludedNoTime).toBe(rows.filter((row) => row.f === null).length)
      expect(summary.used + summary.excludedLongSpan + summary.excludedNoTime).toBe(35_746)
      expect(sum(summary.weights)).toBeCloseTo(summary.used, 6)
      expect(summary.windows).toHaveLength(3)
      const starts = await query(
        `select (isodow(date_start) - 1) * 24 + hour(date_start) as h, count(*)::int as n
       from read_csv('${thefts.path}', timestampformat = '%Y-%m-%d %H:%M', types = {'date_start': 'TIMESTAMP', 'date_end': 'TIMESTAMP'})
       where date_start is not null group by 1 order by 1`,
      )
      const all = run(
        rows.map(({ f }) => (f ? { from: String(f) } : {})),
        { method: 'start' },
      )
      expect(all.summary.weights).toEqual(
        Array.from({ length: 168 }, (_, h) => Number(starts.find((row) => Number(row.h) === h)?.n ?? 0)),
      )
    })
  },
)
