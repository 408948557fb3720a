/**
 * How well an order of units found where incidents were: units are taken from the highest predicted density down,
 * and at each step what has been caught is added up.
 *
 * Units of equal predicted density are in no order. Within such a tie of m units the k-th step holds the
 * expectation over random orders, k/m of the tie's incidents, area and earlier incidents; `hitsLow` and `hitsHigh`
 * are what the worst and the best order would have caught.
 *
 * The best possible, `bestHits`, takes units by observed density and is read at the same area, a part of a unit
 * catching that part of its incidents: hits never exceed it where no units tie or all areas are equal.
 */
export interface AccuracyCurve {
  /** Units from the highest predicted density down; within a tie by number. */
  readonly order: Int32Array
  /** All with one number per step, after that many units. */
  readonly area: Float64Array
  readonly hits: Float64Array
  readonly hitsLow: Float64Array
  readonly hitsHigh: Float64Array
  readonly bestHits: Float64Array
  readonly predicted: Float64Array
  /** Incidents of the earlier period in the units taken. */
  readonly earlier: Float64Array
  /** Units in the tie that the step stands in. */
  readonly tied: Int32Array
}

/**
 * @param predicted at least 0, one per unit, in any scale
 * @param observed incidents that did happen, and `earlier` those before
 * @param area of each unit, above 0, in any scale
 * Cost: three sorts of the units.
 */
export function accuracyCurve(
  predicted: Float64Array,
  observed: ArrayLike<number>,
  earlier: ArrayLike<number>,
  area: Float64Array,
): AccuracyCurve {
  const n = predicted.length
  const density = predicted.map((value, unit) => value / area[unit])
  const order = descendingBy(density)
  const curve = {
    order,
    area: new Float64Array(n),
    hits: new Float64Array(n),
    hitsLow: new Float64Array(n),
    hitsHigh: new Float64Array(n),
    bestHits: new Float64Array(n),
    predicted: new Float64Array(n),
    earlier: new Float64Array(n),
    tied: new Int32Array(n),
  }
  const base = { area: 0, hits: 0, predicted: 0, earlier: 0 }
  for (let start = 0; start < n; ) {
    let end = start + 1
    while (end < n && density[order[end]] === density[order[start]]) end++
    const tie = order.subarray(start, end)
    const sum = { area: 0, hits: 0, predicted: 0, earlier: 0 }
    const caught = new Float64Array(tie.length)
    for (let k = 0; k < tie.length; k++) {
      sum.area += area[tie[k]]
      sum.hits += observed[tie[k]]
      sum.predicted += predicted[tie[k]]
      sum.earlier += earlier[tie[k]]
      caught[k] = observed[tie[k]]
    }
    caught.sort()
    let low = base.hits
    let high = base.hits
    for (let k = 0; k < tie.length; k++) {
      const at = start + k
      const part = (k + 1) / tie.length
      low += caught[k]
      high += caught[tie.length - 1 - k]
      curve.area[at] = base.area + part * sum.area
      curve.hits[at] = base.hits + part * sum.hits
      curve.predicted[at] = base.predicted + part * sum.predicted
      curve.earlier[at] = base.earlier + part * sum.earlier
      curve.hitsLow[at] = low
      curve.hitsHigh[at] = high
      curve.tied[at] = tie.length
    }
    base.area += sum.area
    base.hits += sum.hits
    base.predicted += sum.predicted
    base.earlier += sum.earlier
    start = end
  }
  fillBest(curve.bestHits, curve.area, observed, area)
  return curve
}

/** The most that this much area could have caught, for each rising area. */
function fillBest(out: Float64Array, at: Float64Array, observed: ArrayLike<number>, area: Float64Array) {
  const order = descendingBy(Float64Array.from(area, (size, unit) => observed[unit] / size))
  let unit = 0
  let spent = 0
  let caught = 0
  for (let k = 0; k < at.length; k++) {
    // A hair of slack, so that equal areas added up in another order are equal.
    while (unit < order.length && spent + area[order[unit]] <= at[k] * (1 + 1e-12)) {
      spent += area[order[unit]]
      caught += observed[order[unit]]
      unit++
    }
    const left = at[k] - spent
    const part = unit < order.length && left > 1e-9 * at[k] ? left / area[order[unit]] : 0
    out[k] = caught + (part > 0 ? part * observed[order[unit]] : 0)
  }
}

/** Numbers of the values from the largest down, equal values by number. */
function descendingBy(values: Float64Array): Int32Array<ArrayBuffer> {
  const order = new Int32Array(values.length)
  for (let i = 0; i < order.length; i++) order[i] = i
  return order.sort((a, b) => values[b] - values[a] || a - b)
}

/** Steps that stay within an area, at most. */
export function stepsWithin(curve: AccuracyCurve, area: number): number {
  let low = 0
  let high = curve.area.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (curve.area[middle] <= area * (1 + 1e-9)) low = middle + 1
    else high = middle
  }
  return low
}

/** Area under the curve of `hits` over `curve.area`, both as shares of their whole, from (0, 0); NaN when empty. */
export function areaUnderCurve(curve: AccuracyCurve, hits: Float64Array): number {
  const n = hits.length
  let sum = 0
  for (let k = 0; k < n; k++) {
    const width = curve.area[k] - (k === 0 ? 0 : curve.area[k - 1])
    sum += (width * (hits[k] + (k === 0 ? 0 : hits[k - 1]))) / 2
  }
  const whole = n > 0 ? curve.area[n - 1] * hits[n - 1] : 0
  return whole > 0 ? sum / whole : Number.NaN
}
