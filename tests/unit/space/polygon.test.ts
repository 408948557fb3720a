import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaOfCells } from '#core/analysis/space/area-of-cells.ts'
import { cellX, cellY, gridOver } from '#core/analysis/space/grid.ts'
import { hullOfCells } from '#core/analysis/space/hull-of-cells.ts'
import { locateAreas, pointInRings, ringsArea, ringsBox, signedArea } from '#core/analysis/space/polygon.ts'
import type { Position, Rings } from '#core/contract/geometry.ts'
import { seededNumbers } from './seeded-numbers.ts'

const square = (x: number, y: number, side: number): Position[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
]
const corner = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
const ringsOf = fc.array(fc.array(corner, { minLength: 3, maxLength: 9 }), { minLength: 1, maxLength: 3 })

/** The obvious way: how often a ray to the right crosses an edge, in whole numbers ×2 so that nothing is rounded. */
function crossings(rings: Rings, x: number, y: number): boolean {
  let count = 0
  for (const ring of rings)
    ring.forEach(([x1, y1], i) => {
      const [x2, y2] = ring[(i + 1) % ring.length]
      if (y1 === y2 || y < Math.min(y1, y2) || y >= Math.max(y1, y2)) return
      if (x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) count++
    })
  return count % 2 === 1
}

describe('published', () => {
  it('area by the shoelace formula: (0,0) (4,0) (4,3) has 6', () => {
    expect(
      signedArea([
        [0, 0],
        [4, 0],
        [4, 3],
      ]),
    ).toBe(6)
    expect(
      signedArea([
        [4, 3],
        [4, 0],
        [0, 0],
      ]),
    ).toBe(-6)
  })
})

describe('oracle', () => {
  it('a ring of 10,000 corners around a circle has the area of the polygon, n/2·r²·sin(2π/n)', () => {
    const n = 10_000
    const ring = Array.from(
      { length: n },
      (_, k): Position => [
        450_000 + 5000 * Math.cos((2 * Math.PI * k) / n),
        300_000 + 5000 * Math.sin((2 * Math.PI * k) / n),
      ],
    )
    expect(ringsArea([ring]) / ((n / 2) * 5000 ** 2 * Math.sin((2 * Math.PI) / n))).toBeCloseTo(1, 11)
  })
})

describe('brute force', () => {
  it('inside when a ray crosses an odd number of edges', () => {
    fc.assert(
      fc.property(
        ringsOf,
        fc.integer({ min: -1, max: 81 }),
        fc.integer({ min: -1, max: 81 }),
        (rings, i, j) => {
          // Half-way places meet no corner; a place on a slanted edge may differ by rounding of the simple formula.
          const x = i / 2 + 0.123
          const y = j / 2
          expect(pointInRings(rings, x, y)).toBe(crossings(rings, x, y))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('areas of many places equal the first area that holds each', () => {
    fc.assert(
      fc.property(
        fc.array(ringsOf, { minLength: 0, maxLength: 5 }),
        fc.integer({ min: 1, max: 1e6 }),
        (areas, seed) => {
          const list = areas.map((rings) => ({ rings }))
          const x = seededNumbers(seed, 60).map((u) => Math.round(u * 84 - 2) / 2)
          const y = seededNumbers(seed + 1, 60).map((u) => Math.round(u * 84 - 2) / 2)
          const found = locateAreas(list, x, y)
          found.forEach((area, i) => {
            expect(area).toBe(list.findIndex(({ rings }) => pointInRings(rings, x[i], y[i])))
          })
        },
      ),
      { numRuns: 200 },
    )
  })

  it('areas of cells equal those of their centres, on both shapes', () => {
    fc.assert(
      fc.property(
        fc.array(ringsOf, { minLength: 0, maxLength: 4 }),
        fc.constantFrom('hexagon' as const, 'square' as const),
        fc.integer({ min: 1, max: 5 }),
        (areas, shape, size) => {
          const grid = gridOver([-3, -3, 44, 44], shape, size)
          const list = areas.map((rings) => ({ rings }))
          areaOfCells(grid, list).forEach((area, cell) => {
            expect(area).toBe(
              list.findIndex(({ rings }) => pointInRings(rings, cellX(grid, cell), cellY(grid, cell))),
            )
          })
        },
      ),
      { numRuns: 300 },
    )
  })

  it('the outline of occupied cells holds every occupied centre and has only left turns', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 3, maxLength: 12 }), (cells) => {
        const grid = { shape: 'hexagon', size: 10, originX: 0, originY: 0, columns: 10, rows: 10 } as const
        const occupied = new Uint8Array(100)
        for (const cell of cells) occupied[cell] = 1
        const hull = hullOfCells(grid, occupied)
        if (hull.length < 3) return
        hull.forEach((a, k) => {
          const b = hull[(k + 1) % hull.length]
          for (const cell of cells) {
            const side =
              (b[0] - a[0]) * (cellY(grid, cell) - a[1]) - (b[1] - a[1]) * (cellX(grid, cell) - a[0])
            expect(side).toBeGreaterThanOrEqual(-1e-9)
          }
        })
      }),
    )
  })
})

