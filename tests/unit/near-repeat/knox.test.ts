import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knox } from '#core/analysis/near-repeat/knox.ts'
import { poissonProbability } from '#core/analysis/support/distributions/poisson.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings } from '../space/small-study.ts'
import { codes, incidentsOn, onDay, refusal } from './dated-rows.ts'
import { burkitt, fromR } from './oracle.ts'

type Changed = Parameters<typeof settings<typeof knox.card.parameters>>[1]
const run = (incidents: Incidents, changed: Changed = {}, context: Context = nothingKnown) =>
  knox.run(incidents, settings(knox, changed), context, patient)
type Result = ReturnType<typeof run>
const column = (result: Result, name: string): number[] => [...(result.columns[name] as Float64Array)]
/** Rows of distance bands. */
const table = (result: Result, name = 'observed'): number[][] => {
  const width = new Set(result.columns.temporalBand as string[]).size
  const values = column(result, name)
  return Array.from({ length: values.length / width }, (_, r) => values.slice(r * width, (r + 1) * width))
}
const lymphoma = incidentsOn(
  ...([0, 1, 2].map((k) => burkitt.map((row) => row[k])) as [number[], number[], number[]]),
)
const seeded = incidentsOn(fromR.x, fromR.y, fromR.day)

describe('published', () => {
  it('Burkitt’s lymphoma: 13 close pairs, expected 10.143816, Poisson p 0.14624558', () => {
    const result = run(lymphoma, {
      spatialBands: [20],
      temporalBands: [5],
      distance: 'euclidean',
      closed: 'right',
      samePlaceBand: false,
      permutations: 0,
    })
    // surveillance prints it turned: time down, distance across.
    expect(table(result)).toEqual([
      [13, 3416],
      [39, 14110],
    ])
    expect(column(result, 'expectedMargins')[0]).toBeCloseTo(10.143816, 6)
    // The peers leave the observed count out of its own p: P(X > 13). Ours holds it, as the permutation p does.
    const [p, expected] = [column(result, 'poissonP')[0], column(result, 'expectedMargins')[0]]
    expect(p - poissonProbability(13, expected)).toBeCloseTo(0.14624558, 8)
    expectAgreement({
      method: 'knox',
      peer: 'R surveillance knox',
      version: '1.20.3',
      data: 'Burkitt’s lymphoma, 188 cases, 20 units and 5 days: Poisson p less that of the observed count itself, absolute (counts are equal)',
      largestDifference: Math.abs(p - poissonProbability(13, expected) - 0.1462455819714),
      tolerance: 1e-11,
    })
  })
})

const chicago = path.resolve(
  import.meta.dirname,
  '../../../../shared/data/oracles/nearrepeat-r/chicago_be_month1.csv',
)
describe.skipIf(!existsSync(chicago))(
  'oracle: Near Repeat Calculator (skipped: ../shared/data is not here)',
  () => {
    it('970 burglaries of Chicago: the observed table of the Near Repeat Calculator, to the pair', () => {
      const rows = readFileSync(chicago, 'utf8').trim().split('\n')
      const incidents = makeIncidents(
        rows.map((line) => {
          const [x, y, from] = line.split(',')
          return { at: [Number(x), Number(y)] as const, from: from.trim() }
        }),
      )
      const result = run(incidents, {
        spatialBands: [100, 200, 300],
        temporalBands: [7, 14, 21],
        permutations: 199,
      })
      const theirs = [
        [28, 5, 5, 2],
        [44, 13, 8, 4],
        [97, 56, 19, 16],
        [77, 67, 45, 20],
        [182194, 146149, 95237, 45879],
      ]
      expect(table(result)).toEqual(theirs)
      expect(result.columns.spatialBand.slice(0, 5)).toEqual(
        Array(4).fill('Same place (under 1 m)').concat('1 to under 100 m'),
      )
      expectAgreement({
        method: 'knox',
        peer: 'Near Repeat Calculator',
        version: '1.3',
        data: '970 burglaries, Chicago, January 2016: observed pairs in 20 bands, absolute',
        largestDifference: Math.max(
          ...table(result).flatMap((row, r) => row.map((each, c) => Math.abs(each - theirs[r][c]))),
        ),
        tolerance: 0,
      })
      // Its ratios come of 19 permutations: ours must lie where such a mean can.
      const ratio = table(result, 'ratioMean')
      expect(ratio[0][0]).toBeGreaterThan(1.4)
      expect(ratio[0][0]).toBeLessThan(2)
      expect(ratio[1][0]).toBeCloseTo(1.685, 0)
      expect(table(result, 'pValue')[1][0]).toBeLessThan(0.02)
      expect(result.summary.notable.map(({ temporalBand }) => temporalBand)).toContain('0 to under 7 days')
    })
  },
)

