import KDBush from 'kdbush'
import type { ScanState } from './scan-state.ts'

/** The places around a centre in the order a growing circle meets them. */
export interface Circles {
  /** Places of the largest circle, nearest first; equal distances by x, then y. Overwritten by the next centre. */
  readonly order: Int32Array
  /** Sum of `space` over the places up to each. */
  readonly held: Float64Array
  /** Fills both for a centre and returns how many places the largest circle holds, 0 when the centre alone is too much. */
  around(centre: number): number
}

/**
 * Circles of a scan, made anew for each centre: memory grows with the places, not with their pairs. Coordinates are
 * whole metres, so that a squared distance and a place make one number that sorts by distance, then place.
 */
export function circlesOf(state: ScanState): Circles {
  const { x, y, space, spaceLimit, radiusLimit } = state
  const count = x.length
  const index = new KDBush(count)
  for (let place = 0; place < count; place++) index.add(x[place], y[place])
  index.finish()
  const order = new Int32Array(count)
  const held = new Float64Array(count)
  let keys = new Float64Array(64)
  return {
    order,
    held,
    around(centre) {
      const near = index.within(x[centre], y[centre], radiusLimit)
      if (near.length > keys.length) keys = new Float64Array(Math.max(near.length, 2 * keys.length))
      for (let k = 0; k < near.length; k++) {
        const dx = x[near[k]] - x[centre]
        const dy = y[near[k]] - y[centre]
        keys[k] = (dx * dx + dy * dy) * count + near[k]
      }
      const sorted = keys.subarray(0, near.length).sort()
      let sum = 0
      for (let k = 0; k < sorted.length; k++) {
        const place = sorted[k] % count
        sum += space[place]
        if (sum > spaceLimit) return k
        order[k] = place
        held[k] = sum
      }
      return sorted.length
    },
  }
}

/** Distance between two places, metres. */
export function distanceBetween(state: ScanState, a: number, b: number): number {
  return Math.hypot(state.x[a] - state.x[b], state.y[a] - state.y[b])
}
