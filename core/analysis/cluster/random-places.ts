import type { Box, Rings } from '#core/contract/geometry.ts'
import type { Control } from '#core/contract/method.ts'
import { locateAreas } from '../space/polygon.ts'
import { type Random, randomUnit } from '../support/random.ts'

/** Where random places may fall: a box, and within it the areas; the whole box when there are none. */
export interface Region {
  readonly box: Box
  readonly areas: readonly { readonly rings: Rings }[]
}

/** Tries between two calls of `tick`. */
const MOST_TRIES = 1 << 16
/** Fewer than this share of tries falling inside would take for ever. */
const LEAST_SHARE = 1e-5

/**
 * Places anywhere in the region, each spot equally likely: tried in the box until enough lie in the areas.
 *
 * @returns null when next to nothing of the box is inside
 */
export function randomPlaces(
  { box: [west, south, east, north], areas }: Region,
  wanted: number,
  random: Random,
  control: Control,
): { readonly x: Float64Array; readonly y: Float64Array } | null {
  const x = new Float64Array(wanted)
  const y = new Float64Array(wanted)
  let found = 0
  let tried = 0
  while (found < wanted) {
    control.tick(found / wanted, 'Drawing random places')
    const share = tried === 0 ? 1 : Math.max(found / tried, LEAST_SHARE)
    const size = Math.min(MOST_TRIES, Math.ceil(((wanted - found) / share) * 1.1) + 16)
    const tryX = new Float64Array(size)
    const tryY = new Float64Array(size)
    for (let k = 0; k < size; k++) {
      tryX[k] = west + randomUnit(random) * (east - west)
      tryY[k] = south + randomUnit(random) * (north - south)
    }
    const inside = areas.length > 0 ? locateAreas(areas, tryX, tryY) : null
    for (let k = 0; k < size && found < wanted; k++)
      if (inside === null || inside[k] >= 0) {
        x[found] = tryX[k]
        y[found++] = tryY[k]
      }
    tried += size
    if (found < tried * LEAST_SHARE) return null
  }
  return { x, y }
}
