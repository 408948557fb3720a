import type { Control } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import { findClusters, partsOf } from './run-scan.ts'
import type { ScanChoice } from './scan-parameters.ts'
import type { ScanCluster, ScanState } from './scan-state.ts'

/** What a scan method knows once its incidents are in places and steps. */
export interface ScanQuestion
  extends Pick<ScanState, 'likelihood' | 'chance' | 'windows' | 'steps' | 'longest' | 'countsRecords'> {
  readonly x: Float64Array
  readonly y: Float64Array
  /** Expected share of each place; null for the number of its records. */
  readonly space: Float64Array | null
  /** Measure of each step; null for the number of its records. */
  readonly time: Float64Array | null
  /** Place, step and row of each record; `isCase` for cases among controls. */
  readonly place: Int32Array
  readonly step: Int32Array
  readonly row: Int32Array
  readonly isCase: Uint8Array | null
}

/** What `finish` is given beside the replications: no row is sent to the workers that does not concern them. */
export interface LaidScan {
  readonly state: ScanState
  readonly clusters: readonly ScanCluster[]
}

/** Below this a scan has nothing to say that a list would not say better. */
const FEWEST = 10

/**
 * The state of a scan, and the clusters of the incidents themselves.
 *
 * @throws InputError E-MTH-FEW (fewer than 10 cases), E-MTH-ONE-PLACE, E-MTH-ONE-STEP
 */
export function layScan(question: ScanQuestion, choice: ScanChoice, control: Control): LaidScan {
  const { isCase, place, step, x } = question
  const cases = isCase === null ? place.length : isCase.reduce((sum, one) => sum + one, 0)
  refuse(question, cases)
  const order = sortedByPlace(place, x.length)
  const recordPlace = sharedInt32(place.length)
  const recordStep = sharedInt32(place.length)
  const labels = isCase && new Uint8Array(new SharedArrayBuffer(place.length))
  for (let k = 0; k < order.length; k++) {
    recordPlace[k] = place[order[k]]
    recordStep[k] = step[order[k]]
    if (labels !== null) labels[k] = isCase![order[k]]
  }
  const space = sharedFloat64(x.length)
  if (question.space !== null) space.set(question.space)
  else for (let k = 0; k < recordPlace.length; k++) space[recordPlace[k]]++
  const time = sharedFloat64(question.steps + 1)
  if (question.time !== null) time.set(question.time, 1)
  else for (let k = 0; k < recordStep.length; k++) time[recordStep[k] + 1]++
  for (let k = 0; k < question.steps; k++) time[k + 1] += time[k]
  let spaceTotal = 0
  for (let k = 0; k < space.length; k++) spaceTotal += space[k]
  const batch = Math.max(1, Math.min(50, Math.floor(8e6 / (x.length + 3 * cases))))
  const unlaid: ScanState = {
    likelihood: question.likelihood,
    chance: question.chance,
    windows: question.windows,
    x: shared(x),
    y: shared(question.y),
    space,
    spaceTotal,
    // A hair of slack for shares that round.
    spaceLimit: (choice.maximumShare / 100) * spaceTotal * (1 + 1e-12),
    radiusLimit: choice.maximumRadius,
    steps: question.steps,
    longest: question.longest,
    time,
    recordPlace,
    recordStep,
    isCase: labels,
    cases,
    countsRecords: question.countsRecords,
    perExpected:
      question.likelihood === 'bernoulli' ? place.length : (spaceTotal * time[question.steps]) / cases,
    seed: choice.seed,
    permutations: choice.permutations,
    batch,
    observed: 0,
    exceedances: null,
  }
  const clusters = findClusters(unlaid, choice.clusters, control)
  return {
    state: {
      ...unlaid,
      observed: clusters[0]?.statistic ?? 0,
      exceedances: choice.stopEarly ? sharedInt32(partsOf(unlaid)) : null,
    },
    clusters,
  }
}

function refuse({ place, step, isCase, windows, steps, longest }: ScanQuestion, cases: number): void {
  if (cases < FEWEST)
    throw new InputError(
      'E-MTH-FEW',
      `A scan needs at least ${FEWEST} incidents with a place and a time it can use; there ${cases === 1 ? 'is 1' : `are ${cases}`}.`,
      { cure: 'Choose more incidents or a longer period.' },
    )
  if (place.every((each) => each === place[0]))
    throw new InputError(
      'E-MTH-ONE-PLACE',
      'All incidents are at one place: there is nowhere to compare it with.',
      {
        cure: 'Choose a wider area, or smaller cells.',
      },
    )
  const usesTime = windows === 'any' || steps > longest
  if (usesTime && isCase === null && step.every((each) => each === step[0]))
    throw new InputError(
      'E-MTH-ONE-STEP',
      'All incidents are in one time step: there is no other to compare it with.',
      {
        column: 'step',
        cure: 'Choose a longer period or a shorter time step.',
      },
    )
}

/** Positions of the records by place, and within a place in their order. */
function sortedByPlace(place: Int32Array, places: number): Int32Array {
  const next = new Int32Array(places + 1)
  for (let k = 0; k < place.length; k++) next[place[k] + 1]++
  for (let k = 0; k < places; k++) next[k + 1] += next[k]
  const order = new Int32Array(place.length)
  for (let k = 0; k < place.length; k++) order[next[place[k]]++] = k
  return order
}

function shared(values: Float64Array): Float64Array {
  const copy = sharedFloat64(values.length)
  copy.set(values)
  return copy
}
