import type { Caveat } from '#core/contract/caveat.ts'
import { precisions } from '#core/contract/incident.ts'
import type { Context, Control, Incidents, StudyArea } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { locateAreas, ringsArea } from '../space/polygon.ts'
import { boxOfPlaces, studyAreaBox } from '../space/study-grid.ts'
import { caveat } from '../support/caveats.ts'

const SNAPPED = precisions.indexOf('snapped')
const AREA = precisions.indexOf('area')
const MOST_POINTS = 1_000_000

/** Everything that is compared: incidents first, then others. */
export interface PlacedSets {
  readonly x: Float64Array
  readonly y: Float64Array
  /** Of these the first are the incidents, the rest the others. */
  readonly incidents: number
  /** Different places among the incidents. */
  readonly places: number
  readonly area: StudyArea
  readonly areaM2: number
  readonly caveats: readonly Caveat[]
}

/**
 * Incidents of the mask and, of the comparison, those that are not in the mask, inside the study area.
 * @throws InputError E-MTH-PLACE, E-NRP-FEW
 */
export function placedSets(
  incidents: Incidents,
  context: Context,
  comparison: Uint8Array | null,
): PlacedSets {
  const { length, mask, x, y, precision } = incidents
  const area = context.studyArea ?? boxArea(incidents)
  const wanted = mask.slice()
  if (comparison) for (let i = 0; i < length; i++) wanted[i] |= comparison[i]
  const inside = locateAreas(area.areas, x, y, wanted)
  const told = { selected: 0, unlocated: 0, areaOnly: 0, outside: 0, snapped: 0 }
  const own: number[] = []
  const others: number[] = []
  for (let i = 0; i < length; i++) {
    if (wanted[i] === 0) continue
    const located = Number.isFinite(x[i]) && Number.isFinite(y[i])
    const good = located && precision[i] !== AREA && inside[i] >= 0
    if (mask[i] === 0) {
      if (good) others.push(i)
      continue
    }
    told.selected++
    if (!located) told.unlocated++
    else if (precision[i] === AREA) told.areaOnly++
    else if (inside[i] < 0) told.outside++
    else {
      own.push(i)
      if (precision[i] === SNAPPED) told.snapped++
    }
  }
  if (told.selected >= 10 && told.selected - told.unlocated - told.areaOnly < 10)
    throw new InputError(
      'E-MTH-PLACE',
      'Incidents near features need places: fewer than 10 incidents have one.',
      {
        column: 'easting',
        cure: 'Import the files again with the coordinates mapped, or choose incidents that have them.',
      },
    )
  if (own.length < 10 || (comparison !== null && others.length < 10))
    throw new InputError(
      'E-NRP-FEW',
      own.length < 10
        ? `Incidents near features need at least 10 incidents in the study area; there are ${own.length}.`
        : `The comparison needs at least 10 incidents that are not themselves counted; there are ${others.length}.`,
      { cure: 'Choose a longer period, a larger area or more offences.' },
    )
  const rows = own.concat(others)
  const places = new Set(own.map((i) => `${x[i]} ${y[i]}`)).size
  return {
    x: Float64Array.from(rows, (i) => x[i]),
    y: Float64Array.from(rows, (i) => y[i]),
    incidents: own.length,
    places,
    area,
    areaM2: area.areas.reduce((sum, { rings }) => sum + ringsArea(rings), 0),
    caveats: caveatsOf(told, own.length, places, context.studyArea),
  }
}

/** The box of the places, a hair wider so that all lie inside. */
function boxArea(incidents: Incidents): StudyArea {
  const [west, south, east, north] = boxOfPlaces(incidents, incidents.mask)
  if (!(east > west && north > south))
    throw new InputError(
      'E-NRP-SAME',
      'All incidents lie on one line or at one place: there is no area to compare with.',
      {
        cure: 'Load the boundary of the study area, or choose more incidents.',
      },
    )
  const slack = 1e-6 * Math.max(east - west, north - south)
  const ring = [
    [west, south],
    [east + slack, south],
    [east + slack, north + slack],
    [west, north + slack],
  ] as const
  return { name: 'the box of the incidents', areas: [{ code: '', name: '', rings: [ring] }] }
}

/**
 * Points of a square lattice inside the study area, by which shares of its area are measured.
 * @throws InputError E-GRID-EMPTY
 */
export function latticeOver(
  area: StudyArea,
  areaM2: number,
  resolution: number,
  control: Control,
): { x: Float64Array; y: Float64Array; spacing: number } {
  const spacing = Math.max(resolution, Math.sqrt(areaM2 / MOST_POINTS))
  const [west, south, east, north] = studyAreaBox(area)
  const across = Math.ceil((east - west) / spacing)
  const x: number[] = []
  const y: number[] = []
  const lineX = Float64Array.from({ length: across }, (_, k) => west + (k + 0.5) * spacing)
  const lineY = new Float64Array(across)
  for (let py = south + spacing / 2; py < north; py += spacing) {
    lineY.fill(py)
    const found = locateAreas(area.areas, lineX, lineY)
    for (let k = 0; k < across; k++) {
      if (found[k] < 0) continue
      x.push(lineX[k])
      y.push(py)
    }
    control.tick(0, 'Measuring areas')
  }
  if (x.length === 0)
    throw new InputError('E-GRID-EMPTY', `No point spaced ${resolution} m lies in the study area.`, {
      cure: 'Choose a smaller spacing, or check that the boundary is the one you mean.',
    })
  return { x: Float64Array.from(x), y: Float64Array.from(y), spacing }
}

function caveatsOf(
  told: { selected: number; unlocated: number; areaOnly: number; outside: number; snapped: number },
  used: number,
  places: number,
  studyArea: StudyArea | undefined,
): Caveat[] {
  const caveats: Caveat[] = []
  const say = (some: number, code: string, text: string): void => {
    if (some > 0)
      caveats.push(
        caveat(
          code,
          `${some.toLocaleString('en-GB')} of ${told.selected.toLocaleString('en-GB')} incidents ${text}`,
        ),
      )
  }
  if (studyArea === undefined)
    caveats.push(
      caveat(
        'no-study-area',
        'No boundary of the study area is loaded: the box of the incidents stands in for it, and ratios to area depend on it.',
      ),
    )
  say(told.unlocated, 'unlocated', 'have no coordinates and are left out.')
  say(told.areaOnly, 'area-places', 'are placed at the centre of an area only and are left out.')
  say(told.outside, 'outside-study-area', `lie outside ${studyArea?.name ?? 'the area'} and are left out.`)
  say(
    told.snapped,
    'snapped-near-features',
    'are placed at public map points, many of which are themselves pubs, stations, car parks and the like: distances to features are not real.',
  )
  if (places < 0.5 * used)
    caveats.push(
      caveat(
        'co-location-heaped',
        `${used.toLocaleString('en-GB')} incidents lie at ${places.toLocaleString('en-GB')} places: they are not independent, and intervals are too narrow.`,
      ),
    )
  return caveats
}
