import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellOf, gridOver } from '#core/analysis/space/grid.ts'
import { countOnGrid } from '#core/analysis/stability/count-on-grid.ts'
import { gridShift } from '#core/analysis/stability/grid-shift.ts'
import type { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings, testshire } from '../space/small-study.ts'

const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/grid-shift/expected.json', import.meta.url), 'utf8'),
) as {
  points: [number, number][]
  rows: { column: number; row: number; count: number; share: number; covered: number }[]
  versions: { numpy: string }
}
const u = seededNumbers(812_345, 900)
const v = seededNumbers(77_123_457, 900)
/** 60 at one door, the rest anywhere. */
const rows: Row[] = Array.from({ length: 300 }, (_, i): Row => {
  if (i < 60) return { at: [451_250, 301_250] }
  return { at: [450_200 + 3600 * u[i], 300_200 + 3600 * v[i]] }
})
const run = (
  changed: Parameters<typeof settings<typeof gridShift.card.parameters>>[1] = {},
  given = rows,
  context = testshire,
) =>
  gridShift.run(
    makeIncidents(given),
    settings(gridShift, { shape: 'square', cellSize: 500, top: 5, ...changed }),
    context,
    patient,
  )

describe('published', () => {
  it('Openshaw’s point: the same places on another grid are another ranking', () => {
    // Two to a cell on the grid as laid, four to a cell when it moves by half a cell.
    const corner: Row[] = [
      [999, 999],
      [1001, 999],
      [999, 1001],
      [1001, 1001],
    ].flatMap(([x, y]) => [
      { at: [450_000 + x, 300_000 + y] as const },
      { at: [450_000 + x, 300_000 + y] as const },
    ])
    const other: Row[] = Array.from({ length: 3 }, () => ({ at: [452_250, 302_250] }))
    const { summary, columns } = run({ top: 1, shifts: 2, sizeChange: 0 }, [...corner, ...other])
    expect((columns.count as Uint32Array)[0]).toBe(3)
    // Wherever else the grid lies, cells across the corner hold four or eight, and the three are not the fullest.
    expect(summary.meanShare).toBe(0)
    expect((columns.rankWorst as Float64Array)[0]).toBeGreaterThan(1)
  })
})

describe('oracle', () => {
  it('every position of a square grid by numpy', () => {
    const { points, rows: expected, versions } = oracle
    const given: Row[] = points.map(([x, y]) => ({ at: [450_000 + x, 300_000 + y] }))
    const { columns, summary } = run({ shifts: 4, sizeChange: 0 }, given)
    let largest = 0
    expected.forEach((row, k) => {
      expect((columns.x as Float64Array)[k]).toBe(450_250 + 500 * row.column)
      expect((columns.y as Float64Array)[k]).toBe(300_250 + 500 * row.row)
      expect((columns.count as Uint32Array)[k]).toBe(row.count)
      for (const name of ['share', 'covered'] as const)
        largest = Math.max(largest, Math.abs((columns[name] as Float64Array)[k] - row[name]))
    })
    expect(summary.positions).toBe(15)
    expectAgreement({
      method: 'gridShift',
      peer: 'numpy',
      version: versions.numpy,
      data: 'Five cells of 500 m among 370 made places in fifteen other positions of the grid: share that stays and share covered, absolute difference',
      largestDifference: largest,
      tolerance: 1e-12,
    })
  })
})

