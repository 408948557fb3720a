import type { Control } from '#core/contract/method.ts'

/** Two middles of places that a few far-off incidents do not pull along. Both weighted; metres. */

/** Median of values with weights: where half of the weight is below; midway where it is exactly a half. */
export function weightedMedian(values: Float64Array, weight: ArrayLike<number>): number {
  const order = Float64Array.from(values.keys()).sort((a, b) => values[a] - values[b])
  let total = 0
  for (const i of order) total += weight[i]
  if (!(total > 0)) return Number.NaN
  let below = 0
  for (let k = 0; k < order.length; k++) {
    below += weight[order[k]]
    if (below * 2 > total) return values[order[k]]
    if (below * 2 === total) {
      let next = k + 1
      while (next < order.length && !(weight[order[next]] > 0)) next++
      return next < order.length ? (values[order[k]] + values[order[next]]) / 2 : values[order[k]]
    }
  }
  return Number.NaN
}

/** Rounds at most; near a place it is slow, and a millimetre is enough. */
const ROUNDS = 1000
const ENOUGH = 1e-4

/**
 * The spot from which the incidents are nearest in sum (Weiszfeld's rounds, with Vardi and Zhang's step off a place).
 *
 * @param start where to begin, such as the mean centre
 * @see Vardi and Zhang (2000) Proceedings of the National Academy of Sciences 97, 1423–1426.
 */
export function leastDistance(
  x: Float64Array,
  y: Float64Array,
  weight: ArrayLike<number>,
  start: readonly [number, number],
  control: Control,
): [number, number] {
  let [cx, cy] = start
  for (let round = 0; round < ROUNDS; round++) {
    control.tick(round / ROUNDS, 'Finding the centre of least distance')
    let [pull, tx, ty, here] = [0, 0, 0, 0]
    for (let i = 0; i < x.length; i++) {
      const dx = x[i] - cx
      const dy = y[i] - cy
      const distance = Math.sqrt(dx * dx + dy * dy)
      if (distance === 0) {
        here += weight[i]
        continue
      }
      const w = weight[i] / distance
      pull += w
      tx += w * dx
      ty += w * dy
    }
    if (pull === 0) break
    const away = Math.hypot(tx, ty)
    // A place that holds more than the others pull is itself the answer.
    if (here > 0 && here >= away) break
    const share = here > 0 ? 1 - here / away : 1
    const moveX = (share * tx) / pull
    const moveY = (share * ty) / pull
    cx += moveX
    cy += moveY
    if (Math.abs(moveX) + Math.abs(moveY) < ENOUGH) break
  }
  return [cx, cy]
}