describe('oracle', () => {
  it.each(['manhattan-left', 'manhattan-right', 'euclidean-left', 'euclidean-right'])(
    'tables by R dist and cut: %s',
    (name) => {
      const [distance, closed] = name.split('-')
      const result = run(seeded, { distance, closed, samePlace: 0, permutations: 0 })
      expect(table(result)).toEqual(fromR.tables[name])
    },
  )

  it('expected and Poisson p of surveillance knox; its permutation p within chance', () => {
    let worst = 0
    for (const each of fromR.single) {
      const result = run(seeded, {
        distance: 'euclidean',
        closed: 'right',
        samePlaceBand: false,
        spatialBands: [each.metres],
        temporalBands: [each.days],
        permutations: 1999,
      })
      expect(column(result, 'observed')[0]).toBe(each.observed)
      const [expected] = column(result, 'expectedMargins')
      worst = Math.max(worst, Math.abs(expected / each.expected - 1))
      const [p] = column(result, 'poissonP')
      if (Number.isFinite(p))
        worst = Math.max(worst, Math.abs(p - poissonProbability(each.observed, expected) - each.poissonP))
      const spread = Math.sqrt((each.permutedP * (1 - each.permutedP)) / 2000) + 0.001
      expect(Math.abs(column(result, 'pValue')[0] - each.permutedP)).toBeLessThan(4 * spread)
      expect(column(result, 'expectedMean')[0]).toBeCloseTo(expected, -1)
    }
    expectAgreement({
      method: 'knox',
      peer: 'R surveillance knox',
      version: fromR.versions.surveillance,
      data: '300 seeded incidents, three pairs of distance and days: expected (relative) and Poisson p less that of the observed count (absolute)',
      largestDifference: worst,
      tolerance: 1e-11,
    })
  })
})

