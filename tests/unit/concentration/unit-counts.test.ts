import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unitCounts } from '#core/analysis/concentration/unit-counts.ts'
import { indexSegments, middleOfLine, nearestSegments } from '#core/analysis/space/nearest-segment.ts'
import { centreOfRings } from '#core/analysis/space/ring-centre.ts'
import type { Position } from '#core/contract/geometry.ts'
import type { Context, Incidents, LayerShape } from '#core/contract/method.ts'
import type { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { rectangle, settings, testshire } from '../space/small-study.ts'

const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/unit-counts/expected.json', import.meta.url), 'utf8'),
) as {
  versions: { shapely: string }
  lines: [number, number][][]
  areas: [number, number][][]
  points: [number, number][]
  nearest: number[]
  areaOf: number[]
  length: number[]
  areaKm2: number[]
  centroid: [number, number][]
  middle: [number, number][]
}
const shape = (code: string, given: Partial<LayerShape> = {}): LayerShape => ({
  code,
  name: '',
  kind: '',
  numbers: {},
  ...given,
})
const layers = (given: { areas?: LayerShape[]; segments?: LayerShape[] }): Context => ({
  layers: {
    ...(given.areas && { areas: { name: 'Wards', shapes: given.areas } }),
    ...(given.segments && { segments: { name: 'Streets', shapes: given.segments } }),
  },
})
const run = (
  rows: readonly Row[] | Incidents,
  changed: Parameters<typeof settings<typeof unitCounts.card.parameters>>[1],
  context: Context,
) =>
  unitCounts.run(
    'length' in rows && 'mask' in rows ? rows : makeIncidents(rows as readonly Row[]),
    settings(unitCounts, changed),
    context,
    patient,
  )
const twoWards = [
  shape('A', {
    name: 'Alder',
    rings: [rectangle(450_000, 300_000, 451_000, 301_000)],
    numbers: { people: 2000 },
  }),
  shape('B', {
    name: 'Beech',
    rings: [rectangle(451_000, 300_000, 453_000, 301_000)],
    numbers: { people: 500 },
  }),
]
const cross: LayerShape[] = [
  shape('west', {
    lines: [
      [
        [0, 0],
        [100, 0],
      ],
    ],
  }),
  shape('east', {
    lines: [
      [
        [100, 0],
        [300, 0],
      ],
    ],
  }),
  shape('north', {
    lines: [
      [
        [100, 0],
        [100, 100],
      ],
    ],
  }),
]

describe('published', () => {
  it('the example of the H3 documentation: 37.3615593, −122.0553238 at resolution 7', () => {
    const incidents = { ...makeIncidents([{ at: [0, 0] }]) }
    const placed = {
      ...incidents,
      latitude: Float64Array.of(37.3615593),
      longitude: Float64Array.of(-122.0553238),
    }
    const { columns } = run(placed, { units: 'h3', h3Resolution: 7 }, nothingKnown)
    expect(columns.unit).toEqual(['87283472bffffff'])
    // About 5.16 km² on average at this resolution; cells differ.
    expect((columns.areaKm2 as Float64Array)[0]).toBeGreaterThan(4)
    expect((columns.areaKm2 as Float64Array)[0]).toBeLessThan(7)
    expect(columns.perKm2).toEqual(Float64Array.of(1 / (columns.areaKm2 as Float64Array)[0]))
  })

  it('Garwood: ten events, 4.795 to 18.39', () => {
    const rows = Array.from({ length: 10 }, (): Row => ({ at: [450_500, 300_500] }))
    const { columns } = run(
      rows,
      { units: 'areas', rateBy: 'people', per: 2000 },
      layers({ areas: twoWards }),
    )
    expect((columns.rate as Float64Array)[0]).toBe(10)
    expect((columns.rateLow as Float64Array)[0]).toBeCloseTo(4.795, 3)
    expect((columns.rateHigh as Float64Array)[0]).toBeCloseTo(18.39, 2)
  })
})

