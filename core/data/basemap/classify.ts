import type { BasemapClass } from '#core/contract/layer.ts'
import { basemapClasses } from '#core/contract/layer.ts'

/** An attribute by its name, undefined when there is none. */
export type AttributeReader = (name: string) => unknown

/**
 * Layer names of the common tile sets → our classes. OS Open Zoomstack, OpenMapTiles, Mapbox Streets and the plain names
 * people give to layers. `road` and `cover`: the attributes decide. Names are compared in lower case, with underscores.
 */
const layers: ReadonlyMap<string, BasemapClass | 'road' | 'cover'> = new Map(
  Object.entries({
    sea: 'sea',
    ocean: 'sea',
    tidal_water: 'sea',
    land: 'land',
    foreshore: 'land',
    woodland: 'green',
    greenspace: 'green',
    greenspaces: 'green',
    national_parks: 'green',
    park: 'green',
    parks: 'green',
    green: 'green',
    landcover: 'cover',
    landuse: 'cover',
    water: 'water',
    waterway: 'water',
    waterlines: 'water',
    surfacewater: 'water',
    surface_water: 'water',
    river: 'water',
    rivers: 'water',
    lakes: 'water',
    building: 'building',
    buildings: 'building',
    local_buildings: 'building',
    district_buildings: 'building',
    rail: 'rail',
    railway: 'rail',
    railways: 'rail',
    railway_track: 'rail',
    motorway: 'motorway',
    motorways: 'motorway',
    a_road: 'a-road',
    a_roads: 'a-road',
    b_road: 'b-road',
    b_roads: 'b-road',
    minor_road: 'minor-road',
    minor_roads: 'minor-road',
    local_roads: 'minor-road',
    road: 'road',
    roads: 'road',
    roads_national: 'road',
    roads_regional: 'road',
    roads_local: 'road',
    transportation: 'road',
    boundary: 'boundary',
    boundaries: 'boundary',
    admin: 'boundary',
    district: 'boundary',
    districts: 'boundary',
    ward: 'boundary',
    wards: 'boundary',
    borough: 'boundary',
    county: 'boundary',
    parish: 'boundary',
    place: 'place',
    places: 'place',
    place_label: 'place',
    names: 'place',
    cities: 'place',
    towns: 'place',
    settlements: 'place',
    station: 'place',
    stations: 'place',
    railway_stations: 'place',
    railwaystations: 'place',
  } as const),
)

const TYPE_NAMES = [
  'class',
  'type',
  'highway',
  'roadClassification',
  'road_classification',
  'fclass',
  'function',
]
const known = new Set<string>(basemapClasses)

/**
 * The class of a feature by the layer it is in and its attributes; null for what the map does not draw (paths,
 * contours, points of interest).
 */
export function basemapClass(layer: string, attribute: AttributeReader): BasemapClass | null {
  const named = layers.get(layer.toLowerCase().replaceAll(/[\s-]+/g, '_'))
  if (named === 'road') return roadClass(typeOf(attribute))
  if (named === 'cover') return coverClass(typeOf(attribute))
  if (named === 'water' && /ocean|sea/i.test(typeOf(attribute))) return 'sea'
  if (named === 'boundary' && Number(attribute('maritime')) === 1) return null
  return named ?? null
}

/** The class of a feature that belongs to no named layer: its own `class`, or OpenStreetMap's tags. */
export function basemapClassByTags(attribute: AttributeReader): BasemapClass | null {
  const own = attribute('class')
  if (typeof own === 'string' && known.has(own)) return own as BasemapClass
  const layer = attribute('layer')
  const byLayer = typeof layer === 'string' ? basemapClass(layer, attribute) : null
  if (byLayer) return byLayer
  if (has(attribute, 'highway')) return roadClass(String(attribute('highway')))
  if (has(attribute, 'roadClassification')) return roadClass(String(attribute('roadClassification')))
  if (has(attribute, 'railway'))
    return /station|halt|stop/.test(String(attribute('railway'))) ? 'place' : 'rail'
  if (has(attribute, 'building')) return 'building'
  if (has(attribute, 'waterway')) return 'water'
  if (has(attribute, 'boundary')) return 'boundary'
  if (has(attribute, 'place')) return 'place'
  const cover = attribute('natural') ?? attribute('landuse') ?? attribute('leisure')
  if (typeof cover === 'string')
    return /^(water|bay|reservoir|basin)$/.test(cover) ? 'water' : coverClass(cover)
  return typeof own === 'string' ? basemapClass(own, attribute) : null
}

/** What to write beside it: a road's number before its name. Empty for none. */
export function basemapName(feature: BasemapClass, attribute: AttributeReader): string {
  const isRoad = feature === 'motorway' || feature === 'a-road' || feature === 'b-road'
  const names = isRoad ? [...NUMBER_NAMES, ...NAME_NAMES] : NAME_NAMES
  for (const name of names) {
    const value = attribute(name)
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
  }
  return ''
}

const NUMBER_NAMES = ['NUMBER', 'number', 'ref', 'roadNumber', 'road_number', 'ROADNUMBER']
const NAME_NAMES = [
  'name',
  'name1',
  'NAME',
  'NAME1',
  'Name',
  'Station Name',
  'ROAD_NAME',
  'name_en',
  'WD25NM',
  'WD24NM',
  'LAD24NM',
  'ltla24_name',
  'ward_name',
  'label',
]

function typeOf(attribute: AttributeReader): string {
  for (const name of TYPE_NAMES) {
    const value = attribute(name)
    if (typeof value === 'string' && value !== '') return value
  }
  return ''
}

/** UK practice in OpenStreetMap: trunk and primary are A roads, secondary are B roads. */
function roadClass(type: string): BasemapClass | null {
  if (/^motorway/i.test(type)) return 'motorway'
  if (/^(a[ _-]?road|primary|trunk|a\d)/i.test(type)) return 'a-road'
  if (/^(b[ _-]?road|secondary|b\d)/i.test(type)) return 'b-road'
  if (/rail|transit|tram|subway/i.test(type)) return 'rail'
  if (/path|foot|cycle|bridle|steps|track|pedestrian|ferry|pier|aerialway|construction|proposed/i.test(type))
    return null
  return 'minor-road'
}

function coverClass(type: string): BasemapClass | null {
  return /wood|forest|grass|park|meadow|garden|green|scrub|heath|recreation|cemetery|pitch|golf|allotment|nature/i.test(
    type,
  )
    ? 'green'
    : null
}

function has(attribute: AttributeReader, name: string): boolean {
  const value = attribute(name)
  return value !== undefined && value !== null && value !== '' && value !== 'no'
}
