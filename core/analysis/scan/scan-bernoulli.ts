import type { Caveat } from '#core/contract/caveat.ts'
import { InputError } from '#core/contract/problem.ts'
import { timeStepCaveatCodes } from '../emerging/time-step-caveats.ts'
import { caveat } from '../support/caveats.ts'
import { methodInParts } from '../support/shared-work.ts'
import {
  finishScan,
  type ScanPlan,
  type ScanSummary,
  scanCaveatCodes,
  scanColumns,
  scanSummaryWords,
} from './finish-scan.ts'
import { layScan } from './lay-scan.ts'
import { partsOf, replicate } from './run-scan.ts'
import { scanPlaceCaveatCodes, scanPlaceCaveats } from './scan-caveats.ts'
import { chanceParameters, circleParameters, placeParameters, timeParameters } from './scan-parameters.ts'
import { groupPlaces } from './scan-places.ts'
import { clockOf, recordsIn } from './scan-records.ts'
import { membersOf } from './scan-result.ts'
import type { ScanTime } from './scan-state.ts'

const parameters = {
  controls: {
    type: 'selection',
    title: 'Controls',
    required: true,
    default: null,
    why: 'What the selected incidents are compared with: other offences of the same places, for example.',
  },
  time: {
    type: 'choice',
    title: 'Windows in time',
    options: [
      { value: 'none', title: 'None: space alone' },
      { value: 'retrospective', title: 'At any time of the period' },
      { value: 'prospective', title: 'Alive now: windows that end with the period' },
    ],
    default: 'none',
    why: 'A share over the whole period is the plain question.',
  },
  ...placeParameters,
  ...circleParameters,
  ...timeParameters,
  ...chanceParameters,
} as const

/** Fewer controls than this say nothing of what is usual. */
const FEWEST_CONTROLS = 10

/**
 * Where are the selected incidents a larger share of all than elsewhere?
 *
 * Cases are the selection, controls the other selection without the cases. A window with c of the C cases among n of
 * the N records has E = n·C/N and the statistic
 *
 *     LLR = c·ln(c/n) + (n − c)·ln((n − c)/n) + (C − c)·ln((C − c)/(N − n)) + (N − n − C + c)·ln((N − n − C + c)/(N − n))
 *           − C·ln(C/N) − (N − C)·ln((N − C)/N)   for c/n > (C − c)/(N − n), else 0;
 *
 * windows with one case are not looked at. `maximumShare` is of the records. Circles, windows, ties, further clusters,
 * p and recurrence as in `scanSpaceTime`. Chance deals the labels of case and control anew over the records: every
 * record keeps its place and time.
 *
 * Seeded by replication: any number of workers gives the same bytes. Cost as `scanSpaceTime`, over cases and controls.
 * Errors: E-MTH-SELECTION, E-MTH-CONTROLS (fewer than 10), E-MTH-FEW, E-MTH-ONE-PLACE, E-MTH-STEPS, E-MTH-TIME,
 * E-MTH-PERIOD.
 * @see Kulldorff and Nagarwalla (1995) Statistics in Medicine 14, 799–810; Kulldorff (1997); SaTScan, Bernoulli model.
 */
export const scanBernoulli = methodInParts<typeof parameters, ScanSummary, ScanPlan, Float64Array>(
  {
    id: 'scanBernoulli',
    version: '1.0.0',
    title: 'Clusters against controls (Bernoulli scan)',
    answers: 'Where are these incidents a larger share of the records than elsewhere?',
    references: [
      'Kulldorff, M. and Nagarwalla, N. (1995) Spatial disease clusters: detection and inference. Statistics in Medicine 14, 799–810.',
      'Kulldorff, M. (1997) A spatial scan statistic. Communications in Statistics: Theory and Methods 26, 1481–1496.',
    ],
    formula:
      'Log likelihood ratio of a share c/n inside against (C − c)/(N − n) outside, for c/n above it; p = (r + 1)/(R + 1).',
    assumptions: [
      'Controls stand for what is usual: a cluster may be a lack of controls as well as a plenty of cases.',
      'Cases and controls are recorded alike everywhere.',
      'Records are independent: repeats at one address make p too small.',
    ],
    notShown: [
      'Where there is most: a quiet place may have a large share. Look at the count beside the ratio.',
    ],
    compares: [
      'Statistics as SaTScan’s Bernoulli model; checked against an independent program, not against SaTScan itself.',
      'An incident in both selections is a case only; SaTScan takes two files, where it may be in both.',
    ],
    caveats: {
      ...scanPlaceCaveatCodes,
      ...timeStepCaveatCodes,
      ...scanCaveatCodes,
      'case-and-control': 'Incidents in both selections count as cases only.',
    },
    parameters,
    summary: scanSummaryWords,
    columns: scanColumns,
    needs: ['place'],
  },
  {
    begin(incidents, params, context, control) {
      const time = params.time as ScanTime
      const controls = context.selections?.controls
      if (controls === undefined)
        throw new InputError('E-MTH-SELECTION', 'The scan needs a selection of controls.', {
          column: 'controls',
          cure: 'Choose the incidents to compare with.',
        })
      const { mask } = incidents
      const either = mask.map((one, row) => one | controls[row])
      const clock = clockOf(incidents, either, params, time, context, control)
      const places = groupPlaces(incidents, either, params.places, params.placeSize, control)
      const records = recordsIn(either, places.placeOf, clock.stepOf)
      const isCase = Uint8Array.from(records.row, (row) => mask[row])
      const cases = isCase.reduce((sum, one) => sum + one, 0)
      const others = isCase.length - cases
      if (others < FEWEST_CONTROLS)
        throw new InputError(
          'E-MTH-CONTROLS',
          `A scan needs at least ${FEWEST_CONTROLS} controls that are not cases; there ${others === 1 ? 'is 1' : `are ${others}`}.`,
          { column: 'controls', cure: 'Choose a wider selection of controls.' },
        )
      const laid = layScan(
        {
          likelihood: 'bernoulli',
          chance: 'labels',
          windows: clock.windows,
          steps: clock.steps,
          longest: clock.longest,
          countsRecords: clock.timeSteps !== null,
          x: places.x,
          y: places.y,
          space: null,
          time: clock.timeSteps === null ? Float64Array.of(1) : null,
          ...records,
          isCase,
        },
        params,
        control,
      )
      const caveats: Caveat[] = []
      let both = 0
      for (let row = 0; row < mask.length; row++) both += mask[row] & controls[row]
      if (both > 0)
        caveats.push(
          caveat(
            'case-and-control',
            `${both.toLocaleString('en-GB')} incidents are in both selections and count as cases only.`,
          ),
        )
      const plan: ScanPlan = {
        ...laid,
        ...membersOf(laid, { ...records, isCase }),
        time,
        timeSteps: clock.timeSteps,
        controls: others,
        caveats: [...caveats, ...scanPlaceCaveats(places), ...clock.caveats],
      }
      return { state: plan, parts: partsOf(laid.state) }
    },
    part: ({ state }, index, control) => replicate(state, index, control),
    finish: finishScan,
  },
)
