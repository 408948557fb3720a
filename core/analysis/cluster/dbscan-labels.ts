import type { Control } from '#core/contract/method.ts'
import { bucketPlaces, type PlaceBuckets } from '../space/place-buckets.ts'
import { joinCores } from './join-cores.ts'

export interface DbscanLabels {
  /** Cluster of each place, 0 … clusters − 1 in the order of their first core place; −1 for none. */
  readonly label: Int32Array
  /** 1 for a core place. */
  readonly core: Uint8Array
  readonly clusters: number
}

/** One part in a thousand million beyond the radius, by rounding, is within it. */
const TOLERANCE = 1 + 1e-9

/**
 * DBSCAN over places with counts. A place is core when the incidents within `radius` of it (its edge in, its own
 * incidents too) are at least `minimum`; core places within the radius of each other are in one cluster; a place that
 * is not core joins the cluster of its nearest core place within the radius, of equally near ones that of the lower
 * number. So the answer does not depend on the order in which places are visited.
 *
 * @param x eastings and `y` northings, metres; `count` at least 1
 * Cost: for each place as many neighbours as make it core, or all; see `joinCores`; some 30 bytes a place.
 * @see Ester, Kriegel, Sander and Xu (1996) Proceedings KDD 96, 226–231.
 */
export function dbscanLabels(
  x: Float64Array,
  y: Float64Array,
  count: Int32Array,
  radius: number,
  minimum: number,
  control: Control,
): DbscanLabels {
  const n = x.length
  const buckets = bucketPlaces(x, y, radius)
  const limit = radius * radius * TOLERANCE * TOLERANCE
  const core = new Uint8Array(n)
  const ticker = tickEvery(control, n)
  for (let i = 0; i < n; i++) {
    ticker(i, 0)
    if (incidentsWithin(x, y, count, buckets, i, limit, minimum) >= minimum) core[i] = 1
  }
  const root = joinCores(x, y, core, radius, limit, control)
  const label = new Int32Array(n).fill(-1)
  let clusters = 0
  for (let i = 0; i < n; i++) {
    if (core[i] === 0) continue
    label[i] = root[i] === i ? clusters++ : label[root[i]]
  }
  for (let i = 0; i < n; i++) {
    ticker(i, 2)
    if (core[i] === 1) continue
    const nearest = nearestCore(x, y, core, buckets, i, limit)
    if (nearest >= 0) label[i] = label[nearest]
  }
  return { label, core, clusters }
}

function tickEvery(control: Control, n: number): (i: number, pass: number) => void {
  return (i, pass) => {
    if ((i & 63) === 0) control.tick((pass + i / n) / 3, 'Finding clusters')
  }
}

function bucketOf({ side, columns, west, south }: PlaceBuckets, x: number, y: number): number {
  return (Math.floor((y - south) / side) + 1) * columns + Math.floor((x - west) / side) + 1
}

/** Incidents within the radius, no longer counted once there are enough. */
function incidentsWithin(
  x: Float64Array,
  y: Float64Array,
  count: Int32Array,
  buckets: PlaceBuckets,
  i: number,
  limit: number,
  enough: number,
): number {
  const { columns, start, order } = buckets
  const bucket = bucketOf(buckets, x[i], y[i])
  let incidents = count[i]
  for (let row = bucket - columns - 1; row <= bucket + columns - 1; row += columns)
    for (let k = start[row]; k < start[row + 3] && incidents < enough; k++) {
      const j = order[k]
      const dx = x[j] - x[i]
      const dy = y[j] - y[i]
      if (j !== i && dx * dx + dy * dy <= limit) incidents += count[j]
    }
  return incidents
}

function nearestCore(
  x: Float64Array,
  y: Float64Array,
  core: Uint8Array,
  buckets: PlaceBuckets,
  i: number,
  limit: number,
): number {
  const { columns, start, order } = buckets
  const bucket = bucketOf(buckets, x[i], y[i])
  let nearest = -1
  let least = limit
  for (let row = bucket - columns - 1; row <= bucket + columns - 1; row += columns)
    for (let k = start[row]; k < start[row + 3]; k++) {
      const j = order[k]
      if (core[j] === 0) continue
      const dx = x[j] - x[i]
      const dy = y[j] - y[i]
      const square = dx * dx + dy * dy
      if (square > least || (square === least && nearest >= 0 && nearest < j)) continue
      least = square
      nearest = j
    }
  return nearest
}
