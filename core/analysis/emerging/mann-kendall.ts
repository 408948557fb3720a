import type { Caveat } from '#core/contract/caveat.ts'
import type { Context, Incidents, Method } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { locateAreas } from '../space/polygon.ts'
import { caveat } from '../support/caveats.ts'
import { adjustP } from '../support/false-discovery.ts'
import { mannKendallTest, senSlope } from './mann-kendall-values.ts'
import { timeStepCaveatCodes, timeStepCaveats } from './time-step-caveats.ts'
import {
  layTimeSteps,
  type StepUnit,
  stepEnd,
  stepOptions,
  stepStart,
  stepsOfIncidents,
} from './time-steps.ts'

const parameters = {
  unit: {
    type: 'choice',
    title: 'A trend for each',
    options: [
      { value: 'all', title: 'Selection as a whole' },
      { value: 'area', title: 'Area of the study area' },
      { value: 'offence', title: 'Offence' },
    ],
    default: 'all',
    why: 'The plain question first.',
  },
  step: {
    type: 'choice',
    title: 'Time step',
    options: stepOptions,
    default: 'month',
    why: 'Public data hold the month; four weeks make steps of equal length where days are known.',
  },
  level: {
    type: 'number',
    title: 'A trend is one up to this adjusted p',
    minimum: 0.0001,
    maximum: 0.2,
    default: 0.05,
    why: 'The usual level.',
  },
} as const

export interface TrendSummary {
  readonly from: string
  readonly to: string
  readonly steps: number
  readonly gaps: number
  readonly incidents: number
  readonly units: number
  readonly rising: number
  readonly falling: number
}

/** Ranks of fewer values than this have no significant order at all. */
const LEAST_STEPS = 4
/** Below this the normal approximation is rough. */
const FIRM_STEPS = 10

/**
 * Is it rising or falling, step by step, whatever the shape of the change?
 *
 * Mann–Kendall (`mannKendallTest`) on the counts of each unit over the time steps; the slope is the median change per
 * step (`senSlope`). q: false discovery rate over the units (Benjamini and Hochberg). Trend 1 rising, −1 falling where
 * q is at most `level`, else 0. A step that touches a month no file covers is a gap, not a zero. An area or offence
 * without an incident is a series of zeros: z, p and q NaN, trend 0; an offence not recorded is no unit.
 *
 * Deterministic. Cost: 20 ns an incident, and for each unit the square of the steps.
 * Errors: E-MTH-STEPS (fewer than 4 that are not gaps), E-MTH-AREA, E-MTH-OFFENCE, E-MTH-TIME, E-MTH-PERIOD.
 * @see Mann (1945); Kendall (1975); Sen (1968). All equal pyMannKendall's `original_test`.
 */
export const mannKendall: Method<typeof parameters, TrendSummary> = {
  card: {
    id: 'mannKendall',
    version: '1.0.0',
    title: 'Steady trend (Mann–Kendall)',
    answers: 'Is it rising or falling, step by step, more steadily than chance would have it?',
    references: [
      'Mann, H. B. (1945) Nonparametric tests against trend. Econometrica 13, 245–259.',
      'Kendall, M. G. (1975) Rank Correlation Methods. Griffin, London.',
      'Sen, P. K. (1968) Estimates of the regression coefficient based on Kendall’s tau. Journal of the American Statistical Association 63, 1379–1389.',
    ],
    formula:
      'S = Σ sign(later − earlier) over all pairs; z = (S ∓ 1)/√var with allowance for ties; slope = median of (difference / steps apart).',
    assumptions: [
      'Steps are independent: a season makes a trend of a period that is not whole years.',
      'Recording did not change.',
      'Calendar months are compared as they are, 28 to 31 days long.',
    ],
    notShown: ['How large the change is for the public: look at the slope and the counts, not at z.'],
    compares: [
      'S, variance, z, p, tau and slope as pyMannKendall’s original test.',
      'ArcGIS runs the same test on each location of a space-time cube, without an allowance for their number.',
    ],
    caveats: {
      ...timeStepCaveatCodes,
      'few-steps': 'Fewer than 10 steps: p values are rough.',
      'not-whole-years': 'The steps are not whole years: a season can look like a trend.',
      'in-gaps': 'Incidents in steps the files do not hold whole were left out.',
      'no-unit': 'Incidents in no area, or of no recorded offence, are in no series.',
    },
    parameters,
    summary: {
      from: 'First day of the first step',
      to: 'Last day of the last step',
      steps: 'Time steps',
      gaps: 'Steps that are gaps',
      incidents: 'Incidents counted',
      units: 'Series tested',
      rising: 'Series that rise',
      falling: 'Series that fall',
    },
    columns: [
      { name: 'unit', title: 'Series', type: 'utf8' },
      { name: 'count', title: 'Incidents', type: 'int32' },
      { name: 's', title: 'S', type: 'float64' },
      { name: 'variance', title: 'Variance of S', type: 'float64' },
      { name: 'z', title: 'z', type: 'float64' },
      { name: 'pValue', title: 'p (two-sided)', type: 'float64' },
      { name: 'qValue', title: 'Adjusted p', type: 'float64' },
      { name: 'tau', title: 'Kendall’s tau', type: 'float64' },
      { name: 'slope', title: 'Median change per step', type: 'float64' },
      { name: 'trend', title: 'Trend: 1 rising, −1 falling', type: 'int8' },
    ],
    needs: ['month'],
  },

  run(incidents, params, context, control) {
    const timeSteps = layTimeSteps(incidents, context, params.step as StepUnit)
    const held = timeSteps.present.reduce((sum, one) => sum + one, 0)
    if (held < LEAST_STEPS)
      throw new InputError(
        'E-MTH-STEPS',
        `A trend needs at least ${LEAST_STEPS} time steps that the files hold; there are ${held}.`,
        { column: 'step', cure: 'Choose a shorter step or a longer period.' },
      )
    const told = stepsOfIncidents(incidents, incidents.mask, timeSteps, control)
    const { names, unitOf } = unitsOf(incidents, params.unit, context)
    const series = names.map(() =>
      Float64Array.from(timeSteps.present, (present) => (present === 1 ? 0 : Number.NaN)),
    )
    const count = new Int32Array(names.length)
    let [counted, inGaps, nowhere] = [0, 0, 0]
    for (let row = 0; row < incidents.length; row++) {
      if ((row & 0x3ffff) === 0) control.tick(row / incidents.length, 'Counting')
      const step = told.stepOf[row]
      if (step < 0) continue
      const unit = unitOf === null ? 0 : unitOf[row]
      if (timeSteps.present[step] === 0) inGaps++
      else if (unit < 0) nowhere++
      else {
        series[unit][step]++
        count[unit]++
        counted++
      }
    }
    const tests = series.map((values, at) => {
      control.tick(at / series.length, 'Testing')
      return mannKendallTest(values)
    })
    const pValue = Float64Array.from(tests, (test) => test.pValue)
    const qValue = adjustP(pValue, 'BH')
    const trend = Int8Array.from(tests, (test, at) => (qValue[at] <= params.level ? Math.sign(test.z) : 0))
    return {
      summary: {
        from: stepStart(timeSteps, 0),
        to: stepEnd(timeSteps, timeSteps.count - 1),
        steps: timeSteps.count,
        gaps: timeSteps.count - held,
        incidents: counted,
        units: names.length,
        rising: trend.filter((each) => each > 0).length,
        falling: trend.filter((each) => each < 0).length,
      },
      columns: {
        unit: names,
        count,
        s: Float64Array.from(tests, ({ s }) => s),
        variance: Float64Array.from(tests, ({ variance }) => variance),
        z: Float64Array.from(tests, ({ z }) => z),
        pValue,
        qValue,
        tau: Float64Array.from(tests, ({ tau }) => tau),
        slope: Float64Array.from(series, senSlope),
        trend,
      },
      caveats: [
        ...timeStepCaveats(timeSteps, told),
        ...caveatsOf(held, timeSteps.unit, timeSteps.count, inGaps, nowhere),
      ],
    }
  },
}

