import type { TimeWindow } from '#core/contract/results.ts'

/** Sums that differ by less are the same sum, added up in another order. */
const SAME = 1e-9

/**
 * The heaviest spells of `width` hours in a week, none overlapping, heaviest first; a spell may pass midnight and
 * run from Sunday into Monday. Taken one after another, the earliest in the week first among equals. Spells without
 * weight are not listed.
 *
 * @param weights 168 weights of 0 or more, 0 = Monday 00
 * @param used what a share is of; share is NaN when it is 0
 */
export function peakWindows(
  weights: readonly number[] | Float64Array,
  width: number,
  most: number,
  used: number,
): TimeWindow[] {
  const taken = new Uint8Array(168)
  const windows: TimeWindow[] = []
  while (windows.length < most) {
    let best = -1
    let bestWeight = SAME
    for (let start = 0; start < 168; start++) {
      let weight = 0
      let free = true
      for (let k = 0; k < width; k++) {
        const hour = (start + k) % 168
        if (taken[hour] === 1) free = false
        weight += weights[hour]
      }
      if (free && weight > bestWeight + (best < 0 ? 0 : SAME)) {
        best = start
        bestWeight = weight
      }
    }
    if (best < 0) break
    for (let k = 0; k < width; k++) taken[(best + k) % 168] = 1
    const fromHour = best % 24
    windows.push({
      day: Math.floor(best / 24),
      fromHour,
      toHour: fromHour + width,
      weight: bestWeight,
      share: used > 0 ? bestWeight / used : Number.NaN,
    })
  }
  return windows
}