describe('oracle', () => {
  it('shapely: nearest of sixty lines within 75 m; polygon, area, centroid, length, middle', () => {
    const [x, y] = [0, 1].map((k) => Float64Array.from(oracle.points, (point) => point[k]))
    const index = indexSegments(oracle.lines.map((line) => [line]))
    const found = nearestSegments(index, x, y, new Uint8Array(x.length).fill(1), 75, patient)
    expect([...found]).toEqual(oracle.nearest)
    expect(oracle.nearest.filter((line) => line >= 0).length).toBeGreaterThan(100)
    const areas = oracle.areas.map((ring, k) => shape(`P${k}`, { rings: [ring] }))
    const rows = oracle.points.map((at): Row => ({ at }))
    const { columns } = run(rows, { units: 'areas' }, layers({ areas }))
    let largest = 0
    const names = columns.unit as string[]
    oracle.areas.forEach((_, k) => {
      const at = names.indexOf(`P${k}`)
      expect((columns.count as Uint32Array)[at]).toBe(oracle.areaOf.filter((area) => area === k).length)
      const relative = (found: number, expected: number) => Math.abs(found / expected - 1)
      largest = Math.max(
        largest,
        relative((columns.areaKm2 as Float64Array)[at], oracle.areaKm2[k]),
        relative((columns.x as Float64Array)[at], oracle.centroid[k][0]),
        relative((columns.y as Float64Array)[at], oracle.centroid[k][1]),
      )
    })
    oracle.lines.forEach((line, k) => {
      largest = Math.max(
        largest,
        Math.abs(index.length[k] / oracle.length[k] - 1),
        Math.abs(middleOfLine([line])[0] / oracle.middle[k][0] - 1),
        Math.abs(middleOfLine([line])[1] / oracle.middle[k][1] - 1),
      )
    })
    expectAgreement({
      method: 'unitCounts',
      peer: 'shapely',
      version: oracle.versions.shapely,
      data: 'Five hundred made points on seven areas and sixty lines: same area and nearest line for each; area, centroid, length and middle, relative difference',
      largestDifference: largest,
      tolerance: 1e-11,
    })
  })
})

describe('brute force', () => {
  it('the nearest line, by trying every piece finely', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
    fc.assert(
      fc.property(
        fc.array(fc.array(place, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.array(place, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 20 }),
        (lines, points, limit) => {
          const distance = ([px, py]: readonly [number, number], line: (readonly [number, number])[]) => {
            let best = Infinity
            for (let k = 1; k < line.length; k++) {
              const [[x1, y1], [x2, y2]] = [line[k - 1], line[k]]
              const whole = (x2 - x1) ** 2 + (y2 - y1) ** 2
              const t = whole === 0 ? 0 : ((px - x1) * (x2 - x1) + (py - y1) * (y2 - y1)) / whole
              const at = Math.min(1, Math.max(0, t))
              best = Math.min(best, Math.hypot(px - x1 - at * (x2 - x1), py - y1 - at * (y2 - y1)))
            }
            return best
          }
          const [x, y] = [0, 1].map((k) => Float64Array.from(points, (point) => point[k]))
          const found = nearestSegments(
            indexSegments(lines.map((line) => [line as Position[]])),
            x,
            y,
            new Uint8Array(x.length).fill(1),
            limit,
            patient,
          )
          points.forEach((point, i) => {
            const distances = lines.map((line) => distance(point, line))
            const nearest = Math.min(...distances)
            if (nearest > limit + 1e-9) expect(found[i]).toBe(-1)
            else if (nearest < limit - 1e-9) {
              expect(distances[found[i]]).toBeCloseTo(nearest, 9)
              // None before it is clearly nearer, and none before it just as near by a shared end.
              for (let k = 0; k < found[i]; k++) expect(distances[k]).toBeGreaterThan(nearest - 1e-9)
            }
          })
        },
      ),
      { numRuns: 200 },
    )
  })

  it('counts by area, by filtering; nothing is lost', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 449_900, max: 453_100 }), fc.integer({ min: 299_900, max: 301_100 })),
          {
            minLength: 1,
            maxLength: 30,
          },
        ),
        (places) => {
          const { columns, summary, caveats } = run(
            places.map((at): Row => ({ at })),
            { units: 'areas' },
            layers({ areas: twoWards }),
          )
          const inA = places.filter(
            ([x, y]) => x >= 450_000 && x < 451_000 && y >= 300_000 && y < 301_000,
          ).length
          const inB = places.filter(
            ([x, y]) => x >= 451_000 && x < 453_000 && y >= 300_000 && y < 301_000,
          ).length
          const counts = columns.count as Uint32Array
          expect(counts[(columns.unit as string[]).indexOf('A')]).toBe(inA)
          expect(counts[(columns.unit as string[]).indexOf('B')]).toBe(inB)
          expect(summary.incidents).toBe(inA + inB)
          expect(caveats.some(({ code }) => code === 'outside-study-area')).toBe(inA + inB < places.length)
        },
      ),
    )
  })
})

