import type { Caveat } from '#core/contract/caveat.ts'
import { precisions } from '#core/contract/incident.ts'
import type { Context, Control, Incidents, StudyArea } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { locateAreas } from '../space/polygon.ts'
import { caveat } from '../support/caveats.ts'
import { harmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'

const SNAPPED = precisions.indexOf('snapped')
const AREA_ONLY = precisions.indexOf('area')
/** Incidents located between two calls of `tick`. */
const SLICE = 1 << 16

/**
 * The different places of the incidents, from west to east and, on one easting, from south to north: so no answer
 * depends on the order of the rows. Arrays in shared memory.
 */
export interface Places {
  readonly x: Float64Array
  readonly y: Float64Array
  /** Incidents at each place. */
  readonly count: Int32Array
  /** Harm at each place; NaN without weights and where no offence there has one. */
  readonly harm: Float64Array
  /** Rows of the incidents taken, ascending, and the place of each. */
  readonly row: Int32Array
  readonly placeOf: Int32Array
  readonly caveats: readonly Caveat[]
}

/** Caveat codes of `placesOf`. */
export const placeCaveatWords = {
  'outside-study-area': 'Incidents with a place outside the study area were left out.',
  unlocated: 'Incidents without coordinates were left out.',
  snapped: 'Places are public map points, not where it happened.',
  'area-places': 'Some places are the centre of an area, not where it happened.',
  'harm-unweighted': 'Some offences have no harm weight and are left out of harm.',
  'harm-by-group': 'Some incidents have only the weight of their sub-group.',
} as const

/**
 * @param fewest incidents needed
 * @throws InputError E-MTH-FEW (fewer incidents with a place), E-MTH-ONE-PLACE (all at one place)
 * Cost: about 300 ns an incident where most places are distinct.
 */
export function placesOf(
  incidents: Incidents,
  context: Context,
  control: Control,
  title: string,
  fewest: number,
): Places {
  const { length, mask, x, y, precision } = incidents
  const { studyArea } = context
  const areaOf = studyArea ? areasOf(studyArea.areas, incidents, control) : null
  const told = { selected: 0, outside: 0, unlocated: 0, snapped: 0, areaOnly: 0 }
  const rows = new Int32Array(length)
  let taken = 0
  for (let i = 0; i < length; i++) {
    if (mask[i] === 0) continue
    told.selected++
    if (!(Number.isFinite(x[i]) && Number.isFinite(y[i]))) told.unlocated++
    else if (areaOf !== null && areaOf[i] < 0) told.outside++
    else {
      if (precision[i] === SNAPPED) told.snapped++
      else if (precision[i] === AREA_ONLY) told.areaOnly++
      rows[taken++] = i
    }
  }
  if (taken < fewest)
    throw new InputError(
      'E-MTH-FEW',
      `${title} needs at least ${fewest} incidents with a place; the selection has ${taken}.`,
      { cure: 'Choose a longer period, more offences, or a larger area.' },
    )
  let compared = 0
  const sorted = rows.slice(0, taken).sort((a, b) => {
    if ((++compared & 0xffff) === 0) control.tick(0.2, 'Sorting places')
    return x[a] - x[b] || y[a] - y[b]
  })
  let places = 0
  for (let k = 0; k < taken; k++) if (isNew(x, y, sorted, k)) places++
  if (places === 1)
    throw new InputError('E-MTH-ONE-PLACE', `${title}: all ${taken} incidents are at one place.`, {
      cure: 'Choose more incidents; for one place see the repeat locations.',
    })

  const weights = harmOfIncidents(incidents, context)
  const out = {
    x: sharedFloat64(places),
    y: sharedFloat64(places),
    count: sharedInt32(places),
    harm: sharedFloat64(places).fill(Number.NaN),
    row: sharedInt32(taken),
    placeOf: sharedInt32(taken),
  }
  const placeOfRow = new Int32Array(length)
  let unweighted = 0
  for (let k = 0, place = -1; k < taken; k++) {
    const i = sorted[k]
    if (isNew(x, y, sorted, k)) {
      place++
      out.x[place] = x[i]
      out.y[place] = y[i]
    }
    out.count[place]++
    placeOfRow[i] = place
  }
  for (let k = 0; k < taken; k++) {
    out.row[k] = rows[k]
    out.placeOf[k] = placeOfRow[rows[k]]
    if (weights === null) continue
    const weight = weights.weights[weights.codes[rows[k]]]
    const place = out.placeOf[k]
    if (Number.isNaN(weight)) unweighted++
    else out.harm[place] = Number.isNaN(out.harm[place]) ? weight : out.harm[place] + weight
  }
  const caveats = placeCaveats(told, studyArea?.name ?? '')
  if (weights) caveats.push(...unweightedCaveat(unweighted, taken, weights))
  return { ...out, caveats }
}

/** Index of the area of each incident, −1 for none; a slice at a time, so that it can be stopped. */
function areasOf(areas: StudyArea['areas'], { length, x, y, mask }: Incidents, control: Control): Int32Array {
  const found = new Int32Array(length)
  for (let from = 0; from < length; from += SLICE) {
    control.tick((0.2 * from) / length, 'Finding places')
    const to = Math.min(length, from + SLICE)
    found.set(locateAreas(areas, x.subarray(from, to), y.subarray(from, to), mask.subarray(from, to)), from)
  }
  return found
}

function isNew(x: Float64Array, y: Float64Array, sorted: Int32Array, k: number): boolean {
  return k === 0 || x[sorted[k]] !== x[sorted[k - 1]] || y[sorted[k]] !== y[sorted[k - 1]]
}

function placeCaveats(
  told: {
    readonly selected: number
    readonly outside: number
    readonly unlocated: number
    readonly snapped: number
    readonly areaOnly: number
  },
  studyArea: string,
): Caveat[] {
  const of = (count: number): string =>
    `${count.toLocaleString('en-GB')} of ${told.selected.toLocaleString('en-GB')} incidents`
  const caveats: Caveat[] = []
  if (told.outside > 0)
    caveats.push(
      caveat('outside-study-area', `${of(told.outside)} lie outside ${studyArea} and are left out.`),
    )
  if (told.unlocated > 0)
    caveats.push(caveat('unlocated', `${of(told.unlocated)} have no coordinates and are left out.`))
  if (told.snapped > 0)
    caveats.push(
      caveat(
        'snapped',
        `${of(told.snapped)} are placed at public map points, not where it happened: many share a point by design, and a cluster may be one busy point. Do not send patrols by this alone.`,
      ),
    )
  if (told.areaOnly > 0)
    caveats.push(
      caveat(
        'area-places',
        `${of(told.areaOnly)} are placed at the centre of an area, not where it happened.`,
      ),
    )
  return caveats
}
