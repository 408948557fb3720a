import type { GridSpec } from '#core/contract/grid.ts'
import { GAUSSIAN_CUT, type Kernel, kernelPeak } from './kernels.ts'
import type { PlacesInOrder } from './place-strips.ts'

/** The rows [from, to) of a surface; `out` holds one number per cell of these rows. */
export interface Band {
  readonly grid: GridSpec
  readonly from: number
  readonly to: number
  readonly out: Float64Array
}

/**
 * Adds to the cells of a band Σ weight · K(distance from the cell's centre), in float64, with no binning of
 * incidents; per km², or with `raw` as shares of the kernel's height at its centre.
 *
 * @param bandwidth h, metres, of incidents that have none of their own
 * @param first and `last` the incidents [first, last) of the list; a cell adds them in their order
 * Cost: about 1.5 ns per incident and cell in reach (quartic, gaussian), 2–3 ns (the others).
 */
export function addToBand(
  list: PlacesInOrder,
  band: Band,
  kernel: Kernel,
  bandwidth: number,
  raw: boolean,
  first: number,
  last: number,
): void {
  if (kernel === 'quartic') quarticBand(list, band, bandwidth, raw, first, last)
  else if (kernel === 'gaussian') gaussianBand(list, band, bandwidth, raw, first, last)
  else otherBand(list, band, kernel, bandwidth, raw, first, last)
}

/** Height of the kernel at its centre in the unit asked for. */
function height(kernel: Kernel, bandwidth: number, raw: boolean): number {
  return raw ? 1 : kernelPeak(kernel, bandwidth) * 1e6
}

/**
 * Five columns at a time, written out, because that is what the machine runs fastest. `s + |s|` is 2s inside the
 * kernel and exactly 0 beyond its edge, without a branch; the 4 of its square is in the factor. The weight goes
 * inside the square, as its root.
 */
function quarticBand(
  { places, weight, bandwidth: own }: PlacesInOrder,
  { grid: { size, columns }, from, to, out }: Band,
  bandwidth: number,
  raw: boolean,
  first: number,
  last: number,
): void {
  let g = size / bandwidth
  let reach = bandwidth / size
  let peak = height('quartic', bandwidth, raw)
  const rootOfOne = Math.sqrt(peak / 4)
  for (let i = first; i < last; i++) {
    if (own !== null) {
      g = size / own[i]
      reach = own[i] / size
      peak = height('quartic', own[i], raw)
    }
    const cx = places[2 * i]
    const cy = places[2 * i + 1]
    const r0 = Math.max(from, Math.ceil(cy - reach)) | 0
    const r1 = Math.min(to - 1, Math.floor(cy + reach)) | 0
    if (r0 > r1) continue
    const c0 = Math.ceil(cx - reach) | 0
    const c1 = Math.floor(cx + reach) | 0
    const root =
      weight === null && own === null ? rootOfOne : Math.sqrt(((weight === null ? 1 : weight[i]) * peak) / 4)
    for (let c = c0; c <= c1; c += 5) {
      if (c < 0 || c + 5 > columns) {
        rimColumns(c, cx, cy, g, root, r0, r1, columns, from, out)
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
      // The disc is lower on its flanks: of the column nearest to the incident, a hair more than the chord.
      const nearest = u0 > 0 ? u0 : u4 < 0 ? u4 : 0
      const half = reach * Math.sqrt(Math.max(0, 1 - nearest * nearest)) + 1e-6
      const low = Math.max(r0, Math.ceil(cy - half)) | 0
      const high = Math.min(r1, Math.floor(cy + half)) | 0
      let p = ((low - from) * columns + c) | 0
      for (let r = low; r <= high; r++) {
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
  from: number,
  out: Float64Array,
): void {
  for (let c = Math.max(0, firstColumn); c < Math.min(columns, firstColumn + 5); c++) {
    const u = (c - cx) * g
    const e = root * u * u
    for (let r = r0; r <= r1; r++) {
      const dy = (r - cy) * g
      const s = root * (1 - dy * dy) - e
      const t = s + Math.abs(s)
      out[(r - from) * columns + c] += t * t
    }
  }
}

/** A gaussian is the product of its two axes: one exponential per column and per row of an incident. */
function gaussianBand(
  { places, weight, bandwidth: own }: PlacesInOrder,
  { grid: { size, columns }, from, to, out }: Band,
  bandwidth: number,
  raw: boolean,
  first: number,
  last: number,
): void {
  let g = size / bandwidth
  let reach = (GAUSSIAN_CUT * bandwidth) / size
  let peak = height('gaussian', bandwidth, raw)
  const across = new Float64Array(columns)
  for (let i = first; i < last; i++) {
    if (own !== null) {
      g = size / own[i]
      reach = (GAUSSIAN_CUT * own[i]) / size
      peak = height('gaussian', own[i], raw)
    }
    const cx = places[2 * i]
    const cy = places[2 * i + 1]
    const r0 = Math.max(from, Math.ceil(cy - reach)) | 0
    const r1 = Math.min(to - 1, Math.floor(cy + reach)) | 0
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
      const west = Math.max(c0, Math.ceil(cx - half)) | 0
      const east = Math.min(c1, Math.floor(cx + half)) | 0
      const up = (weight === null ? peak : weight[i] * peak) * Math.exp(-0.5 * (dy * g) * (dy * g))
      const base = ((r - from) * columns) | 0
      for (let c = west; c <= east; c++) out[base + c] += up * across[c - c0]
    }
  }
}

/** Epanechnikov, triangular and uniform: the squares of the columns are worked out once an incident. */
function otherBand(
  { places, weight, bandwidth: own }: PlacesInOrder,
  { grid: { size, columns }, from, to, out }: Band,
  kernel: Kernel,
  bandwidth: number,
  raw: boolean,
  first: number,
  last: number,
): void {
  let g = size / bandwidth
  let reach = bandwidth / size
  let peak = height(kernel, bandwidth, raw)
  const across = new Float64Array(columns)
  for (let i = first; i < last; i++) {
    if (own !== null) {
      g = size / own[i]
      reach = own[i] / size
      peak = height(kernel, own[i], raw)
    }
    const cx = places[2 * i]
    const cy = places[2 * i + 1]
    const r0 = Math.max(from, Math.ceil(cy - reach)) | 0
    const r1 = Math.min(to - 1, Math.floor(cy + reach)) | 0
    if (r0 > r1) continue
    const c0 = Math.max(0, Math.ceil(cx - reach)) | 0
    const c1 = Math.min(columns - 1, Math.floor(cx + reach)) | 0
    for (let c = c0; c <= c1; c++) across[c - c0] = ((c - cx) * g) ** 2
    const up = weight === null ? peak : weight[i] * peak
    for (let r = r0; r <= r1; r++) {
      const dy = ((r - cy) * g) ** 2
      const base = ((r - from) * columns) | 0
      if (kernel === 'epanechnikov')
        for (let c = c0; c <= c1; c++) out[base + c] += up * Math.max(0, 1 - (across[c - c0] + dy))
      else if (kernel === 'triangular')
        for (let c = c0; c <= c1; c++) out[base + c] += up * Math.max(0, 1 - Math.sqrt(across[c - c0] + dy))
      else for (let c = c0; c <= c1; c++) if (across[c - c0] + dy < 1) out[base + c] += up
    }
  }
}
