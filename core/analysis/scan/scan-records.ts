import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { timeStepCaveats } from '../emerging/time-step-caveats.ts'
import { layTimeSteps, type StepUnit, stepsOfIncidents, type TimeSteps } from '../emerging/time-steps.ts'
import type { ScanState, ScanTime } from './scan-state.ts'

/** Time as a scan sees it. */
export interface ScanClock {
  /** Null for a scan of space alone. */
  readonly timeSteps: TimeSteps | null
  readonly steps: number
  readonly longest: number
  readonly windows: ScanState['windows']
  /** Step of each incident of the mask, −1 where it has none; all 0 for space alone. */
  readonly stepOf: Int32Array
  readonly caveats: readonly Caveat[]
}

/**
 * @param mask 1 = asked for, cases and controls alike
 * @throws InputError those of `layTimeSteps` and `stepsOfIncidents`; E-MTH-STEPS with fewer than two steps
 */
export function clockOf(
  incidents: Incidents,
  mask: Uint8Array,
  params: { readonly step: string; readonly maximumSteps: number },
  time: ScanTime,
  context: Context,
  control: Control,
): ScanClock {
  if (time === 'none')
    return {
      timeSteps: null,
      steps: 1,
      longest: 1,
      windows: 'last',
      stepOf: new Int32Array(incidents.length),
      caveats: [],
    }
  const timeSteps = layTimeSteps(incidents, context, params.step as StepUnit)
  if (timeSteps.count < 2)
    throw new InputError(
      'E-MTH-STEPS',
      'A scan in time needs at least two time steps; the period holds one.',
      {
        column: 'step',
        cure: 'Choose a shorter step or a longer period.',
      },
    )
  const told = stepsOfIncidents(incidents, mask, timeSteps, control)
  return {
    timeSteps,
    steps: timeSteps.count,
    longest: Math.min(params.maximumSteps, timeSteps.count >> 1),
    windows: time === 'prospective' ? 'last' : 'any',
    stepOf: told.stepOf,
    caveats: timeStepCaveats(timeSteps, told),
  }
}

/** Place, step and row of each incident that has both, in order of rows. */
export interface ScanRecords {
  readonly place: Int32Array
  readonly step: Int32Array
  readonly row: Int32Array
}

export function recordsIn(mask: Uint8Array, placeOf: Int32Array, stepOf: Int32Array): ScanRecords {
  let count = 0
  for (let row = 0; row < mask.length; row++)
    if (mask[row] === 1 && placeOf[row] >= 0 && stepOf[row] >= 0) count++
  const place = new Int32Array(count)
  const step = new Int32Array(count)
  const rows = new Int32Array(count)
  for (let row = 0, at = 0; row < mask.length; row++) {
    if (mask[row] !== 1 || placeOf[row] < 0 || stepOf[row] < 0) continue
    place[at] = placeOf[row]
    step[at] = stepOf[row]
    rows[at++] = row
  }
  return { place, step, row: rows }
}
