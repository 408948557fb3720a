import type { Caveat } from '#core/contract/caveat.ts'
import { precisions } from '#core/contract/incident.ts'
import type { Incidents } from '#core/contract/method.ts'
import { caveat } from '../support/caveats.ts'
import { studyGridCaveats } from './study-grid.ts'

const SNAPPED = precisions.indexOf('snapped')
const AREA = precisions.indexOf('area')

/** Caveat codes of `unitsOf` and its kin, for the cards of the methods that use them. */
export const unitCaveatCards = {
  ...studyGridCaveats,
  'units-outside': 'Areas whose centre lies outside the study area were left out.',
  'places-occupied': 'Only places with at least one incident are known; the quiet ones are not counted.',
} as const

/** Where the incidents of a mask ended up. */
export interface UnitTally {
  readonly selected: number
  readonly outside: number
  readonly unlocated: number
  readonly snapped: number
  readonly areaOnly: number
}

/** Tells the incidents of the mask without a unit off into those with a place outside and those without one. */
export function tallyUnits(incidents: Incidents, mask: Uint8Array, unitOf: Int32Array): UnitTally {
  const { length, x, y, precision } = incidents
  let selected = 0
  let outside = 0
  let unlocated = 0
  let snapped = 0
  let areaOnly = 0
  for (let i = 0; i < length; i++) {
    if (mask[i] === 0) continue
    selected++
    if (precision[i] === SNAPPED) snapped++
    else if (precision[i] === AREA) areaOnly++
    if (unitOf[i] >= 0) continue
    if (Number.isFinite(x[i]) && Number.isFinite(y[i])) outside++
    else unlocated++
  }
  return { selected, outside, unlocated, snapped, areaOnly }
}

/** @param where the units in words, such as `the areas of “Wards”` */
export function unitCaveats(tally: UnitTally, where: string): Caveat[] {
  const { selected, outside, unlocated, snapped, areaOnly } = tally
  const told = (count: number): string =>
    `${count.toLocaleString('en-GB')} of ${selected.toLocaleString('en-GB')} incidents`
  const caveats: Caveat[] = []
  if (outside > 0)
    caveats.push(
      caveat('outside-study-area', `${told(outside)} are in none of ${where} and are not counted.`),
    )
  if (unlocated > 0)
    caveats.push(caveat('unlocated', `${told(unlocated)} have no coordinates and are not counted.`))
  if (snapped > 0)
    caveats.push(
      caveat(
        'snapped',
        `${told(snapped)} are placed at public map points, not where it happened: a count may belong to the ground beside it.`,
      ),
    )
  if (areaOnly > 0)
    caveats.push(
      caveat('area-places', `${told(areaOnly)} are placed at the centre of an area, not where it happened.`),
    )
  return caveats
}