/** Names of the series, and the series of each incident, −1 for none; null when all are one. */
function unitsOf(
  incidents: Incidents,
  unit: string,
  { studyArea }: Context,
): { names: string[]; unitOf: Int32Array | null } {
  if (unit === 'area') {
    if (studyArea === undefined)
      throw new InputError('E-MTH-AREA', 'A trend for each area needs the boundary of the study area.', {
        column: 'unit',
        cure: 'Choose a layer of areas as the study area.',
      })
    return {
      names: studyArea.areas.map(({ name }) => name),
      unitOf: locateAreas(studyArea.areas, incidents.x, incidents.y, incidents.mask),
    }
  }
  if (unit !== 'offence') return { names: ['All incidents'], unitOf: null }
  const offence = Object.hasOwn(incidents.dictionaries, 'offence') ? incidents.dictionaries.offence : null
  if (offence === null)
    throw new InputError('E-MTH-OFFENCE', 'These incidents hold no offence.', {
      column: 'unit',
      cure: 'Map the offence column and import again, or choose another unit.',
    })
  const seen = new Uint8Array(offence.words.length)
  for (let row = 0; row < incidents.length; row++) if (incidents.mask[row] === 1) seen[offence.codes[row]] = 1
  // Code 0 is “not recorded”: no offence to have a trend.
  const codes = [...seen.keys()].filter((code) => code > 0 && seen[code] === 1)
  codes.sort((a, b) => (offence.words[a] < offence.words[b] ? -1 : 1))
  const unitOfCode = new Int32Array(offence.words.length).fill(-1)
  codes.forEach((code, at) => {
    unitOfCode[code] = at
  })
  return {
    names: codes.map((code) => offence.words[code]),
    unitOf: Int32Array.from(offence.codes, (code) => unitOfCode[code]),
  }
}

function caveatsOf(held: number, unit: StepUnit, steps: number, inGaps: number, nowhere: number): Caveat[] {
  const caveats: Caveat[] = []
  const perYear = { day: 365, week: 52, fourWeeks: 13, month: 12 }[unit]
  if (held < FIRM_STEPS)
    caveats.push(
      caveat('few-steps', `${held} steps: p values are rough, and only a very steady change can show.`),
    )
  if (steps % perYear !== 0)
    caveats.push(caveat('not-whole-years', 'The steps are not whole years: a season can look like a trend.'))
  if (inGaps > 0)
    caveats.push(
      caveat(
        'in-gaps',
        `${inGaps.toLocaleString('en-GB')} incidents lie in steps the files do not hold whole and are left out.`,
      ),
    )
  if (nowhere > 0)
    caveats.push(
      caveat(
        'no-unit',
        `${nowhere.toLocaleString('en-GB')} incidents are in no series: no area holds them, or no offence is recorded.`,
      ),
    )
  return caveats
}
