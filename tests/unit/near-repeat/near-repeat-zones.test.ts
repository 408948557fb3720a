import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decayRisk } from '#core/analysis/near-repeat/decay-risk.ts'
import { hitsInTop } from '#core/analysis/near-repeat/hits-in-top.ts'
import { nearRepeatZones } from '#core/analysis/near-repeat/near-repeat-zones.ts'
import { cellX, cellY, gridOver } from '#core/analysis/space/grid.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings } from '../space/small-study.ts'
import { codes, incidentsOn, onDay, refusal } from './dated-rows.ts'
import { fromPython, fromR } from './oracle.ts'

type Changed = Parameters<typeof settings<typeof nearRepeatZones.card.parameters>>[1]
const run = (incidents: Incidents, changed: Changed = {}, context: Context = nothingKnown) =>
  nearRepeatZones.run(incidents, settings(nearRepeatZones, changed), context, patient)
const square: Context = {
  studyArea: { name: 'Square', areas: [{ code: 'S', name: 'S', rings: [rectangle(0, 0, 2000, 2000)] }] },
}
const seeded = incidentsOn(fromR.x, fromR.y, fromR.day)
const asked = {
  shape: 'square',
  cellSize: 100,
  asOf: '2020-04-30',
  lookback: 28,
  halfLife: 14,
  reach: 300,
  halfDistance: 100,
  topShare: 5,
  testWeeks: 4,
}

describe('published', () => {
  it('Esri’s worked example: half-distance 572 ft, half-life 6 days, 1500 ft: 1/2 and 1/4', () => {
    const foot = 0.3048
    const grid = gridOver([0, 0, 2000, 2000], 'square', 100)
    const rule = {
      lookback: 21,
      reach: 1500 * foot,
      halfLife: 6,
      halfDistance: 572 * foot,
      addUp: true,
    }
    const risk = (age: number, away: number): number =>
      decayRisk(
        grid,
        Float64Array.of(50 - away),
        Float64Array.of(50),
        Int32Array.of(100 - age),
        100,
        rule,
        patient,
      )[0]
    expect(risk(6, 0)).toBeCloseTo(1 / 2, 12)
    expect(risk(6, 572 * foot)).toBeCloseTo(1 / 4, 12)
    expect(risk(21, 1499 * foot)).toBeGreaterThan(0)
    expect(risk(22, 0)).toBe(0)
    expect(risk(6, 1501 * foot)).toBe(0)
    expect(risk(0, 0)).toBe(0)
  })
})

describe('oracle', () => {
  it.each(['sum', 'maximum'] as const)('risk of 400 cells in numpy: %s', (combine) => {
    const { columns } = run(seeded, { ...asked, combine }, square)
    const theirs = fromPython.zones[combine]
    const [x, y, risk] = ['x', 'y', 'risk'].map((name) => columns[name] as Float64Array)
    expect(risk.length).toBe(theirs.filter((each) => each > 0).length)
    const worst = Math.max(
      ...Array.from(risk, (own, at) =>
        Math.abs(own / theirs[Math.floor(y[at] / 100) * 20 + Math.floor(x[at] / 100)] - 1),
      ),
    )
    expectAgreement({
      method: 'nearRepeatZones',
      peer: 'numpy',
      version: fromPython.versions.numpy,
      data: `Combined by ${combine}: risk of 400 cells from 300 seeded incidents, relative`,
      largestDifference: worst,
      tolerance: 1e-11,
    })
  })

  it('hits of the four weeks before, ties by chance, in numpy', () => {
    const { summary } = run(seeded, asked, square)
    const theirs = fromPython.zones.weeks
    expect(summary.weeks.map(({ from }) => from)).toEqual([
      '2020-04-02',
      '2020-04-09',
      '2020-04-16',
      '2020-04-23',
    ])
    summary.weeks.forEach((week, at) => {
      expect(week.incidents).toBe(theirs[at].incidents)
      for (const name of ['hits', 'hitsBusy', 'hitsBest'] as const)
        expect(week[name]).toBeCloseTo(theirs[at][name], 9)
    })
    const sum = (name: 'hits' | 'incidents'): number => theirs.reduce((total, week) => total + week[name], 0)
    expect(summary.hitRate).toBeCloseTo(sum('hits') / sum('incidents'), 12)
    expect(summary.pai).toBeCloseTo((sum('hits') / sum('incidents')) * 20, 9)
    expect(summary.hitRateLow).toBeLessThan(summary.hitRate)
    expect(summary.hitRateHigh).toBeGreaterThan(summary.hitRate)
  })
})

