import { orderInSpace, type SpaceOrder } from './space-order.ts'

/** Features of a layer, found by place. */
export interface FeatureIndex {
  readonly order: SpaceOrder
  /** Largest distance looked at, metres. */
  readonly reach: number
}

export function indexFeatures(x: Float64Array, y: Float64Array, reach: number): FeatureIndex {
  return { order: orderInSpace(x, y, new Uint8Array(x.length), reach, false), reach }
}

/**
 * Distance from each place to its nearest feature (Infinity beyond the reach), and how many features lie at most each
 * break away.
 *
 * @param breaks rising, the last at most the reach
 * @param counts written: one row of breaks a place, at most 65,535 each
 * Cost: the features in the cells around a place.
 */
export function lookAtFeatures(
  { order, reach }: FeatureIndex,
  x: Float64Array,
  y: Float64Array,
  breaks: readonly number[],
  nearest: Float64Array,
  counts: Uint16Array,
  from: number,
  to: number,
): void {
  const { columns, rows, start, cell, west, south } = order
  const width = breaks.length
  for (let i = from; i < to; i++) {
    nearest[i] = Infinity
    const left = Math.max(0, Math.floor((x[i] - reach - west) / cell - 1e-9))
    const right = Math.min(columns - 1, Math.floor((x[i] + reach - west) / cell + 1e-9))
    const low = Math.max(0, Math.floor((y[i] - reach - south) / cell - 1e-9))
    const high = Math.min(rows - 1, Math.floor((y[i] + reach - south) / cell + 1e-9))
    if (left > right) continue
    for (let row = low; row <= high; row++)
      for (let p = start[row * columns + left]; p < start[row * columns + right + 1]; p++) {
        const dx = order.x[p] - x[i]
        const dy = order.y[p] - y[i]
        const d = Math.sqrt(dx * dx + dy * dy)
        if (d > reach) continue
        if (d < nearest[i]) nearest[i] = d
        for (let b = width - 1; b >= 0 && d <= breaks[b]; b--)
          if (counts[i * width + b] < 65535) counts[i * width + b]++
      }
  }
}
