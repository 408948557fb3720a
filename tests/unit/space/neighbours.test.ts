import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centreOfArea } from '#core/analysis/space/centre-of-area.ts'
import { cellX, cellY, gridOver } from '#core/analysis/space/grid.ts'
import {
  nearestNeighbours,
  neighboursOnGrid,
  neighboursWithin,
  stepsOfTouching,
  stepsWithin,
} from '#core/analysis/space/neighbours.ts'
import { touchingAreas } from '#core/analysis/space/touching-areas.ts'
import { asLists, spdepOracle } from '../autocorrelation/spdep-oracle.ts'
import { rectangle } from './small-study.ts'

const { columbus } = spdepOracle
const centreX = Float64Array.from(columbus.centre, ([x]) => x)
const centreY = Float64Array.from(columbus.centre, ([, y]) => y)
const areas = columbus.rings.map((rings) => ({ rings }))

describe('oracle', () => {
  it('areas of Columbus touch as in spdep poly2nb, and share sides as sf finds lines in common', () => {
    expect(asLists(touchingAreas(areas))).toEqual(columbus.queen)
    expect(asLists(touchingAreas(areas, true))).toEqual(columbus.sides)
  })

  it('spdep’s rook has more: it counts the corner that closes a ring twice', () => {
    const corners = columbus.rings.map((rings) => new Set(rings.flat().map(String)))
    const closing = columbus.rings.map((rings) => rings.map((ring) => String(ring[0])))
    const ours = asLists(touchingAreas(areas, true))
    const more = columbus.rook.flatMap((list, i) =>
      list.filter((j) => !ours[i].includes(j)).map((j) => [i, j]),
    )
    expect(more.length).toBe(14)
    for (const [i, j] of more) {
      const common = [...corners[i]].filter((corner) => corners[j].has(corner))
      expect(common.length).toBe(1)
      expect([...closing[i], ...closing[j]]).toContain(common[0])
    }
  })

  it('their centres are those of sf, and have the nearest four and those within 700 of spdep', () => {
    columbus.rings.forEach((rings, i) => {
      const [x, y] = centreOfArea(rings)
      expect(x).toBeCloseTo(columbus.centre[i][0], 6)
      expect(y).toBeCloseTo(columbus.centre[i][1], 6)
    })
    expect(asLists(nearestNeighbours(centreX, centreY, 4))).toEqual(columbus.nearest4)
    expect(asLists(neighboursWithin(centreX, centreY, 700))).toEqual(columbus.within)
  })
})

const places = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), {
  minLength: 1,
  maxLength: 60,
})
const columns = (list: readonly (readonly [number, number])[]): [Float64Array, Float64Array] => [
  Float64Array.from(list, ([x]) => 450_000 + x),
  Float64Array.from(list, ([, y]) => 300_000 + y),
]

describe('brute force', () => {
  it('within a distance', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 60 }), (list, band) => {
        const [x, y] = columns(list)
        const expected = list.map(([ax, ay], i) =>
          [...list.keys()].filter(
            (j) => j !== i && (ax - list[j][0]) ** 2 + (ay - list[j][1]) ** 2 <= band * band,
          ),
        )
        expect(asLists(neighboursWithin(x, y, band))).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('the nearest k, of equally far ones the lower numbers', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 12 }), (list, k) => {
        const [x, y] = columns(list)
        const expected = list.map(([ax, ay], i) =>
          [...list.keys()]
            .filter((j) => j !== i)
            .sort(
              (a, b) =>
                (ax - list[a][0]) ** 2 +
                  (ay - list[a][1]) ** 2 -
                  ((ax - list[b][0]) ** 2 + (ay - list[b][1]) ** 2) || a - b,
            )
            .slice(0, k)
            .sort((a, b) => a - b),
        )
        expect(asLists(nearestNeighbours(x, y, k))).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('cells of a grid: by distance as their centres; touching as cells that share corners or sides', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('hexagon' as const, 'square' as const),
        fc.integer({ min: 1, max: 900 }),
        fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }),
        (shape, band, held) => {
          const grid = gridOver([450_000, 300_000, 452_000, 302_000], shape, 200)
          const cells = Int32Array.from({ length: grid.columns * grid.rows }, (_, cell) => cell).filter(
            (cell) => held[cell % 200],
          )
          const x = Float64Array.from(cells, (cell) => cellX(grid, cell))
          const y = Float64Array.from(cells, (cell) => cellY(grid, cell))
          expect(asLists(neighboursOnGrid(grid, cells, stepsWithin(grid, band)))).toEqual(
            asLists(neighboursWithin(x, y, band)),
          )
          const ring = shape === 'square' ? 200 * Math.SQRT2 : 200 * Math.sqrt(3)
          expect(asLists(neighboursOnGrid(grid, cells, stepsOfTouching(grid, false)))).toEqual(
            asLists(neighboursWithin(x, y, ring)),
          )
          expect(asLists(neighboursOnGrid(grid, cells, stepsOfTouching(grid, true)))).toEqual(
            asLists(neighboursWithin(x, y, shape === 'square' ? 200 : ring)),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('edges', () => {
  it('no place, one place, all at one place', () => {
    const none = new Float64Array(0)
    expect(asLists(neighboursWithin(none, none, 5))).toEqual([])
    expect(asLists(nearestNeighbours(none, none, 5))).toEqual([])
    expect(asLists(nearestNeighbours(Float64Array.of(1), Float64Array.of(1), 5))).toEqual([[]])
    const same = new Float64Array(3).fill(7)
    expect(asLists(neighboursWithin(same, same, 0))).toEqual([
      [1, 2],
      [0, 2],
      [0, 1],
    ])
    expect(asLists(nearestNeighbours(same, same, 1))).toEqual([[1], [0], [0]])
  })

  it('two far corners of the country need no thousands of millions of buckets', () => {
    expect(
      asLists(neighboursWithin(Float64Array.of(0, 650_000, 1), Float64Array.of(0, 1_200_000, 0), 1)),
    ).toEqual([[2], [], [0]])
  })

  it('squares at a corner touch, but share no side; a hole counts; centres of a square with a hole', () => {
    const [a, b, c] = [rectangle(0, 0, 10, 10), rectangle(10, 10, 20, 20), rectangle(10, 0, 20, 10)]
    const squares = [a, b, c].map((ring) => ({ rings: [ring] }))
    expect(asLists(touchingAreas(squares))).toEqual([
      [1, 2],
      [0, 2],
      [0, 1],
    ])
    expect(asLists(touchingAreas(squares, true))).toEqual([[2], [2], [0, 1]])
    const hole = rectangle(2, 2, 9, 9)
    expect(asLists(touchingAreas([{ rings: [a, hole] }, { rings: [hole] }], true))).toEqual([[1], [0]])
    const [x, y] = centreOfArea([a, hole])
    // (100·5 − 49·5.5)/51.
    expect(x).toBeCloseTo((500 - 49 * 5.5) / 51, 12)
    expect(y).toBeCloseTo(x, 12)
    expect(centreOfArea([])).toEqual([Number.NaN, Number.NaN])
    const [far] = centreOfArea([
      rectangle(450_000, 300_000, 450_010, 300_010),
      rectangle(450_020, 300_000, 450_030, 300_010),
    ])
    expect(far).toBeCloseTo(450_015, 9)
  })
})

describe('refuses', () => {
  it('more neighbours than can be held', () => {
    const at = new Float64Array(9000)
    expect(() => neighboursWithin(at, at, 10)).toThrow(/neighbours to hold/)
    expect(() => nearestNeighbours(at, at, 8000)).toThrow(/neighbours to hold/)
  })
})
