import type { Caveat } from '#core/contract/caveat.ts'
import { NO_TIME, precisions, timePrecisions } from '#core/contract/incident.ts'
import type { Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import { MINUTES_PER_DAY } from '../support/wall-clock.ts'

const SNAPPED = precisions.indexOf('snapped')
const AREA = precisions.indexOf('area')
const MINUTE = timePrecisions.indexOf('minute')
const MONTH = timePrecisions.indexOf('month')
const NONE = timePrecisions.indexOf('none')

/** The incidents that have a place and a day, in the order of the data. */
export interface DatedPlaces {
  /** Row of the dataset. */
  readonly row: Int32Array
  readonly x: Float64Array
  readonly y: Float64Array
  /** Days since 1970-01-01. */
  readonly day: Int32Array
  /** Minute of that day; 0 where only the day is known. */
  readonly minute: Int16Array
  readonly caveats: readonly Caveat[]
}

/** Caveat codes of `datedPlaces`, for the cards of the methods that use it. */
export const datedPlacesCaveats = {
  unlocated: 'Incidents without coordinates were left out.',
  'area-places': 'Incidents placed at the centre of an area were left out.',
  undated: 'Incidents without a date were left out.',
  'month-only': 'Incidents dated by month only were left out.',
  'snapped-same-place': 'Places are public map points: “same place” holds neighbours too.',
  'wide-spans': 'Many incidents happened at an unknown time within a span of more than a day.',
} as const

/** What a method needs at least, for its refusals. */
export interface DatedPlacesNeeds {
  /** The method as it begins a sentence: “The Knox test”. */
  readonly name: string
  readonly minimum: number
  /** `start`: the first day it can have happened; `middle`: the day half-way through the span. */
  readonly dateUsed: string
}

/**
 * Takes out of the selection what has a place of its own and a day. Incidents at the centre of an area are left out:
 * a whole area heaped on its centre would be one great repeat. A span that ends before it begins, or has no end, is
 * taken at its start.
 *
 * @throws InputError E-MTH-DAY (dates by month only, or none), E-MTH-PLACE (no place), E-NRP-FEW (fewer than the
 * minimum), E-NRP-SAME (all at one place or all on one day)
 * Cost: one pass; 32 bytes an incident kept.
 */
export function datedPlaces(incidents: Incidents, needs: DatedPlacesNeeds, control: Control): DatedPlaces {
  const { length, mask, x, y, precision, from, to, timePrecision } = incidents
  const middle = needs.dateUsed === 'middle'
  const left = { selected: 0, unlocated: 0, areaOnly: 0, undated: 0, monthOnly: 0, snapped: 0, wide: 0 }
  const kept = new Int32Array(length)
  let n = 0
  for (let i = 0; i < length; i++) {
    if ((i & 0x1ffff) === 0) control.tick(0, 'Reading places and days')
    if (mask[i] === 0) continue
    left.selected++
    if (!(Number.isFinite(x[i]) && Number.isFinite(y[i]))) left.unlocated++
    else if (precision[i] === AREA) left.areaOnly++
    else if (from[i] === NO_TIME || timePrecision[i] === NONE) left.undated++
    else if (timePrecision[i] === MONTH) left.monthOnly++
    else {
      if (precision[i] === SNAPPED) left.snapped++
      if (to[i] !== NO_TIME && to[i] - from[i] > MINUTES_PER_DAY) left.wide++
      kept[n++] = i
    }
  }
  refuse(needs, left, n)
  const out = {
    row: kept.slice(0, n),
    x: new Float64Array(n),
    y: new Float64Array(n),
    day: new Int32Array(n),
    minute: new Int16Array(n),
  }
  for (let k = 0; k < n; k++) {
    const i = kept[k]
    const ends = middle && to[i] !== NO_TIME && to[i] > from[i]
    const minutes = ends ? from[i] + Math.floor((to[i] - from[i]) / 2) : from[i]
    out.x[k] = x[i]
    out.y[k] = y[i]
    out.day[k] = Math.floor(minutes / MINUTES_PER_DAY)
    out.minute[k] = timePrecision[i] === MINUTE ? minutes - out.day[k] * MINUTES_PER_DAY : 0
  }
  refuseSame(needs, out)
  return { ...out, caveats: caveatsOf(left, n, middle) }
}

interface Left {
  readonly selected: number
  readonly unlocated: number
  readonly areaOnly: number
  readonly undated: number
  readonly monthOnly: number
  readonly snapped: number
  readonly wide: number
}

function refuse(needs: DatedPlacesNeeds, left: Left, n: number): void {
  // A remnant with days among records by month is no sample of them.
  if (left.monthOnly > n)
    throw new InputError(
      'E-MTH-DAY',
      `${needs.name} needs the day of each incident: ${count(left.monthOnly)} of ${count(left.selected)} are dated by month only. Nothing was computed.`,
      {
        column: 'occurredFrom',
        cure: 'Import records that hold the day (published police data hold the month only), or choose incidents that have one.',
      },
    )
  if (n >= needs.minimum) return
  const places = left.selected - left.unlocated - left.areaOnly
  if (left.selected >= needs.minimum && places < needs.minimum)
    throw new InputError('E-MTH-PLACE', `${needs.name} needs places: ${count(places)} incidents have one.`, {
      column: 'easting',
      cure: 'Import the files again with the coordinates mapped, or choose incidents that have them.',
    })
  if (places >= needs.minimum)
    throw new InputError('E-MTH-DAY', `${needs.name} needs days: ${count(n)} incidents have one.`, {
      column: 'occurredFrom',
      cure: 'Map the date column and import again, or choose incidents that have a date.',
    })
  throw new InputError(
    'E-NRP-FEW',
    `${needs.name} needs at least ${needs.minimum} incidents with a place and a day; the selection holds ${count(n)}.`,
    { cure: 'Choose a longer period, a larger area or more offences.' },
  )
}

function refuseSame(
  needs: DatedPlacesNeeds,
  { x, y, day }: { x: Float64Array; y: Float64Array; day: Int32Array },
): void {
  let onePlace = true
  let oneDay = true
  for (let k = 1; k < x.length; k++) {
    if (x[k] !== x[0] || y[k] !== y[0]) onePlace = false
    if (day[k] !== day[0]) oneDay = false
  }
  if (x.length < 2 || !(onePlace || oneDay)) return
  throw new InputError(
    'E-NRP-SAME',
    `${needs.name} cannot tell near from far: all ${count(x.length)} incidents ${onePlace ? 'are at one place' : 'are on one day'}.`,
    { cure: onePlace ? 'Choose a larger area.' : 'Choose a longer period.' },
  )
}

function caveatsOf(left: Left, n: number, middle: boolean): Caveat[] {
  const caveats: Caveat[] = []
  const say = (some: number, code: string, text: string): void => {
    if (some > 0) caveats.push(caveat(code, `${count(some)} of ${count(left.selected)} incidents ${text}`))
  }
  say(left.unlocated, 'unlocated', 'have no coordinates and are left out.')
  say(left.areaOnly, 'area-places', 'are placed at the centre of an area only and are left out.')
  say(left.undated, 'undated', 'have no date and are left out.')
  say(left.monthOnly, 'month-only', 'are dated by month only and are left out.')
  say(
    left.snapped,
    'snapped-same-place',
    'are placed at public map points: neighbours share a point, so repeats at the same place are overstated and short distances are not real.',
  )
  if (left.wide > 0.1 * n)
    say(
      left.wide,
      'wide-spans',
      `happened at an unknown time within a span of more than a day; the ${middle ? 'middle' : 'first day'} of the span is taken.`,
    )
  return caveats
}

function count(value: number): string {
  return value.toLocaleString('en-GB')
}
