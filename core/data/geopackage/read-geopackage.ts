import type { Database } from 'better-sqlite3'
import { InputError } from '#core/contract/problem.ts'
import { fileHash } from '../boundaries/file-hash.ts'
import type { BoundarySource, SourceArea } from '../boundaries/source-area.ts'
import { geoPackagePolygons } from '../boundaries/wkb-polygons.ts'
import { damaged, geoPackageKind, openForeignDatabase } from './open-foreign-database.ts'

interface FeatureTable {
  readonly name: string
  readonly geometryColumn: string
  readonly geometryType: string
  readonly crs: string | null
}

/**
 * The areas of one layer of a GeoPackage: the one named, else the first that can hold areas.
 *
 * @throws InputError E-DB-001 … E-DB-007 as `openForeignDatabase`; E-GEO-014 no layer of areas or none of that name;
 *   E-GEO-011 a geometry whose bytes do not hold together
 */
export function geoPackageAreas(
  path: string,
  file: string,
  layer?: string,
  mayHold = mayHoldAreas,
  what = 'areas',
): BoundarySource {
  const db = openForeignDatabase(path, geoPackageKind, file)
  try {
    const tables = featureTables(db, file)
    const table = layer === undefined ? tables.find(mayHold) : tables.find(({ name }) => name === layer)
    if (!table) throw noLayer(file, tables, what, layer)
    const others = tables.filter((other) => other !== table && mayHold(other)).map(({ name }) => name)
    return {
      areas: readAreas(db, table, file),
      crs: table.crs,
      sha256: fileHash(path),
      warnings:
        layer === undefined && others.length > 0
          ? [
              `${file} holds ${others.length + 1} layers of ${what}. Only ${table.name} was read, not ${others.join(', ')}.`,
            ]
          : [],
    }
  } catch (error) {
    throw error instanceof InputError ? error : damaged(geoPackageKind, file)
  } finally {
    db.close()
  }
}

function featureTables(db: Database, file: string): FeatureTable[] {
  const held = db
    .prepare(
      "SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name IN ('gpkg_contents', 'gpkg_geometry_columns', 'gpkg_spatial_ref_sys')",
    )
    .get() as { n: number }
  if (held.n < 3)
    throw new InputError('E-DB-005', `${file} is a database, but not a GeoPackage. Nothing was imported.`, {
      file,
      cure: 'Choose a GeoPackage or GeoJSON file.',
    })
  // Joined with sqlite_master: only real tables are read, whatever the catalogue says.
  const rows = db
    .prepare(
      `SELECT g.table_name AS name, g.column_name AS geometryColumn, g.geometry_type_name AS geometryType,
              s.organization AS organization, s.organization_coordsys_id AS code
       FROM gpkg_geometry_columns g
       JOIN sqlite_master m ON m.type = 'table' AND m.name = g.table_name AND m.sql NOT LIKE 'create virtual%'
       LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
       ORDER BY m.rowid`,
    )
    .all() as {
    name: string
    geometryColumn: string
    geometryType: string
    organization: string | null
    code: number | null
  }[]
  return rows.map(({ name, geometryColumn, geometryType, organization, code }) => ({
    name,
    geometryColumn,
    geometryType,
    crs: organization === null || /^none$/i.test(organization) ? null : `${organization}:${code}`,
  }))
}

export function mayHoldLines({ geometryType }: { readonly geometryType: string }): boolean {
  return /line|curve|geometry/i.test(geometryType)
}

function mayHoldAreas({ geometryType }: { readonly geometryType: string }): boolean {
  return /polygon|surface|geometry/i.test(geometryType)
}

function noLayer(file: string, tables: readonly FeatureTable[], what: string, layer?: string): InputError {
  const held = tables.map(({ name }) => name).join(', ') || 'none'
  return new InputError(
    'E-GEO-014',
    layer === undefined
      ? `${file} holds no layer of ${what} (its layers: ${held}). Nothing was imported.`
      : `${file} holds no layer called ${layer} (its layers: ${held}). Nothing was imported.`,
    { file, cure: 'Choose a file with such a layer, or name one of its layers.' },
  )
}

function readAreas(db: Database, table: FeatureTable, file: string): SourceArea[] {
  const rows = db.prepare(`SELECT * FROM ${quoted(table.name)}`)
  const columns = rows.columns().map(({ name }) => name)
  const geometryAt = columns.findIndex((name) => name.toLowerCase() === table.geometryColumn.toLowerCase())
  if (geometryAt < 0) throw damaged(geoPackageKind, file)
  const areas: SourceArea[] = []
  for (const row of rows.raw(true).iterate() as Iterable<unknown[]>) {
    const properties = new Map<string, unknown>()
    for (let c = 0; c < columns.length; c++)
      if (c !== geometryAt && !(row[c] instanceof Uint8Array)) properties.set(columns[c], row[c])
    const blob = row[geometryAt]
    areas.push({ properties, ...geometryOf(blob, areas.length + 1, file) })
  }
  return areas
}

function geometryOf(blob: unknown, feature: number, file: string): Omit<SourceArea, 'properties'> {
  if (blob === null || blob === undefined) return { polygons: [], lines: [], others: [] }
  try {
    if (!(blob instanceof Uint8Array)) throw new RangeError('not a blob')
    return geoPackagePolygons(blob) ?? { polygons: [], lines: [], others: [] }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new InputError(
      'E-GEO-011',
      `The outline of feature ${feature.toLocaleString('en-GB')} in ${file} cannot be read. Nothing was imported.`,
      { file, row: feature, cure: 'Open the file in QGIS, run Fix geometries and export it again.' },
    )
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
