import type { Box } from '#core/contract/geometry.ts'
import { InputError } from '#core/contract/problem.ts'

export interface CoordinateReference {
  readonly crs: 'wgs84' | 'bng'
  readonly warnings: readonly string[]
}

/** EPSG numbers read as the National Grid (7405 adds heights) and as degrees (4258 is ETRS89). */
const NATIONAL_GRID = new Set([27700, 7405])
const DEGREES = new Set([4326, 4258, 4979, 4937])

/**
 * Decides what the coordinates inside `box` are: by what the file says and by the numbers, which must agree. Numbers win over a
 * label that cannot be true, with a warning.
 *
 * @throws InputError E-GEO-012 when they are neither degrees in Great Britain nor the National Grid
 */
export function coordinateReference(box: Box, said: string | null, file: string): CoordinateReference {
  const looks = looksLike(box)
  const label = said === null ? null : readLabel(said)
  if (looks === 'swapped')
    throw refuse(file, 'has latitude before longitude', 'Export it again with longitude (x) first.')
  if (label === 'other' || (looks === null && label === null))
    throw refuse(
      file,
      said === null
        ? `does not say what its coordinates are, and they are neither degrees nor the National Grid (they begin at ${Math.round(box[0]).toLocaleString('en-GB')}, ${Math.round(box[1]).toLocaleString('en-GB')})`
        : `is in ${said}, which this program does not read`,
      'Save it in British National Grid (EPSG:27700) or WGS 84 (EPSG:4326).',
    )
  if (label === null) return { crs: looks as 'wgs84' | 'bng', warnings: [] }
  if (looks === null)
    throw refuse(
      file,
      `says its coordinates are ${said}, but they lie outside Great Britain`,
      'Check that the layer was exported with the right coordinate reference.',
    )
  if (looks !== label)
    return {
      crs: looks,
      warnings: [
        `${file} says its coordinates are ${said}, but the numbers are ${looks === 'bng' ? 'National Grid metres' : 'degrees'} and were read so.`,
      ],
    }
  return { crs: label, warnings: [] }
}

/** EPSG:27700, urn:ogc:def:crs:EPSG::27700, http://www.opengis.net/def/crs/EPSG/0/27700, …CRS84 and the like. */
function readLabel(said: string): 'wgs84' | 'bng' | 'other' {
  if (/CRS:?84\b/i.test(said)) return 'wgs84'
  const code = /EPSG.*?(\d{4,5})$/i.exec(said)
  if (!code) return 'other'
  if (NATIONAL_GRID.has(Number(code[1]))) return 'bng'
  return DEGREES.has(Number(code[1])) ? 'wgs84' : 'other'
}

function looksLike([west, south, east, north]: Box): 'wgs84' | 'bng' | 'swapped' | null {
  // Great Britain, Ireland and the islands, with room for a force's sea.
  if (west >= -16 && east <= 6 && south >= 46 && north <= 66) return 'wgs84'
  if (west >= 46 && east <= 66 && south >= -16 && north <= 6) return 'swapped'
  // Whatever fits into degrees is not taken for metres: that square is open sea.
  if (west >= -180 && east <= 180 && south >= -90 && north <= 90) return null
  return west >= -300_000 && east <= 800_000 && south >= -100_000 && north <= 1_400_000 ? 'bng' : null
}

function refuse(file: string, what: string, cure: string): InputError {
  return new InputError('E-GEO-012', `${file} ${what}. Nothing was imported.`, { file, cure })
}
