import type { Caveat } from '#core/contract/caveat.ts'
import { precisions } from '#core/contract/incident.ts'
import type { Context, ContextLayer, Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { centreOfArea } from '../space/centre-of-area.ts'
import { locateAreas } from '../space/polygon.ts'
import { harmPerCell } from '../space/study-grid.ts'
import { caveat } from '../support/caveats.ts'
import { harmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import { sharedFloat64, sharedInt32 } from '../support/shared-work.ts'
import type { UnitChoice, Units } from './units.ts'

const SNAPPED = precisions.indexOf('snapped')
const AREA_ONLY = precisions.indexOf('area')
/** Below this a single incident more or less moves a rate per 1,000 by more than 2. */
const FEW_PEOPLE = 500

/**
 * The areas of a layer as units: the incidents in each (where areas overlap, the first of the layer has them), their
 * harm, or 1,000 × incidents / the number in the column of the rate. Areas without extent, and for a rate those with
 * no number above 0, are left out and told of.
 *
 * @throws InputError E-MTH-WEIGHTS, E-MTH-RATE (no column of that name holds numbers)
 */
export function layAreas(
  incidents: Incidents,
  layer: ContextLayer,
  params: UnitChoice,
  context: Context,
  control: Control,
  title: string,
): Units {
  const byRate = params.value === 'rate'
  if (byRate) refuseUnknownColumn(layer, params.denominator, title)
  const weights =
    params.value === 'harm' ? harmOfIncidents(incidents, context, true, `${title} of harm`) : null
  const areas = layer.shapes.map(({ rings }) => ({ rings: rings ?? [] }))
  const centres = areas.map(({ rings }) => centreOfArea(rings))
  control.tick(0.1, 'Finding the area of each incident')
  const areaOf = locateAreas(areas, incidents.x, incidents.y, incidents.mask)
  control.tick(0.4, 'Counting incidents in areas')
  const counts = new Int32Array(areas.length)
  const told = { selected: 0, counted: 0, outside: 0, unlocated: 0, snapped: 0, areaOnly: 0 }
  for (let i = 0; i < incidents.length; i++) {
    if (incidents.mask[i] === 0) continue
    told.selected++
    if (incidents.precision[i] === SNAPPED) told.snapped++
    else if (incidents.precision[i] === AREA_ONLY) told.areaOnly++
    if (areaOf[i] >= 0) {
      counts[areaOf[i]]++
      told.counted++
    } else if (Number.isFinite(incidents.x[i]) && Number.isFinite(incidents.y[i])) told.outside++
    else told.unlocated++
  }
  const tally = weights && harmPerCell(areaOf, weights, areas.length, control)

  const people = layer.shapes.map(({ numbers }) => numbers[params.denominator])
  const shaped = [...areas.keys()].filter((k) => Number.isFinite(centres[k][0]))
  const kept = byRate ? shaped.filter((k) => people[k] > 0 && Number.isFinite(people[k])) : shaped
  const n = kept.length
  const units = {
    index: sharedInt32(n),
    x: sharedFloat64(n),
    y: sharedFloat64(n),
    count: sharedInt32(n),
    value: sharedFloat64(n),
  }
  kept.forEach((k, i) => {
    units.index[i] = k
    units.x[i] = centres[k][0]
    units.y[i] = centres[k][1]
    units.count[i] = counts[k]
    units.value[i] = byRate ? (1000 * counts[k]) / people[k] : tally ? tally.harm[k] : counts[k]
  })

  const caveats = placeCaveats(told, layer.name)
  if (weights && tally) caveats.push(...unweightedCaveat(tally.unweighted, told.counted, weights))
  if (shaped.length < areas.length)
    caveats.push(
      caveat(
        'areas-without-extent',
        `${areas.length - shaped.length} of ${areas.length} areas of ${layer.name} have no shape and are left out.`,
      ),
    )
  if (byRate)
    caveats.push(
      ...rateCaveats(
        shaped.length - n,
        kept.map((k) => people[k]),
        params.denominator,
      ),
    )
  return { kind: 'areas', ...units, counted: told.counted, caveats }
}

function refuseUnknownColumn(layer: ContextLayer, column: string, title: string): void {
  if (column !== '' && layer.shapes.some(({ numbers }) => Number.isFinite(numbers[column]))) return
  const held = [...new Set(layer.shapes.flatMap(({ numbers }) => Object.keys(numbers)))].sort()
  throw new InputError(
    'E-MTH-RATE',
    column === ''
      ? `${title}: a rate needs the name of the column that holds the population.`
      : `${title}: no area of ${layer.name} holds a number in a column “${column}”.`,
    {
      column: 'denominator',
      cure:
        held.length > 0
          ? `Columns with numbers are: ${held.join(', ')}.`
          : 'Choose a layer that holds numbers.',
    },
  )
}

function rateCaveats(without: number, people: readonly number[], column: string): Caveat[] {
  const caveats: Caveat[] = []
  if (without > 0)
    caveats.push(
      caveat('no-denominator', `${without} areas hold no number above 0 in “${column}” and are left out.`),
    )
  const few = people.filter((number) => number < FEW_PEOPLE).length
  if (few > 0)
    caveats.push(
      caveat(
        'small-denominator',
        `${few} areas have fewer than ${FEW_PEOPLE} in “${column}”: one incident more or less moves their rate a good deal.`,
      ),
    )
  caveats.push(
    caveat(
      'rate-of-residents',
      `The rate is per 1,000 of “${column}”. Where many come from elsewhere (town centres, stations) a rate per resident is high without more risk for anyone.`,
    ),
  )
  return caveats
}

function placeCaveats(
  told: {
    readonly selected: number
    readonly outside: number
    readonly unlocated: number
    readonly snapped: number
    readonly areaOnly: number
  },
  layer: string,
): Caveat[] {
  const of = (count: number): string =>
    `${count.toLocaleString('en-GB')} of ${told.selected.toLocaleString('en-GB')} incidents`
  const caveats: Caveat[] = []
  if (told.outside > 0)
    caveats.push(
      caveat('outside-areas', `${of(told.outside)} lie in no area of ${layer} and are not counted.`),
    )
  if (told.unlocated > 0)
    caveats.push(caveat('unlocated', `${of(told.unlocated)} have no coordinates and are not counted.`))
  if (told.snapped > 0)
    caveats.push(
      caveat(
        'snapped',
        `${of(told.snapped)} are placed at public map points, not where it happened: near a boundary they may be in the wrong area.`,
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
