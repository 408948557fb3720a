/**
 * The kernel sums behind the density surface. Incidents are first put in the order of the grid's rows; any band of
 * rows can then be computed on its own, on any worker, and every cell adds the same numbers in the same order: the
 * surface has the same bytes however the work is split.
 */
import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { ROWS_PER_TICK } from '../space/study-grid.ts'

export type Kernel = 'quartic' | 'gaussian'

/** A gaussian is cut here, in bandwidths, and divided by the mass inside (1 − e⁻⁸): it still integrates to 1. */
const GAUSSIAN_CUT = 4
const GAUSSIAN_MASS = 1 - Math.exp((-GAUSSIAN_CUT * GAUSSIAN_CUT) / 2)

/** How far a kernel reaches, metres. */
export function kernelReach(kernel: Kernel, bandwidth: number): number {
  return kernel === 'quartic' ? bandwidth : GAUSSIAN_CUT * bandwidth
}

/** Value of the kernel at its centre, per m². */
export function kernelPeak(kernel: Kernel, bandwidth: number): number {
  const square = Math.PI * bandwidth * bandwidth
  return kernel === 'quartic' ? 3 / square : 1 / (2 * square * GAUSSIAN_MASS)
}

/** Incidents in the order of the grid's rows. Plain arrays, to share between workers. */
export interface RowSorted {
  /** Column and row of each incident, in cells from the centre of cell 0: side by side, to be written in one go. */
  readonly places: Float64Array
  /** Null when every incident counts 1. */
  readonly weight: Float64Array | null
  /** Start of each row of incidents; row 0 of this list lies `pad` rows below the grid. */
  readonly start: Int32Array
  readonly pad: number
  readonly used: number
}

/**
 * Counting sort of the incidents by row. Those too far from the grid to reach it, masked out, without a place or
 * with a weight that is not above 0 are left out.
 *
 * @param grid squares
 * @param weightOf weight of each incident by its code, or null for 1 each
 * @param shared put the arrays in shared memory, for several workers
 */
export function sortByRow(
  x: Float64Array,
  y: Float64Array,
  mask: Uint8Array,
  weightOf: { readonly codes: Uint32Array | Uint16Array; readonly weights: Float64Array } | null,
  grid: GridSpec,
  reach: number,
  control: Control,
  shared = false,
): RowSorted {
  const { originX, originY, size, columns, rows } = grid
  const perCell = 1 / size
  const pad = Math.ceil(reach / size) + 1
  const allRows = rows + 2 * pad
  const start = new Int32Array(allRows + 1)
  const rowOf = new Int32Array(x.length)
  for (let i = 0; i < x.length; i++) {
    if ((i & (ROWS_PER_TICK - 1)) === 0) control.tick(0, 'Sorting incidents')
    const row = (y[i] - originY) * perCell + pad
    const column = (x[i] - originX) * perCell
    const near = row >= 0 && row < allRows && column >= -pad && column < columns + pad
    if (near && mask[i] !== 0 && (weightOf === null || weightOf.weights[weightOf.codes[i]] > 0)) {
      const whole = row | 0
      rowOf[i] = whole
      start[whole + 1]++
    } else rowOf[i] = -1
  }
  for (let row = 0; row < allRows; row++) start[row + 1] += start[row]
  const used = start[allRows]
  const allocate = (numbers: number): Float64Array =>
    shared ? new Float64Array(new SharedArrayBuffer(numbers * 8)) : new Float64Array(numbers)
  const places = allocate(2 * used)
  const weight = weightOf === null ? null : allocate(used)
  const next = start.slice()
  for (let i = 0; i < x.length; i++) {
    if ((i & (ROWS_PER_TICK - 1)) === 0) control.tick(0, 'Sorting incidents')
    const row = rowOf[i]
    if (row < 0) continue
    const at = next[row]++
    places[2 * at] = (x[i] - originX) * perCell - 0.5
    places[2 * at + 1] = (y[i] - originY) * perCell - 0.5
    if (weight !== null && weightOf !== null) weight[at] = weightOf.weights[weightOf.codes[i]]
  }
  return { places, weight, start, pad, used }
}

/**
 * Density per km² at the centres of the cells of rows [fromRow, toRow): Σ weight · K(distance), in float64, with no
 * binning of incidents. Quartic K(d) = 3/(πh²)·(1 − (d/h)²)² for d < h. Gaussian K(d) = e^(−d²/2h²)/(2πh²(1 − e⁻⁸))
 * for d ≤ 4h.
 *
 * @param bandwidth h, metres
 * @param out one number per cell of the whole grid; only the rows of the band are written
 * Cost: about 1.5 ns per incident and cell in reach.
 */
export function densityBand(
  sorted: RowSorted,
  grid: GridSpec,
  kernel: Kernel,
  bandwidth: number,
  fromRow: number,
  toRow: number,
  out: Float64Array,
): void {
  out.fill(0, fromRow * grid.columns, toRow * grid.columns)
  const perKm2 = kernelPeak(kernel, bandwidth) * 1e6
  const first = sorted.start[Math.max(0, fromRow)]
  const last = sorted.start[Math.min(sorted.start.length - 1, toRow + 2 * sorted.pad)]
  if (kernel === 'quartic') quarticBand(sorted, grid, bandwidth, perKm2, fromRow, toRow, first, last, out)
  else gaussianBand(sorted, grid, bandwidth, perKm2, fromRow, toRow, first, last, out)
}

