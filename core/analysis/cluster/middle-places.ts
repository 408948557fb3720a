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

/** Rounds at most; towards the end each gains a digit or two in a hundred. */
const ROUNDS = 1000
/** The pull left over, as a share of all weights: some tenth of a millimetre in a county. */
const ENOUGH = 1e-8
/** Nearer than this, in metres, is at the place itself. */
const AT_PLACE = 1e-6

/**
 * The spot from which the incidents are nearest in sum (Weiszfeld's rounds, with Vardi and Zhang's step off a place).
 * A place is the answer when it weighs at least as much as all others pull; the nearest place is asked in every round.
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
  let total = 0
  for (let i = 0; i < x.length; i++) total += weight[i]
  const asked = new Set<number>()
  for (let round = 0; round < ROUNDS; round++) {
    control.tick(round / ROUNDS, 'Finding the centre of least distance')
    const here = pullAt(x, y, weight, cx, cy)
    if (here.nearest >= 0 && !asked.has(here.nearest)) {
      asked.add(here.nearest)
      const place = here.nearest
      const there = pullAt(x, y, weight, x[place], y[place])
      if (Math.hypot(there.pullX, there.pullY) <= there.own) return [x[place], y[place]]
    }
    const pull = Math.hypot(here.pullX, here.pullY)
    if (here.scale === 0 || pull <= ENOUGH * total) break
    // At a place that is not the answer the others pull harder than it holds.
    const share = 1 - here.own / pull
    if (share <= 0) break
    cx += (share * here.pullX) / here.scale
    cy += (share * here.pullY) / here.scale
  }
  return [cx, cy]
}

/** How hard, and where to, the places pull a spot; what lies at the spot itself; and the nearest place. */
function pullAt(x: Float64Array, y: Float64Array, weight: ArrayLike<number>, cx: number, cy: number) {
  let [pullX, pullY, scale, own, nearest, least] = [0, 0, 0, 0, -1, Infinity]
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - cx
    const dy = y[i] - cy
    const distance = Math.sqrt(dx * dx + dy * dy)
    if (distance < least) {
      least = distance
      nearest = i
    }
    if (distance < AT_PLACE) {
      own += weight[i]
      continue
    }
    const w = weight[i] / distance
    scale += w
    pullX += w * dx
    pullY += w * dy
  }
  return { pullX, pullY, scale, own, nearest }
}
