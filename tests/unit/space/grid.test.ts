import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellName } from '#core/analysis/space/cell-name.ts'
import {
  cellArea,
  cellCorners,
  cellNeighbours,
  cellOf,
  cellWidth,
  cellX,
  cellY,
  gridOver,
  locateCells,
  rowStep,
  sideNeighbours,
} from '#core/analysis/space/grid.ts'
import { signedArea } from '#core/analysis/space/polygon.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { spatialOracle } from './oracle.ts'
import { seededNumbers } from './seeded-numbers.ts'

const shapes = ['hexagon', 'square'] as const
const shapeOf = fc.constantFrom(...shapes)
const metres = fc.double({ min: -30_000, max: 700_000, noNaN: true })
const side = fc.double({ min: 25, max: 3000, noNaN: true })

/** The obvious way: the nearest of all centres, the first of equally near ones. */
function nearestCentre(grid: GridSpec, x: number, y: number): number {
  let best = -1
  let least = Infinity
  for (let cell = 0; cell < grid.columns * grid.rows; cell++) {
    const distance = (cellX(grid, cell) - x) ** 2 + (cellY(grid, cell) - y) ** 2
    if (distance < least) {
      least = distance
      best = cell
    }
  }
  return best
}

describe('published', () => {
  it('a hexagon of 200 m side is 0.1039 km² and 346 m across flats (practice 6.2)', () => {
    expect(cellArea({ shape: 'hexagon', size: 200 }) / 1e6).toBeCloseTo(0.1039, 4)
    expect(cellWidth({ shape: 'hexagon', size: 200 })).toBeCloseTo(346.41, 2)
    expect(rowStep({ shape: 'hexagon', size: 200 })).toBe(300)
    expect(cellArea({ shape: 'square', size: 150 })).toBe(22_500)
  })
})

describe('oracle', () => {
  it('finds the hexagons a k-d tree of centres finds (scipy)', () => {
    const x = seededNumbers(31, 500)
    const y = seededNumbers(32, 500)
    const grid = gridOver([-20_000, -20_000, 20_000, 20_000], 'hexagon', 200)
    const firstColumn = Math.round(grid.originX / cellWidth(grid))
    const firstRow = Math.round(grid.originY / 300)
    spatialOracle.hexagons.nearest.forEach(([column, row], i) => {
      const cell = cellOf(grid, x[i] * 40_000 - 20_000, y[i] * 40_000 - 20_000)
      expect([(cell % grid.columns) + firstColumn, Math.floor(cell / grid.columns) + firstRow]).toEqual([
        column,
        row,
      ])
    })
  })
})