describe('brute force', () => {
  it('risk, incident by incident and cell by cell, both shapes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(900), fc.nat(900), fc.integer({ min: 60, max: 101 })), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.constantFrom('hexagon' as const, 'square' as const),
        fc.integer({ min: 50, max: 400 }),
        fc.boolean(),
        (places, shape, reach, addUp) => {
          const grid = gridOver([0, 0, 900, 900], shape, 50)
          const [x, y, day] = [0, 1, 2].map((k) => places.map((place) => place[k]))
          const rule = { lookback: 30, reach, halfLife: 10, halfDistance: 80, addUp }
          const risk = decayRisk(
            grid,
            Float64Array.from(x),
            Float64Array.from(y),
            Int32Array.from(day),
            100,
            rule,
            patient,
          )
          risk.forEach((value, cell) => {
            const each = x.map((_, i) => {
              const d = Math.hypot(x[i] - cellX(grid, cell), y[i] - cellY(grid, cell))
              const age = 100 - day[i]
              return age >= 1 && age <= 30 && d <= reach ? 0.5 ** (age / 10) * 0.5 ** (d / 80) : 0
            })
            expect(value).toBeCloseTo(addUp ? each.reduce((a, b) => a + b) : Math.max(...each), 9)
          })
        },
      ),
      { numRuns: 100 },
    )
  })

  it('hits in the top, over every order of ties', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.nat(4)), { minLength: 1, maxLength: 6 }),
        fc.nat(5),
        (cells, at) => {
          const wanted = 1 + (at % cells.length)
          const orders = (left: number[]): number[][] =>
            left.length === 0
              ? [[]]
              : left.flatMap((one) => orders(left.filter((k) => k !== one)).map((rest) => [one, ...rest]))
          const all = orders([...cells.keys()]).map((order) =>
            order
              .sort((a, b) => cells[b][0] - cells[a][0])
              .slice(0, wanted)
              .reduce((sum, k) => sum + cells[k][1], 0),
          )
          const score = Float64Array.from(cells, ([own]) => own)
          const hits = Float64Array.from(cells, ([, own]) => own)
          expect(hitsInTop(Int32Array.from(cells.keys()), score, hits, wanted)).toBeCloseTo(
            all.reduce((a, b) => a + b) / all.length,
            9,
          )
        },
      ),
      { numRuns: 150 },
    )
  })
})

/** Two thirds of incidents follow one of the last fortnight within 60 m; the sources wander over town. */
function contagious(seed: number): Row[] {
  const u = seededNumbers(seed, 4000)
  const rows: { x: number; y: number; day: number }[] = []
  for (let i = 0; i < 800; i++) {
    const day = Math.floor(i / 4)
    const source = rows[Math.floor(i - 1 - 40 * u[5 * i])]
    const follows = source !== undefined && u[5 * i + 1] < 0.66
    rows.push({
      x: follows ? source.x + 120 * (u[5 * i + 2] - 0.5) : 6000 * u[5 * i + 2],
      y: follows ? source.y + 120 * (u[5 * i + 3] - 0.5) : 6000 * u[5 * i + 3],
      day,
    })
  }
  return rows.map(({ x, y, day }) => onDay(x, y, day))
}

