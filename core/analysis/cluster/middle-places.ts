import type { Control } from '#core/contract/method.ts'

/** Two middles of places that a few far-off incidents do not pull along. Both weighted; metres. */

/** Median of values with weights: where half of the weight is below; midway where it is exactly a half. */
export function weightedMedian(values: Float64Array, weight: ArrayLike<number>, control: Control): number {
  let compared = 0
  const order = Int32Array.from(values.keys()).sort((a, b) => {
    if ((++compared & 0xffff) === 0) control.tick(0, 'Finding medians')
    return values[a] - values[b]
  })
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

/** Rounds at most; a dozen is usual. */
const ROUNDS = 1000
/** The pull left over, as a share of all weights: far less than a millimetre in a county. */
const ENOUGH = 1e-10
/** Nearer than this, in metres, is at the place itself. */
const AT_PLACE = 1e-6

/**
 * The spot from which the incidents are nearest in sum. Newton's step where it brings the sum down, else one of
 * Weiszfeld's, with Vardi and Zhang's step off a place. A place is the answer when it weighs at least as much as all
 * others pull; the nearest place is asked in every round.
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
  let total = 0
  for (let i = 0; i < x.length; i++) total += weight[i]
  const asked = new Set<number>()
  let here = pullAt(x, y, weight, start[0], start[1])
  for (let round = 0; round < ROUNDS; round++) {
    control.tick(round / ROUNDS, 'Finding the centre of least distance')
    const place = here.nearest
    if (place >= 0 && !asked.has(place)) {
      asked.add(place)
      const there = pullAt(x, y, weight, x[place], y[place])
      if (Math.hypot(there.pullX, there.pullY) <= there.own) return [x[place], y[place]]
    }
    const pull = Math.hypot(here.pullX, here.pullY)
    if (!(pull > ENOUGH * total)) break
    const next = newtonStep(x, y, weight, here) ?? weiszfeldStep(x, y, weight, here, pull)
    if (!(next.sum < here.sum)) break
    here = next
  }
  return [here.x, here.y]
}

type Pull = ReturnType<typeof pullAt>

/** Null where it does not bring the sum down, or no such step is defined. */
function newtonStep(x: Float64Array, y: Float64Array, weight: ArrayLike<number>, here: Pull): Pull | null {
  const { hxx, hxy, hyy, pullX, pullY } = here
  const determinant = hxx * hyy - hxy * hxy
  if (here.own > 0 || !(determinant > 1e-12 * hxx * hyy)) return null
  const next = pullAt(
    x,
    y,
    weight,
    here.x + (hyy * pullX - hxy * pullY) / determinant,
    here.y + (hxx * pullY - hxy * pullX) / determinant,
  )
  return next.sum < here.sum ? next : null
}

function weiszfeldStep(
  x: Float64Array,
  y: Float64Array,
  weight: ArrayLike<number>,
  here: Pull,
  pull: number,
): Pull {
  // At a place that is not the answer the others pull harder than it holds.
  const share = Math.max(0, 1 - here.own / pull) / here.scale
  return pullAt(x, y, weight, here.x + share * here.pullX, here.y + share * here.pullY)
}

/** The sum of distances from a spot, how hard and where to places pull it and how that changes, and the nearest. */
function pullAt(x: Float64Array, y: Float64Array, weight: ArrayLike<number>, cx: number, cy: number) {
  let [pullX, pullY, scale, own, sum] = [0, 0, 0, 0, 0]
  let [hxx, hxy, hyy, nearest, least] = [0, 0, 0, -1, Infinity]
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
    const ux = dx / distance
    const uy = dy / distance
    sum += weight[i] * distance
    scale += w
    pullX += w * dx
    pullY += w * dy
    hxx += w * uy * uy
    hyy += w * ux * ux
    hxy -= w * ux * uy
  }
  return { x: cx, y: cy, sum, pullX, pullY, scale, own, nearest, hxx, hxy, hyy }
}
