import type { Caveat } from '#core/contract/caveat.ts'
import type { Rings } from '#core/contract/geometry.ts'
import { NO_TIME, precisions, timePrecisions } from '#core/contract/incident.ts'
import type { Context, ContextLayer, Control, Incidents } from '#core/contract/method.ts'
import { InputError } from '#core/contract/problem.ts'
import { caveat } from '../support/caveats.ts'
import type { Zone } from './zone.ts'
import { type ZoneAreas, zoneAreas } from './zone-areas.ts'
import { type PlacesInZones, zoneOfPlaces } from './zone-of-places.ts'

const SNAPPED = precisions.indexOf('snapped')
const AREA_ONLY = precisions.indexOf('area')
const UNDATED = timePrecisions.indexOf('none')

export const TREATED = 0
export const CONTROL = 1

/** Overlap of treated and comparison places that drawing along a shared border may leave, as a share. */
const DRAWN = 0.001

export const placesCaveats = {
  unlocated: 'Incidents without coordinates are in no zone.',
  undated: 'Incidents without a date are in no period.',
  snapped: 'Places are public map points: an incident may be counted on the wrong side of a line.',
  'area-places': 'Incidents placed at the centre of an area are left out.',
  'buffers-meet': 'Comparison places lie close to treated ones.',
} as const

export interface LaidPlaces extends PlacesInZones, ZoneAreas {
  readonly zones: readonly Zone[]
  readonly caveats: readonly Caveat[]
}

/** The rings of a layer that was given; refuses one without an area. */
export function shapesOf(layer: ContextLayer | undefined, what: string): Rings[] {
  const rings = (layer?.shapes ?? []).flatMap((shape) => (shape.rings ? [shape.rings] : []))
  if (rings.length === 0)
    throw new InputError('E-EVL-NO-SHAPES', `The layer of ${what} holds no area.`, {
      cure: 'Choose a layer of areas.',
    })
  return rings
}

/** The buffer zones that were asked for, by layer or by distance; a distance of 0 without a layer makes none. */
export function bufferZones(
  context: Context,
  distance: number,
): { readonly treatedBuffer: Zone | null; readonly controlBuffer: Zone | null } {
  const layers = context.layers ?? {}
  const one = (
    name: string,
    layer: ContextLayer | undefined,
    around: ContextLayer | undefined,
  ): Zone | null =>
    layer
      ? { name, shapes: shapesOf(layer, name), distance: 0, farEdgeIn: true }
      : distance > 0 && around
        ? { name, shapes: shapesOf(around, name), distance, farEdgeIn: true }
        : null
  return {
    treatedBuffer: one('around treated', layers.treatedBuffer, layers.treated),
    controlBuffer: one('around comparison', layers.controlBuffer, layers.control),
  }
}

/** Treated and comparison places as the first two zones. */
export function placeZones(context: Context): readonly [Zone, Zone] {
  return [
    {
      name: 'treated',
      shapes: shapesOf(context.layers?.treated, 'treated places'),
      distance: 0,
      farEdgeIn: true,
    },
    {
      name: 'comparison',
      shapes: shapesOf(context.layers?.control, 'comparison places'),
      distance: 0,
      farEdgeIn: true,
    },
  ]
}

/**
 * Which zone each selected incident lies in, how large the zones are, and what to say of the places. Incidents at the
 * centre of an area are in no zone: where they happened is not known to a buffer's width.
 *
 * @param zones in order; the first of the list that holds a place has it
 * @throws InputError E-EVL-CONTAMINATED when treated and comparison places overlap, E-EVL-NONE when no incident is in
 *   any zone
 */
export function layPlaces(incidents: Incidents, zones: readonly Zone[], control: Control): LaidPlaces {
  const { length, mask, precision, x, y } = incidents
  const areas = zoneAreas(zones, control)
  if (zones[CONTROL]?.name === 'comparison') {
    const shared = areas.overlap[CONTROL]
    if (shared > DRAWN * (shared + areas.area[CONTROL]))
      throw new InputError(
        'E-EVL-CONTAMINATED',
        `Comparison places overlap treated places by ${Math.round(shared).toLocaleString('en-GB')} m²: they were treated too, and nothing can be compared.`,
        { cure: 'Take the treated ground out of the comparison places.' },
      )
  }
  const usable = new Uint8Array(length)
  let selected = 0
  let unlocated = 0
  let areaOnly = 0
  let snapped = 0
  let undated = 0
  for (let row = 0; row < length; row++) {
    if (mask[row] === 0) continue
    selected++
    if (incidents.from[row] === NO_TIME || incidents.timePrecision[row] === UNDATED) undated++
    if (precision[row] === AREA_ONLY) areaOnly++
    else if (!Number.isFinite(x[row] + y[row])) unlocated++
    else {
      usable[row] = 1
      if (precision[row] === SNAPPED) snapped++
    }
  }
  const found = zoneOfPlaces(zones, x, y, usable, control)
  if (!found.zone.some((zone) => zone >= 0))
    throw new InputError('E-EVL-NONE', 'No incident of the selection lies in any of the places.', {
      cure: 'Choose other places or a wider selection.',
    })
  const told = (count: number): string =>
    `${count.toLocaleString('en-GB')} of ${selected.toLocaleString('en-GB')} incidents`
  const caveats: Caveat[] = []
  if (unlocated > 0)
    caveats.push(caveat('unlocated', `${told(unlocated)} have no coordinates and are in no zone.`))
  if (areaOnly > 0)
    caveats.push(
      caveat('area-places', `${told(areaOnly)} are placed at the centre of an area only and are left out.`),
    )
  if (undated > 0) caveats.push(caveat('undated', `${told(undated)} have no date and are in no period.`))
  if (snapped > 0)
    caveats.push(
      caveat(
        'snapped',
        `${told(snapped)} are placed at public map points, which can lie on the wrong side of a line: what is counted in a small place or its buffer may have happened next to it.`,
      ),
    )
  return { zones, ...found, ...areas, caveats }
}

/** Said where comparison places are so close to treated ones that their surroundings meet. */
export function buffersMeet(
  treatedBuffer: Zone | null,
  others: readonly (Zone | null)[],
  control: Control,
): Caveat[] {
  if (treatedBuffer === null) return []
  const meets = others.some((other) => other && zoneAreas([treatedBuffer, other], control).overlap[1] > 1)
  if (!meets) return []
  return [
    caveat(
      'buffers-meet',
      'Comparison places or their surroundings reach into the surroundings of treated places: ground near both was counted with the comparison places where it lies inside them, and with the treated surroundings elsewhere. The comparison may be touched by the work itself.',
    ),
  ]
}
