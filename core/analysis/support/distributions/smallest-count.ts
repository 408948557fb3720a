/**
 * The smallest whole number k ≥ 0 for which `reached(k)` holds, where it holds for all larger ones too: doubling
 * outwards from `start`, then halving.
 *
 * @param most the answer when none below is reached
 */
export function smallestCount(reached: (k: number) => boolean, start: number, most = Infinity): number {
  let high = Math.min(most, Math.max(0, Math.floor(start)))
  let low = -1
  let reach = 1
  if (reached(high)) {
    while (high - reach > low && reached(high - reach)) {
      high -= reach
      reach *= 2
    }
    low = Math.max(low, high - reach)
  } else {
    do {
      low = high
      high += reach
      reach *= 2
    } while (high < most && !reached(high))
    if (high >= most) high = most
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (reached(middle)) high = middle
    else low = middle
  }
  return high
}