describe('brute force', () => {
  it('every pair looked at: any bands, both distances, either edge', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(40), fc.nat(40), fc.nat(30)), { minLength: 10, maxLength: 60 }),
        fc.uniqueArray(fc.integer({ min: 3, max: 60 }), { minLength: 1, maxLength: 5 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('manhattan', 'euclidean'),
        fc.constantFrom('left', 'right'),
        fc.constantFrom(0, 2),
        (places, far, long, distance, closed, samePlace) => {
          const [x, y, day] = [0, 1, 2].map((k) => places.map((place) => place[k]))
          fc.pre(new Set(places.map(String)).size > 2 && new Set(day).size > 1 && new Set(x).size > 1)
          const [spatialBands, temporalBands] = [far, long].map((each) => each.toSorted((a, b) => a - b))
          const result = run(incidentsOn(x, y, day), {
            spatialBands,
            temporalBands,
            distance,
            closed,
            samePlace,
            permutations: 0,
          })
          const expected = Array.from({ length: far.length + 2 }, () => Array(long.length + 1).fill(0))
          const below = (value: number, edge: number): boolean =>
            closed === 'left' ? value < edge : value <= edge
          for (let i = 0; i < x.length; i++)
            for (let j = 0; j < i; j++) {
              const [dx, dy] = [Math.abs(x[i] - x[j]), Math.abs(y[i] - y[j])]
              const d = distance === 'manhattan' ? dx + dy : Math.sqrt(dx * dx + dy * dy)
              const same = samePlace === 0 ? d === 0 : below(d, samePlace)
              const s = same ? 0 : 1 + spatialBands.filter((edge) => !below(d, edge)).length
              const t = temporalBands.filter((edge) => !below(Math.abs(day[i] - day[j]), edge)).length
              expected[s][t]++
            }
          expect(table(result)).toEqual(expected)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('all 3,628,800 orders are too many: 5,000 permutations come near the margins’ exact mean', () => {
    const result = run(incidentsOn(fromR.x.slice(0, 80), fromR.y.slice(0, 80), fromR.day.slice(0, 80)), {
      permutations: 5000,
    })
    const mean = column(result, 'expectedMean')
    column(result, 'expectedMargins').forEach((exact, cell) => {
      expect(Math.abs(mean[cell] - exact)).toBeLessThan(4 * Math.sqrt((exact + 0.1) / 5000) + 0.01 * exact)
    })
  })
})

describe('properties', () => {
  it('the order of the rows changes nothing, permutations included; nor does moving all', () => {
    const base = run(seeded, { permutations: 99 })
    const back = <T>(values: readonly T[]): T[] => values.toReversed()
    const turned = run(incidentsOn(back(fromR.x), back(fromR.y), back(fromR.day)), { permutations: 99 })
    expect(turned.columns).toEqual(base.columns)
    const moved = run(
      incidentsOn(
        fromR.x.map((v) => v + 450_000),
        fromR.y.map((v) => v + 300_000),
        fromR.day.map((v) => v + 1000),
      ),
      { permutations: 99 },
    )
    expect(moved.columns).toEqual(base.columns)
  })

  it('parts in any order and by any worker give the same as one run; another seed does not', () => {
    const params = settings(knox, { permutations: 300 })
    const { state, parts } = knox.shares!.begin(seeded, params, nothingKnown, patient)
    expect(parts).toBe(5)
    const done: unknown[] = []
    for (const index of [3, 0, 4, 1, 2])
      done[index] = knox.shares!.part(structuredClone(state), index, patient)
    const shared = knox.shares!.finish(state, done, seeded, params, nothingKnown, patient)
    expect(shared).toEqual(run(seeded, { permutations: 300 }))
    const other = run(seeded, { permutations: 150, seed: 2 })
    expect(other.columns.expectedMean).not.toEqual(shared.columns.expectedMean)
    expect(other.columns.observed).toEqual(shared.columns.observed)
  })

  it('every table adds up to all pairs, its rows to the pairs of their distance', () => {
    const result = run(seeded, { permutations: 99 })
    for (const name of ['observed', 'expectedMean', 'expectedMargins'])
      expect(column(result, name).reduce((a, b) => a + b)).toBeCloseTo(result.summary.pairs, 6)
    table(result, 'expectedMargins').forEach((row, r) => {
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(
        table(result)[r].reduce((a, b) => a + b),
        6,
      )
    })
    for (const p of column(result, 'pValue')) expect(p).toBeGreaterThanOrEqual(0.01)
  })

  it('planted near repeats are found; exchanged within months or areas dates stay there', () => {
    const u = seededNumbers(7, 900)
    const rows = Array.from({ length: 150 }, (_, i) => [
      4000 * u[i],
      4000 * u[150 + i],
      Math.floor(360 * u[300 + i]),
    ])
    const planted = rows.concat(
      rows
        .slice(0, 50)
        .map(([x, y, day], i) => [
          x + 2 + 30 * u[450 + i],
          y,
          Math.min(365, day + 1 + Math.floor(5 * u[500 + i])),
        ]),
    )
    const [x, y, day] = [0, 1, 2].map((k) => planted.map((row) => row[k]))
    const incidents = incidentsOn(x, y, day)
    const found = run(incidents)
    expect(table(found, 'pValue')[1][0]).toBe(0.001)
    expect(found.summary.notable[0]).toMatchObject({
      spatialBand: '1 to under 50 m',
      temporalBand: '0 to under 7 days',
    })
    for (const within of ['month', 'quarter']) {
      const restricted = run(incidents, { within })
      expect(table(restricted, 'pValue')[1][0]).toBeLessThan(0.01)
      expect(column(restricted, 'expectedMargins').every(Number.isNaN)).toBe(true)
      expect(codes(restricted)).toContain('knox-restricted')
    }
    const areas = {
      studyArea: {
        name: 'Two',
        areas: [
          { code: 'W', name: 'W', rings: [rectangle(-1, -1, 2000, 4001)] },
          { code: 'E', name: 'E', rings: [rectangle(2000, -1, 4100, 4001)] },
        ],
      },
    }
    expect(table(run(incidents, { within: 'area' }, areas), 'pValue')[1][0]).toBe(0.001)
  })

  it('a wave that moves across town is no near repeat once dates stay within their month', () => {
    const asked = { spatialBands: [400], temporalBands: [14], samePlaceBand: false, permutations: 199 }
    const restricted: number[] = []
    for (let seed = 1; seed <= 40; seed++) {
      const u = seededNumbers(seed * 7919, 900)
      const x = Array.from({ length: 150 }, (_, i) => (i < 75 ? 0 : 5000) + 1000 * u[i])
      const y = Array.from({ length: 150 }, (_, i) => 1000 * u[300 + i])
      const day = Array.from({ length: 150 }, (_, i) => (i < 75 ? 0 : 31) + Math.floor(29 * u[600 + i]))
      const incidents = incidentsOn(x, y, day)
      if (seed < 4) expect(column(run(incidents, asked), 'pValue')[0]).toBe(0.005)
      restricted.push(column(run(incidents, { ...asked, within: 'month' }), 'pValue')[0])
    }
    // p of a true null is even over (0, 1].
    expect(restricted.filter((p) => p <= 0.1).length).toBeLessThan(10)
    expect(restricted.reduce((a, b) => a + b) / 40).toBeGreaterThan(0.35)
    expect(restricted.reduce((a, b) => a + b) / 40).toBeLessThan(0.65)
  })
})

describe('edges', () => {
  it('labels state the interval; a first break of 0 adds no band; many bands of time are all counted', () => {
    const result = run(seeded, { spatialBands: [0, 50, 100], samePlace: 0, permutations: 0 })
    expect([...new Set(result.columns.spatialBand as string[])]).toEqual([
      'Same place',
      'over 0 to under 50 m',
      '50 to under 100 m',
      '100 m or more',
    ])
    expect(column(result, 'spatialTo').at(-1)).toBeNaN()
    const right = run(seeded, { spatialBands: [50], temporalBands: [7], closed: 'right', permutations: 0 })
    expect([...new Set(right.columns.spatialBand as string[])]).toEqual([
      'Same place (up to 1 m)',
      'over 1 to 50 m',
      'over 50 m',
    ])
    expect([...new Set(right.columns.temporalBand as string[])]).toEqual(['0 to 7 days', 'over 7 days'])
    const daily = run(seeded, { temporalBands: Array.from({ length: 28 }, (_, k) => k + 1), permutations: 9 })
    const weekly = run(seeded, { temporalBands: [28], permutations: 9 })
    const folded = table(daily).map((row) => row.slice(0, 28).reduce((a, b) => a + b))
    expect(folded).toEqual(table(weekly).map((row) => row[0]))
    const foldedMean = table(daily, 'expectedMean').map((row) => row.slice(0, 28).reduce((a, b) => a + b))
    foldedMean.forEach((mean, r) => {
      expect(mean).toBeCloseTo(table(weekly, 'expectedMean')[r][0], 8)
    })
  })

  it('nothing expected: ratio NaN, not Infinity; without permutations no p; both are told', () => {
    const far = incidentsOn(
      Array.from({ length: 12 }, (_, i) => 5000 * i),
      Array(12).fill(0),
      Array.from({ length: 12 }, (_, i) => i),
    )
    const result = run(far, { permutations: 19 })
    expect(column(result, 'ratioMean')[0]).toBeNaN()
    expect(column(result, 'pValue')[0]).toBe(1)
    expect(codes(result)).toContain('knox-zero-expected')
    const none = run(far, { permutations: 0 })
    expect(column(none, 'pValue').every(Number.isNaN)).toBe(true)
    expect(codes(none)).toContain('knox-no-permutations')
    for (const { code } of [...result.caveats, ...none.caveats])
      expect(Object.keys(knox.card.caveats)).toContain(code)
  })

  it('what has no place or day is left out and told; map points are told; spans by start or middle', () => {
    const base = Array.from({ length: 20 }, (_, i) => onDay(100 * i, 0, i))
    const result = run(
      makeIncidents([
        ...base,
        { from: '2020-01-01' },
        { at: [1, 1] },
        { at: [1, 1], from: '2020-01' },
        { at: [1, 1], from: '2020-01-01', precision: 'area' },
        onDay(0, 0, 0, { precision: 'snapped' }),
      ]),
      { permutations: 0 },
    )
    expect(result.summary.incidents).toBe(21)
    for (const code of ['unlocated', 'area-places', 'undated', 'month-only', 'snapped-same-place'])
      expect(codes(result)).toContain(code)
    const spans = base.map((row) => ({ ...row, to: '2020-03-01' }))
    expect(codes(run(makeIncidents(spans), { permutations: 0 }))).toContain('wide-spans')
    expect(run(makeIncidents(spans), { permutations: 0, dateUsed: 'middle' }).summary.firstDay).toBe(
      '2020-01-31',
    )
  })
})

describe('refuses', () => {
  it('month-only dates, few, one place, one day, no place, bad breaks, areas that are not there', () => {
    const many = Array.from({ length: 30 }, (_, i) => i)
    const row = (i: number) => onDay(10 * i, 0, i)
    expect(refusal(() => run(makeIncidents(many.map((i) => ({ ...row(i), from: '2020-05' })))))).toBe(
      'E-MTH-DAY',
    )
    expect(refusal(() => run(makeIncidents(many.map((i) => ({ at: row(i).at! })))))).toBe('E-MTH-DAY')
    expect(refusal(() => run(makeIncidents(many.map((i) => ({ from: row(i).from! })))))).toBe('E-MTH-PLACE')
    expect(refusal(() => run(makeIncidents(many.slice(0, 9).map(row))))).toBe('E-NRP-FEW')
    expect(refusal(() => run(makeIncidents([])))).toBe('E-NRP-FEW')
    expect(refusal(() => run(makeIncidents(many.map((i) => onDay(5, 5, i)))))).toBe('E-NRP-SAME')
    expect(refusal(() => run(makeIncidents(many.map((i) => onDay(i, 5, 1)))))).toBe('E-NRP-SAME')
    const good = makeIncidents(many.map(row))
    expect(refusal(() => run(good, { spatialBands: [] }))).toBe('E-NRP-BANDS')
    expect(refusal(() => run(good, { spatialBands: [0] }))).toBe('E-NRP-BANDS')
    expect(refusal(() => run(good, { spatialBands: [5, 50], samePlace: 5 }))).toBe('E-NRP-BANDS')
    expect(refusal(() => run(good, { within: 'area' }))).toBe('E-MTH-AREA')
    expect(refusal(() => run(makeIncidents([...many.map(row), { at: [1, 1], from: '1900-01-01' }])))).toBe(
      'E-NRP-SPAN',
    )
    expect(refusal(() => run(good))).toBe('accepted')
  })
})
