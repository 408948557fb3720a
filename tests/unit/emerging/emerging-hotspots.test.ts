import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gistarOfCube } from '#core/analysis/emerging/cube.ts'
import { emergingClasses, plainClasses } from '#core/analysis/emerging/emerging-class.ts'
import { emergingHotspots } from '#core/analysis/emerging/emerging-hotspots.ts'
import { gistarOnGrid } from '#core/analysis/hotspot/gistar-values.ts'
import { gridOver } from '#core/analysis/space/grid.ts'
import type { Context, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings } from '../space/small-study.ts'

const run = (
  incidents: Incidents,
  changed: Parameters<typeof settings<typeof emergingHotspots.card.parameters>>[1],
  context: Context,
) =>
  emergingHotspots.run(
    incidents,
    settings(emergingHotspots, { shape: 'square', cellSize: 100, ...changed }),
    context,
    patient,
  )
const codes = (result: { caveats: readonly { code: string }[] }): string[] =>
  result.caveats.map((each) => each.code)
const named = (code: number): string =>
  code === 0 ? 'none' : `${code > 0 ? 'hot' : 'cold'} ${emergingClasses[Math.abs(code) - 1]}`
interface OracleSet {
  readonly columns: [number]
  readonly rows: [number]
  readonly steps: [number]
  readonly gaps: number[]
  readonly earlier: [number]
  readonly counts: number[]
  readonly z: (number | null)[]
  readonly trendZ: number[]
  readonly trendP: number[]
  readonly classes: string[]
}
const oracle = JSON.parse(
  readFileSync(new URL('../../oracles/emerging/expected.json', import.meta.url), 'utf8'),
) as { versions: string[]; sets: OracleSet[] }

/** The counts of a set as incidents of months from January 2020, in squares of 100 m. */
function asIncidents(set: OracleSet): { incidents: Incidents; context: Context } {
  const [columns] = set.columns
  const [rows] = set.rows
  const [steps] = set.steps
  const label = (t: number): string => `${2020 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}`
  const list: Row[] = []
  set.counts.forEach((count, at) => {
    const cell = at % (columns * rows)
    const place: readonly [number, number] = [
      100 * (cell % columns) + 50,
      100 * Math.floor(cell / columns) + 50,
    ]
    for (let k = 0; k < count; k++) list.push({ at: place, from: label(Math.floor(at / (columns * rows))) })
  })
  return {
    incidents: makeIncidents(list),
    context: {
      period: { from: '2020-01-01', to: `${label(steps)}-01` },
      missingMonths: set.gaps.map((step) => label(step - 1)),
      studyArea: {
        name: 'Square',
        areas: [{ code: 'S', name: 'Square', rings: [rectangle(0, 0, 100 * columns, 100 * rows)] }],
      },
    },
  }
}

describe('oracle: R, spdep localG over space and time', () => {
  it('z of the last step held, the trend and the class of every cell of four cubes', () => {
    let largest = 0
    for (const set of oracle.sets) {
      const { incidents, context } = asIncidents(set)
      const { columns, summary } = run(incidents, { earlierSteps: set.earlier[0] }, context)
      const [steps] = set.steps
      const cells = set.columns[0] * set.rows[0]
      expect(summary.tested).toBe(cells)
      expect(summary.gaps).toBe(set.gaps.length)
      const last = Math.max(
        ...Array.from({ length: steps }, (_, t) => t).filter((t) => !set.gaps.includes(t + 1)),
      )
      expect([...(columns.emergingClass as Int8Array)].map(named)).toEqual(set.classes)
      for (let k = 0; k < cells; k++)
        largest = Math.max(
          largest,
          Math.abs((columns.lastZ as Float64Array)[k] - set.z[last * cells + k]!),
          Math.abs((columns.trendZ as Float64Array)[k] - set.trendZ[k]),
          Math.abs((columns.trendP as Float64Array)[k] - set.trendP[k]),
        )
    }
    expectAgreement({
      method: 'emergingHotspots',
      peer: 'spdep localG over space and time, p.adjust and classes in R',
      version: oracle.versions.join(', '),
      data: 'Four made-up cubes of 64 to 90 squares and 11 to 14 steps, two with gaps: last z, trend z and p, absolute; classes all equal',
      largestDifference: largest,
      tolerance: 1e-9,
    })
  })

  it('z of every bin', () => {
    for (const set of oracle.sets) {
      const grid = gridOver([0, 0, 100 * set.columns[0] - 1, 100 * set.rows[0] - 1], 'square', 100)
      const cells = Int32Array.from({ length: grid.columns * grid.rows }, (_, cell) => cell)
      const present = Uint8Array.from({ length: set.steps[0] }, (_, t) => (set.gaps.includes(t + 1) ? 0 : 1))
      const counts = Uint32Array.from(set.counts)
      const cube = { grid, cells, steps: set.steps[0], present, counts }
      const { z } = gistarOfCube(cube, 0, set.earlier[0], patient)
      expect(z).toHaveLength(set.z.length)
      set.z.forEach((expected, bin) => {
        if (expected === null) expect(z[bin]).toBeNaN()
        else expect(z[bin]).toBeCloseTo(expected, 9)
      })
    }
  })
})