describe('properties', () => {
  it('streets: lengths, per 100 m, fullest first, empty ones too', () => {
    const rows: Row[] = [
      { at: [50, 10] },
      { at: [150, -20] },
      { at: [250, 5] },
      { at: [250, 5] },
      { at: [600, 600] },
    ]
    const { columns, summary, caveats } = run(rows, { units: 'segments' }, layers({ segments: cross }))
    expect(columns.unit).toEqual(['east', 'west', 'north'])
    expect(columns.count).toEqual(Uint32Array.of(3, 1, 0))
    expect(columns.length).toEqual(Float64Array.of(200, 100, 100))
    expect(columns.per100m).toEqual(Float64Array.of(1.5, 1, 0))
    expect((columns.perKm2 as Float64Array).every(Number.isNaN)).toBe(true)
    expect(summary).toMatchObject({ count: 3, occupied: 2, incidents: 4, lengthKm: 0.4 })
    expect(summary.rows[0].lines).toEqual(cross[1].lines)
    expect(caveats.map(({ code }) => code)).toContain('segments-far')
  })

  it('areas: rate of the denominator, per km², outline of those listed', () => {
    const rows = Array.from({ length: 12 }, (_, i): Row => ({ at: [i < 8 ? 450_500 : 452_000, 300_500] }))
    const { columns, summary, caveats } = run(
      rows,
      { units: 'areas', rateBy: 'people', listed: 1 },
      layers({ areas: twoWards }),
    )
    expect(columns.name).toEqual(['Alder', 'Beech'])
    expect(columns.rate).toEqual(Float64Array.of(4, 8))
    expect(columns.perKm2).toEqual(Float64Array.of(8, 2))
    expect(summary).toMatchObject({ denominator: 2500, rate: 4.8, areaKm2: 3 })
    expect(summary.rows).toHaveLength(1)
    expect(summary.rows[0].rings).toEqual(twoWards[0].rings)
    expect(caveats.map(({ code }) => code)).toEqual(['rate-few'])
  })

  it('H3: finer cells nest in the total; order of rows does not matter', () => {
    const rows = Array.from({ length: 200 }, (_, i): Row => ({ at: [450_000 + 13 * i, 300_000 + 7 * i] }))
    const base = makeIncidents(rows)
    // Roughly where these places are: only that they spread over degrees matters here.
    const placed = (reverse: boolean): Incidents => {
      const incidents = reverse ? makeIncidents(rows.toReversed()) : base
      return {
        ...incidents,
        longitude: incidents.x.map((x) => -1.26 + (x - 450_000) / 68_000),
        latitude: incidents.y.map((y) => 52.6 + (y - 300_000) / 111_000),
      }
    }
    for (const h3Resolution of [7, 9, 11]) {
      const found = run(placed(false), { units: 'h3', h3Resolution }, nothingKnown)
      expect(found.summary.incidents).toBe(200)
      expect(new Set(found.columns.unit as string[]).size).toBe(found.summary.count)
      const turned = run(placed(true), { units: 'h3', h3Resolution }, nothingKnown)
      expect(turned.columns.unit).toEqual(found.columns.unit)
      expect(turned.columns.count).toEqual(found.columns.count)
      expect(found.caveats.map(({ code }) => code)).toEqual(['h3-occupied'])
    }
  })
})

