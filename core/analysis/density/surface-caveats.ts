import type { Caveat } from '#core/contract/caveat.ts'
import type { Incidents } from '#core/contract/method.ts'
import { caveat } from '../support/caveats.ts'
import { type HarmOfIncidents, unweightedCaveat } from '../support/harm.ts'
import type { SurfaceSettings } from './surface-parameters.ts'

/** Caveat codes of every method that lays a density surface, for their cards. */
export const surfaceCaveatCodes = {
  'density-edge': 'Cells within reach of the boundary read low, because incidents beyond it are not held.',
  'density-corrected':
    'Cells near the boundary are corrected as if the ground beyond it were like the ground within.',
  'bandwidth-rule': 'The bandwidth was worked out by rule.',
  'bandwidth-fine': 'The kernel reaches less than two cells: the surface is coarse.',
  'few-incidents': 'The surface stands on fewer than 30 incidents.',
  'harm-unweighted': 'Some offences have no harm weight and are left out.',
  'harm-by-group': 'Some incidents have only the weight of their sub-group.',
  unlocated: 'Incidents without coordinates were left out.',
  snapped: 'Places are public map points, not where it happened.',
  'area-places': 'Some places are the centre of an area, not where it happened.',
} as const

/** Index of `snapped` and of `area` in `precisions`. */
const SNAPPED = 1
const AREA_ONLY = 2

/** What there is to say of the incidents of a surface. */
export function placeCaveats(incidents: Incidents, weights: HarmOfIncidents | null): Caveat[] {
  const { selected, unlocated, snapped, areaOnly, unweighted } = tallyPlaces(incidents, weights)
  const told = (count: number): string =>
    `${count.toLocaleString('en-GB')} of ${selected.toLocaleString('en-GB')} incidents`
  const caveats: Caveat[] = []
  const used = selected - unlocated
  if (used < 30)
    caveats.push(
      caveat(
        'few-incidents',
        `The surface stands on ${used} incidents with a place: it shows where those few were, not a pattern.`,
      ),
    )
  if (unlocated > 0)
    caveats.push(caveat('unlocated', `${told(unlocated)} have no coordinates and are left out.`))
  if (snapped > 0)
    caveats.push(
      caveat(
        'snapped',
        `${told(snapped)} are placed at public map points, not where it happened: peaks smaller than a few hundred metres are those points.`,
      ),
    )
  if (areaOnly > 0)
    caveats.push(
      caveat('area-places', `${told(areaOnly)} are placed at the centre of an area, not where it happened.`),
    )
  if (weights !== null) caveats.push(...unweightedCaveat(unweighted, selected, weights))
  return caveats
}

/** What there is to say of the bandwidth and the boundary. `reach` is that of the (least) kernel, metres. */
export function kernelCaveats(
  settings: SurfaceSettings,
  bandwidth: number,
  reach: number,
  hasStudyArea: boolean,
): Caveat[] {
  const metres = (value: number): string => `${Math.round(value).toLocaleString('en-GB')} m`
  const caveats: Caveat[] = []
  if (hasStudyArea && settings.edge === 'none')
    caveats.push(
      caveat(
        'density-edge',
        settings.adaptive
          ? 'Near the boundary the surface reads low where incidents beyond it are not held; nothing is corrected.'
          : `Within ${metres(reach)} of the boundary the surface reads low where incidents beyond it are not held; nothing is corrected.`,
      ),
    )
  if (settings.edge !== 'none')
    caveats.push(
      caveat(
        'density-corrected',
        'Near the boundary the surface is corrected as if the ground beyond it were like the ground within; incidents outside the study area are left out.',
      ),
    )
  if (settings.bandwidth === 0 && !settings.adaptive)
    caveats.push(
      caveat(
        'bandwidth-rule',
        `The bandwidth of ${metres(bandwidth)} was worked out by rule; for a whole force area the rule draws wide, so try smaller values.`,
      ),
    )
  if (reach < 2 * settings.cellSize)
    caveats.push(
      caveat(
        'bandwidth-fine',
        `The kernel reaches ${metres(reach)}, less than two cells of ${settings.cellSize} m: the surface depends on where cell centres fall. Choose smaller cells.`,
      ),
    )
  return caveats
}

function tallyPlaces({ length, mask, x, y, precision }: Incidents, weights: HarmOfIncidents | null) {
  let selected = 0
  let unlocated = 0
  let snapped = 0
  let areaOnly = 0
  let unweighted = 0
  for (let i = 0; i < length; i++) {
    if (mask[i] === 0) continue
    selected++
    if (!(x[i] - x[i] === 0 && y[i] - y[i] === 0)) unlocated++
    else if (precision[i] === SNAPPED) snapped++
    else if (precision[i] === AREA_ONLY) areaOnly++
    if (weights !== null && Number.isNaN(weights.weights[weights.codes[i]])) unweighted++
  }
  return { selected, unlocated, snapped, areaOnly, unweighted }
}