describe('brute force', () => {
  it('Gi* of a cube by its formula, with gaps, hexagons and cells left out', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('hexagon' as const, 'square' as const),
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 6 }),
        (shape, seed, earlier, steps) => {
          const grid = gridOver([0, 0, 700, 700], shape, 100)
          const size = grid.columns * grid.rows
          const u = seededNumbers(seed, size + steps + size * steps)
          const cells = Int32Array.from({ length: size }, (_, c) => c).filter((c) => u[c] < 0.8)
          const present = Uint8Array.from({ length: steps }, (_, t) => (u[size + t] < 0.8 ? 1 : 0))
          const counts = Uint32Array.from({ length: cells.length * steps }, (_, b) =>
            Math.floor(u[size + steps + b] ** 3 * 8),
          )
          const { z } = gistarOfCube({ grid, cells, steps, present, counts }, 0, earlier, patient)
          const held = [...counts.keys()].filter((bin) => present[Math.floor(bin / cells.length)] === 1)
          const n = held.length
          const mean = held.reduce((sum, bin) => sum + counts[bin], 0) / n
          const s = Math.sqrt(held.reduce((sum, bin) => sum + (counts[bin] - mean) ** 2, 0) / n)
          fc.pre(n > 1 && s > 0)
          // Neighbours in space, as the map of one step has them: a cell is one where an indicator reaches it.
          const inside = new Uint8Array(size)
          for (const cell of cells) inside[cell] = 1
          const near = cells.map((_, k) => k)
          const bin = held[seed % n]
          const k = bin % cells.length
          const t = Math.floor(bin / cells.length)
          const neighbours = [...near].filter((other) => {
            const one = new Float64Array(size)
            one[cells[other]] = 1
            return gistarOnGrid(grid, cells, inside, one).z[k] > 0
          })
          let [sum, w] = [0, 0]
          for (let back = 0; back <= earlier; back++)
            if (t - back >= 0 && present[t - back] === 1)
              for (const other of neighbours) {
                sum += counts[(t - back) * cells.length + other]
                w++
              }
          const expected = (sum - w * mean) / (s * Math.sqrt((n * w - w * w) / (n - 1)))
          if (Number.isFinite(expected)) expect(z[bin]).toBeCloseTo(expected, 9)
          else expect(z[bin]).toBeNaN()
        },
      ),
      { numRuns: 60 },
    )
  })
})

/** A quiet square of 2 km with one corner that turns hot in the last three months of 2024. */
const force = (): { rows: Row[]; context: Context } => {
  const u = seededNumbers(31, 3600)
  const rows: Row[] = Array.from({ length: 1200 }, (_, k) => ({
    at: [2000 * u[3 * k], 2000 * u[3 * k + 1]],
    from: `2024-${String(1 + Math.floor(12 * u[3 * k + 2])).padStart(2, '0')}`,
  }))
  for (let k = 0; k < 120; k++)
    rows.push({ at: [1650 + (k % 10), 350], from: `2024-${10 + (k % 3)}`, precision: 'snapped' })
  return {
    rows,
    context: {
      period: { from: '2024-01-01', to: '2025-01-01' },
      studyArea: {
        name: 'Square',
        areas: [{ code: 'S', name: 'Square', rings: [rectangle(0, 0, 2000, 2000)] }],
      },
    },
  }
}

