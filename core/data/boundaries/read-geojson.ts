import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { InputError } from '#core/contract/problem.ts'

/** A GeoJSON file taken apart only as far as its features; coordinates are still whatever the file holds. */
export interface GeoJsonFile {
  readonly features: readonly GeoJsonFeature[]
  /** Name in the `crs` member of the older GeoJSON, null when there is none. */
  readonly crs: string | null
  readonly sha256: string
}

export interface GeoJsonFeature {
  readonly properties: ReadonlyMap<string, unknown>
  readonly geometry: {
    readonly type: string
    readonly coordinates: unknown
    readonly geometries: unknown
  } | null
}

/** Above this, one string no longer holds the file. */
const MOST_BYTES = 400 << 20
/** A MultiPolygon in a collection needs 9. */
const MOST_DEPTH = 64

/**
 * Reads a GeoJSON file: FeatureCollection, one Feature or one bare geometry. UTF-8, with or without a byte order mark.
 *
 * @throws InputError E-IMP-001 empty, E-GEO-010 not GeoJSON (too large, too deeply nested, broken, TopoJSON)
 */
export function readGeoJson(path: string, file: string): GeoJsonFile {
  const size = statSync(path).size
  if (size === 0)
    throw new InputError('E-IMP-001', `${file} is empty. Nothing was imported.`, {
      file,
      cure: 'Export or copy the file again.',
    })
  if (size > MOST_BYTES)
    throw refuse(
      file,
      `is larger than the ${MOST_BYTES >> 20} MB a GeoJSON file may have`,
      'Save it as a GeoPackage.',
    )
  const bytes = readFileSync(path)
  checkDepth(bytes, file)
  let root: unknown
  try {
    root = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    const broken = error instanceof SyntaxError
    throw refuse(
      file,
      broken ? 'is not complete GeoJSON' : 'is not UTF-8 text',
      'Export it again as GeoJSON (UTF-8).',
    )
  }
  return {
    features: featuresOf(root, file),
    crs: crsName(root),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

function refuse(file: string, what: string, cure: string): InputError {
  return new InputError('E-GEO-010', `${file} ${what}. Nothing was imported.`, { file, cure })
}

/** Counts brackets outside strings before anything recursive sees the file. */
function checkDepth(bytes: Uint8Array, file: string): void {
  let depth = 0
  let inString = false
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i]
    if (inString) {
      if (c === 92) i++
      else if (c === 34) inString = false
    } else if (c === 34) inString = true
    else if (c === 91 || c === 123) {
      if (++depth > MOST_DEPTH)
        throw refuse(
          file,
          `is nested deeper than ${MOST_DEPTH} levels at byte ${(i + 1).toLocaleString('en-GB')}, which no map file needs`,
          'Export it again from the program it came from.',
        )
    } else if (c === 93 || c === 125) depth--
  }
}

function featuresOf(root: unknown, file: string): GeoJsonFeature[] {
  const cure = 'Export the layer again as GeoJSON (a FeatureCollection) or as a GeoPackage.'
  if (!isRecord(root)) throw refuse(file, 'is JSON, but not GeoJSON', cure)
  if (root.type === 'FeatureCollection') {
    if (!Array.isArray(root.features)) throw refuse(file, 'has no list of features', cure)
    return root.features.map((feature, at) => featureOf(feature, at + 1, file))
  }
  if (root.type === 'Feature') return [featureOf(root, 1, file)]
  if (root.type === 'Topology')
    throw refuse(
      file,
      'is TopoJSON, which this program does not read',
      'Save it as GeoJSON or as a GeoPackage.',
    )
  if ('coordinates' in root || 'geometries' in root)
    return [featureOf({ type: 'Feature', geometry: root }, 1, file)]
  throw refuse(file, 'is JSON, but not GeoJSON', cure)
}

function featureOf(value: unknown, number: number, file: string): GeoJsonFeature {
  if (!isRecord(value) || value.type !== 'Feature')
    throw refuse(
      file,
      `holds something that is no feature, at feature ${number}`,
      'Export it again as GeoJSON.',
    )
  const properties = new Map(isRecord(value.properties) ? Object.entries(value.properties) : [])
  const { geometry } = value
  if (!isRecord(geometry)) return { properties, geometry: null }
  return {
    properties,
    geometry: {
      type: String(geometry.type),
      coordinates: geometry.coordinates,
      geometries: geometry.geometries,
    },
  }
}

function crsName(root: unknown): string | null {
  if (!isRecord(root) || !isRecord(root.crs)) return null
  const { properties } = root.crs
  return isRecord(properties) && typeof properties.name === 'string' ? properties.name : 'not named'
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