/**
 * Five columns at a time, written out, because that is what the machine runs fastest. `s + |s|` is 2s inside the
 * kernel and exactly 0 beyond its edge, without a branch; the 4 of its square is in the factor. The weight goes
 * inside the square, as its root.
 */
function quarticBand(
  sorted: RowSorted,
  { size, columns }: GridSpec,
  bandwidth: number,
  perKm2: number,
  fromRow: number,
  toRow: number,
  first: number,
  last: number,
  out: Float64Array,
): void {
  const { places, weight } = sorted
  const g = size / bandwidth
  const reach = bandwidth / size
  const rootOfOne = Math.sqrt(perKm2 / 4)
  for (let i = first; i < last; i++) {
    const cx = places[2 * i]
    const cy = places[2 * i + 1]
    const r0 = Math.max(fromRow, Math.ceil(cy - reach)) | 0
    const r1 = Math.min(toRow - 1, Math.floor(cy + reach)) | 0
    const c0 = Math.ceil(cx - reach) | 0
    const c1 = Math.floor(cx + reach) | 0
    const root = weight === null ? rootOfOne : Math.sqrt((weight[i] * perKm2) / 4)
    for (let c = c0; c <= c1; c += 5) {
      if (c < 0 || c + 5 > columns) {
        rimColumns(c, cx, cy, g, root, r0, r1, columns, out)
        continue
      }
      const u0 = (c - cx) * g
      const u1 = (c + 1 - cx) * g
      const u2 = (c + 2 - cx) * g
      const u3 = (c + 3 - cx) * g
      const u4 = (c + 4 - cx) * g
      const e0 = root * u0 * u0
      const e1 = root * u1 * u1
      const e2 = root * u2 * u2
      const e3 = root * u3 * u3
      const e4 = root * u4 * u4
      let p = (r0 * columns + c) | 0
      for (let r = r0; r <= r1; r++) {
        const dy = (r - cy) * g
        const a = root * (1 - dy * dy)
        const s0 = a - e0
        const s1 = a - e1
        const s2 = a - e2
        const s3 = a - e3
        const s4 = a - e4
        const t0 = s0 + Math.abs(s0)
        const t1 = s1 + Math.abs(s1)
        const t2 = s2 + Math.abs(s2)
        const t3 = s3 + Math.abs(s3)
        const t4 = s4 + Math.abs(s4)
        out[p] += t0 * t0
        out[(p + 1) | 0] += t1 * t1
        out[(p + 2) | 0] += t2 * t2
        out[(p + 3) | 0] += t3 * t3
        out[(p + 4) | 0] += t4 * t4
        p = (p + columns) | 0
      }
    }
  }
}

/** The same sums for five columns of which some lie beyond the left or right rim of the grid. */
function rimColumns(
  firstColumn: number,
  cx: number,
  cy: number,
  g: number,
  root: number,
  r0: number,
  r1: number,
  columns: number,
  out: Float64Array,
): void {
  for (let c = Math.max(0, firstColumn); c < Math.min(columns, firstColumn + 5); c++) {
    const u = (c - cx) * g
    const e = root * u * u
    for (let r = r0; r <= r1; r++) {
      const dy = (r - cy) * g
      const s = root * (1 - dy * dy) - e
      const t = s + Math.abs(s)
      out[r * columns + c] += t * t
    }
  }
}

/** A gaussian is the product of its two axes: one exponential per column and per row of an incident. */
function gaussianBand(
  sorted: RowSorted,
  { size, columns }: GridSpec,
  bandwidth: number,
  perKm2: number,
  fromRow: number,
  toRow: number,
  first: number,
  last: number,
  out: Float64Array,
): void {
  const { places, weight } = sorted
  const g = size / bandwidth
  const reach = (GAUSSIAN_CUT * bandwidth) / size
  const across = new Float64Array(Math.ceil(2 * reach) + 2)
  for (let i = first; i < last; i++) {
    const cx = places[2 * i]
    const cy = places[2 * i + 1]
    const r0 = Math.max(fromRow, Math.ceil(cy - reach)) | 0
    const r1 = Math.min(toRow - 1, Math.floor(cy + reach)) | 0
    if (r0 > r1) continue
    const c0 = Math.max(0, Math.ceil(cx - reach)) | 0
    const c1 = Math.min(columns - 1, Math.floor(cx + reach)) | 0
    for (let c = c0; c <= c1; c++) {
      const u = (c - cx) * g
      across[c - c0] = Math.exp(-0.5 * u * u)
    }
    for (let r = r0; r <= r1; r++) {
      const dy = r - cy
      const half = Math.sqrt(reach * reach - dy * dy)
      const from = Math.max(c0, Math.ceil(cx - half)) | 0
      const to = Math.min(c1, Math.floor(cx + half)) | 0
      const up = (weight === null ? perKm2 : weight[i] * perKm2) * Math.exp(-0.5 * (dy * g) * (dy * g))
      const base = (r * columns) | 0
      for (let c = from; c <= to; c++) out[base + c] += up * across[c - c0]
    }
  }
}
