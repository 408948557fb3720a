import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandwidthRules } from '#core/analysis/density/bandwidth-rules.ts'
import { density } from '#core/analysis/density/density.ts'
import { bandwidthPerDeviation, kernelPeak } from '#core/analysis/density/kernels.ts'
import { cellX, cellY } from '#core/analysis/space/grid.ts'
import type { Control, Values } from '#core/contract/method.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'
import { spatialOracle } from '../space/oracle.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { rectangle, settings, testshire, twoDistricts } from '../space/small-study.ts'
import {
  allKernels,
  distinctPlaces,
  gridOf,
  heightOf,
  obviousKernel,
  rescueArea,
  scikitOracle,
  spatstatOracle,
  squareIncidents,
  surfaceInBands,
} from './surface-helpers.ts'

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

describe('oracle', () => {
  it('numpy and scipy on 60 weighted places', () => {
    const x = Float64Array.from(seededNumbers(21, 60), (u) => u * 3000 + 1000)
    const y = Float64Array.from(seededNumbers(22, 60), (u) => u * 2000 + 500)
    const weights = Float64Array.from(seededNumbers(23, 60), (u) => u * 5 + 0.1)
    const { pick, quartic400, gaussian200 } = spatialOracle.density
    const grid = gridOf(50, 30, 100)
    const quartic = surfaceInBands(x, y, weights, grid, 'quartic', 400, [0, 30])
    const gaussian = surfaceInBands(x, y, weights, grid, 'gaussian', 200, [0, 30])
    pick.forEach((cell, k) => {
      expect(quartic[cell]).toBeCloseTo(quartic400[k], 9)
      expect(gaussian[cell]).toBeCloseTo(gaussian200[k], 9)
    })
    expect(quartic400.some((value) => value > 10)).toBe(true)
  })

  /** spatstat scales each kernel to sum to 1 over the pixels: the sum it divides by. */
  const pixelSum = (kernel: (typeof allKernels)[number], h: number): number => {
    let sum = 0
    for (let c = -30; c <= 30; c++)
      for (let r = -30; r <= 30; r++) sum += obviousKernel(kernel, h, 100 * Math.hypot(c, r)) * 100 * 100
    return sum
  }

  it.each([
    ['gaussian kernel', ['gaussian'], 2e-3],
    [
      'quartic, epanechnikov, triangular and uniform kernels',
      allKernels.filter((each) => each !== 'gaussian'),
      1e-10,
    ],
  ] as const)("spatstat's density.ppp, edge none, uniform and diggle: %s", (what, kernels, tolerance) => {
    let worst = 0
    for (const kernel of kernels)
      for (const edge of ['none', 'uniform', 'diggle'] as const) {
        const h = kernel === 'gaussian' ? 400 : spatstatOracle.radius
        const result = density.run(
          squareIncidents(),
          settings(density, { kernel, edge, bandwidth: h }),
          { studyArea: rescueArea },
          patient,
        )
        const { grid, maximum, incidents } = result.summary
        expect([grid.columns, grid.rows, grid.originX, grid.originY, incidents]).toEqual([
          155, 101, 524_000, 177_900, 895,
        ])
        const scale = 1e6 * (kernel === 'gaussian' ? 1 : pixelSum(kernel, h))
        const found = surfaceColumn(result)
        spatstatOracle.kernels[kernel === 'uniform' ? 'disc' : kernel][edge].forEach((value, k) => {
          const ours = found[spatstatOracle.pick[k]]
          if (value === null) expect(ours).toBeNaN()
          else worst = Math.max(worst, Math.abs(ours - value * scale) / maximum)
        })
      }
    expectAgreement({
      method: 'density',
      peer: 'spatstat density.ppp',
      version: 'spatstat.explore 3.0-6',
      data: `895 animal rescues, London: ${what}, edge none, uniform and diggle; as a share of the highest value`,
      largestDifference: worst,
      tolerance,
    })
  })

  it('scikit-learn and MASS on exact places', () => {
    const places = distinctPlaces()
    const x = Float64Array.from(places, (place) => place[0] - 524_000)
    const y = Float64Array.from(places, (place) => place[1] - 177_900)
    const grid = gridOf(155, 101, 100)
    const differenceOf = (kernel: (typeof allKernels)[number], theirs: readonly number[]): number => {
      const found = surfaceInBands(x, y, null, grid, kernel, kernel === 'gaussian' ? 400 : 655, [0, 101])
      const highest = Math.max(...found)
      return Math.max(...theirs.map((value, k) => Math.abs(found[spatstatOracle.pick[k]] - value) / highest))
    }
    const data = (kernels: string): string =>
      `440 exact places of animal rescues, London: ${kernels}; as a share of the highest value`
    const compact = (['epanechnikov', 'triangular', 'uniform'] as const).map((kernel) =>
      differenceOf(kernel, scikitOracle[kernel]),
    )
    expectAgreement({
      method: 'density',
      peer: 'scikit-learn KernelDensity',
      version: '1.2.1',
      data: data('epanechnikov, triangular and uniform kernels'),
      largestDifference: Math.max(...compact),
      tolerance: 1e-10,
    })
    expectAgreement({
      method: 'density',
      peer: 'scikit-learn KernelDensity',
      version: '1.2.1',
      data: data('gaussian kernel'),
      largestDifference: differenceOf('gaussian', scikitOracle.gaussian),
      tolerance: 2e-3,
    })
    const perKm2 = 440 * 1e6
    expectAgreement({
      method: 'density',
      peer: 'MASS kde2d',
      version: '7.3-58.2',
      data: data('gaussian kernel'),
      largestDifference: differenceOf(
        'gaussian',
        spatstatOracle.kde2d.map((value) => value * perKm2),
      ),
      tolerance: 2e-3,
    })
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

  it('adaptive: the distance to the k-th nearest other incident, at least the minimum', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allKernels),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 8, max: 40 }),
        fc.integer({ min: 1, max: 1e9 }),
        (kernel, neighbours, n, seed) => {
          const rows = scattered(seed, n, 2000).map(
            ({ at }, i): Row => (i % 5 === 4 ? { at: [450_000, 300_000] } : { at: at! }),
          )
          const result = density.run(
            makeIncidents(rows),
            settings(density, { kernel, adaptive: true, neighbours, minimumBandwidth: 120, cellSize: 150 }),
            { studyArea: twoDistricts },
            patient,
          )
          const { grid } = result.summary
          const own = rows.map(({ at }) => {
            const away = rows.map((other) => Math.hypot(at![0] - other.at![0], at![1] - other.at![1]))
            return Math.max(120, away.sort((a, b) => a - b)[neighbours])
          })
          surfaceColumn(result).forEach((value, cell) => {
            if (Number.isNaN(value)) return
            let sum = 0
            let slack = 0
            rows.forEach(({ at }, i) => {
              const d = Math.hypot(cellX(grid, cell) - at![0], cellY(grid, cell) - at![1])
              sum += obviousKernel(kernel, own[i], d) * 1e6
              if (Math.abs(d / own[i] - (kernel === 'gaussian' ? 4 : 1)) < 1e-9)
                slack += heightOf(kernel, own[i])
            })
            expect(Math.abs(value - sum)).toBeLessThanOrEqual(1e-9 * Math.max(1, sum) + slack)
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('corrected at the boundary: masses summed cell by cell, also with an adaptive bandwidth', () => {
    const area = {
      name: 'L',
      areas: [
        {
          code: 'L',
          name: 'L',
          rings: [
            [
              [450_000, 300_000],
              [451_999, 300_000],
              [451_999, 300_900],
              [450_800, 300_900],
              [450_800, 301_999],
              [450_000, 301_999],
            ] as const,
          ],
        },
      ],
    }
    const rows = scattered(31, 40, 2000)
    for (const kernel of allKernels)
      for (const [edge, adaptive] of [
        ['uniform', false],
        ['diggle', false],
        ['diggle', true],
      ] as const) {
        const result = density.run(
          makeIncidents(rows),
          settings(density, {
            kernel,
            edge,
            adaptive,
            neighbours: 5,
            minimumBandwidth: 150,
            bandwidth: kernel === 'gaussian' ? 130 : 430,
          }),
          { studyArea: area },
          patient,
        )
        const { grid } = result.summary
        const surface = surfaceColumn(result)
        const centre = (cell: number) => [cellX(grid, cell), cellY(grid, cell)] as const
        const cellOf = (x: number, y: number): number =>
          Math.floor((y - grid.originY) / 100) * grid.columns + Math.floor((x - grid.originX) / 100)
        const isIn = (cell: number): boolean => !Number.isNaN(surface[cell])
        const used = rows.filter(({ at }) => isIn(cellOf(at![0], at![1])))
        expect(result.summary.incidents).toBe(used.length)
        const own = used.map(({ at }) => {
          const away = used.map((other) => Math.hypot(at![0] - other.at![0], at![1] - other.at![1]))
          return adaptive ? Math.max(150, away.sort((a, b) => a - b)[5]) : result.summary.bandwidth
        })
        const massAt = (cell: number, h: number): number => {
          let [mass, total] = [0, 0]
          for (let r = -40; r <= 40; r++)
            for (let c = -40; c <= 40; c++) {
              const value = obviousKernel(kernel, h, 100 * Math.hypot(r, c))
              total += value
              const column = (cell % grid.columns) + c
              const row = Math.floor(cell / grid.columns) + r
              if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue
              if (isIn(row * grid.columns + column)) mass += value
            }
          return mass / total
        }
        const masses = used.map(({ at }, i) => massAt(cellOf(at![0], at![1]), own[i]))
        for (let cell = 0; cell < surface.length; cell += 3) {
          if (!isIn(cell)) continue
          const [cx, cy] = centre(cell)
          let sum = 0
          used.forEach(({ at }, i) => {
            const value = obviousKernel(kernel, own[i], Math.hypot(cx - at![0], cy - at![1])) * 1e6
            sum += edge === 'diggle' ? value / masses[i] : value
          })
          if (edge === 'uniform') sum /= massAt(cell, own[0])
          expect(Math.abs(surface[cell] - sum)).toBeLessThanOrEqual(1e-9 * sum)
        }
      }
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

  it.each([
    ['fixed', {}],
    ['fixed, corrected', { edge: 'uniform' }],
    ['adaptive, corrected', { adaptive: true, edge: 'diggle', neighbours: 20 }],
  ] as const)('parts in any order of workers, one lost: the same bytes (%s)', (_, changed) => {
    // Enough work for several parts.
    const incidents = makeIncidents(scattered(77, 30_000))
    const params = settings(density, { bandwidth: 400, cellSize: 25, ...changed }) as Values<
      typeof density.card.parameters
    >
    const context = { studyArea: twoDistricts }
    const whole = density.run(incidents, params, context, patient)
    const { begin, part, finish } = density.shares!
    const { state, parts } = begin(incidents, params, context, patient)
    expect(parts).toBeGreaterThan(4)
    // Each part is done twice, as when a worker is lost half way, from last to first within a stage.
    const firstStage = (state as { surface: { adaptive: { done: Int32Array } | null } }).surface.adaptive
    const stage = firstStage ? firstStage.done.length : 0
    const order = Array.from({ length: parts }, (_, k) => (k < stage ? stage - 1 - k : parts - 1 - k + stage))
    const found: unknown[] = []
    for (const index of order) {
      part(state, index, patient)
      found[index] = part(state, index, patient)
    }
    const shared = finish(state, found, incidents, params, context, patient)
    expect(shared.summary).toEqual(whole.summary)
    expect(Buffer.compare(bytes(surfaceColumn(whole)), bytes(surfaceColumn(shared)))).toBe(0)
  })

  it('asks for progress every few milliseconds and stops when told', () => {
    const incidents = makeIncidents(scattered(78, 20_000))
    let ticks = 0
    const impatient: Control = {
      tick() {
        if (++ticks > 12) throw new Error('stopped')
      },
    }
    const params = settings(density, { bandwidth: 800, cellSize: 25, adaptive: true })
    expect(() => density.run(incidents, params, { studyArea: twoDistricts }, impatient)).toThrow('stopped')
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

  it("Diggle's correction keeps the mass inside; both corrections raise the rim and leave the middle", () => {
    const incidents = makeIncidents(scattered(53, 400))
    const run = (edge: string) =>
      density.run(
        incidents,
        settings(density, { edge, cellSize: 50, bandwidth: 600 }),
        { studyArea: twoDistricts },
        patient,
      )
    const [none, uniform, diggle] = ['none', 'uniform', 'diggle'].map(run)
    expect(none.summary.integral).toBeLessThan(380)
    expect(diggle.summary.integral).toBeCloseTo(400, 0)
    const middle = 40 * none.summary.grid.columns + 40
    const at = (result: typeof none, cell: number) => surfaceColumn(result)[cell]
    expect(at(uniform, middle)).toBe(at(none, middle))
    expect(at(uniform, 0) / at(none, 0)).toBeGreaterThan(3)
    expect(none.caveats.map(({ code }) => code)).toContain('density-edge')
    expect(diggle.caveats.map(({ code }) => code)).toContain('density-corrected')
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

  it('incidents at one map point: an adaptive bandwidth is the stated minimum, never nothing', () => {
    const same = Array.from({ length: 30 }, (): Row => ({ at: [452_050, 302_050], precision: 'snapped' }))
    const { summary, caveats } = density.run(
      makeIncidents(same),
      settings(density, { adaptive: true, neighbours: 10, minimumBandwidth: 250, cellSize: 50 }),
      { studyArea: twoDistricts },
      patient,
    )
    expect(summary.bandwidth).toBe(250)
    expect(summary.integral).toBeCloseTo(30, 1)
    expect(caveats.map(({ code }) => code)).toContain('snapped')
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

  it('a correction without a boundary, or by cell with an adaptive bandwidth; too few neighbours', () => {
    const some = makeIncidents(scattered(80, 30))
    const run = (changed: object, context = {}) =>
      refusal(() => density.run(some, settings(density, { bandwidth: 300, ...changed }), context, patient))
    expect(run({ edge: 'uniform' })).toBe('E-MTH-EDGE')
    expect(run({ edge: 'diggle' })).toBe('E-MTH-EDGE')
    expect(run({ edge: 'uniform', adaptive: true, neighbours: 5 }, testshire)).toBe('E-MTH-EDGE')
    expect(run({ edge: 'uniform', bandwidth: 20_000, cellSize: 10 }, testshire)).toBe('E-MTH-EDGE')
    expect(run({ adaptive: true, neighbours: 30 })).toBe('E-MTH-NEIGHBOURS')
    expect(run({ adaptive: true, neighbours: 29 })).toBe('accepted')
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