describe('brute force', () => {
  it('counts and ranks on any grid, hexagons too', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('hexagon' as const, 'square' as const),
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 900 }),
            fc.integer({ min: 0, max: 900 }),
            fc.integer({ min: -1, max: 2 }),
          ),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        fc.integer({ min: 1, max: 4 }),
        (shape, places, top) => {
          const grid = gridOver([0, 0, 900, 900], shape, 130, 17, 5)
          const [x, y] = [0, 1].map((k) => Float64Array.from(places, (place) => place[k]))
          const chosenOf = Int32Array.from(places, (place) => place[2])
          const found = countOnGrid(grid, x, y, chosenOf, 3, top, patient)
          const cell = places.map(([px, py]) => cellOf(grid, px, py))
          const countOf = (which: number) => cell.filter((other) => other === which).length
          const rankOf = (which: number) =>
            1 + new Set(cell.filter((other) => countOf(other) > countOf(which))).size
          for (let k = 0; k < 3; k++) {
            const own = cell.filter((_, i) => chosenOf[i] === k)
            if (own.length === 0) {
              expect(found.covered[k]).toBeNaN()
              expect(found.rank[k]).toBeNaN()
              continue
            }
            expect(found.covered[k]).toBeCloseTo(
              own.filter((which) => rankOf(which) <= top).length / own.length,
              12,
            )
            const times = (which: number) => own.filter((other) => other === which).length
            const most = Math.max(...own.map(times))
            expect(found.rank[k]).toBe(Math.min(...own.filter((which) => times(which) === most).map(rankOf)))
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('properties', () => {
  it('one full door is first on every grid; parts in any order and rows in any order are the same', () => {
    const found = run()
    expect((found.columns.share as Float64Array)[0]).toBe(1)
    expect((found.columns.shareOtherSizes as Float64Array)[0]).toBe(1)
    expect((found.columns.rankWorst as Float64Array)[0]).toBe(1)
    expect(run({}, rows.toReversed())).toEqual(found)
    const params = settings(gridShift, { shape: 'square', cellSize: 500, top: 5 })
    const { shares } = gridShift
    const { state, parts } = shares!.begin(makeIncidents(rows), params, testshire, patient)
    const done = Array.from({ length: parts }, (_, k) => parts - 1 - k).map(
      (index) => [index, shares!.part(state, index, patient)] as const,
    )
    const inOrder = done.sort((a, b) => a[0] - b[0]).map(([, part]) => part)
    expect(shares!.finish(state, inOrder, makeIncidents(rows), params, testshire, patient)).toEqual(found)
  })

  it('every size in every position; the same ground in the top', () => {
    const { summary } = run({ top: 9, shifts: 3, sizeChange: 50 })
    expect(summary.sizes.map(({ cellSize, grids, top }) => [cellSize, grids, top])).toEqual([
      [250, 9, 36],
      [500, 8, 9],
      [750, 9, 4],
    ])
    for (const { meanShare } of summary.sizes) {
      expect(meanShare).toBeGreaterThanOrEqual(0)
      expect(meanShare).toBeLessThanOrEqual(1)
    }
  })

  it('hexagons: the full door stays', () => {
    const { columns } = run({ shape: 'hexagon', cellSize: 200 })
    expect((columns.share as Float64Array)[0]).toBe(1)
  })
})

describe('edges', () => {
  it('fewer cells than asked for, ties and few incidents are said', () => {
    const { summary, caveats } = run({ top: 3 }, [
      { at: [450_100, 300_100] },
      { at: [451_100, 300_100] },
      { at: [452_100, 300_100] },
      { at: [453_100, 300_100] },
    ])
    expect(summary.chosen).toBe(3)
    expect(caveats.map(({ code }) => code)).toEqual(expect.arrayContaining(['shift-tie', 'shift-few']))
    const one = run({ top: 50 }, [{ at: [450_100, 300_100] }])
    expect(one.summary).toMatchObject({ chosen: 1, meanShare: 1 })
    for (const { code } of [...caveats, ...run().caveats])
      expect(Object.keys(gridShift.card.caveats)).toContain(code)
  })

  it('no other sizes: their share is NaN', () => {
    const { columns, summary } = run({ sizeChange: 0 })
    expect((columns.shareOtherSizes as Float64Array).every(Number.isNaN)).toBe(true)
    expect(summary.sizes).toHaveLength(1)
  })
})

describe('refuses', () => {
  it('nothing inside, no place at all', () => {
    const code = (work: () => unknown): string => {
      try {
        work()
      } catch (error) {
        return (error as InputError).code
      }
      return 'accepted'
    }
    expect(code(() => run({}, [{ at: [1000, 1000] }]))).toBe('E-MTH-FEW')
    expect(code(() => run({}, [], nothingKnown))).toBe('E-GRID-BOX')
  })
})
