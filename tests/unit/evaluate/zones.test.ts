import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeIntervals } from '#core/analysis/evaluate/merge-intervals.ts'
import type { Zone } from '#core/analysis/evaluate/zone.ts'
import { zoneAreas } from '#core/analysis/evaluate/zone-areas.ts'
import { zoneOfPlaces } from '#core/analysis/evaluate/zone-of-places.ts'
import type { Rings } from '#core/contract/geometry.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { patient } from '../select/make-incidents.ts'
import { rectangle } from '../space/small-study.ts'

const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/evaluate-zones/expected.json', import.meta.url), 'utf8'),
) as {
  shapely: string
  shapes: { treated: Rings[]; control: Rings[] }
  distances: Record<string, { area: number[]; places: [number, number][]; zone: number[] }>
}

const zonesAt = (treated: Rings[], control: Rings[], distance: number): Zone[] => [
  { name: 'treated', shapes: treated, distance: 0, farEdgeIn: true },
  { name: 'comparison', shapes: control, distance: 0, farEdgeIn: true },
  { name: 'around treated', shapes: treated, distance, farEdgeIn: true },
  { name: 'around comparison', shapes: control, distance, farEdgeIn: true },
]
const all = (n: number) => new Uint8Array(n).fill(1)

describe('oracle', () => {
  it.each([50, 100, 200])('areas and zones of places at %d m, as shapely', (distance) => {
    const { treated, control } = oracle.shapes
    const zones = zonesAt(treated, control, distance)
    const expected = oracle.distances[distance]
    const { area } = zoneAreas(zones, patient)
    let largest = 0
    expected.area.forEach((a, k) => {
      largest = Math.max(largest, Math.abs(area[k] - a) / a)
    })
    expectAgreement({
      method: 'weightedDisplacement',
      peer: 'shapely buffer and difference',
      version: oracle.shapely,
      data: `15 shapes of tests/oracles/evaluate-zones, ${distance} m: area of the four zones, relative`,
      largestDifference: largest,
      tolerance: 1e-3,
    })
    const x = Float64Array.from(expected.places, ([each]) => each)
    const y = Float64Array.from(expected.places, ([, each]) => each)
    expect([...zoneOfPlaces(zones, x, y, all(x.length), patient).zone]).toEqual(expected.zone)
  })
})

describe('brute force', () => {
  it('stretches of a line joined cover what any of them covered', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 })), {
          maxLength: 20,
        }),
        (drawn) => {
          const stretches = drawn.map(([from, length]): [number, number] => [from, from + length])
          const merged = mergeIntervals(stretches)
          for (let at = 0.5; at < 80; at++)
            expect(merged.some(([from, to]) => from < at && at < to)).toBe(
              stretches.some(([from, to]) => from < at && at < to),
            )
          merged.slice(1).forEach(([from], k) => {
            expect(from).toBeGreaterThan(merged[k][1])
          })
        },
      ),
    )
  })

  it('area of a square and its surroundings is a² and 4ad + πd²', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 600 }), fc.integer({ min: 20, max: 300 }), (side, distance) => {
        const square = [rectangle(450_000, 300_000, 450_000 + side, 300_000 + side)]
        const { area } = zoneAreas(
          [
            { name: 'a', shapes: [square], distance: 0, farEdgeIn: true },
            { name: 'b', shapes: [square], distance, farEdgeIn: true },
          ],
          patient,
        )
        expect(area[0] / side ** 2).toBeCloseTo(1, 3)
        expect(area[1] / (4 * side * distance + Math.PI * distance ** 2)).toBeCloseTo(1, 3)
      }),
      { numRuns: 30 },
    )
  })
})

describe('edges', () => {
  const square: Rings = [rectangle(0, 0, 100, 100)]
  const near = (x: number, y: number, farEdgeIn: boolean): number =>
    zoneOfPlaces(
      [{ name: 'n', shapes: [square], distance: 50, farEdgeIn }],
      Float64Array.of(x),
      Float64Array.of(y),
      all(1),
      patient,
    ).zone[0]
  it('a place at exactly the distance is in a buffer and not in a half-open band', () => {
    expect(near(150, 50, true)).toBe(0)
    expect(near(150, 50, false)).toBe(-1)
    expect(near(150.0001, 50, true)).toBe(-1)
    // The corner is round: 36 and 36 m off is 50.9 m away.
    expect(near(136, 136, true)).toBe(-1)
    expect(near(135, 135, true)).toBe(0)
  })
  it('no place, a place masked out, overlapping shapes counted once', () => {
    const zones: Zone[] = [
      { name: 'n', shapes: [square, [rectangle(50, 0, 150, 100)]], distance: 0, farEdgeIn: true },
    ]
    const found = zoneOfPlaces(
      zones,
      Float64Array.of(Number.NaN, 75, 75, 120),
      Float64Array.of(5, 50, 50, 50),
      Uint8Array.of(1, 0, 1, 1),
      patient,
    )
    expect([...found.zone]).toEqual([-1, -1, 0, 0])
    expect([...found.shape]).toEqual([-1, -1, 0, 1])
    expect(zoneAreas(zones, patient).area[0]).toBeCloseTo(15_000, 0)
    expect([...zoneAreas([{ ...zones[0], shapes: [] }], patient).area]).toEqual([0])
  })
  it('an even-odd hole is outside, and is surroundings', () => {
    const ring: Rings = [rectangle(0, 0, 300, 300), rectangle(100, 100, 200, 200)]
    const zones = zonesAt([ring], [[rectangle(5000, 0, 5100, 100)]], 20)
    const { zone } = zoneOfPlaces(
      zones,
      Float64Array.of(50, 110, 150),
      Float64Array.of(50, 150, 150),
      all(3),
      patient,
    )
    expect([...zone]).toEqual([0, 2, -1])
  })
})