describe('properties', () => {
  it('where incidents do follow one another the zones beat the busiest cells; where they do not they do not', () => {
    const found = run(makeIncidents(contagious(5)), { testWeeks: 12 })
    expect(found.summary.hitRate).toBeGreaterThan(2 * found.summary.hitRateBusy)
    expect(found.summary.hitRate).toBeGreaterThan(0.3)
    expect(codes(found)).not.toContain('zones-no-better')
    const u = seededNumbers(9, 2400)
    const fixed = Array.from({ length: 800 }, (_, i) =>
      onDay(3000 + 2500 * u[i] ** 5, 3000 + 2500 * u[800 + i] ** 5, Math.floor(i / 4)),
    )
    const none = run(makeIncidents(fixed), { testWeeks: 12 })
    expect(none.summary.hitRate).toBeLessThan(none.summary.hitRateBusy + 0.05)
  })

  it('marked cells and zones add up; outlines hold their area; risk falls down the list', () => {
    const { summary, columns } = run(seeded, asked, square)
    expect(summary.marked).toBe(20)
    expect(summary.zones.reduce((sum, zone) => sum + zone.cells, 0)).toBe(20)
    const zone = columns.zone as Int32Array
    expect(zone.filter((each) => each > 0).length).toBe(20)
    expect([...zone.slice(0, 20)].every((each) => each > 0)).toBe(true)
    const risk = columns.risk as Float64Array
    risk.forEach((value, at) => {
      if (at > 0) expect(value).toBeLessThanOrEqual(risk[at - 1])
    })
    for (const each of summary.zones) {
      const area = each.rings.reduce(
        (sum, ring) =>
          sum +
          ring.reduce(
            (twice, [x, y], k) =>
              twice + x * ring[(k + 1) % ring.length][1] - y * ring[(k + 1) % ring.length][0],
            0,
          ) /
            2,
        0,
      )
      expect(area / 1e6).toBeCloseTo(each.areaKm2, 9)
    }
    expect(summary.hitRateBest).toBeGreaterThanOrEqual(summary.hitRate)
  })

  it('what lies after the day asked for changes nothing', () => {
    const until = fromR.day.map((day, i) => ({ day, i })).filter(({ day }) => day < 80)
    const cut = incidentsOn(
      ...([fromR.x, fromR.y, fromR.day].map((v) => until.map(({ i }) => v[i])) as [
        number[],
        number[],
        number[],
      ]),
    )
    const day80 = { ...asked, asOf: '2020-03-21' }
    expect(run(seeded, day80, square).columns.risk).toEqual(run(cut, day80, square).columns.risk)
  })
})

describe('edges', () => {
  it('without a date the day after the last; nothing recent; a stale day; few tested', () => {
    const latest = run(seeded, { ...asked, asOf: '' }, square)
    expect(latest.summary.asOf).toBe('2020-04-30')
    const late = run(seeded, { ...asked, asOf: '2021-01-01' }, square)
    expect(late.summary).toMatchObject({ used: 0, marked: 0, zones: [] })
    expect(codes(late)).toEqual(expect.arrayContaining(['zones-no-recent', 'zones-stale']))
    const short = run(makeIncidents(Array.from({ length: 12 }, (_, i) => onDay(100 * i, 0, i))), {
      testWeeks: 3,
    })
    expect(codes(short)).toEqual(
      expect.arrayContaining(['zones-weeks-skipped', 'zones-few-tested', 'no-study-area']),
    )
    expect(short.summary.hitRate).toBeNaN()
    expect(short.summary.pai).toBeNaN()
    expect(codes(run(seeded, { ...asked, testWeeks: 0 }, square))).not.toContain('zones-few-tested')
  })

  it('months that the files do not cover are left out of the test and told', () => {
    const result = run(seeded, asked, { ...square, missingMonths: ['2020-03'] })
    // Weeks from 2 April look back 28 days into March.
    expect(result.summary.weeks.map(({ from }) => from)).toEqual([])
    expect(codes(result)).toEqual(expect.arrayContaining(['zones-weeks-skipped']))
    expect(codes(run(seeded, asked, { ...square, missingMonths: ['2020-04'] }))).toContain(
      'zones-missing-months',
    )
    const shorter = run(seeded, { ...asked, lookback: 14 }, { ...square, missingMonths: ['2020-03'] })
    expect(shorter.summary.weeks.map(({ from }) => from)).toEqual(['2020-04-16', '2020-04-23'])
    for (const { code } of result.caveats) expect(Object.keys(nearRepeatZones.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  it('month-only, few, a reach inside the cell, no date, no cell', () => {
    expect(
      refusal(() =>
        run(makeIncidents(Array.from({ length: 20 }, (_, i): Row => ({ at: [i, 0], from: '2020-01' })))),
      ),
    ).toBe('E-MTH-DAY')
    expect(refusal(() => run(makeIncidents([onDay(0, 0, 1)])))).toBe('E-NRP-FEW')
    expect(refusal(() => run(seeded, { reach: 50, cellSize: 100 }))).toBe('E-NRP-REACH')
    expect(refusal(() => run(seeded, { asOf: '2020-02-30' }))).toBe('E-DATE-ISO')
    const sliver = {
      studyArea: { name: 'S', areas: [{ code: 'S', name: 'S', rings: [rectangle(1, 1, 2, 2)] }] },
    }
    expect(refusal(() => run(seeded, {}, sliver))).toBe('E-GRID-EMPTY')
  })
})
