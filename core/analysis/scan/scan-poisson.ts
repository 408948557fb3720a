import type { Caveat } from '#core/contract/caveat.ts'
import { timeStepCaveatCodes } from '../emerging/time-step-caveats.ts'
import { caveat } from '../support/caveats.ts'
import { methodInParts } from '../support/shared-work.ts'
import { expectedShare, whereExpected } from './expected-share.ts'
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
import { clockOf, recordsIn } from './scan-records.ts'
import { membersOf } from './scan-result.ts'
import type { ScanTime } from './scan-state.ts'

const parameters = {
  population: {
    type: 'layer',
    title: 'Population: layer of areas',
    geometry: 'area',
    required: false,
    default: '',
    why: 'Incidents are expected in proportion to a column of this layer; or choose another selection below.',
  },
  populationColumn: {
    type: 'text',
    title: 'Column of the layer that holds the population',
    default: '',
    why: 'Residents, premises or whatever the risk goes by; no column is right for every offence.',
  },
  baseline: {
    type: 'selection',
    title: 'Or expected in proportion to another selection',
    required: false,
    default: null,
    why: 'All offences, or the years before: what is usual there.',
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
    why: 'A rate over the whole period is the plain question.',
  },
  timing: {
    type: 'choice',
    title: 'Expected over time',
    options: [
      { value: 'observed', title: 'As all incidents together run' },
      { value: 'even', title: 'Evenly over the days the files cover' },
    ],
    default: 'observed',
    why: 'The season and the trend of the force are no clusters; evenly, every summer is one.',
  },
  ...placeParameters,
  ...circleParameters,
  ...timeParameters,
  ...chanceParameters,
} as const

/**
 * Where are there more incidents than the population, or the usual, explains?
 *
 *     E   = C · (expected share of the circle) · (expected share of the window)
 *     LLR = c·ln(c/E) + (C − c)·ln((C − c)/(C − E)) for c > E, else 0; windows with one incident are not looked at.
 *
 * Share of a circle: its sum of the population column, or its incidents of `baseline`, over the sum of all. Share of
 * a window: its part of all incidents (`observed`), or of the days the files cover (`even`); 1 for space alone. Circles,
 * windows, ties, further clusters, p and recurrence as in `scanSpaceTime`. Chance draws the place of each incident by
 * the shares, and with `even` its time too; with `observed` each keeps its time.
 *
 * Incidents where none is expected are left out, with a caveat; E-MTH-EXPECTED when more than a tenth are.
 * Errors also: E-MTH-COLUMN, E-MTH-POPULATION (below 0), E-MTH-LAYER, E-MTH-FEW, E-MTH-ONE-PLACE, E-MTH-ONE-STEP,
 * E-MTH-STEPS, E-MTH-TIME, E-MTH-PERIOD.
 *
 * Seeded by replication: any number of workers gives the same bytes. Cost as `scanSpaceTime`.
 * @see Kulldorff (1997) Communications in Statistics: Theory and Methods 26, 1481–1496; SaTScan, discrete Poisson model.
 */
export const scanPoisson = methodInParts<typeof parameters, ScanSummary, ScanPlan, Float64Array>(
  {
    id: 'scanPoisson',
    version: '1.0.0',
    title: 'Clusters against a population (Poisson scan)',
    answers: 'Where are there more incidents than the people, or the usual incidents, there would explain?',
    references: [
      'Kulldorff, M. (1997) A spatial scan statistic. Communications in Statistics: Theory and Methods 26, 1481–1496.',
      'Kulldorff, M. (2001) Prospective time periodic geographical disease surveillance using a scan statistic. Journal of the Royal Statistical Society A 164, 61–72.',
    ],
    formula:
      'LLR = c·ln(c/E) + (C − c)·ln((C − c)/(C − E)) for c > E, with E = C × expected share of circle and window; p = (r + 1)/(R + 1).',
    assumptions: [
      'Incidents are independent and fall in proportion to the expected shares: repeat victimisation alone breaks this, and makes p too small.',
      'The population is that at risk: residents are not the people in a high street at night.',
      'Areas are taken at their centres of gravity; an area is in a circle, or not, as a whole.',
    ],
    notShown: ['Why: a cluster may be one address. Look at its incidents.'],
    compares: [
      'Statistics as SaTScan’s discrete Poisson model; checked against an independent program, not against SaTScan itself.',
      'SaTScan takes time evenly unless told to adjust; the default here follows all incidents together.',
    ],
    caveats: {
      ...scanPlaceCaveatCodes,
      ...timeStepCaveatCodes,
      ...scanCaveatCodes,
      'population-unknown': 'Areas without a population were left out.',
      'none-expected': 'Incidents at places where none is expected were left out.',
      'uncovered-steps': 'Incidents in time steps that no file covers were left out.',
    },
    parameters,
    summary: scanSummaryWords,
    columns: scanColumns,
    needs: ['place'],
  },
  {
    begin(incidents, params, context, control) {
      const time = params.time as ScanTime
      const clock = clockOf(incidents, incidents.mask, params, time, context, control)
      const expected = expectedShare(incidents, params, context, control)
      const { places, space } = expected
      const { mask, caveats } = whereExpected(incidents.mask, places.placeOf, space)
      const evenly = params.timing === 'even' && clock.timeSteps !== null
      const uncovered = evenly ? leaveOutUncovered(mask, clock.stepOf, clock.timeSteps.coveredDays) : []
      const records = recordsIn(mask, places.placeOf, clock.stepOf)
      const laid = layScan(
        {
          likelihood: 'poisson',
          chance: evenly ? 'placesAndTimes' : 'places',
          windows: clock.windows,
          steps: clock.steps,
          longest: clock.longest,
          countsRecords: false,
          x: places.x,
          y: places.y,
          space,
          time: clock.timeSteps === null ? Float64Array.of(1) : evenly ? clock.timeSteps.coveredDays : null,
          isCase: null,
          ...records,
        },
        params,
        control,
      )
      const plan: ScanPlan = {
        ...laid,
        ...membersOf(laid, { ...records, isCase: null }),
        time,
        timeSteps: clock.timeSteps,
        controls: Number.NaN,
        caveats: [
          ...scanPlaceCaveats(places),
          ...expected.caveats,
          ...caveats,
          ...uncovered,
          ...clock.caveats,
        ],
      }
      return { state: plan, parts: partsOf(laid.state) }
    },
    part: ({ state }, index, control) => replicate(state, index, control),
    finish: finishScan,
  },
)

/** A step of no covered day expects nothing: its incidents leave the mask. */
function leaveOutUncovered(mask: Uint8Array, stepOf: Int32Array, coveredDays: Float64Array): Caveat[] {
  let left = 0
  for (let row = 0; row < mask.length; row++) {
    if (mask[row] === 0 || stepOf[row] < 0 || coveredDays[stepOf[row]] > 0) continue
    mask[row] = 0
    left++
  }
  return left === 0
    ? []
    : [
        caveat(
          'uncovered-steps',
          `${left.toLocaleString('en-GB')} incidents lie in time steps that no file covers, where none is expected, and are left out.`,
        ),
      ]
}
