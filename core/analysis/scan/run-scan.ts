import type { Control } from '#core/contract/method.ts'
import { randomOf } from '../support/random.ts'
import { circlesOf, distanceBetween } from './circles.ts'
import { demand } from './demand.ts'
import { type Realisation, realise } from './realise.ts'
import type { ScanCluster, ScanState } from './scan-state.ts'
import { LEAST_CASES } from './scan-statistic.ts'
import { statisticOf } from './statistic-of.ts'
import { type Records, walkCircles, walkSpace } from './walk.ts'

/** Sequential stop of Besag and Clifford: once so many replications reach the statistic, more would change nothing. */
export const STOP_AT = 50

/**
 * The clusters of the incidents themselves: the best window of each centre, largest statistic first, leaving out any
 * that shares a place with one before it; equal statistics by the centre's x, then y.
 *
 * @param most how many to keep
 * Cost: the pairs of places within reach times the windows their cases span.
 */
export function findClusters(state: ScanState, most: number, control: Control): ScanCluster[] {
  const circles = circlesOf(state)
  const cases = realise(state, null)
  const records = recordsOf(state)
  const space = walkSpace(state)
  const least = new Float64Array(state.cases + 1).fill(Infinity)
  const where = new Int32Array(3 * (state.cases + 1))
  const best: ScanCluster[] = []
  for (let centre = 0; centre < state.x.length; centre++) {
    if ((centre & 7) === 0) control.tick(centre / state.x.length, 'Scanning the incidents')
    const count = circles.around(centre)
    const improved = walkCircles(
      state,
      circles.order,
      circles.held,
      count,
      cases,
      records,
      space,
      least,
      where,
    )
    let found = -1
    let statistic = 0
    for (let c = LEAST_CASES; c <= improved; c++) {
      if (least[c] === Infinity) continue
      const candidate = statisticOf(state, c, least[c])
      if (candidate > statistic) {
        statistic = candidate
        found = c
      }
    }
    if (found > 0)
      best.push({
        centre,
        places: where[3 * found],
        radius: distanceBetween(state, centre, circles.order[where[3 * found] - 1]),
        firstStep: where[3 * found + 1],
        lastStep: where[3 * found + 2],
        observed: found,
        measure: least[found],
        statistic,
      })
    least.fill(Infinity, 0, improved + 1)
  }
  best.sort((a, b) => b.statistic - a.statistic || a.centre - b.centre)
  const kept: ScanCluster[] = []
  const taken = new Uint8Array(state.x.length)
  for (const candidate of best) {
    if (kept.length === most) break
    if (taken[candidate.centre] === 1) continue
    circles.around(candidate.centre)
    const places = circles.order.slice(0, candidate.places)
    if (places.some((place) => taken[place] === 1)) continue
    for (const place of places) taken[place] = 1
    kept.push(candidate)
  }
  return kept
}

/** How many parts the replications come in. */
export function partsOf(state: ScanState): number {
  return Math.ceil(state.permutations / state.batch)
}

/**
 * Largest statistic of each replication of a part. A part that can no longer matter, because the parts before it have
 * already reached the stop, is empty; which those are changes no answer.
 */
export function replicate(state: ScanState, part: number, control: Control): Float64Array {
  if (stoppedBefore(state, part)) return new Float64Array(0)
  const first = part * state.batch
  const size = Math.min(state.batch, state.permutations - first)
  const worlds: Realisation[] = []
  const least: Float64Array[] = []
  for (let k = 0; k < size; k++) {
    control.tick(0, 'Drawing replications')
    // Number 0 is kept for the incidents themselves.
    worlds.push(realise(state, randomOf(state.seed, first + k + 1)))
    least.push(new Float64Array(worlds[k].steps.length + 1).fill(Infinity))
  }
  const circles = circlesOf(state)
  const records = recordsOf(state)
  const space = walkSpace(state)
  const maxima = new Float64Array(size)
  for (let centre = 0; centre < state.x.length; centre++) {
    const count = circles.around(centre)
    for (let k = 0; k < size; k++) {
      if ((k & 7) === 0) control.tick(0, 'Scanning replications')
      const table = least[k]
      const improved = walkCircles(
        state,
        circles.order,
        circles.held,
        count,
        worlds[k],
        records,
        space,
        table,
        null,
      )
      let statistic = maxima[k]
      for (let c = LEAST_CASES; c <= improved; c++)
        if (table[c] < Infinity) statistic = Math.max(statistic, statisticOf(state, c, table[c]))
      if (statistic > maxima[k]) {
        maxima[k] = statistic
        demand(state, table, statistic)
      }
    }
  }
  let exceeding = 0
  for (let k = 0; k < size; k++) if (maxima[k] >= state.observed) exceeding++
  if (state.exceedances !== null) Atomics.store(state.exceedances, part, exceeding + 1)
  return maxima
}

function stoppedBefore(state: ScanState, part: number): boolean {
  if (state.exceedances === null) return false
  let sum = 0
  for (let k = 0; k < part; k++) {
    const told = Atomics.load(state.exceedances, k)
    if (told === 0) return false
    sum += told - 1
    if (sum >= STOP_AT) return true
  }
  return false
}

/** All records by place, where windows are measured by them. */
function recordsOf(state: ScanState): Records {
  return state.countsRecords ? realise({ ...state, isCase: null }, null) : null
}
