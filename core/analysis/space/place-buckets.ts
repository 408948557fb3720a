/** Places sorted into square buckets, so that all within one side of a place lie in three runs of the list. */
export interface PlaceBuckets {
  readonly side: number
  readonly columns: number
  readonly rows: number
  readonly west: number
  readonly south: number
  /** Places of bucket b are order[start[b]] … order[start[b + 1] − 1], ascending; buckets have a rim of empty ones. */
  readonly start: Int32Array
  readonly order: Int32Array
}

/** Buckets a side at most: √n times this, so that places far apart do not ask for far more buckets than places. */
const SIDES_PER_ROOT = 4
const MOST_A_SIDE = 2000

/**
 * Sorts places into buckets at least `side` wide.
 *
 * @param x eastings and `y` northings, metres, all finite
 * @param side metres, at least 0
 * Cost: O(n); 8 bytes a place and 8 a bucket (at most 16 buckets a place).
 */
export function bucketPlaces(x: Float64Array, y: Float64Array, side: number): PlaceBuckets {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < x.length; i++) {
    if (x[i] < west) west = x[i]
    if (x[i] > east) east = x[i]
    if (y[i] < south) south = y[i]
    if (y[i] > north) north = y[i]
  }
  if (x.length === 0) [west, south, east, north] = [0, 0, 0, 0]
  const most = Math.min(MOST_A_SIDE, 1 + SIDES_PER_ROOT * Math.sqrt(x.length))
  // A hair wider than asked, so that rounding never puts a place at exactly `side` two buckets away.
  const wide = Math.max(side * (1 + 1e-9), (east - west) / most, (north - south) / most, 1e-6)
  const columns = Math.floor((east - west) / wide) + 3
  const rows = Math.floor((north - south) / wide) + 3
  const start = new Int32Array(columns * rows + 1)
  const bucketOf = new Int32Array(x.length)
  for (let i = 0; i < x.length; i++) {
    const bucket = (Math.floor((y[i] - south) / wide) + 1) * columns + Math.floor((x[i] - west) / wide) + 1
    bucketOf[i] = bucket
    start[bucket + 1]++
  }
  for (let b = 0; b < columns * rows; b++) start[b + 1] += start[b]
  const order = new Int32Array(x.length)
  const next = start.slice()
  for (let i = 0; i < x.length; i++) order[next[bucketOf[i]]++] = i
  return { side: wide, columns, rows, west, south, start, order }
}
