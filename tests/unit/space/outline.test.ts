import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellArea, cellCorners, cellNeighbours, cellX, cellY } from '#core/analysis/space/grid.ts'
import { cellsOutline } from '#core/analysis/space/outline.ts'
import { pointInRings, ringsArea, signedArea } from '#core/analysis/space/polygon.ts'
import type { GridSpec } from '#core/contract/grid.ts'

const grids: readonly GridSpec[] = (['hexagon', 'square'] as const).map((shape) => ({
  shape,
  size: 200,
  originX: 450_000,
  originY: 300_000,
  columns: 6,
  rows: 6,
}))
const gridOf = fc.constantFrom(...grids)
const cellsOf = fc.uniqueArray(fc.integer({ min: 0, max: 35 }), { minLength: 1, maxLength: 36 })

describe('published', () => {
  it('one cell has its own corners; two squares a rectangle of four', () => {
    const [hexagons, squares] = grids
    expect(cellsOutline(hexagons, [7])).toEqual([cellCorners(hexagons, 7)])
    expect(cellsOutline(squares, [0, 1])).toEqual([
      [
        [450_000, 300_000],
        [450_400, 300_000],
        [450_400, 300_200],
        [450_000, 300_200],
      ],
    ])
  })

  it('two hexagons share a side: ten corners', () => {
    const [ring, ...others] = cellsOutline(grids[0], [7, 8])
    expect(others).toEqual([])
    expect(ring).toHaveLength(10)
  })
})

describe('oracle', () => {
  it('seven hexagons have 18 corners and seven times the area', () => {
    const cells = [14, ...cellNeighbours(grids[0], 14)]
    const rings = cellsOutline(grids[0], cells)
    expect(rings.map((ring) => ring.length)).toEqual([18])
    expect(ringsArea(rings)).toBeCloseTo(7 * cellArea(grids[0]), 3)
  })
})

describe('brute force', () => {
  it('holds the centre of a cell exactly when the cell is of the set', () => {
    fc.assert(
      fc.property(gridOf, cellsOf, (grid, cells) => {
        const rings = cellsOutline(grid, cells)
        for (let cell = 0; cell < 36; cell++)
          expect(pointInRings(rings, cellX(grid, cell), cellY(grid, cell))).toBe(cells.includes(cell))
      }),
      { numRuns: 300 },
    )
  })
})

describe('properties', () => {
  it('outer rings counter-clockwise, holes clockwise: signed areas add up to the cells', () => {
    fc.assert(
      fc.property(gridOf, cellsOf, (grid, cells) => {
        const signed = cellsOutline(grid, cells).reduce((sum, ring) => sum + signedArea(ring), 0)
        expect(signed).toBeCloseTo(cells.length * cellArea(grid), 2)
      }),
      { numRuns: 300 },
    )
  })

  it('every corner is, to the last bit, a corner of one of the cells', () => {
    fc.assert(
      fc.property(gridOf, cellsOf, (grid, cells) => {
        const corners = new Set(cells.flatMap((cell) => cellCorners(grid, cell).map(String)))
        for (const ring of cellsOutline(grid, cells))
          for (const corner of ring) expect(corners.has(String(corner))).toBe(true)
      }),
    )
  })

  it('order and repeats of the cells do not matter', () => {
    fc.assert(
      fc.property(gridOf, cellsOf, (grid, cells) => {
        expect(cellsOutline(grid, [...cells.toReversed(), cells[0]])).toEqual(cellsOutline(grid, cells))
      }),
    )
  })

  it('no ring passes a corner twice', () => {
    fc.assert(
      fc.property(gridOf, cellsOf, (grid, cells) => {
        for (const ring of cellsOutline(grid, cells)) expect(new Set(ring.map(String)).size).toBe(ring.length)
      }),
      { numRuns: 300 },
    )
  })

  it('a hole that touches the outside at a corner is a ring of its own', () => {
    // Squares 6 × 6: a ring of seven cells around cell 27, open at one corner.
    const rings = cellsOutline(grids[1], [20, 21, 22, 26, 28, 32, 33])
    expect(rings.map((ring) => Math.sign(signedArea(ring)))).toEqual([1, -1])
    expect(rings.map((ring) => ring.length)).toEqual([6, 4])
  })
})

describe('edges', () => {
  it('no cells, no rings', () => {
    expect(cellsOutline(grids[0], [])).toEqual([])
  })

  it('a ring of hexagons has a hole that runs clockwise', () => {
    const rings = cellsOutline(grids[0], cellNeighbours(grids[0], 14))
    expect(rings).toHaveLength(2)
    expect(rings.map((ring) => Math.sign(signedArea(ring)))).toEqual([1, -1])
    expect(rings[1]).toHaveLength(6)
  })

  it('two squares that touch at a corner stay two rings', () => {
    expect(cellsOutline(grids[1], [0, 7]).map((ring) => ring.length)).toEqual([4, 4])
  })
})

describe('refuses', () => {
  it('nothing: any set of cells has an outline', () => {
    expect(
      cellsOutline(
        grids[1],
        Array.from({ length: 36 }, (_, cell) => cell),
      ),
    ).toHaveLength(1)
  })
})
