import type { Caveat } from '#core/contract/caveat.ts'
import { caveat } from '../support/caveats.ts'
import type { ScanPlaces } from './scan-places.ts'

/** Caveat codes of incidents that are in no place of a scan, or in a rough one. */
export const scanPlaceCaveatCodes = {
  unlocated: 'Incidents without coordinates were left out.',
  'area-places': 'Incidents placed at the centre of an area were left out.',
  'outside-layer': 'Incidents in none of the areas of the layer were left out.',
  snapped: 'Places are public map points, not where it happened.',
} as const

export function scanPlaceCaveats(places: ScanPlaces): Caveat[] {
  const of = (count: number): string =>
    `${count.toLocaleString('en-GB')} of ${places.selected.toLocaleString('en-GB')} incidents`
  const caveats: Caveat[] = []
  if (places.unlocated > 0)
    caveats.push(caveat('unlocated', `${of(places.unlocated)} have no coordinates and are left out.`))
  if (places.areaOnly > 0)
    caveats.push(
      caveat(
        'area-places',
        `${of(places.areaOnly)} are placed at the centre of an area, where nothing happened, and are left out.`,
      ),
    )
  if (places.outside > 0)
    caveats.push(
      caveat(
        'outside-layer',
        `${of(places.outside)} lie in none of the areas of the layer and are left out.`,
      ),
    )
  if (places.snapped > 0)
    caveats.push(
      caveat(
        'snapped',
        `${of(places.snapped)} are placed at public map points, not where it happened: do not send patrols by this list alone.`,
      ),
    )
  return caveats
}
