import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandwidthRules } from '#core/analysis/density/bandwidth-rules.ts'
import { density } from '#core/analysis/density/density.ts'
import { bandwidthPerDeviation, kernelPeak } from '#core/analysis/density/kernels.ts'
import { cellX, cellY } from '#core/analysis/space/grid.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { spatialOracle } from '../space/oracle.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, testshire, twoDistricts } from '../space/small-study.ts'
import { allKernels, gridOf, heightOf, obviousKernel, surfaceInBands } from './surface-helpers.ts'

const bytes = (surface: Float64Array): Buffer =>
  Buffer.from(surface.buffer as ArrayBuffer, surface.byteOffset, surface.byteLength)
const surfaceColumn = (result: ReturnType<typeof density.run>): Float64Array =>
  result.columns.density as Float64Array
const scattered = (seed: number, n: number, metres = 4000): Row[] => {
  const u = seededNumbers(seed, 2 * n)
  return Array.from(
    { length: n },
    (_, i): Row => ({ at: [450_000 + u[i] * metres, 300_000 + u[n + i] * metres] }),
  )
}

describe('published', () => {
  it.each(allKernels)('%s: one incident integrates to 1 and peaks at its centre', (kernel) => {
    const rows: Row[] = [{ at: [450_050, 300_050] }]
    const { summary, columns } = density.run(
      makeIncidents(rows),
      settings(density, { kernel, cellSize: 20, bandwidth: 500 }),
      nothingKnown,
      patient,
    )
    expect(Math.abs(summary.integral - 1)).toBeLessThan(kernel === 'uniform' ? 0.02 : 1e-3)
    const surface = columns.density as Float64Array
    expect(Math.max(...surface)).toBe(summary.maximum)
    expect(summary.maximum).toBeLessThanOrEqual(heightOf(kernel, 500) * (1 + 1e-12))
    expect(summary.maximum / heightOf(kernel, 500)).toBeGreaterThan(0.97)
    expect(kernelPeak('quartic', 500)).toBeCloseTo(3 / (Math.PI * 500 ** 2), 18)
  })

  it("the rule is R's bw.nrd0 on each axis, averaged", () => {
    const x = Float64Array.from(seededNumbers(21, 60), (u) => u * 3000 + 1000)
    const y = Float64Array.from(seededNumbers(22, 60), (u) => u * 2000 + 500)
    const [east, north] = spatialOracle.density.rule
    const before = x.slice()
    expect(bandwidthRules(x, y).silverman).toBeCloseTo((east + north) / 2, 9)
    expect(x).toEqual(before)
  })

  it.each(allKernels)('%s: the standard deviation on an axis is the bandwidth over its factor', (kernel) => {
    let [mass, second] = [0, 0]
    const h = kernel === 'gaussian' ? 100 : 400
    for (let x = -401; x <= 401; x += 2)
      for (let y = -401; y <= 401; y += 2) {
        const value = obviousKernel(kernel, h, Math.hypot(x, y))
        mass += value
        second += value * x * x
      }
    const found = h / Math.sqrt(second / mass)
    // A gaussian cut at 4 has a slightly smaller deviation.
    expect(found / bandwidthPerDeviation(kernel)).toBeCloseTo(1, kernel === 'gaussian' ? 2 : 3)
  })
})

