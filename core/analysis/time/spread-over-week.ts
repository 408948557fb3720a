/** Wall-clock minutes in a week. */
const WEEK = 10080

/** Largest span that counts as known to the hour. */
const KNOWN = 1

/**
 * Adds one incident's weight of 1 to the 168 hours of the week, spread evenly over the minutes it may have happened
 * in: start minute in, end minute out.
 *
 *     weight(h) = minutes of [from, to) that lie in hour h / (to − from)
 *
 * A missing end (`to` NaN), an end before the start and a span of 0 or 1 minute give 1 to the start hour; a span of a
 * week or more gives 1/168 to each. Each incident adds exactly 1 in all (to rounding). At most 168 steps.
 *
 * Minutes are those of the London wall clock as written on the record. When the clocks go forward an incident "from
 * 00:30 to 02:30" spans two written hours though one passed, and the hour 01:00–02:00 gets its share though it did
 * not exist; when they go back 01:00–02:00 is one hour though it passed twice. So 02:00 means what a patrol's watch
 * shows on every night of the year, and one night in the year is off by an hour.
 *
 * @param weights 168 sums, 0 = Monday 00, written in place
 * @see Ratcliffe (2002); the rules of `aoristic.df` in the R package aoristic 1.1.
 */
export function spreadOverWeek(weights: Float64Array, from: number, to: number): void {
  const span = to - from
  // 1970-01-01 was a Thursday: its first minute is minute 4320 of the week.
  let minute = from + 4320
  minute -= Math.floor(minute / WEEK) * WEEK
  let hour = Math.floor(minute / 60)
  if (!(span > KNOWN)) {
    weights[hour] += 1
    return
  }
  if (span >= WEEK) {
    for (let h = 0; h < 168; h++) weights[h] += 1 / 168
    return
  }
  let left = span
  let inHour = 60 - (minute - hour * 60)
  while (left > 0) {
    const used = left < inHour ? left : inHour
    weights[hour] += used / span
    left -= used
    inHour = 60
    hour = hour === 167 ? 0 : hour + 1
  }
}
