import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandwidthByRule } from '#core/analysis/density/bandwidth.ts'
import { density } from '#core/analysis/density/density.ts'
import {
  densityBand,
  type Kernel,
  kernelPeak,
  kernelReach,
  sortByRow,
} from '#core/analysis/density/density-band.ts'
import { cellX, cellY } from '#core/analysis/space/grid.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { spatialOracle } from '../space/oracle.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings, testshire, twoDistricts } from '../space/small-study.ts'

const kernels = ['quartic', 'gaussian'] as const
const gridOf = (columns: number, rows: number, size: number): GridSpec => ({
  shape: 'square',
  size,
  originX: 0,
  originY: 0,
  columns,
  rows,
})

/** The formula of the docblock, place by place: 10 obvious lines. */
function obvious(kernel: Kernel, h: number, d: number): number {
  if (kernel === 'quartic') return d < h ? (3 / (Math.PI * h * h)) * (1 - (d / h) ** 2) ** 2 : 0
  return d <= 4 * h ? Math.exp(-(d * d) / (2 * h * h)) / (2 * Math.PI * h * h * (1 - Math.exp(-8))) : 0
}

function surfaceOf(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array | null,
  grid: GridSpec,
  kernel: Kernel,
  h: number,
  bands: readonly number[],
) {
  const codes = Uint32Array.from(x, (_, i) => i)
  const sorted = sortByRow(
    x,
    y,
    new Uint8Array(x.length).fill(1),
    weights && { codes, weights },
    grid,
    kernelReach(kernel, h),
    patient,
  )
  const out = new Float64Array(grid.columns * grid.rows).fill(-1)
  for (let k = 0; k + 1 < bands.length; k++) densityBand(sorted, grid, kernel, h, bands[k], bands[k + 1], out)
  return out
}

describe('published', () => {
  it.each(kernels)('%s: one incident integrates to 1 and peaks at its centre', (kernel) => {
    const rows: Row[] = [{ at: [450_050, 300_050] }]
    const { summary, columns } = density.run(
      makeIncidents(rows),
      settings(density, { kernel, cellSize: 20, bandwidth: 500 }),
      nothingKnown,
      patient,
    )
    expect(summary.integral).toBeCloseTo(1, 3)
    const surface = columns.density as Float64Array
    expect(Math.max(...surface)).toBe(summary.maximum)
    expect(summary.maximum).toBeLessThanOrEqual(kernelPeak(kernel, 500) * 1e6)
    expect(summary.maximum / (kernelPeak(kernel, 500) * 1e6)).toBeGreaterThan(0.999)
    expect(kernelPeak('quartic', 500)).toBeCloseTo(3 / (Math.PI * 500 ** 2), 18)
  })

  it("the rule is R's bw.nrd0 on each axis, averaged; a quartic takes √8 times it", () => {
    const x = Float64Array.from(seededNumbers(21, 60), (u) => u * 3000 + 1000)
    const y = Float64Array.from(seededNumbers(22, 60), (u) => u * 2000 + 500)
    const [east, north] = spatialOracle.density.rule
    const mask = new Uint8Array(60).fill(1)
    expect(bandwidthByRule(x, y, mask, 'gaussian')).toBeCloseTo((east + north) / 2, 9)
    expect(bandwidthByRule(x, y, mask, 'quartic')).toBeCloseTo((Math.sqrt(8) * (east + north)) / 2, 8)
  })
})

describe('oracle', () => {
  it('numpy and scipy on 60 weighted places', () => {
    const x = Float64Array.from(seededNumbers(21, 60), (u) => u * 3000 + 1000)
    const y = Float64Array.from(seededNumbers(22, 60), (u) => u * 2000 + 500)
    const weights = Float64Array.from(seededNumbers(23, 60), (u) => u * 5 + 0.1)
    const { pick, quartic400, gaussian200 } = spatialOracle.density
    const grid = gridOf(50, 30, 100)
    const quartic = surfaceOf(x, y, weights, grid, 'quartic', 400, [0, 30])
    const gaussian = surfaceOf(x, y, weights, grid, 'gaussian', 200, [0, 30])
    pick.forEach((cell, k) => {
      expect(quartic[cell]).toBeCloseTo(quartic400[k], 9)
      expect(gaussian[cell]).toBeCloseTo(gaussian200[k], 9)
    })
    expect(quartic400.some((value) => value > 10)).toBe(true)
  })
})