describe('brute force', () => {
  it('every cell, any kernel, grid and bandwidth, places inside and outside the grid', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allKernels),
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
          const surface = surfaceInBands(x, y, weights, grid, kernel, h, [0, rows])
          // The cut of the gaussian and the rim of the disc are met exactly only by chance: one place may fall to
          // either side.
          const slack =
            kernel === 'gaussian'
              ? 1e-3 * heightOf(kernel, h)
              : kernel === 'uniform' && Number.isInteger(h)
                ? heightOf(kernel, h)
                : 0
          surface.forEach((value, cell) => {
            let sum = 0
            for (let i = 0; i < n; i++)
              sum +=
                weights[i] *
                obviousKernel(kernel, h, Math.hypot(cellX(grid, cell) - x[i], cellY(grid, cell) - y[i])) *
                1e6
            expect(Math.abs(value - sum)).toBeLessThanOrEqual(1e-9 * Math.max(1, sum) + slack)
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
        fc.constantFrom(...allKernels),
        fc.uniqueArray(fc.integer({ min: 1, max: 39 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 1e9 }),
        (kernel, cuts, seed) => {
          const x = seededNumbers(seed, 300).map((u) => u * 5000 - 500)
          const y = seededNumbers(seed + 3, 300).map((u) => u * 5000 - 500)
          const weights = seededNumbers(seed + 5, 300)
          const grid = gridOf(40, 40, 100)
          const split = [0, ...cuts.sort((a, b) => a - b), 40]
          const whole = surfaceInBands(x, y, weights, grid, kernel, 430, [0, 40])
          const bands = surfaceInBands(x, y, weights, grid, kernel, 430, split)
          expect(Buffer.compare(bytes(whole), bytes(bands))).toBe(0)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('mass is kept, doubles with the weights, and moves with the places', () => {
    const rows = scattered(51, 40)
    for (const kernel of allKernels) {
      const run = (list: readonly Row[]) =>
        density.run(
          makeIncidents(list),
          settings(density, { kernel, cellSize: 50, bandwidth: 400 }),
          nothingKnown,
          patient,
        )
      const one = run(rows)
      expect(one.summary.integral).toBeCloseTo(40, kernel === 'uniform' ? 0 : 1)
      const twice = run([...rows, ...rows])
      expect(twice.summary.maximum).toBeCloseTo(2 * one.summary.maximum, 9)
      const moved = run(rows.map(({ at }): Row => ({ at: [at![0] + 5000, at![1] - 5000] })))
      expect(moved.summary.maximum).toBeCloseTo(one.summary.maximum, 6)
    }
  })

  it('units: relative has mean 1, probability sums to 1, raw is 1 at a lone incident', () => {
    const incidents = makeIncidents(scattered(54, 200))
    const run = (unit: string, rows = incidents) =>
      density.run(rows, settings(density, { unit, bandwidth: 500 }), { studyArea: twoDistricts }, patient)
    const [density1, relative, probability] = ['perKm2', 'relative', 'probability'].map((unit) =>
      surfaceColumn(run(unit)),
    )
    const inside = (values: Float64Array) => values.filter((value) => !Number.isNaN(value))
    const sum = (values: Float64Array) => inside(values).reduce((a, b) => a + b, 0)
    expect(sum(relative) / inside(relative).length).toBeCloseTo(1, 12)
    expect(sum(probability)).toBeCloseTo(1, 12)
    expect(relative[700] / density1[700]).toBeCloseTo(relative[900] / density1[900], 12)
    const lone = run('raw', makeIncidents([{ at: [452_050, 302_050] }]))
    expect(lone.summary.maximum).toBe(1)
    expect(lone.summary.integral).toBeNaN()
    expect(run('relative').summary.unit).toBe('times the mean')
  })

  it('masked out equals not there', () => {
    const x = seededNumbers(61, 50).map((u) => u * 4000)
    const y = seededNumbers(62, 50).map((u) => u * 4000)
    const grid = gridOf(40, 40, 100)
    const mask = Uint8Array.from(x, (_, i) => i % 2)
    const masked = surfaceInBands(x, y, null, grid, 'quartic', 500, [0, 40], mask)
    const gathered = surfaceInBands(
      x.filter((_, i) => mask[i] === 1),
      y.filter((_, i) => mask[i] === 1),
      null,
      grid,
      'quartic',
      500,
      [0, 40],
    )
    expect(masked).toEqual(gathered)
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
            { code: 'N', name: 'North', rings: [rectangle(453_000, 303_000, 454_000, 304_000)] },
          ],
        },
      },
      patient,
    )
    const surface = columns.density as Float64Array
    expect(surface.filter((value) => Number.isNaN(value)).length).toBeGreaterThan(500)
    expect(surface[0]).toBeGreaterThan(0)
    expect(summary.integral).toBeLessThan(0.5)
    expect(caveats.map(({ code }) => code)).toEqual(['density-edge', 'few-incidents'])
  })

  it('a place at exactly the bandwidth adds nothing', () => {
    for (const kernel of ['quartic', 'epanechnikov', 'triangular', 'uniform'] as const) {
      const one = new Float64Array([50])
      const surface = surfaceInBands(one, one, null, gridOf(8, 1, 100), kernel, 300, [0, 1])
      expect([...surface.slice(3)]).toEqual([0, 0, 0, 0, 0])
      expect(surface[2]).toBeGreaterThan(0)
    }
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
    expect(harm.caveats.map(({ code }) => code)).toEqual(['few-incidents', 'harm-unweighted'])
  })

  it('relative and probability of nothing are undefined', () => {
    for (const unit of ['relative', 'probability']) {
      const { summary, columns } = density.run(
        makeIncidents([]),
        settings(density, { unit, bandwidth: 300 }),
        testshire,
        patient,
      )
      expect(summary.maximum).toBeNaN()
      expect((columns.density as Float64Array).every(Number.isNaN)).toBe(true)
    }
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

  it('a rule that finds no best bandwidth, because all incidents share places', () => {
    const same = makeIncidents(
      Array.from({ length: 60 }, (_, i): Row => ({ at: [450_000 + (i % 6) * 900, 300_000 + (i % 5) * 900] })),
    )
    for (const rule of ['likelihood', 'diggle'])
      expect(refusal(() => density.run(same, settings(density, { rule }), nothingKnown, patient))).toBe(
        'E-MTH-BANDWIDTH',
      )
  })
})
