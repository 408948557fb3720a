import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointInRings } from '#core/analysis/space/polygon.ts'
import type { Position } from '#core/contract/geometry.ts'
import {
  areaOf,
  bufferRings,
  circleOf,
  circleRing,
  crossesItself,
  lengthOf,
  rectangleRing,
  rounded,
} from '#renderer/map/drawn-shapes.ts'

const at = (least: number, most: number) => fc.integer({ min: least, max: most })
const point = fc.tuple(at(450_000, 451_000), at(300_000, 301_000)) as fc.Arbitrary<Position>

function distanceToPath([x, y]: Position, path: readonly Position[]): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 1; i < path.length; i++) {
    const [ax, ay] = path[i - 1]
    const [bx, by] = path[i]
    const squared = (bx - ax) ** 2 + (by - ay) ** 2
    const t =
      squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared))
    least = Math.min(least, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)))
  }
  return least
}

describe('measures', () => {
  it('length and area of a field of 300 by 400 m', () => {
    const ring = rectangleRing([458_000, 304_000], [458_300, 304_400])
    expect(areaOf([ring])).toBe(120_000)
    expect(lengthOf([...ring, ring[0]])).toBe(1400)
    expect(lengthOf([ring[0], ring[2]])).toBe(500)
  })
  it('a hole counts against, wherever the rings begin', () => {
    const hole = rectangleRing([458_100, 304_100], [458_200, 304_200]).reverse()
    expect(areaOf([rectangleRing([458_000, 304_000], [458_300, 304_400]), hole])).toBe(110_000)
  })
  it('a circle has the area of its radius, 0.04% less', () => {
    const area = areaOf([circleRing([458_000, 304_000], 500)])
    expect(area / (Math.PI * 500 * 500)).toBeGreaterThan(0.9995)
    expect(area).toBeLessThan(Math.PI * 500 * 500)
  })
  it('sees an outline that crosses itself', () => {
    const [a, b, c, d] = rectangleRing([0, 0], [10, 10])
    expect(crossesItself([a, b, c, d])).toBe(false)
    expect(crossesItself([a, c, b, d])).toBe(true)
    expect(crossesItself([a, b, c])).toBe(false)
  })
})

describe('a circle', () => {
  it('is known again from its kept rings', () => {
    fc.assert(
      fc.property(point, at(20, 5000), (centre, radius) => {
        const found = circleOf(rounded([circleRing(centre, radius)]))
        expect(found?.radius).toBeCloseTo(radius, 0)
        expect(found?.centre[0]).toBeCloseTo(centre[0], 0)
        expect(found?.centre[1]).toBeCloseTo(centre[1], 0)
      }),
    )
  })
  it('is not seen in other shapes', () => {
    expect(circleOf([rectangleRing([0, 0], [10, 10])])).toBeNull()
    const flat = circleRing([450_000, 300_000], 100).map(
      ([x, y]): Position => [x, 300_000 + (y - 300_000) / 2],
    )
    expect(circleOf([flat])).toBeNull()
  })
})

describe('a buffered line', () => {
  it('holds exactly what lies within its distance (brute force)', () => {
    const path = fc.array(point, { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(
        path,
        at(5, 200),
        fc.array(point, { minLength: 30, maxLength: 30 }),
        (line, metres, tried) => {
          fc.pre(line.some((held) => held[0] !== line[0][0] || held[1] !== line[0][1]))
          const rings = bufferRings(line, metres)
          for (const held of tried) {
            const distance = distanceToPath(held, line)
            // Round ends are drawn with 16 sides a half circle: up to 0.5% of the distance inside.
            if (distance < metres * 0.994) expect(pointInRings(rings, held[0], held[1])).toBe(true)
            if (distance > metres * 1.0001) expect(pointInRings(rings, held[0], held[1])).toBe(false)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
  it('is made of a line that crosses itself where the union gives up at first', () => {
    const rings = bufferRings(
      [
        [450_310, 300_227],
        [450_532, 300_686],
        [450_361, 300_653],
        [450_948, 300_246],
        [450_000, 300_000],
      ],
      200,
    )
    expect(rings.some((ring) => pointInRings([ring], 450_361, 300_653))).toBe(true)
  })
  it('has the area of a strip with round ends', () => {
    const area = areaOf(
      bufferRings(
        [
          [0, 0],
          [1000, 0],
        ],
        100,
      ),
    )
    expect(area / (200_000 + Math.PI * 10_000)).toBeCloseTo(1, 2)
  })
  it('keeps the ground a loop of it encloses free', () => {
    const square = rectangleRing([0, 0], [1000, 1000])
    const rings = bufferRings([...square, square[0]], 50)
    expect(rings).toHaveLength(2)
    expect(pointInRings(rings, 500, 500)).toBe(false)
    expect(pointInRings(rings, 1030, 500)).toBe(true)
    expect(areaOf(rings)).toBeLessThan(1100 * 1100 - 900 * 900 + 1)
  })
  it('of one place is a circle, of none nothing', () => {
    expect(
      circleOf(
        bufferRings(
          [
            [450_000, 300_000],
            [450_000, 300_000],
          ],
          40,
        ),
      )?.radius,
    ).toBe(40)
    expect(bufferRings([], 40)).toEqual([])
    expect(
      bufferRings(
        [
          [0, 0],
          [1, 1],
        ],
        0,
      ),
    ).toEqual([])
  })
})