describe('properties', () => {
  it('the corner that turns hot is consecutive, intermittent in the plain view (its first hot month is not recent), and everything adds up', () => {
    const { rows, context } = force()
    const { summary, columns, caveats } = run(makeIncidents(rows), {}, context)
    const at = (columns.cell as Int32Array).indexOf(3 * summary.grid.columns + 16)
    expect(named((columns.emergingClass as Int8Array)[at])).toBe('hot consecutive')
    expect(plainClasses[(columns.plainClass as Uint8Array)[at]]).toBe('intermittent')
    expect((columns.hotSteps as Int32Array)[at]).toBe(3)
    expect((columns.trendZ as Float64Array)[at]).toBeGreaterThan(0)
    const classes = columns.emergingClass as Int8Array
    expect(summary.noPattern + summary.classes.reduce((sum, one) => sum + one.hot + one.cold, 0)).toBe(
      classes.length,
    )
    expect(summary.plain.reduce((sum, one) => sum + one.cells, 0)).toBe(classes.length)
    expect(summary.hotBins).toBe((columns.hotSteps as Int32Array).reduce((a, b) => a + b, 0))
    expect((columns.count as Uint32Array).reduce((a, b) => a + b, 0)).toBe(summary.incidents)
    expect(summary.incidents).toBe(rows.length)
    expect(caveats.map(({ code }) => code)).toContain('snapped')
    expect(summary.overallP).toBeLessThan(1)
  })

  it('shuffling rows, and moving places and grid together, changes nothing but where it is', () => {
    const { rows, context } = force()
    const base = run(makeIncidents(rows), {}, context)
    expect(run(makeIncidents(rows.toReversed()), {}, context).columns).toEqual(base.columns)
    const moved = run(
      makeIncidents(rows.map((row) => ({ ...row, at: [row.at![0] + 500, row.at![1] + 300] }))),
      {},
      {
        ...context,
        studyArea: {
          name: 'Square',
          areas: [{ code: 'S', name: 'Square', rings: [rectangle(500, 300, 2500, 2300)] }],
        },
      },
    )
    expect(moved.columns.emergingClass).toEqual(base.columns.emergingClass)
    expect(moved.columns.lastZ).toEqual(base.columns.lastZ)
  })

  it('BY names no more bins than BH, none no fewer; occupied cells are fewer than all', () => {
    const { rows, context } = force()
    const [bh, by, none, occupied] = [
      {},
      { adjustment: 'BY' },
      { adjustment: 'none' },
      { tested: 'occupied' },
    ].map((changed) => run(makeIncidents(rows), changed, context))
    expect(by.summary.hotBins).toBeLessThanOrEqual(bh.summary.hotBins)
    expect(none.summary.hotBins).toBeGreaterThanOrEqual(bh.summary.hotBins)
    expect(codes(none)).toContain('emerging-unadjusted')
    expect(occupied.summary.tested).toBeLessThan(bh.summary.tested)
    expect((occupied.columns.count as Uint32Array).every((count) => count > 0)).toBe(true)
  })
})

describe('edges', () => {
  it('a missing month is a gap and not a step of zeros', () => {
    const { rows, context } = force()
    const june = rows.filter(({ from }) => from !== '2024-06')
    const zero = run(makeIncidents(june), {}, context)
    const gap = run(makeIncidents(june), {}, { ...context, missingMonths: ['2024-06'] })
    expect(zero.summary.gaps).toBe(0)
    expect(gap.summary.gaps).toBe(1)
    expect(gap.summary.mean).toBeCloseTo((zero.summary.mean * 12) / 11, 10)
    const partly = run(
      makeIncidents(rows),
      {},
      { ...context, missingMonths: ['2024-12'], partialMonths: ['2024-03'] },
    )
    expect(codes(partly)).toEqual(
      expect.arrayContaining(['missing-months', 'partial-months', 'in-gaps', 'last-step-missing']),
    )
    for (const code of codes(partly)) expect(Object.keys(emergingHotspots.card.caveats)).toContain(code)
  })

  it('nothing in any bin: nothing is tested, nothing is named', () => {
    const { context } = force()
    const { columns, summary, caveats } = run(makeIncidents([]), {}, context)
    expect((columns.emergingClass as Int8Array).every((each) => each === 0)).toBe(true)
    expect((columns.lastZ as Float64Array).every(Number.isNaN)).toBe(true)
    expect((columns.trendP as Float64Array).every(Number.isNaN)).toBe(true)
    expect(summary.noPattern).toBe(summary.tested)
    expect(caveats.map(({ code }) => code)).toContain('emerging-undefined')
  })

  it('few incidents over many cells are told', () => {
    const { rows, context } = force()
    const few = run(makeIncidents(rows.slice(0, 50)), { cellSize: 50 }, context)
    expect(codes(few)).toContain('emerging-sparse')
  })
})

describe('refuses', () => {
  it('too few steps, too few cells, too many bins, months for weeks', () => {
    const refusal = (task: () => unknown): string => {
      try {
        task()
      } catch (error) {
        return error instanceof InputError ? error.code : String(error)
      }
      return 'accepted'
    }
    const { rows, context } = force()
    const incidents = makeIncidents(rows)
    const half = { ...context, period: { from: '2024-01-01', to: '2024-07-01' } }
    expect(refusal(() => run(incidents, {}, half))).toBe('E-MTH-STEPS')
    const gaps = { ...context, missingMonths: ['2024-01', '2024-02', '2024-03'] }
    expect(refusal(() => run(incidents, {}, gaps))).toBe('E-MTH-STEPS')
    expect(refusal(() => run(incidents, { cellSize: 2000 }, context))).toBe('E-MTH-CELLS')
    expect(refusal(() => run(incidents, { step: 'week' }, context))).toBe('E-MTH-TIME')
    const wide = {
      ...context,
      studyArea: {
        name: 'Wide',
        areas: [{ code: 'W', name: 'Wide', rings: [rectangle(0, 0, 40_000, 40_000)] }],
      },
    }
    expect(refusal(() => run(incidents, { cellSize: 25 }, wide))).toBe('E-MTH-BINS')
  })
})
