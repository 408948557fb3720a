/** Places (or victims) with 1, 2, 3, 4 or more incidents, and what they hold of the whole. */
export interface RepeatDistribution {
  readonly times: string
  readonly places: number
  readonly incidents: number
  readonly share: number
  /** NaN where no incident there has a weight. */
  readonly harm: number
  readonly shareOfHarm: number
}

/** `count` and `harm` of each place; places without an incident are passed over. */
export function repeatDistribution(count: Uint32Array, harm: Float64Array): RepeatDistribution[] {
  const places = [0, 0, 0, 0]
  const incidents = [0, 0, 0, 0]
  const harms = [Number.NaN, Number.NaN, Number.NaN, Number.NaN]
  for (let place = 0; place < count.length; place++) {
    if (count[place] === 0) continue
    const at = Math.min(count[place], 4) - 1
    places[at]++
    incidents[at] += count[place]
    if (!Number.isNaN(harm[place])) harms[at] = (Number.isNaN(harms[at]) ? 0 : harms[at]) + harm[place]
  }
  const all = incidents.reduce((sum, each) => sum + each, 0)
  const allHarm = harms.reduce((sum, each) => sum + (Number.isNaN(each) ? 0 : each), 0)
  return ['1', '2', '3', '4 or more'].map((times, at) => ({
    times,
    places: places[at],
    incidents: incidents[at],
    share: incidents[at] / all,
    harm: harms[at],
    shareOfHarm: allHarm > 0 ? harms[at] / allHarm : Number.NaN,
  }))
}