describe('properties', () => {
  it('two areas that share an edge never both hold, nor both miss, a place on it', () => {
    fc.assert(
      fc.property(corner, corner, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, t) => {
        fc.pre(a[0] !== b[0] || a[1] !== b[1])
        // Both triangles lie in a frame the shared edge cuts in two.
        const left: Position[] = [a, b, [-100, 100]]
        const right: Position[] = [b, a, [100, -100]]
        const both: Position[] = [a, [100, -100], b, [-100, 100]]
        const x = a[0] + t * (b[0] - a[0])
        const y = a[1] + t * (b[1] - a[1])
        expect(Number(pointInRings([left], x, y)) ^ Number(pointInRings([right], x, y))).toBe(
          Number(pointInRings([both], x, y)),
        )
      }),
    )
  })

  it('the direction of a ring does not matter', () => {
    fc.assert(
      fc.property(ringsOf, corner, (rings, [x, y]) => {
        expect(
          pointInRings(
            rings.map((ring) => ring.toReversed()),
            x,
            y,
          ),
        ).toBe(pointInRings(rings, x, y))
      }),
    )
  })

  it('a hole counts against, an island in it counts again', () => {
    expect(ringsArea([square(0, 0, 100), square(10, 10, 50), square(20, 20, 10)])).toBe(10_000 - 2500 + 100)
    expect(ringsArea([square(20, 20, 10), square(10, 10, 50).reverse(), square(0, 0, 100)])).toBe(7600)
    expect(pointInRings([square(0, 0, 100), square(10, 10, 50)], 30, 30)).toBe(false)
  })
})

describe('edges', () => {
  it('lower and left edges in, upper and right out', () => {
    const rings = [square(0, 0, 10)]
    expect([pointInRings(rings, 0, 0), pointInRings(rings, 5, 0), pointInRings(rings, 0, 5)]).toEqual([
      true,
      true,
      true,
    ])
    expect([pointInRings(rings, 10, 5), pointInRings(rings, 5, 10), pointInRings(rings, 10, 10)]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('no coordinates, no rings, no areas: in none', () => {
    expect(pointInRings([square(0, 0, 10)], Number.NaN, 5)).toBe(false)
    expect(pointInRings([], 5, 5)).toBe(false)
    expect([...locateAreas([], new Float64Array([1]), new Float64Array([1]))]).toEqual([-1])
    expect([
      ...locateAreas(
        [{ rings: [] }, { rings: [square(0, 0, 10)] }],
        new Float64Array([1, Number.NaN, 1]),
        new Float64Array([1, 1, 1]),
        new Uint8Array([1, 1, 0]),
      ),
    ]).toEqual([1, -1, -1])
    expect(ringsArea([])).toBe(0)
    expect(ringsBox([])).toEqual([Infinity, Infinity, -Infinity, -Infinity])
  })

  it('no occupied cell has no outline, one cell one corner', () => {
    const grid = { shape: 'square', size: 10, originX: 0, originY: 0, columns: 3, rows: 3 } as const
    expect(hullOfCells(grid, new Uint8Array(9))).toEqual([])
    expect(hullOfCells(grid, new Uint8Array(9).fill(1, 4, 5))).toEqual([[15, 15]])
  })
})

describe('refuses', () => {
  it('nothing: a ring of fewer than three corners holds no place and has no area', () => {
    expect(
      pointInRings(
        [
          [
            [0, 0],
            [5, 5],
          ],
        ],
        2,
        2,
      ),
    ).toBe(false)
    expect(
      ringsArea([
        [
          [0, 0],
          [5, 5],
        ],
        [],
      ]),
    ).toBe(0)
  })
})
