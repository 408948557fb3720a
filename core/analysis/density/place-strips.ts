/**
 * The incidents cut into strips of the grid's rows, worked out once; a part of the work then reads the strips in its
 * reach from end to end. Memory is read in its order, and every cell adds the same numbers in the same order (strip by
 * strip, in each as the data have them) however the rows are shared out.
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

/** The incidents that take part, strip by strip of rows, in each as the data have them. Shared between workers. */
export interface PlaceStrips {
  readonly places: Float64Array
  readonly weight: Float64Array | null
  /** Number of the incident in the data; null where nobody asks. */
  readonly id: Int32Array | null
  /** Strip s holds the rows [s·height − pad, (s + 1)·height − pad) of the grid. */
  readonly height: number
  readonly pad: number
  /** Incidents of strip s are at start[s] … start[s + 1] − 1. */
  readonly start: Int32Array
  readonly used: number
}

/** How many incidents lie below each row; rows counted from `pad` rows below the grid. */
export interface RowCounts {
  readonly below: Int32Array
  readonly pad: number
}

/** Strips are told by one byte an incident, of which the last means none. */
const MOST_STRIPS = 254
const NONE = 255

/**
 * @param reach of the kernel, metres: incidents further than that from the grid are left out, and those masked out,
 *   without a place or with a weight that is not above 0
 * @param inside 1 per cell; when given, only incidents in these cells take part
 * @param withId keep the numbers of the incidents
 * Cost: two passes over the data, about 25 ns an incident; 17 bytes an incident.
 */
export function cutIntoStrips(
  given: WeightedPlaces,
  grid: GridSpec,
  reach: number,
  inside: Uint8Array | null,
  withId: boolean,
  control: Control,
): { readonly strips: PlaceStrips; readonly counts: RowCounts } {
  const { x, weights } = given
  const pad = Math.ceil(reach / grid.size) + 1
  const rows = grid.rows + 2 * pad
  // Not lower than the kernel reaches: a part reads all strips that its rows and the reach meet.
  const height = Math.max(pad, Math.ceil(rows / MOST_STRIPS))
  const below = new Int32Array(rows + 1)
  const stripOfRow = Uint8Array.from({ length: rows }, (_, row) => Math.floor(row / height))
  const stripOf = new Uint8Array(x.length)
  for (let from = 0; from < x.length; from += ROWS_PER_TICK) {
    control.tick(0, 'Sorting incidents')
    const to = Math.min(x.length, from + ROWS_PER_TICK)
    countRows(given, grid, pad, inside, from, to, stripOfRow, stripOf, below)
  }
  for (let row = 1; row < below.length; row++) below[row] += below[row - 1]
  const count = stripOfRow[rows - 1] + 1
  const start = sharedInt32(count + 1)
  for (let strip = 0; strip <= count; strip++) start[strip] = below[Math.min(rows, strip * height)]
  const used = below[rows]
  const strips = {
    places: sharedFloat64(2 * used),
    weight: weights === null ? null : sharedFloat64(used),
    id: withId ? sharedInt32(used) : null,
    height,
    pad,
    start,
    used,
  }
  const next = start.slice()
  for (let from = 0; from < x.length; from += ROWS_PER_TICK) {
    control.tick(0, 'Sorting incidents')
    scatter(given, grid, from, Math.min(x.length, from + ROWS_PER_TICK), stripOf, next, strips)
  }
  return { strips, counts: { below, pad } }
}

function countRows(
  { x, y, mask, weights }: WeightedPlaces,
  { originX, originY, size, columns, rows }: GridSpec,
  pad: number,
  inside: Uint8Array | null,
  from: number,
  to: number,
  stripOfRow: Uint8Array,
  stripOf: Uint8Array,
  below: Int32Array,
): void {
  const perCell = 1 / size
  const allRows = rows + 2 * pad
  for (let i = from; i < to; i++) {
    const row = (y[i] - originY) * perCell + pad
    const column = (x[i] - originX) * perCell
    stripOf[i] = NONE
    if (!(row >= 0 && row < allRows && column >= -pad && column < columns + pad)) continue
    if (mask[i] === 0 || (weights !== null && !(weights.weights[weights.codes[i]] > 0))) continue
    const whole = row | 0
    if (inside !== null) {
      const r = whole - pad
      if (r < 0 || r >= rows || column < 0 || column >= columns || inside[r * columns + (column | 0)] === 0)
        continue
    }
    stripOf[i] = stripOfRow[whole]
    below[whole + 1]++
  }
}

function scatter(
  { x, y, weights }: WeightedPlaces,
  { originX, originY, size }: GridSpec,
  from: number,
  to: number,
  stripOf: Uint8Array,
  next: Int32Array,
  { places, weight, id }: PlaceStrips,
): void {
  const perCell = 1 / size
  for (let i = from; i < to; i++) {
    if (stripOf[i] === NONE) continue
    const at = next[stripOf[i]]++
    places[2 * at] = (x[i] - originX) * perCell - 0.5
    places[2 * at + 1] = (y[i] - originY) * perCell - 0.5
    if (id !== null) id[at] = i
    if (weight !== null && weights !== null) weight[at] = weights.weights[weights.codes[i]]
  }
}

/**
 * The incidents whose kernel may meet the rows [from, to) of the grid: all strips within reach of them, from end to
 * end, and not copied.
 */
export function placesOfRows(
  { places, weight, height, pad, start }: PlaceStrips,
  from: number,
  to: number,
): PlacesInOrder {
  // Both ends are moved by `pad` rows to where strips are counted from, and by `pad` again for the reach.
  const firstStrip = Math.floor(from / height)
  const lastStrip = Math.min(start.length - 2, Math.floor((to - 1 + 2 * pad) / height))
  const first = start[firstStrip]
  const last = start[lastStrip + 1]
  return {
    places: places.subarray(2 * first, 2 * last),
    weight: weight === null ? null : weight.subarray(first, last),
    bandwidth: null,
  }
}

/**
 * The incidents, each with a bandwidth of its own, whose kernel meets the rows [from, to) of the grid.
 *
 * @param bandwidths metres, by the number of the incident; none is taken below `least`
 * @param reachOf how far the kernel reaches, in cells per metre of bandwidth
 */
export function placesReaching(
  { places, weight, used }: PlaceStrips,
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
