import { describe, expect, it } from 'vitest'
import { density } from '#core/analysis/density/density.ts'
import { expectAgreement } from '#tests/agreement.ts'
import { patient } from '../select/make-incidents.ts'
import { spatialOracle } from '../space/oracle.ts'
import { seededNumbers } from '../space/seeded-numbers.ts'
import { settings } from '../space/small-study.ts'
import {
  allKernels,
  distinctPlaces,
  gridOf,
  obviousKernel,
  rescueArea,
  scikitOracle,
  spatstatOracle,
  squareIncidents,
  surfaceInBands,
} from './surface-helpers.ts'

const surfaceColumn = (result: ReturnType<typeof density.run>): Float64Array =>
  result.columns.density as Float64Array

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
