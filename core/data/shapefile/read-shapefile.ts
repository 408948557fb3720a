import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { parseSync } from '@loaders.gl/core'
import { DBFLoader, SHPLoader } from '@loaders.gl/shapefile'
import { type UnzipFileInfo, unzipSync } from 'fflate'
import type { Position } from '#core/contract/geometry.ts'
import { InputError } from '#core/contract/problem.ts'
import type { SourceArea } from '../boundaries/source-area.ts'

/** One shapefile of an archive: its name, its shapes with their attributes, and what its coordinates are said to be. */
export interface Shapefile {
  readonly name: string
  readonly shapes: readonly SourceArea[]
  readonly crs: string | null
}

export interface ShapefileArchive {
  readonly files: readonly Shapefile[]
  readonly sha256: string
}

/** What an archive may unpack to; the largest wards and roads of a region are a tenth of it. */
const MOST_BYTES = 600 << 20

/** A geometry as the loader gives it: flat coordinates, and where parts, rings and polygons begin. */
interface FlatGeometry {
  readonly type: string
  readonly positions: { readonly value: Float64Array; readonly size: number }
  readonly pathIndices?: { readonly value: ArrayLike<number> }
  readonly primitivePolygonIndices?: { readonly value: ArrayLike<number> }
  readonly polygonIndices?: { readonly value: ArrayLike<number> }
}

/**
 * Reads the shapefiles of a zip: .shp with its .dbf (attributes) and .prj (coordinates), in any folder of the archive.
 *
 * @throws InputError E-IMP-001 empty; E-GEO-014 no shapefile in it, larger than 600 MB unpacked, or damaged;
 *   E-GEO-016 a .shp whose .dbf is missing or holds another number of rows
 */
export function readShapefiles(path: string, file: string): ShapefileArchive {
  if (statSync(path).size === 0)
    throw new InputError('E-IMP-001', `${file} is empty. Nothing was imported.`, {
      file,
      cure: 'Export or copy the file again.',
    })
  const bytes = readFileSync(path)
  const held = unpacked(bytes, file)
  const names = [...held.keys()].filter((name) => /\.shp$/i.test(name)).sort()
  if (names.length === 0)
    throw refuse(
      file,
      'is an archive without a shapefile (.shp) in it',
      'Zip the .shp, .dbf and .prj together.',
    )
  return {
    files: names.map((name) => readOne(held, name, file)),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

function unpacked(bytes: Uint8Array, file: string): Map<string, Uint8Array> {
  let total = 0
  const wanted = (info: UnzipFileInfo): boolean => {
    if (!/\.(shp|dbf|prj|cpg)$/i.test(info.name)) return false
    total += info.originalSize
    if (total > MOST_BYTES)
      throw refuse(file, `would unpack to more than ${MOST_BYTES >> 20} MB`, 'Keep only the area you need.')
    return true
  }
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter: wanted })))
  } catch (error) {
    if (error instanceof InputError) throw error
    throw refuse(file, 'is an archive that cannot be unpacked', 'Copy or download it again.')
  }
}

function readOne(held: ReadonlyMap<string, Uint8Array>, name: string, file: string): Shapefile {
  const beside = (extension: string): Uint8Array | undefined => {
    const wanted = name.replace(/shp$/i, extension).toLowerCase()
    for (const [other, bytes] of held) if (other.toLowerCase() === wanted) return bytes
    return undefined
  }
  const table = beside('dbf')
  if (!table)
    throw new InputError('E-GEO-016', `${name} in ${file} comes without its .dbf. Nothing was imported.`, {
      file,
      cure: 'Zip the .shp, .dbf and .prj together.',
    })
  let geometries: (FlatGeometry | null)[]
  let rows: Record<string, unknown>[]
  try {
    const parsed = parseSync(bufferOf(held.get(name) as Uint8Array), SHPLoader) as unknown as {
      geometries: (FlatGeometry | null)[]
    }
    geometries = parsed.geometries
    const encoding = new TextDecoder().decode(beside('cpg') ?? new Uint8Array()).trim() || 'utf-8'
    rows = rowsOf(table, /utf-?8|65001/i.test(encoding) ? 'utf-8' : 'latin1')
  } catch {
    throw refuse(
      file,
      `holds a shapefile that cannot be read (${name})`,
      'Export it again, or save it as GeoPackage.',
    )
  }
  if (rows.length !== geometries.length)
    throw new InputError(
      'E-GEO-016',
      `${name} in ${file} has ${geometries.length.toLocaleString('en-GB')} shapes and ${rows.length.toLocaleString('en-GB')} rows of attributes. Nothing was imported.`,
      { file, cure: 'Export the layer again.' },
    )
  const projection = beside('prj')
  return {
    name: name.replace(/^.*\//, '').replace(/\.shp$/i, ''),
    shapes: geometries.map((geometry, at) => shapeOf(geometry, rows[at])),
    crs: projection === undefined ? null : referenceOf(new TextDecoder().decode(projection)),
  }
}

function rowsOf(table: Uint8Array, encoding: string): Record<string, unknown>[] {
  const parsed = parseSync(bufferOf(table), DBFLoader, {
    dbf: { encoding, shape: 'object-row-table' },
  }) as unknown
  const rows = Array.isArray(parsed) ? parsed : (parsed as { data: unknown }).data
  return rows as Record<string, unknown>[]
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer
}

/** The two references the product reads, by the words of a .prj; any other by its own name, to be refused by it. */
function referenceOf(text: string): string {
  if (/British[ _]National[ _]Grid/i.test(text)) return 'EPSG:27700'
  if (/^\s*GEOGCS\[[^[]*(WGS[ _]?(19)?84|ETRS[ _]?(19)?89)/i.test(text)) return 'EPSG:4326'
  return /^\s*\w+\["([^"]+)"/.exec(text)?.[1] ?? 'an unknown reference'
}

function shapeOf(geometry: FlatGeometry | null, row: Record<string, unknown>): SourceArea {
  const properties = new Map(Object.entries(row))
  if (!geometry) return { properties, polygons: [], lines: [], others: [] }
  const { positions, type } = geometry
  const part = (from: number, to: number): Position[] =>
    Array.from(
      { length: to - from },
      (_, k): Position => [
        positions.value[(from + k) * positions.size],
        positions.value[(from + k) * positions.size + 1],
      ],
    )
  const parts = (indices: ArrayLike<number>): Position[][] =>
    Array.from({ length: indices.length - 1 }, (_, k) => part(indices[k], indices[k + 1]))
  if (geometry.primitivePolygonIndices && geometry.polygonIndices) {
    const rings = Array.from(geometry.primitivePolygonIndices.value)
    const ends = Array.from(geometry.polygonIndices.value)
    const polygons = ends
      .slice(0, -1)
      .map((from, k) => parts(Int32Array.from(rings.filter((ring) => ring >= from && ring <= ends[k + 1]))))
    return { properties, polygons, lines: [], others: [] }
  }
  if (geometry.pathIndices)
    return { properties, polygons: [], lines: parts(geometry.pathIndices.value), others: [type] }
  return { properties, polygons: [], lines: [], others: [type] }
}

function refuse(file: string, what: string, cure: string): InputError {
  return new InputError('E-GEO-014', `${file} ${what}. Nothing was imported.`, { file, cure })
}
