import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { density } from '#core/analysis/density/density.ts'
import { cellX, cellY } from '#core/analysis/space/grid.ts'
import type { Control, Values } from '#core/contract/method.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings, testshire, twoDistricts } from '../space/small-study.ts'
import { allKernels, heightOf, obviousKernel } from './surface-helpers.ts'

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

describe('brute force', () => {
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
})

describe('edges', () => {
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
})
