/**
 * The class of a cell from the story of its steps. Hot and cold are two questions, asked one after the other with the
 * same rules; a step that is cold is never counted in a share of hot ones, nor the other way round.
 *
 * With n steps that are not gaps, h of them hot, the share h/n, and a trend of z that is up, down or not significant,
 * the first rule that holds gives the class:
 *
 * 1 new           the last step is hot, none before it
 * 2 consecutive   hot without a break to the last step, two steps at least, none before the run, share below 90 %
 * 3 intensifying  share at least 90 %, the last step hot, trend up
 * 4 persistent    share at least 90 %, no trend
 * 5 diminishing   share at least 90 %, the last step hot, trend down
 * 6 historical    share at least 90 %, the last step not hot
 * 7 oscillating   the last step hot, some step before it cold, share below 90 %
 * 8 sporadic      hot now and then, share below 90 %, no step cold
 *
 * Cold: the same with hot and cold, up and down exchanged, −1 to −8. 0: none of them. Gaps are passed over: a run
 * goes on after a gap.
 */
export const emergingClasses = [
  'new',
  'consecutive',
  'intensifying',
  'persistent',
  'diminishing',
  'historical',
  'oscillating',
  'sporadic',
] as const

/** Share of steps that makes a cell one that is always hot. */
export const ALWAYS = 0.9

/**
 * @param states 1 hot, −1 cold, 0 neither, NaN a gap; one per step in order of time
 * @param trend 1 when z goes up significantly, −1 down, 0 neither
 */
export function emergingClass(states: ArrayLike<number>, trend: number): number {
  const hot = classOf(states, trend, 1)
  // 0 − 0, where a minus would leave −0.
  return hot > 0 ? hot : 0 - classOf(states, -trend, -1)
}

/** `sign` 1 asks for hot, −1 for cold; `trend` 1 is towards more of it. */
function classOf(states: ArrayLike<number>, trend: number, sign: number): number {
  let steps = 0
  let held = 0
  let opposite = 0
  let first = -1
  let last = 0
  for (let t = 0; t < states.length; t++) {
    const state = states[t] * sign
    if (Number.isNaN(state)) continue
    if (state > 0) {
      held++
      if (first < 0) first = steps
    } else if (state < 0) opposite++
    last = state
    steps++
  }
  if (held === 0) return 0
  const endsSo = last > 0
  // Whole numbers: 9 of 10 is 90 %.
  const always = held * 10 >= steps * 9
  if (endsSo && held === 1) return 1
  if (endsSo && held === steps - first && !always) return 2
  if (always && endsSo && trend > 0) return 3
  if (always && trend === 0) return 4
  if (always && endsSo && trend < 0) return 5
  if (always && !endsSo) return 6
  if (endsSo && opposite > 0 && !always) return 7
  if (opposite === 0 && !always) return 8
  return 0
}

/** The five words of the plain view. */
export const plainClasses = ['none', 'persistent', 'emerging', 'former', 'intermittent'] as const

/**
 * The plain view, after sfhotspot: 1 persistent, hot in at least 80 % of the steps; 2 emerging, hot in at least 20 %
 * of the recent steps and in under 10 % of those before; 3 former, in at least 10 % of those before and under 10 % of
 * the recent; 4 intermittent, in at least 10 % of all; 0 none. Recent is the last fifth of the steps, at least one.
 * Hot only; gaps are passed over.
 */
export function plainClass(states: ArrayLike<number>): number {
  const hot: boolean[] = []
  for (let t = 0; t < states.length; t++) if (!Number.isNaN(states[t])) hot.push(states[t] > 0)
  const recent = Math.max(1, Math.floor(hot.length / 5))
  const older = hot.length - recent
  if (older < 1) return 0
  let [before, lately] = [0, 0]
  for (let t = 0; t < hot.length; t++)
    if (hot[t]) {
      if (t < older) before++
      else lately++
    }
  const all = before + lately
  if (all * 10 >= hot.length * 8) return 1
  const quietBefore = before * 10 < older
  if (quietBefore && lately * 10 >= recent * 2) return 2
  if (!quietBefore && lately * 10 < recent) return 3
  return all * 10 >= hot.length ? 4 : 0
}
