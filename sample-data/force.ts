import { type Areas, divideForce } from './areas.ts'
import { type PlantedHotspot, plantHotspots } from './hotspots.ts'
import { drawOutline, type Outline } from './outline.ts'
import { openPremises, type Premises } from './premises.ts'
import { drawRoads, type Road } from './roads.ts'
import { placeSettlements, type Settlement } from './settlements.ts'
import { type Greens, placeGreens, placeSites, type Site } from './sites.ts'
import { layStreets, type Street } from './streets.ts'
import { drawWater, type Water } from './water.ts'

/** The whole fictional place, before anything happens in it. */
export interface Force {
  readonly outline: Outline
  readonly settlements: readonly Settlement[]
  readonly water: Water
  readonly roads: readonly Road[]
  readonly sites: readonly Site[]
  readonly greens: Greens
  readonly streets: readonly Street[]
  readonly areas: Areas
  readonly hotspots: readonly PlantedHotspot[]
  readonly premises: readonly Premises[]
}

/** Builds the force of a seed: the same seed gives the same place, about two seconds. */
export function buildForce(seed: number): Force {
  const outline = drawOutline(seed)
  const settlements = placeSettlements(seed, outline)
  const water = drawWater(seed)
  const roads = drawRoads(seed, outline, water, settlements)
  const sites = placeSites(settlements)
  const greens = placeGreens(seed, outline, settlements, sites, water)
  const streets = layStreets(seed, outline, water, greens, sites, settlements, roads)
  const areas = divideForce(seed, outline, settlements)
  const hotspots = plantHotspots(settlements, streets)
  const premises = openPremises(seed, streets, hotspots, sites, greens)
  return { outline, settlements, water, roads, sites, greens, streets, areas, hotspots, premises }
}
