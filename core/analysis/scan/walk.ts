/**
 * The inner loop of the scan. A circle grows place by place; whenever the place just added holds a case, every window
 * of time that holds one of its cases is looked at. For each number of cases c the least measure is kept: of all
 * windows with c cases the one with the least expected has the largest statistic, so that the logarithms are taken
 * once for each c and not once for each window. Left out are
 *
 * - windows that begin or end on a step without a case of the circle, for they hold the same cases as a shorter one
 *   and no less measure; and circles whose last place holds no case of the window, for the same reason;
 * - windows with no more cases and no less measure than one already kept, or than one that could matter: runs of
 *   windows are passed over when the most cases and the least measure of the run together would not do.
 *
 * The statistic grows with the cases and falls with the measure, so none of this changes the largest one.
 */
import type { Realisation } from './realise.ts'
import type { ScanState } from './scan-state.ts'

/** Windows passed over at once, where not all ends can be. */
const RUN = 8

/** Reused from circle to circle; zero between them. */
export interface WalkSpace {
  readonly perStep: Int32Array
  readonly recordsPerStep: Int32Array
  readonly ends: Int32Array
  readonly casesTo: Int32Array
  readonly recordsTo: Int32Array
}

export function walkSpace(state: ScanState): WalkSpace {
  const steps = state.windows === 'last' ? state.longest : state.steps
  return {
    perStep: new Int32Array(steps),
    recordsPerStep: new Int32Array(steps),
    ends: new Int32Array(state.longest),
    casesTo: new Int32Array(state.longest),
    recordsTo: new Int32Array(state.longest),
  }
}

/** Cases and controls together, by place; only for scans that measure a window by its records. */
export type Records = Realisation | null

/**
 * Grows the circles of one centre.
 *
 * @param order places, nearest first, the first `count` of them; `held` the sum of `space` up to each
 * @param least least measure for each number of cases, lowered where a window has less
 * @param where for each number of cases the places, first and last step of that window (3 entries each); or null
 * @returns the largest number of cases for which a window with less measure was found; 0 for none
 */
export function walkCircles(
  state: ScanState,
  order: Int32Array,
  held: Float64Array,
  count: number,
  cases: Realisation,
  records: Records,
  space: WalkSpace,
  least: Float64Array,
  where: Int32Array | null,
): number {
  return state.windows === 'last'
    ? windowsToTheEnd(state, order, held, count, cases, records, space, least, where)
    : windowsAnywhere(state, order, held, count, cases, records, space, least, where)
}

/** Steps are ages: 0 the last step. */
function windowsToTheEnd(
  state: ScanState,
  order: Int32Array,
  held: Float64Array,
  count: number,
  cases: Realisation,
  records: Records,
  { perStep, recordsPerStep }: WalkSpace,
  least: Float64Array,
  where: Int32Array | null,
): number {
  const { time, steps } = state
  const { start, steps: ages } = cases
  let oldest = -1
  let total = 0
  let improved = 0
  for (let k = 0; k < count; k++) {
    const place = order[k]
    if (records !== null)
      for (let i = records.start[place]; i < records.start[place + 1]; i++) recordsPerStep[records.steps[i]]++
    const first = start[place]
    const last = start[place + 1]
    if (first === last) continue
    let newest = ages[first]
    for (let i = first; i < last; i++) {
      const age = ages[i]
      perStep[age]++
      if (age < newest) newest = age
      if (age > oldest) oldest = age
    }
    total += last - first
    const inCircle = held[k]
    if (records === null && inCircle * (time[steps] - time[steps - 1 - newest]) >= least[total]) continue
    let c = 0
    let n = 0
    for (let age = 0; age <= oldest; age++) {
      n += recordsPerStep[age]
      if (perStep[age] === 0) continue
      c += perStep[age]
      if (age < newest) continue
      const measure = records === null ? inCircle * (time[steps] - time[steps - 1 - age]) : n
      if (measure < least[c]) {
        least[c] = measure
        if (c > improved) improved = c
        if (where !== null) {
          where[3 * c] = k + 1
          where[3 * c + 1] = steps - 1 - age
          where[3 * c + 2] = steps - 1
        }
      }
    }
  }
  perStep.fill(0)
  if (records !== null) recordsPerStep.fill(0)
  return improved
}

function windowsAnywhere(
  state: ScanState,
  order: Int32Array,
  held: Float64Array,
  count: number,
  cases: Realisation,
  records: Records,
  { perStep, recordsPerStep, ends, casesTo, recordsTo }: WalkSpace,
  least: Float64Array,
  where: Int32Array | null,
): number {
  const { time, longest } = state
  const { start, steps } = cases
  let improved = 0
  for (let k = 0; k < count; k++) {
    const place = order[k]
    if (records !== null)
      for (let i = records.start[place]; i < records.start[place + 1]; i++) recordsPerStep[records.steps[i]]++
    const first = start[place]
    const last = start[place + 1]
    for (let i = first; i < last; i++) perStep[steps[i]]++
    const inCircle = held[k]
    for (let i = first; i < last; i++) {
      const step = steps[i]
      // Ends at or after the step, with the cases from the step to each.
      const furthest = Math.min(state.steps, step + longest)
      let found = 0
      let c = 0
      let n = 0
      for (let end = step; end < furthest; end++) {
        n += recordsPerStep[end]
        if (perStep[end] === 0) continue
        c += perStep[end]
        ends[found] = end
        casesTo[found] = c
        recordsTo[found] = n
        found++
      }
      const earliest = Math.max(0, step - longest + 1)
      let casesBefore = 0
      let recordsBefore = 0
      let usable = found
      for (let begin = step; begin >= earliest; begin--) {
        if (begin < step) recordsBefore += recordsPerStep[begin]
        if (perStep[begin] === 0) continue
        if (begin < step) casesBefore += perStep[begin]
        while (ends[usable - 1] >= begin + longest) usable--
        const before = time[begin]
        // All ends first, then run by run.
        let run = usable
        for (let e = 0; e < usable; ) {
          const end = Math.min(e + run, usable)
          const measureOfFirst =
            records === null ? inCircle * (time[ends[e] + 1] - before) : recordsBefore + recordsTo[e]
          if (measureOfFirst >= least[casesBefore + casesTo[end - 1]]) {
            e = end
            continue
          }
          if (run > RUN) {
            run = RUN
            continue
          }
          for (; e < end; e++) {
            const inWindow = casesBefore + casesTo[e]
            const measure =
              records === null ? inCircle * (time[ends[e] + 1] - before) : recordsBefore + recordsTo[e]
            if (measure < least[inWindow]) {
              least[inWindow] = measure
              if (inWindow > improved) improved = inWindow
              if (where !== null) {
                where[3 * inWindow] = k + 1
                where[3 * inWindow + 1] = begin
                where[3 * inWindow + 2] = ends[e]
              }
            }
          }
        }
      }
    }
  }
  for (let k = 0; k < count; k++) {
    const place = order[k]
    for (let i = start[place]; i < start[place + 1]; i++) perStep[steps[i]] = 0
    if (records !== null)
      for (let i = records.start[place]; i < records.start[place + 1]; i++)
        recordsPerStep[records.steps[i]] = 0
  }
  return improved
}
