import { readFileSync } from 'node:fs'
import { addToBand } from '#core/analysis/density/density-band.ts'
import { GAUSSIAN_CUT, type Kernel, kernelPeak, kernelReach } from '#core/analysis/density/kernels.ts'
import { cutIntoStrips, placesOfRows } from '#core/analysis/density/place-strips.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { Incidents, StudyArea } from '#core/contract/method.ts'
import { makeIncidents, patient, type Row } from '../select/make-incidents.ts'

export const allKernels = ['quartic', 'gaussian', 'epanechnikov', 'triangular', 'uniform'] as const

export const gridOf = (columns: number, rows: number, size: number): GridSpec => ({
  shape: 'square',
  size,
  originX: 0,
  originY: 0,
  columns,
  rows,
})

/** The formulas of the docblock, per m²: ten obvious lines. */
export function obviousKernel(kernel: Kernel, h: number, d: number): number {
  const u = d / h
  const disc = Math.PI * h * h
  if (kernel === 'gaussian')
    return u <= GAUSSIAN_CUT ? Math.exp(-(u * u) / 2) / (2 * disc * (1 - Math.exp(-8))) : 0
  if (u >= 1) return 0
  if (kernel === 'quartic') return (3 / disc) * (1 - u * u) ** 2
  if (kernel === 'epanechnikov') return (2 / disc) * (1 - u * u)
  return kernel === 'triangular' ? (3 / disc) * (1 - u) : 1 / disc
}

/** A surface summed in the bands whose first rows are given; every incident has its own weight, or 1. */
export function surfaceInBands(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array | null,
  grid: GridSpec,
  kernel: Kernel,
  h: number,
  bands: readonly number[],
  mask = new Uint8Array(x.length).fill(1),
): Float64Array {
  const { strips } = cutIntoStrips(
    { x, y, mask, weights: weights && { codes: Uint32Array.from(x, (_, i) => i), weights } },
    grid,
    kernelReach(kernel, h),
    null,
    false,
    patient,
  )
  const out = new Float64Array(grid.columns * grid.rows)
  for (let k = 0; k + 1 < bands.length; k++) {
    const list = placesOfRows(strips, bands[k], bands[k + 1])
    const cells = out.subarray(bands[k] * grid.columns, bands[k + 1] * grid.columns)
    const band = { grid, from: bands[k], to: bands[k + 1], out: cells }
    addToBand(list, band, kernel, h, false, 0, list.places.length / 2)
  }
  return out
}

/** Height of a kernel, per km². */
export const heightOf = (kernel: Kernel, h: number): number => kernelPeak(kernel, h) * 1e6

const folder = new URL('../../oracles/density/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

type Curve = { readonly sigma: number[]; readonly value: number[]; readonly best: number }
type Surfaces = Readonly<Record<'none' | 'uniform' | 'diggle', (number | null)[]>>

export const spatstatOracle: {
  readonly west: number
  readonly south: number
  readonly columns: number
  readonly rows: number
  readonly pick: number[]
  readonly radius: number
  readonly kernels: Readonly<Record<string, Surfaces>>
  readonly risk: (number | null)[]
  readonly silverman: number
  readonly scott: number
  readonly ppl: Curve
  readonly diggle: Curve
  readonly neighbours: { readonly k1: number[]; readonly k10: number[] }
  readonly kde2d: number[]
} = JSON.parse(read('spatstat.json'))

export const scikitOracle: Readonly<Record<Exclude<Kernel, 'quartic'>, number[]>> = JSON.parse(
  read('scikit-learn.json'),
)

interface Rescue {
  readonly exact: readonly [number, number] | null
  readonly square: readonly [number, number]
  readonly cat: boolean
}

export const rescues: readonly Rescue[] = read('rescues.csv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [easting, northing, squareEasting, squareNorthing, cat] = line.split(',')
    return {
      exact: easting === '' ? null : [Number(easting), Number(northing)],
      square: [Number(squareEasting), Number(squareNorthing)],
      cat: cat === '1',
    }
  })

/** Distinct exact places, in the order spatstat and numpy have them: as published, or by easting and northing. */
export function distinctPlaces(): (readonly [number, number])[] {
  const seen = new Set<string>()
  return rescues.flatMap(({ exact }) => {
    if (exact === null || seen.has(exact.join())) return []
    seen.add(exact.join())
    return [exact]
  })
}

/** True where the L-shaped window of the oracle holds a place. */
export function inWindow(x: number, y: number): boolean {
  return !(x > 524_000 + 100 * 100 && y > 177_900 + 70 * 100)
}

/** The window as a study area. */
export const rescueArea: StudyArea = {
  name: 'Inner London',
  areas: [
    {
      code: 'L',
      name: 'L',
      rings: [
        [
          [524_000, 177_900],
          [539_499, 177_900],
          [539_499, 184_900],
          [534_000, 184_900],
          [534_000, 187_999],
          [524_000, 187_999],
        ],
      ],
    },
  ],
}

/** Rescues at the centres of their squares, those in the window. */
export function squareIncidents(keep: (rescue: Rescue) => boolean = () => true): Incidents {
  return makeIncidents(
    rescues
      .filter((rescue) => inWindow(...rescue.square) && keep(rescue))
      .map(({ square, cat }): Row => ({ at: square, words: { offence: cat ? 'Cat' : 'Other' } })),
  )
}
