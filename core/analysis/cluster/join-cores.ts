import type { Control } from '#core/contract/method.ts'
import { bucketPlaces } from '../space/place-buckets.ts'

/**
 * The lowest place that each core place hangs together with, through core places within the radius of each other;
 * −1 for a place that is not core.
 *
 * Core places in one bucket whose diagonal is the radius hang together without a look at their distances; two buckets
 * that already do are not compared, and comparing ends with the first pair within the radius. So a dense town costs
 * its places and not its pairs.
 *
 * @param core 1 for a core place
 * @see Gunawan (2013) A faster algorithm for DBSCAN, Technische Universiteit Eindhoven.
 */
export function joinCores(
  x: Float64Array,
  y: Float64Array,
  core: Uint8Array,
  radius: number,
  limit: number,
  control: Control,
): Int32Array {
  const parent = Int32Array.from(core, (each, i) => (each === 1 ? i : -1))
  // A hair less than radius/√2: the diagonal must be within the radius whatever the rounding.
  const { start, order, columns, rows, side } = bucketPlaces(x, y, (radius / Math.SQRT2) * (1 - 1e-8))
  // Wider where places are few for their extent; then nothing hangs together by its bucket alone.
  const byBucket = side * Math.SQRT2 <= radius
  const reach = Math.ceil(radius / side)
  for (let bucket = 0; bucket < columns * rows; bucket++) {
    if ((bucket & 255) === 0) control.tick(0.33 + (0.33 * bucket) / (columns * rows), 'Joining clusters')
    if (start[bucket] === start[bucket + 1]) continue
    const row = Math.floor(bucket / columns)
    const column = bucket - row * columns
    joinBuckets(bucket, bucket)
    // Each pair of buckets once: those further on in the row, and those of the rows above.
    for (let r = row; r <= Math.min(rows - 1, row + reach); r++)
      for (
        let c = r === row ? column + 1 : Math.max(0, column - reach);
        c <= Math.min(columns - 1, column + reach);
        c++
      )
        joinBuckets(bucket, r * columns + c)
  }
  for (let i = 0; i < parent.length; i++) if (parent[i] >= 0) rootOf(parent, i)
  return parent

  function joinBuckets(a: number, b: number): void {
    for (let k = start[a]; k < start[a + 1]; k++) {
      const i = order[k]
      if (core[i] === 0) continue
      let root = rootOf(parent, i)
      for (let m = a === b ? k + 1 : start[b]; m < start[b + 1]; m++) {
        const j = order[m]
        if (core[j] === 0) continue
        if (rootOf(parent, j) !== root) {
          const dx = x[j] - x[i]
          const dy = y[j] - y[i]
          if (dx * dx + dy * dy > limit) continue
          join(parent, i, j)
          root = rootOf(parent, i)
        }
        // One link between two buckets that each hang together is enough, as is knowing of one.
        if (byBucket && a !== b) return
      }
      // The first core place has met all others of its own bucket.
      if (byBucket && a === b) return
    }
  }
}

/** The lowest place of a set is its root, so that clusters follow the order of places. */
function join(parent: Int32Array, a: number, b: number): void {
  const rootA = rootOf(parent, a)
  const rootB = rootOf(parent, b)
  if (rootA < rootB) parent[rootB] = rootA
  else parent[rootA] = rootB
}

function rootOf(parent: Int32Array, place: number): number {
  let root = place
  while (parent[root] !== root) root = parent[root]
  let at = place
  while (parent[at] !== root) {
    const next = parent[at]
    parent[at] = root
    at = next
  }
  return root
}
