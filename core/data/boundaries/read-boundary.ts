import { basename } from 'node:path'
import { toNationalGrid } from '#core/analysis/space/national-grid.ts'
import type { Box, Position } from '#core/contract/geometry.ts'
import type { AreaFeature } from '#core/contract/layer.ts'
import { InputError } from '#core/contract/problem.ts'
import { loadOstn15 } from '../projection/ostn15.ts'
import { areaFields, fieldText, numbersOf } from './area-fields.ts'
import { cleanOutline } from './clean-outline.ts'
import { coordinateReference } from './coordinate-reference.ts'
import { type OutlineNotes, outlineNotes } from './outline-notes.ts'
import { readSource } from './read-source.ts'
import type { SourceArea } from './source-area.ts'

export interface BoundaryOptions {
  /** Attributes holding code and name; recognised when absent. */
  readonly codeField?: string | undefined
  readonly nameField?: string | undefined
  /** Layer of a GeoPackage that holds several; the first layer of areas when absent. */
  readonly layer?: string | undefined
  /** Name to use in sentences; the file's own name when absent. */
  readonly file?: string | undefined
}

export interface Boundary {
  /** `rings` in EPSG:27700 metres, even-odd, in the order of the file. */
  readonly areas: readonly AreaFeature[]
  readonly codeField: string
  readonly nameField: string
  /** What the file's own coordinates were. */
  readonly crs: 'wgs84' | 'bng'
  readonly sha256: string
  /** Sentences: what was put right, left out or is doubtful. */
  readonly warnings: readonly string[]
}

/** Corners a boundary file may have; the largest ONS file (full-resolution output areas) has about 13 million. */
const MOST_CORNERS = 20_000_000

/**
 * Reads a boundary file, GeoJSON, GeoPackage or zipped shapefile, as areas on the National Grid (OSTN15 from degrees). About 1 µs a
 * corner; the file is held in memory once.
 *
 * @throws InputError E-IMP-001 empty; E-GEO-010 not GeoJSON; E-GEO-011 an outline that cannot be used, or no areas;
 *   E-GEO-012 coordinates neither degrees nor National Grid; E-GEO-013 no such attribute; E-GEO-014 another kind of
 *   file, or no such layer; E-DB-001 … E-DB-007 a GeoPackage that is none, is empty, cut short, damaged or suspicious
 */
export function readBoundary(path: string, options: BoundaryOptions = {}): Boundary {
  const file = options.file ?? basename(path)
  const source = readSource(path, file, 'areas', options.layer)
  const corners = countCorners(source.areas)
  if (corners > MOST_CORNERS)
    throw unusable(
      file,
      `has ${corners.toLocaleString('en-GB')} corners; ${MOST_CORNERS.toLocaleString('en-GB')} is the most this program takes`,
      'Use the generalised version of the boundaries.',
    )
  const curved = source.areas
    .flatMap(({ others }) => others)
    .find((type) => /curve|surface|circular|tin\b/i.test(type))
  if (curved)
    throw unusable(
      file,
      `has outlines drawn with curves (${curved})`,
      'In QGIS, run Segmentize or Convert to straight lines, then export it again.',
    )
  if (corners === 0)
    throw unusable(file, 'holds no areas', 'Choose a file of areas (polygons), such as wards or LSOAs.')
  const { crs, warnings } = coordinateReference(boxOf(source.areas), source.crs, file)
  const fields = areaFields(source.areas, options, file)
  const notes = outlineNotes()
  const areas: AreaFeature[] = []
  const unnamed: string[] = []
  source.areas.forEach((area, at) => {
    const label = `feature ${at + 1}`
    const code = fieldText(area.properties.get(fields.codeField))
    const name = fieldText(area.properties.get(fields.nameField))
    const shown = name || code || label
    if (area.others.length > 0) notes.add('notAnArea', shown)
    const rings = outlineOf(area, crs, shown, notes)
    if (rings.length === 0) return
    if (code === '') unnamed.push(shown)
    areas.push({ code: code || label, name: shown, rings, ...numbersOf(area.properties, fields) })
  })
  if (areas.length === 0)
    throw unusable(
      file,
      `holds no area that can be used (${notes.sentences()[0] ?? 'all are empty'})`,
      'Check the file in QGIS and export it again.',
    )
  return {
    areas,
    ...fields,
    crs,
    sha256: source.sha256,
    warnings: [
      ...source.warnings,
      ...warnings,
      ...notes.sentences(),
      ...numberedWarning(unnamed, areas.length, fields.codeField),
      ...repeatedWarning(areas, fields.codeField),
    ],
  }
}

/** Rings on the National Grid; none, with a note, when the area cannot be used. */
function outlineOf(area: SourceArea, crs: 'wgs84' | 'bng', shown: string, notes: OutlineNotes): Position[][] {
  if (area.polygons.length === 0) {
    if (area.others.length === 0) notes.add('noOutline', shown)
    return []
  }
  const polygons = crs === 'bng' ? area.polygons : onNationalGrid(area.polygons)
  if (!polygons) {
    notes.add('offGrid', shown)
    return []
  }
  return cleanOutline(polygons, (kind) => notes.add(kind, shown))
}

function onNationalGrid(polygons: SourceArea['polygons']): Position[][][] | null {
  const table = loadOstn15()
  const pair = [0, 0]
  const moved: Position[][][] = []
  for (const rings of polygons) {
    const movedRings: Position[][] = []
    for (const ring of rings) {
      const movedRing: Position[] = []
      for (const [longitude, latitude] of ring) {
        toNationalGrid(table, longitude, latitude, pair)
        if (Number.isNaN(pair[0])) return null
        movedRing.push([pair[0], pair[1]])
      }
      movedRings.push(movedRing)
    }
    moved.push(movedRings)
  }
  return moved
}

function boxOf(areas: readonly SourceArea[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { polygons } of areas)
    for (const rings of polygons)
      for (const ring of rings)
        for (const [x, y] of ring) {
          west = Math.min(west, x)
          south = Math.min(south, y)
          east = Math.max(east, x)
          north = Math.max(north, y)
        }
  return [west, south, east, north]
}

function countCorners(areas: readonly SourceArea[]): number {
  let corners = 0
  for (const { polygons } of areas)
    for (const rings of polygons) for (const ring of rings) corners += ring.length
  return corners
}

function numberedWarning(unnamed: readonly string[], total: number, codeField: string): string[] {
  if (unnamed.length === 0) return []
  if (codeField === '')
    return ['The file has no attribute that looks like a code or a name; areas are numbered in its order.']
  return [
    `${unnamed.length.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} areas have no ${codeField} and go by their number: ${unnamed.slice(0, 3).join(', ')}.`,
  ]
}

function repeatedWarning(areas: readonly AreaFeature[], codeField: string): string[] {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { code } of areas) {
    if (seen.has(code)) repeated.add(code)
    seen.add(code)
  }
  if (repeated.size === 0) return []
  const shown = [...repeated].slice(0, 3).join(', ')
  return [
    `${repeated.size.toLocaleString('en-GB')} values of ${codeField} stand for more than one area (${shown}${repeated.size > 3 ? ' …' : ''}); choose another attribute if each area should count by itself.`,
  ]
}

function unusable(file: string, what: string, cure: string): InputError {
  return new InputError('E-GEO-011', `${file} ${what}. Nothing was imported.`, { file, cure })
}
