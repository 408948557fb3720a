import { basename } from 'node:path'
import { toNationalGrid } from '#core/analysis/space/national-grid.ts'
import type { Box, Position } from '#core/contract/geometry.ts'
import type { LineFeature } from '#core/contract/layer.ts'
import { InputError } from '#core/contract/problem.ts'
import { areaFields, fieldText, numbersOf } from '../boundaries/area-fields.ts'
import { coordinateReference } from '../boundaries/coordinate-reference.ts'
import { readSource } from '../boundaries/read-source.ts'
import { loadOstn15 } from '../projection/ostn15.ts'

export interface Lines {
  /** EPSG:27700 metres, in the order of the file. */
  readonly lines: readonly LineFeature[]
  readonly sha256: string
  readonly warnings: readonly string[]
}

/** Corners a file of lines may have: all roads of a large force are about 5 million. */
const MOST_CORNERS = 20_000_000

/**
 * Reads a file of lines, such as the streets of OS Open Roads: GeoJSON, GeoPackage or zipped shapefiles. The code and
 * name of a line are recognised as those of areas are; its kind is its class, road function or layer.
 *
 * @throws InputError E-GEO-011 no lines in it, or too many corners; else as `readSource` and `coordinateReference`
 */
export function readLines(
  path: string,
  options: { readonly file?: string | undefined; readonly layer?: string | undefined } = {},
): Lines {
  const file = options.file ?? basename(path)
  const source = readSource(path, file, 'lines', options.layer)
  let corners = 0
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { lines } of source.areas)
    for (const line of lines)
      for (const [x, y] of line) {
        corners++
        west = Math.min(west, x)
        east = Math.max(east, x)
        south = Math.min(south, y)
        north = Math.max(north, y)
      }
  if (corners === 0 || corners > MOST_CORNERS)
    throw new InputError(
      'E-GEO-011',
      corners === 0
        ? `${file} holds no lines. Nothing was imported.`
        : `${file} has ${corners.toLocaleString('en-GB')} corners; ${MOST_CORNERS.toLocaleString('en-GB')} is the most this program takes. Nothing was imported.`,
      { file, cure: corners === 0 ? 'Choose a file of lines, such as roads.' : 'Keep only the force area.' },
    )
  const box: Box = [west, south, east, north]
  const { crs, warnings } = coordinateReference(box, source.crs, file)
  const fields = areaFields(source.areas, {}, file)
  const lines: LineFeature[] = []
  let beyond = 0
  let without = 0
  source.areas.forEach(({ properties, lines: parts }, at) => {
    if (parts.length === 0) {
      without++
      return
    }
    const moved = crs === 'bng' ? parts : onNationalGrid(parts)
    if (!moved) {
      beyond++
      return
    }
    lines.push({
      code: fieldText(properties.get(fields.codeField)) || `line ${at + 1}`,
      name: fieldText(properties.get(fields.nameField)),
      kind: kindOf(properties),
      lines: moved.filter((line) => line.length > 1),
      ...numbersOf(properties, fields),
    })
  })
  if (lines.length === 0)
    throw new InputError('E-GEO-011', `${file} holds no line on the National Grid. Nothing was imported.`, {
      file,
      cure: 'Check that the layer was exported with the right coordinate reference.',
    })
  return {
    lines,
    sha256: source.sha256,
    warnings: [
      ...source.warnings,
      ...warnings,
      ...told(without, 'are no lines and were left out'),
      ...told(beyond, 'lie beyond the National Grid and were left out'),
    ],
  }
}

const KIND_FIELDS = [
  /^(class|road_?class(ification)?|function|road_?function|highway|kind|type)$/i,
  /^layer$/i,
]

function kindOf(properties: ReadonlyMap<string, unknown>): string {
  for (const pattern of KIND_FIELDS)
    for (const [name, value] of properties)
      if (pattern.test(name) && fieldText(value) !== '') return fieldText(value)
  return ''
}

function onNationalGrid(parts: readonly (readonly Position[])[]): Position[][] | null {
  const table = loadOstn15()
  const pair = [0, 0]
  const moved: Position[][] = []
  for (const part of parts) {
    const line: Position[] = []
    for (const [longitude, latitude] of part) {
      toNationalGrid(table, longitude, latitude, pair)
      if (Number.isNaN(pair[0])) return null
      line.push([pair[0], pair[1]])
    }
    moved.push(line)
  }
  return moved
}

function told(shapes: number, what: string): string[] {
  return shapes === 0 ? [] : [`${shapes.toLocaleString('en-GB')} shapes ${what}.`]
}
