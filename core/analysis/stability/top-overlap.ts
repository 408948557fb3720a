/** How far the fullest units of two rows of counts are the same. */
export interface TopOverlap {
  /** Units in each top: as many as asked for, fewer where fewer hold an incident. */
  readonly sizeA: number
  readonly sizeB: number
  /** Units in both, the mean over random choices among those tied at the cut. */
  readonly both: number
  /** both / (sizeA + sizeB − both), and 2·both / (sizeA + sizeB); NaN when either top is empty. */
  readonly jaccard: number
  readonly f1: number
}

export function topOverlap(a: ArrayLike<number>, b: ArrayLike<number>, top: number): TopOverlap {
  const cutA = cutOf(a, top)
  const cutB = cutOf(b, top)
  let both = 0
  for (let unit = 0; unit < a.length; unit++) both += chanceIn(a[unit], cutA) * chanceIn(b[unit], cutB)
  const sum = cutA.size + cutB.size
  const held = cutA.size > 0 && cutB.size > 0
  return {
    sizeA: cutA.size,
    sizeB: cutB.size,
    both,
    jaccard: held ? both / (sum - both) : Number.NaN,
    f1: held ? (2 * both) / sum : Number.NaN,
  }
}

interface Cut {
  readonly size: number
  /** Smallest value in the top, and the share of the units that hold it that are in. */
  readonly value: number
  readonly share: number
}

function cutOf(values: ArrayLike<number>, top: number): Cut {
  const held = Float64Array.from(values).filter((value) => value > 0)
  held.sort()
  const size = Math.min(top, held.length)
  if (size === 0) return { size, value: Infinity, share: 0 }
  const value = held[held.length - size]
  let above = 0
  let tied = 0
  for (let i = held.length - 1; i >= 0 && held[i] >= value; i--) {
    if (held[i] > value) above++
    else tied++
  }
  return { size, value, share: (size - above) / tied }
}

function chanceIn(value: number, cut: Cut): number {
  return value > cut.value ? 1 : value === cut.value ? cut.share : 0
}
