import { timeStepCaveatCodes } from '../emerging/time-step-caveats.ts'
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
  time: {
    type: 'choice',
    title: 'Windows in time',
    options: [
      { value: 'prospective', title: 'Alive now: windows that end with the period' },
      { value: 'retrospective', title: 'At any time of the period' },
    ],
    default: 'prospective',
    why: 'The question of a daily meeting is what is going on now.',
  },
  ...placeParameters,
  ...circleParameters,
  ...timeParameters,
  ...chanceParameters,
} as const

/**
 * Where and when did more happen than place and time by themselves would explain?
 *
 * Cylinders: circles around every place, grown place by place to `maximumRadius` metres or `maximumShare` per cent of
 * the incidents, times windows of at most `maximumSteps` steps (never over half the period). For a cylinder with c of
 * the C incidents, E = c_circle·c_window/C (all in the circle at any time; all in the window at any place) and
 *
 *     LLR = c·ln(c/E) + (C − c)·ln((C − c)/(C − E)) for c > E, else 0; cylinders with one incident are not looked at.
 *
 * Equal distances are added one at a time, by x, then y, and the circle is tested after each. p = (r + 1)/(R + 1) from
 * R replications in which the times are dealt anew over the incidents: every place keeps its number of incidents and
 * every step too. Further clusters share no place with one before them and are judged by the same largest statistics,
 * which is cautious. Recurrence interval = length of a step / p. `pGumbel`: tail fitted to the replications by moments.
 *
 * An incident counts at its earliest time. NaN: pGumbel with fewer than 99 replications or an early stop;
 * recurrenceDays of a retrospective scan.
 *
 * Seeded by replication: any number of workers gives the same bytes. Cost: for each replication the pairs of places
 * within the radius, and for each pair with an incident in reach of a window its steps (all incidents are, in a
 * retrospective scan: gather places into squares where a circle holds hundreds); memory by incidents, not by pairs.
 * Errors: E-MTH-FEW, E-MTH-ONE-PLACE, E-MTH-ONE-STEP, E-MTH-STEPS, E-MTH-TIME, E-MTH-PERIOD.
 * @see Kulldorff, Heffernan, Hartman, Assunção and Mostashari (2005) PLoS Medicine 2, e59; SaTScan 9.4.4, whose
 * statistics these equal.
 */
export const scanSpaceTime = methodInParts<typeof parameters, ScanSummary, ScanPlan, Float64Array>(
  {
    id: 'scanSpaceTime',
    version: '1.0.0',
    title: 'Space-time clusters (permutation scan)',
    answers: 'Where, and since when, is there more than the place and the season by themselves explain?',
    references: [
      'Kulldorff, M., Heffernan, R., Hartman, J., Assunção, R. and Mostashari, F. (2005) A space-time permutation scan statistic for disease outbreak detection. PLoS Medicine 2, e59.',
      'Kulldorff, M. (1997) A spatial scan statistic. Communications in Statistics: Theory and Methods 26, 1481–1496.',
      'Besag, J. and Clifford, P. (1991) Sequential Monte Carlo p-values. Biometrika 78, 301–304.',
      'Abrams, A. M., Kleinman, K. and Kulldorff, M. (2010) Gumbel based p-value approximations for spatial scan statistics. International Journal of Health Geographics 9, 61.',
    ],
    formula:
      'LLR = c·ln(c/E) + (C − c)·ln((C − c)/(C − E)) for c > E, with E = (incidents of the circle) × (incidents of the window) / C; p = (r + 1)/(R + 1).',
    assumptions: [
      'Places keep their level and the whole force its ups and downs; a place that rises while all others fall stands out as well.',
      'Incidents are independent but for the cluster: a series by one offender is a cluster, and is meant to be.',
      'Recording did not change in one place only: a new team or a late upload looks like a cluster.',
      'Times are the earliest the offence can have happened.',
    ],
    notShown: [
      'A place that is always bad: it is expected to be. Use hotspots for that.',
      'The true outline: a circle is the search pattern, not the shape of the problem.',
    ],
    compares: [
      'Statistics and clusters equal those of two SaTScan 9.4.4 reports. p is of the same kind but need not be the same: where that report gives 0.202 (stopped after 248 replications) this scan and an independent program give 0.30.',
      'Half the period is the longest window, as in SaTScan; the default here is 28 steps.',
      'SaTScan reports the Gumbel p by default where p is small; here both stand side by side.',
    ],
    caveats: { ...scanPlaceCaveatCodes, ...timeStepCaveatCodes, ...scanCaveatCodes },
    parameters,
    summary: scanSummaryWords,
    columns: scanColumns,
    needs: ['place', 'month'],
  },
  {
    begin(incidents, params, context, control) {
      const time = params.time as ScanTime
      const { mask } = incidents
      const clock = clockOf(incidents, mask, params, time, context, control)
      const places = groupPlaces(incidents, mask, params.places, params.placeSize, control)
      const records = recordsIn(mask, places.placeOf, clock.stepOf)
      const laid = layScan(
        {
          likelihood: 'poisson',
          chance: 'times',
          windows: clock.windows,
          steps: clock.steps,
          longest: clock.longest,
          countsRecords: false,
          x: places.x,
          y: places.y,
          space: null,
          time: null,
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
        caveats: [...scanPlaceCaveats(places), ...clock.caveats],
      }
      return { state: plan, parts: partsOf(laid.state) }
    },
    part: ({ state }, index, control) => replicate(state, index, control),
    finish: finishScan,
  },
)
