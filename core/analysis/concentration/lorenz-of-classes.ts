/**
 * The same figures as `hotspot/concentration.ts`, from how many units hold each count: what a thousand bootstrap
 * samples can afford.
 */
export interface CountClasses {
  /** Different counts, from the largest down. */
  readonly values: Float64Array
  /** Units that hold each. */
  readonly times: Float64Array
}

/** How many units hold each count. */
export function classesOf(counts: ArrayLike<number>): CountClasses {
  const sorted = Float64Array.from(counts).sort()
  let classes = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) classes++
  const values = new Float64Array(classes)
  const times = new Float64Array(classes)
  let at = classes
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) values[--at] = sorted[i]
    times[at]++
  }
  return { values, times }
}

export interface LorenzFigures {
  readonly units: number
  readonly total: number
  /** 2·(area under the curve by trapezoids) − 1. */
  readonly gini: number
  /** max(1, N/C)·(G − 1) + 1. */
  readonly generalised: number
  /** generalised · m/(m − 1), m = min(N, C): 1 when one unit holds everything. */
  readonly unbiased: number
}

/** Gini coefficients of N units that hold C incidents in all; NaN when there is nothing. */
export function giniOfClasses({ values, times }: CountClasses): LorenzFigures {
  let units = 0
  let total = 0
  for (let k = 0; k < values.length; k++) {
    units += times[k]
    total += values[k] * times[k]
  }
  let area = 0
  let held = 0
  for (let k = 0; k < values.length; k++) {
    const t = times[k]
    area += t * held + (values[k] * t * t) / 2
    held += values[k] * t
  }
  const gini = total > 0 ? (2 * area) / (total * units) - 1 : Number.NaN
  const generalised = Math.max(1, units / total) * (gini - 1) + 1
  const m = Math.min(units, total)
  return {
    units,
    total,
    gini,
    generalised,
    unbiased: m > 1 ? (generalised * m) / (m - 1) : Number.NaN,
  }
}

/** Smallest number of units that hold at least this share of the incidents; NaN when there is nothing. */
export function unitsHolding({ values, times }: CountClasses, total: number, share: number): number {
  if (!(total > 0)) return Number.NaN
  // A hair of slack: 0.8 of 10 is 8, whatever its last bit.
  const wanted = share * total * (1 - 1e-12)
  let held = 0
  let units = 0
  for (let k = 0; k < values.length; k++) {
    const all = values[k] * times[k]
    if (held + all >= wanted) {
      const more = values[k] > 0 ? Math.ceil((wanted - held) / values[k]) : 0
      return units + Math.max(0, more)
    }
    held += all
    units += times[k]
  }
  return units
}

/**
 * Share of the incidents in the units at the top, for rising numbers of units; a part of a unit holds that part.
 *
 * @param at rising, 0 to the number of units
 * @param out one number per entry of `at`, written from `offset` on; NaN when there is nothing
 */
export function sharesOfTop(
  { values, times }: CountClasses,
  total: number,
  at: ArrayLike<number>,
  out: Float64Array,
  offset = 0,
): void {
  let held = 0
  let units = 0
  let k = 0
  for (let i = 0; i < at.length; i++) {
    while (k < values.length && units + times[k] <= at[i]) {
      held += values[k] * times[k]
      units += times[k]
      k++
    }
    const part = k < values.length ? (at[i] - units) * values[k] : 0
    out[offset + i] = total > 0 ? (held + part) / total : Number.NaN
  }
}
