/**
 * The incidents cut into bands of the grid's rows, worked out once; a part of the work then reads the bands it needs
 * from end to end and puts them in the order of the rows. A part is so a piece of work of its own, memory is read in
 * its order, and every cell adds the same numbers in the same order on any number of workers.
 */
import type { GridSpec } from '#core/contract/grid.ts'
import type { Control } from '#core/contract/method.ts'
import { ROWS_PER_TICK } from '../space/study-grid.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'

/** Places with their weights, as the data hold them. */
export interface WeightedPlaces {
  readonly x: Float64Array
  readonly y: Float64Array
  /** 1 = in. */
  readonly mask: Uint8Array
  /** Weight of each place by its code, or null for 1 each; what is not above 0 is left out. */
  readonly weights: { readonly codes: Uint32Array | Uint16Array; readonly weights: Float64Array } | null
}

/** Incidents side by side: column and row of each in cells from the centre of cell 0. */
export interface PlacesInOrder {
  readonly places: Float64Array
  /** Null when every incident counts 1. */
  readonly weight: Float64Array | null
  /** Bandwidth of each incident, metres; null when all have the same. */
  readonly bandwidth: Float64Array | null
}

/** The incidents that take part, band by band, in each as the data have them. Shared between workers. */
export interface BandedPlaces {
  readonly places: Float64Array
  readonly weight: Float64Array | null
  /** Number of the incident in the data; null where nobody asks. */
  readonly id: Int32Array | null
  /** Band b holds the rows [rows[b], rows[b + 1]) of the grid; the first and last also those beyond its rim. */
  readonly rows: Int32Array
  /** Incidents of band b are at start[b] … start[b + 1] − 1. */
  readonly start: Int32Array
  readonly used: number
}

/** How many incidents lie below each row; rows counted from `pad` rows below the grid. */
export interface RowCounts {
  readonly below: Int32Array
  readonly pad: number
}

/**
 * @param reach of the kernel, metres: incidents further than that from the grid are left out, and those masked out,
 *   without a place or with a weight that is not above 0
 * @param inside 1 per cell; when given, only incidents in these cells take part
 * @param cut chooses the first row of each band, and the number of rows at the end
 * @param withId keep the numbers of the incidents
 */
export function bandPlaces(
  given: WeightedPlaces,
  grid: GridSpec,
  reach: number,
  inside: Uint8Array | null,
  cut: (counts: RowCounts) => Int32Array,
  withId: boolean,
  control: Control,
): BandedPlaces {
  const { x, weights } = given
  const pad = Math.ceil(reach / grid.size) + 1
  const below = new Int32Array(grid.rows + 2 * pad + 1)
  const rowOf = new Int32Array(x.length)
  for (let from = 0; from < x.length; from += ROWS_PER_TICK) {
    control.tick(0, 'Sorting incidents')
    countRows(given, grid, pad, inside, from, Math.min(x.length, from + ROWS_PER_TICK), rowOf, below)
  }
  for (let row = 1; row < below.length; row++) below[row] += below[row - 1]
  const rows = cut({ below, pad })
  const bands = rows.length - 1
  const bandOf = new Int32Array(below.length)
  for (let row = 0, band = 0; row < below.length; row++) {
    while (band + 1 < bands && row - pad >= rows[band + 1]) band++
    bandOf[row] = band
  }
  const start = sharedInt32(bands + 1)
  for (let band = 1; band < bands; band++) start[band] = below[rows[band] + pad]
  const used = below[below.length - 1]
  start[bands] = used
  const found = {
    places: sharedFloat64(2 * used),
    weight: weights === null ? null : sharedFloat64(used),
    id: withId ? sharedInt32(used) : null,
    rows,
    start,
    used,
  }
  const next = start.slice()
  for (let from = 0; from < x.length; from += ROWS_PER_TICK) {
    control.tick(0, 'Sorting incidents')
    scatter(given, grid, from, Math.min(x.length, from + ROWS_PER_TICK), rowOf, bandOf, next, found)
  }
  return found
}