describe('brute force', () => {
  it('a place is in the hexagon whose centre is nearest', () => {
    fc.assert(
      fc.property(
        metres,
        metres,
        side,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (west, south, size, u, v) => {
          const grid = gridOver([west, south, west + 4 * size, south + 4 * size], 'hexagon', size)
          const x = west + u * 4 * size
          const y = south + v * 4 * size
          const found = cellOf(grid, x, y)
          const nearest = nearestCentre(grid, x, y)
          if (found !== nearest) {
            // Only where two centres are equally near to the last digits.
            const far = (cell: number) => Math.hypot(cellX(grid, cell) - x, cellY(grid, cell) - y)
            expect(far(found)).toBeCloseTo(far(nearest), 6)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('an exact tie goes to the lower number', () => {
    const grid: GridSpec = { shape: 'hexagon', size: 100, originX: 0, originY: 0, columns: 3, rows: 4 }
    const ties: [number, number][] = []
    for (let cell = 0; cell < 12; cell++) for (const [x, y] of cellCorners(grid, cell)) ties.push([x, y])
    // Straight above a centre every distance is exact: 0, 100 is as near to three centres.
    expect(cellOf(grid, 0, 100)).toBe(0)
    for (const [x, y] of ties) {
      const found = cellOf(grid, x, y)
      if (found < 0) continue
      const nearest = nearestCentre(grid, x, y)
      const distance = (cell: number) => Math.hypot(cellX(grid, cell) - x, cellY(grid, cell) - y)
      expect(distance(found)).toBeCloseTo(distance(nearest), 9)
    }
  })

  it('a square holds its lower and left edges and not its upper and right ones', () => {
    const grid = gridOver([0, 0, 300, 300], 'square', 100)
    expect(cellOf(grid, 100, 100)).toBe(grid.columns + 1)
    expect(cellOf(grid, 99.999999, 100)).toBe(grid.columns)
    expect(cellOf(grid, 199.999999, 199.999999)).toBe(grid.columns + 1)
  })
})

describe('properties', () => {
  it('the grid covers its box: every place in it is in a cell', () => {
    fc.assert(
      fc.property(
        shapeOf,
        metres,
        metres,
        fc.double({ min: 0, max: 20_000, noNaN: true }),
        fc.double({ min: 0, max: 20_000, noNaN: true }),
        side,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (shape, west, south, width, height, size, u, v) => {
          const box = [west, south, west + width, south + height] as const
          const grid = gridOver(box, shape, size)
          expect(cellOf(grid, west + u * width, south + v * height)).toBeGreaterThanOrEqual(0)
          expect(cellOf(grid, west, south)).toBeGreaterThanOrEqual(0)
          expect(cellOf(grid, box[2], box[3])).toBeGreaterThanOrEqual(0)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('cells keep their place and name whatever area the grid is laid over', () => {
    const one = [[450_000, 300_000, 460_000, 310_000]]
    for (const shape of shapes)
      for (const box of one) {
        const small = gridOver(box as unknown as [number, number, number, number], shape, 200)
        const large = gridOver([400_000, 255_003, 500_000, 350_000], shape, 200)
        const x = seededNumbers(3, 400)
        const y = seededNumbers(4, 400)
        for (let i = 0; i < 400; i++) {
          const easting = 450_000 + x[i] * 10_000
          const northing = 300_000 + y[i] * 10_000
          const a = cellOf(small, easting, northing)
          const b = cellOf(large, easting, northing)
          expect(cellName(small, a)).toBe(cellName(large, b))
          expect(cellX(small, a)).toBeCloseTo(cellX(large, b), 6)
          expect(cellY(small, a)).toBeCloseTo(cellY(large, b), 6)
        }
      }
  })

  it('a shifted grid names its shift', () => {
    const shifted = gridOver([450_000, 300_000, 451_000, 301_000], 'square', 150, 50, 25)
    expect(cellName(shifted, 0)).toBe('SQ150+50+25-2999-1999')
    expect(cellName(gridOver([450_000, 300_000, 451_000, 301_000], 'square', 150), 0)).toBe('SQ150-3000-2000')
  })

  it('a centre is in its own cell, corners run counter-clockwise around its area, neighbours are mutual', () => {
    for (const shape of shapes) {
      const grid = gridOver([450_000, 300_000, 452_000, 301_500], shape, 200)
      for (let cell = 0; cell < grid.columns * grid.rows; cell++) {
        expect(cellOf(grid, cellX(grid, cell), cellY(grid, cell))).toBe(cell)
        expect(signedArea(cellCorners(grid, cell))).toBeCloseTo(cellArea(grid), 3)
        for (const other of cellNeighbours(grid, cell)) expect(cellNeighbours(grid, other)).toContain(cell)
      }
    }
  })

  it('neighbours are the cells whose corners touch; side neighbours share two corners to the last bit', () => {
    for (const shape of shapes) {
      const grid = gridOver([450_000, 300_000, 451_700, 301_500], shape, 200)
      const cells = Array.from({ length: grid.columns * grid.rows }, (_, cell) => cell)
      const corners = cells.map((cell) => new Set(cellCorners(grid, cell).map(String)))
      for (const cell of cells) {
        const shared = (other: number) =>
          [...corners[cell]].filter((corner) => corners[other].has(corner)).length
        expect(cellNeighbours(grid, cell)).toEqual(
          cells.filter((other) => other !== cell && shared(other) >= 1),
        )
        expect(sideNeighbours(grid, cell)).toEqual(
          cells.filter((other) => other !== cell && shared(other) === 2),
        )
      }
    }
  })

  it('many places at once get the cells each would get alone; masked ones none', () => {
    for (const shape of shapes) {
      const grid = gridOver([450_000, 300_000, 460_000, 310_000], shape, 137)
      const x = seededNumbers(5, 1000).map((u) => 449_000 + u * 12_000)
      const y = seededNumbers(6, 1000).map((u) => 299_000 + u * 12_000)
      const mask = Uint8Array.from(x, (_, i) => (i % 3 === 0 ? 0 : 1))
      const out = new Int32Array(1000)
      locateCells(grid, x, y, mask, out)
      out.forEach((cell, i) => {
        expect(cell).toBe(mask[i] === 0 ? -1 : cellOf(grid, x[i], y[i]))
      })
    }
  })
})

describe('edges', () => {
  it.each(shapes)('%s: outside, far outside and no coordinates are in no cell', (shape) => {
    const grid = gridOver([450_000, 300_000, 451_000, 301_000], shape, 200)
    for (const [x, y] of [
      [Number.NaN, 300_500],
      [450_500, Number.NaN],
      [Number.NaN, Number.NaN],
      [Infinity, 300_500],
      [450_500, -Infinity],
      [440_000, 300_500],
      [1e15, 1e15],
      [-1e300, 1e300],
    ])
      expect(cellOf(grid, x, y)).toBe(-1)
  })

  it.each(shapes)('%s: a box without extent gets a grid that holds it', (shape) => {
    const grid = gridOver([451_234, 301_234, 451_234, 301_234], shape, 50)
    expect(cellOf(grid, 451_234, 301_234)).toBeGreaterThanOrEqual(0)
  })

  it('cells at the rim have fewer neighbours', () => {
    const grid: GridSpec = { shape: 'square', size: 10, originX: 0, originY: 0, columns: 1, rows: 1 }
    expect(cellNeighbours(grid, 0)).toEqual([])
    expect(sideNeighbours({ ...grid, columns: 2 }, 0)).toEqual([1])
  })
})

describe('refuses', () => {
  it('a box that is empty or not finite, a size of 0, a grid of too many cells', () => {
    const code = (run: () => unknown) => {
      try {
        run()
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'accepted'
    }
    expect(code(() => gridOver([Infinity, Infinity, -Infinity, -Infinity], 'square', 100))).toBe('E-GRID-BOX')
    expect(code(() => gridOver([0, 0, Number.NaN, 1], 'square', 100))).toBe('E-GRID-BOX')
    expect(code(() => gridOver([0, 0, 10, 10], 'hexagon', 0))).toBe('E-GRID-SIZE')
    expect(code(() => gridOver([0, 0, 700_000, 1_300_000], 'hexagon', 25))).toBe('E-GRID-SIZE')
  })
})