describe('brute force', () => {
  it('every cell, any kernel, grid and bandwidth, places inside and outside the grid', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kernels),
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 1, max: 14 }),
        fc.double({ min: 20, max: 900, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 1e9 }),
        (kernel, columns, rows, h, n, seed) => {
          const x = seededNumbers(seed, n).map((u) => Math.round(u * 3000 - 800))
          const y = seededNumbers(seed + 7, n).map((u) => Math.round(u * 3000 - 800))
          const weights = seededNumbers(seed + 9, n)
          const grid = gridOf(columns, rows, 100)
          const surface = surfaceOf(x, y, weights, grid, kernel, h, [0, rows])
          surface.forEach((value, cell) => {
            let sum = 0
            for (let i = 0; i < n; i++)
              sum +=
                weights[i] *
                obvious(kernel, h, Math.hypot(cellX(grid, cell) - x[i], cellY(grid, cell) - y[i])) *
                1e6
            // The cut of the gaussian is met exactly only by chance: one place there may fall to either side.
            expect(Math.abs(value - sum)).toBeLessThanOrEqual(
              1e-9 * Math.max(1, sum) + (kernel === 'gaussian' ? 1e-3 * kernelPeak(kernel, h) * 1e6 : 0),
            )
          })
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('properties', () => {
  it('the same bytes however the rows are split', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kernels),
        fc.uniqueArray(fc.integer({ min: 1, max: 39 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 1e9 }),
        (kernel, cuts, seed) => {
          const x = seededNumbers(seed, 300).map((u) => u * 5000 - 500)
          const y = seededNumbers(seed + 3, 300).map((u) => u * 5000 - 500)
          const weights = seededNumbers(seed + 5, 300)
          const grid = gridOf(40, 40, 100)
          const whole = surfaceOf(x, y, weights, grid, kernel, 430, [0, 40])
          const split = surfaceOf(x, y, weights, grid, kernel, 430, [0, ...cuts.sort((a, b) => a - b), 40])
          expect(Buffer.compare(Buffer.from(whole.buffer), Buffer.from(split.buffer))).toBe(0)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('mass is kept, doubles with the weights, and moves with the places', () => {
    const rows = Array.from(
      seededNumbers(51, 40),
      (u, i): Row => ({ at: [450_000 + u * 4000, 300_000 + seededNumbers(52, 40)[i] * 4000] }),
    )
    for (const kernel of kernels) {
      const run = (list: readonly Row[]) =>
        density.run(
          makeIncidents(list),
          settings(density, { kernel, cellSize: 50, bandwidth: 400 }),
          nothingKnown,
          patient,
        )
      const one = run(rows)
      expect(one.summary.integral).toBeCloseTo(40, 1)
      const twice = run([...rows, ...rows])
      expect(twice.summary.maximum).toBeCloseTo(2 * one.summary.maximum, 9)
      const moved = run(rows.map(({ at }): Row => ({ at: [at![0] + 5000, at![1] - 5000] })))
      expect(moved.summary.maximum).toBeCloseTo(one.summary.maximum, 6)
    }
  })

  it('masked out equals not there', () => {
    const x = seededNumbers(61, 50).map((u) => u * 4000)
    const y = seededNumbers(62, 50).map((u) => u * 4000)
    const grid = gridOf(40, 40, 100)
    const mask = Uint8Array.from(x, (_, i) => i % 2)
    const masked = sortByRow(x, y, mask, null, grid, 500, patient)
    const gathered = sortByRow(
      x.filter((_, i) => mask[i] === 1),
      y.filter((_, i) => mask[i] === 1),
      new Uint8Array(25).fill(1),
      null,
      grid,
      500,
      patient,
      true,
    )
    expect([...masked.places]).toEqual([...gathered.places])
    expect(gathered.places.buffer).toBeInstanceOf(SharedArrayBuffer)
  })
})

describe('edges', () => {
  it('outside the study area is NaN, inside is a number; a caveat tells of the boundary', () => {
    const { summary, columns, caveats } = density.run(
      makeIncidents([{ at: [450_050, 300_050] }]),
      settings(density, { cellSize: 100, bandwidth: 300 }),
      {
        studyArea: {
          ...twoDistricts,
          areas: [
            twoDistricts.areas[0],
            {
              code: 'N',
              name: 'North',
              rings: [
                [
                  [453_000, 303_000],
                  [454_000, 303_000],
                  [454_000, 304_000],
                ],
              ],
            },
          ],
        },
      },
      patient,
    )
    const surface = columns.density as Float64Array
    expect(surface.filter((value) => Number.isNaN(value)).length).toBeGreaterThan(500)
    expect(surface[0]).toBeGreaterThan(0)
    expect(summary.integral).toBeLessThan(0.5)
    expect(caveats.map(({ code }) => code)).toEqual(['density-edge'])
  })

  it('a place at exactly the bandwidth adds nothing', () => {
    const surface = surfaceOf(
      new Float64Array([50]),
      new Float64Array([50]),
      null,
      gridOf(8, 1, 100),
      'quartic',
      300,
      [0, 1],
    )
    expect([...surface.slice(3)]).toEqual([0, 0, 0, 0, 0])
    expect(surface[2]).toBeGreaterThan(0)
  })

  it('all in one place, none in a study area, without coordinates, with a weight of none', () => {
    const same = Array.from({ length: 5 }, (): Row => ({ at: [450_050, 300_050] }))
    expect(
      density.run(makeIncidents([...same, {}]), settings(density, { bandwidth: 300 }), nothingKnown, patient)
        .summary.incidents,
    ).toBe(5)
    const none = density.run(makeIncidents([]), settings(density, { bandwidth: 300 }), testshire, patient)
    expect(none.summary).toMatchObject({ incidents: 0, maximum: 0, integral: 0, levels: [] })
    const harm = density.run(
      makeIncidents([
        { at: [450_050, 300_050], words: { offence: 'Robbery' } },
        { at: [450_050, 300_050], words: { offence: 'Public order' } },
      ]),
      settings(density, { bandwidth: 300, weight: 'harm' }),
      { weights: testshire.weights! },
      patient,
    )
    expect(harm.summary).toMatchObject({ incidents: 1, unit: 'days per km²' })
    expect(harm.summary.integral / 365).toBeCloseTo(1, 2)
    expect(harm.caveats.map(({ code }) => code)).toEqual(['harm-unweighted'])
  })

  it('levels are halves of the maximum, to two figures; a bandwidth by rule is shown', () => {
    const rows = Array.from(
      seededNumbers(71, 30),
      (u): Row => ({ at: [450_000 + u * 1000, 300_000 + u * 500] }),
    )
    const { summary, caveats } = density.run(makeIncidents(rows), settings(density), nothingKnown, patient)
    expect(summary.levels).toHaveLength(5)
    expect(summary.levels[4] / (summary.maximum / 2)).toBeCloseTo(1, 1)
    expect(summary.bandwidth).toBeGreaterThan(0)
    expect(caveats.map(({ code }) => code)).toContain('bandwidth-rule')
    for (const { code } of caveats) expect(Object.keys(density.card.caveats)).toContain(code)
  })
})

describe('refuses', () => {
  const refusal = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'accepted'
  }
  it('no rule for one place; harm without weights or offences; nothing to lay a grid over', () => {
    const one = makeIncidents([{ at: [450_050, 300_050] }, { at: [450_050, 300_050] }])
    expect(refusal(() => density.run(one, settings(density), nothingKnown, patient))).toBe('E-MTH-BANDWIDTH')
    expect(
      refusal(() =>
        density.run(one, settings(density, { bandwidth: 9, weight: 'harm' }), nothingKnown, patient),
      ),
    ).toBe('E-MTH-WEIGHTS')
    expect(
      refusal(() =>
        density.run(one, settings(density, { bandwidth: 9, weight: 'harm' }), testshire, patient),
      ),
    ).toBe('E-MTH-WEIGHTS')
    expect(
      refusal(() =>
        density.run(makeIncidents([{}]), settings(density, { bandwidth: 100 }), nothingKnown, patient),
      ),
    ).toBe('E-GRID-BOX')
    const apart = makeIncidents([{ at: [0, 0] }, { at: [650_000, 1_200_000] }])
    expect(
      refusal(() =>
        density.run(apart, settings(density, { bandwidth: 100, cellSize: 10 }), nothingKnown, patient),
      ),
    ).toBe('E-GRID-SIZE')
  })
})