describe('edges', () => {
  it('where streets meet the first of the layer; exactly at the limit is in', () => {
    const at = (x: number, y: number) =>
      run([{ at: [x, y] }], { units: 'segments', snapLimit: 50 }, layers({ segments: cross }))
    expect((at(100, -30).columns.unit as string[])[0]).toBe('west')
    expect(at(50, -50).summary.incidents).toBe(1)
    expect(at(50, -50.001).summary.incidents).toBe(0)
  })

  it('no denominator, or one of 0, is no rate; counts alone are said to be counts', () => {
    const areas = [
      { ...twoWards[0], numbers: { people: 0 } },
      { ...twoWards[1], numbers: {} },
      shape('C', { rings: [rectangle(453_000, 300_000, 454_000, 301_000)], numbers: { people: 10 } }),
    ]
    const { columns, caveats, summary } = run(
      [{ at: [450_500, 300_500] }],
      { units: 'areas', rateBy: 'people' },
      layers({ areas }),
    )
    expect((columns.rate as Float64Array)[0]).toBeNaN()
    expect((columns.rate as Float64Array).filter(Number.isNaN)).toHaveLength(2)
    expect(summary.denominator).toBe(10)
    expect(caveats.map(({ code }) => code)).toEqual(['rate-missing', 'rate-few'])
    const plain = run([{ at: [450_500, 300_500] }], { units: 'areas' }, layers({ areas }))
    expect(plain.caveats.map(({ code }) => code)).toEqual(['counts-not-rates'])
    expect((plain.columns.denominator as Float64Array).every(Number.isNaN)).toBe(true)
  })

  it('areas and streets beyond the study area are left out; incidents there too', () => {
    const areas = [...twoWards, shape('far', { rings: [rectangle(460_000, 300_000, 461_000, 301_000)] })]
    const { summary, caveats } = run(
      [{ at: [460_500, 300_500] }, { at: [450_500, 300_500] }, {}],
      { units: 'areas' },
      { ...testshire, ...layers({ areas }) },
    )
    expect(summary).toMatchObject({ count: 2, incidents: 1 })
    expect(caveats.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['units-outside', 'outside-study-area', 'unlocated']),
    )
    for (const { code } of caveats) expect(Object.keys(unitCounts.card.caveats)).toContain(code)
  })

  it('places by address key count without coordinates; the same map point is one place', () => {
    const rows: Row[] = [
      { words: { locationId: 'u1', location: 'Shop' } },
      { words: { locationId: 'u1', location: 'Shop' } },
      { at: [450_500, 300_500], precision: 'snapped', words: { location: 'High St' } },
      { at: [450_500, 300_500], precision: 'area', words: { location: 'High St' } },
      { at: [470_000, 300_500], words: { location: 'Abroad' } },
    ]
    const { columns, caveats } = run(rows, { units: 'places' }, testshire)
    expect(columns.unit).toEqual(['u1', 'High St @ 450500, 300500'])
    expect(columns.count).toEqual(Uint32Array.of(2, 1))
    expect((columns.x as Float64Array)[0]).toBeNaN()
    const text = (code: string) => caveats.find((each) => each.code === code)!.text
    expect(text('outside-study-area')).toContain('1 of 5')
    expect(text('unlocated')).toContain('1 of 5')
  })

  it('centre of a ring with a hole beside it; a line of no length; nothing', () => {
    expect(centreOfRings([rectangle(0, 0, 2, 2), rectangle(10, 10, 20, 14)])).toEqual([15, 12])
    expect(centreOfRings([])[0]).toBeNaN()
    expect(
      middleOfLine([
        [
          [1, 1],
          [1, 1],
        ],
      ])[0],
    ).toBeNaN()
    expect(
      middleOfLine([
        [
          [0, 0],
          [10, 0],
          [10, 10],
        ],
      ]),
    ).toEqual([10, 0])
    const found = nearestSegments(
      indexSegments([]),
      Float64Array.of(1),
      Float64Array.of(1),
      Uint8Array.of(1),
      9,
      patient,
    )
    expect([...found]).toEqual([-1])
  })
})

describe('refuses', () => {
  const refusal = (...given: Parameters<typeof run>): string => {
    try {
      run(...given)
    } catch (error) {
      return (error as InputError).code
    }
    return 'accepted'
  }
  const one: Row[] = [{ at: [450_500, 300_500] }]
  it('no layer, nothing of it inside, no degrees, no such column, a rate of places', () => {
    expect(refusal(one, { units: 'areas' }, nothingKnown)).toBe('E-MTH-LAYER')
    expect(refusal(one, { units: 'segments' }, nothingKnown)).toBe('E-MTH-LAYER')
    const far = [shape('far', { rings: [rectangle(460_000, 300_000, 461_000, 301_000)] })]
    expect(refusal(one, { units: 'areas' }, { ...testshire, ...layers({ areas: far }) })).toBe('E-MTH-UNITS')
    expect(refusal(one, { units: 'segments' }, { ...testshire, ...layers({ segments: cross }) })).toBe(
      'E-MTH-UNITS',
    )
    expect(refusal(one, { units: 'h3' }, nothingKnown)).toBe('E-MTH-DEGREES')
    expect(refusal(one, { units: 'areas', rateBy: 'cats' }, layers({ areas: twoWards }))).toBe('E-MTH-RATE')
    expect(refusal(one, { units: 'places', rateBy: 'people' }, nothingKnown)).toBe('E-MTH-RATE')
  })
})