function countRows(
  { x, y, mask, weights }: WeightedPlaces,
  { originX, originY, size, columns, rows }: GridSpec,
  pad: number,
  inside: Uint8Array | null,
  from: number,
  to: number,
  rowOf: Int32Array,
  below: Int32Array,
): void {
  const perCell = 1 / size
  const allRows = rows + 2 * pad
  for (let i = from; i < to; i++) {
    const row = (y[i] - originY) * perCell + pad
    const column = (x[i] - originX) * perCell
    rowOf[i] = -1
    if (!(row >= 0 && row < allRows && column >= -pad && column < columns + pad)) continue
    if (mask[i] === 0 || (weights !== null && !(weights.weights[weights.codes[i]] > 0))) continue
    const whole = row | 0
    if (inside !== null) {
      const r = whole - pad
      if (r < 0 || r >= rows || column < 0 || column >= columns || inside[r * columns + (column | 0)] === 0)
        continue
    }
    rowOf[i] = whole
    below[whole + 1]++
  }
}

function scatter(
  { x, y, weights }: WeightedPlaces,
  { originX, originY, size }: GridSpec,
  from: number,
  to: number,
  rowOf: Int32Array,
  bandOf: Int32Array,
  next: Int32Array,
  { places, weight, id }: BandedPlaces,
): void {
  const perCell = 1 / size
  for (let i = from; i < to; i++) {
    const row = rowOf[i]
    if (row < 0) continue
    const at = next[bandOf[row]]++
    places[2 * at] = (x[i] - originX) * perCell - 0.5
    places[2 * at + 1] = (y[i] - originY) * perCell - 0.5
    if (id !== null) id[at] = i
    if (weight !== null && weights !== null) weight[at] = weights.weights[weights.codes[i]]
  }
}

/**
 * The incidents whose own row lies in [from, to) of the grid, row by row.
 *
 * @param from may lie below the grid and `to` above it, by the reach of the kernel
 */
export function placesOfRows(banded: BandedPlaces, from: number, to: number): PlacesInOrder {
  const { places, weight, rows, start } = banded
  const bands = rows.length - 1
  let firstBand = 0
  while (firstBand + 1 < bands && rows[firstBand + 1] < from) firstBand++
  let lastBand = firstBand
  while (lastBand + 1 < bands && rows[lastBand + 1] <= to) lastBand++
  const first = start[firstBand]
  const last = start[lastBand + 1]
  const span = to - from
  const next = new Int32Array(span + 1)
  for (let k = first; k < last; k++) {
    const row = Math.floor(places[2 * k + 1] + 0.5) - from
    if (row >= 0 && row < span) next[row + 1]++
  }
  for (let row = 1; row <= span; row++) next[row] += next[row - 1]
  const count = next[span]
  const ordered = new Float64Array(2 * count)
  const weights = weight === null ? null : new Float64Array(count)
  for (let k = first; k < last; k++) {
    const row = Math.floor(places[2 * k + 1] + 0.5) - from
    if (!(row >= 0 && row < span)) continue
    const at = next[row]++
    ordered[2 * at] = places[2 * k]
    ordered[2 * at + 1] = places[2 * k + 1]
    if (weights !== null && weight !== null) weights[at] = weight[k]
  }
  return { places: ordered, weight: weights, bandwidth: null }
}

/**
 * The incidents, each with a bandwidth of its own, whose kernel meets the rows [from, to) of the grid.
 *
 * @param bandwidths metres, by the number of the incident; none is taken below `least`
 * @param reachOf how far the kernel reaches, in cells per metre of bandwidth
 */
export function placesReaching(
  { places, weight, used }: BandedPlaces,
  id: Int32Array,
  bandwidths: Float64Array,
  least: number,
  reachOf: number,
  from: number,
  to: number,
): PlacesInOrder {
  const kept = new Int32Array(used)
  let count = 0
  for (let k = 0; k < used; k++) {
    const reach = Math.max(least, bandwidths[id[k]]) * reachOf
    const cy = places[2 * k + 1]
    if (cy + reach >= from && cy - reach <= to - 1) kept[count++] = k
  }
  const found = {
    places: new Float64Array(2 * count),
    weight: weight === null ? null : new Float64Array(count),
    bandwidth: new Float64Array(count),
  }
  for (let at = 0; at < count; at++) {
    const k = kept[at]
    found.places[2 * at] = places[2 * k]
    found.places[2 * at + 1] = places[2 * k + 1]
    found.bandwidth[at] = Math.max(least, bandwidths[id[k]])
    if (found.weight !== null && weight !== null) found.weight[at] = weight[k]
  }
  return found
}
