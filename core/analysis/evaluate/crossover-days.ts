import type { Caveat } from '#core/contract/caveat.ts'
import type { Rings } from '#core/contract/geometry.ts'
import { NO_TIME, timePrecisions } from '#core/contract/incident.ts'
import type { Context, Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { ringsArea } from '../space/polygon.ts'
import { caveat } from '../support/caveats.ts'
import { sharedInt32 } from '../support/shared-work.ts'
import { MINUTES_PER_DAY } from '../support/wall-clock.ts'
import { spanOfDates } from '../time/month-tally.ts'
import { MOST_DAYS } from './assign-patrols.ts'
import { layPlaces } from './lay-places.ts'
import { checkPeriods, readPeriod, refuseMonthOnly } from './periods.ts'

const MINUTE = timePrecisions.indexOf('minute')
const UNDATED = timePrecisions.indexOf('none')

export interface CrossoverDays {
  readonly names: readonly string[]
  readonly days: number
  /** Day of each incident inside a spot and the spot, in order of days; shared by the workers. */
  readonly day: Int32Array
  readonly spot: Int32Array
  /** The same for incidents in the surroundings of the nearest spot. */
  readonly nearDay: Int32Array
  readonly nearSpot: Int32Array
  readonly caveats: readonly Caveat[]
}

/**
 * The incidents of a trial by policing day and spot. Spots stand in the order of their codes, whatever the order of
 * the file, so that the stored plan fits.
 *
 * @throws InputError E-EVL-PERIOD, E-EVL-MISSING, E-EVL-MONTH-ONLY, E-EVL-DAY-ONLY, E-EVL-CODES, E-EVL-DAYS,
 *   E-EVL-NO-SHAPES, E-EVL-NONE
 */
export function crossoverDays(
  incidents: Incidents,
  params: {
    readonly from: string
    readonly to: string
    readonly dayStart: number
    readonly bufferDistance: number
  },
  context: Context,
  control: Control,
): CrossoverDays {
  const period = readPeriod(params.from, params.to, 'trial')
  if (period.days >= MOST_DAYS)
    throw new InputError(
      'E-EVL-DAYS',
      `A trial may run ${MOST_DAYS - 1} days; this one has ${period.days}.`,
      {
        cure: 'Evaluate it in parts.',
      },
    )
  refuseMonthOnly(incidents, 'A trial is counted by day')
  const caveats: Caveat[] = [...checkPeriods([period], incidents, context)]
  const { names, shapes } = spotsOf(context)
  const zones = [{ name: 'spots', shapes, distance: 0, farEdgeIn: true }]
  if (params.bufferDistance > 0)
    zones.push({ name: 'surroundings', shapes, distance: params.bufferDistance, farEdgeIn: true })
  const laid = layPlaces(incidents, zones, control)
  caveats.push(...laid.caveats)
  if (shapes.reduce((sum, rings) => sum + ringsArea(rings), 0) > 1.001 * laid.area[0])
    caveats.push(
      caveat('spots-overlap', 'Some spots overlap: an incident in two is counted in the first by code.'),
    )

  const shift = params.dayStart * 60
  const first = period.from + shift
  const inside: [day: number, spot: number][] = []
  const near: [day: number, spot: number][] = []
  for (let row = 0; row < incidents.length; row++) {
    if ((row & 0x3ffff) === 0) control.tick(row / incidents.length, 'Counting by day')
    const minutes = incidents.from[row]
    if (laid.zone[row] < 0 || minutes === NO_TIME || incidents.timePrecision[row] === UNDATED) continue
    const day = Math.floor((minutes - first) / MINUTES_PER_DAY)
    if (day < -1 || day >= period.days) continue
    if (shift > 0 && incidents.timePrecision[row] !== MINUTE)
      throw new InputError(
        'E-EVL-DAY-ONLY',
        'Incidents of the trial know only their date, so those after midnight cannot be given to the policing day before.',
        {
          column: 'occurredFrom',
          row: row + 1,
          cure: 'Set the beginning of the policing day to 0, or use data with the time.',
        },
      )
    if (day < 0) continue
    if (laid.zone[row] === 0) inside.push([day, laid.shape[row]])
    else near.push([day, laid.shape[row]])
  }
  if (shift > 0 && spanOfDates(incidents).latest < period.to)
    caveats.push(
      caveat(
        'last-hours',
        'The data end before the last policing day does: its hours after midnight may be missing.',
      ),
    )
  const column = (pairs: readonly [number, number][], k: 0 | 1): Int32Array => {
    const held = sharedInt32(pairs.length)
    pairs.forEach((pair, at) => {
      held[at] = pair[k]
    })
    return held
  }
  inside.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  near.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  return {
    names,
    days: period.days,
    day: column(inside, 0),
    spot: column(inside, 1),
    nearDay: column(near, 0),
    nearSpot: column(near, 1),
    caveats,
  }
}

function spotsOf(context: Context): { names: string[]; shapes: Rings[] } {
  const spots = (context.layers?.treated?.shapes ?? [])
    .flatMap(({ code, name, rings }) => (rings ? [{ code: code || name, name, rings }] : []))
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  if (spots.length === 0)
    throw new InputError('E-EVL-NO-SHAPES', 'The layer of spots holds no area.', {
      cure: 'Choose a layer of areas.',
    })
  const twice = spots.find(({ code }, k) => k > 0 && spots[k - 1].code === code)
  if (twice)
    throw new InputError(
      'E-EVL-CODES',
      `Two spots have the code “${twice.code}”: their order in the plan cannot be known.`,
      { cure: 'Give every spot a code of its own.' },
    )
  return { names: spots.map(({ code, name }) => name || code), shapes: spots.map(({ rings }) => rings) }
}
