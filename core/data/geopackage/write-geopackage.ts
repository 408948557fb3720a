import { createRequire } from 'node:module'
import type { Database } from 'better-sqlite3'
import { ringsBox } from '#core/analysis/space/polygon.ts'
import { polygonsOfRings } from '#core/analysis/space/polygons-of-rings.ts'
import type { Box, Rings } from '#core/contract/geometry.ts'
import { safeWrite } from '../store/safe-write.ts'
import { multiPolygonBlob } from './geometry-blob.ts'
import { NATIONAL_GRID_WKT, WGS84_WKT } from './reference-text.ts'

export type AttributeValue = string | number | boolean | null

export interface GeoPackageLayer {
  /** Name of the layer: letters, digits and underscores, beginning with a letter. */
  readonly table: string
  readonly title: string
  readonly description?: string
  readonly features: readonly {
    /** EPSG:27700 metres, even-odd. */
    readonly rings: Rings
    readonly properties: Readonly<Record<string, AttributeValue>>
  }[]
  readonly srs: 27700
}

/** 'GPKG', and version 1.3.0. */
const APPLICATION_ID = 0x47504b47
const USER_VERSION = 10300
/** A GeoPackage must carry a time of last change. It is fixed, so that the same result is the same file. */
const LAST_CHANGE = '2000-01-01T00:00:00.000Z'

/**
 * Writes one layer of areas as a GeoPackage 1.3 (EPSG:27700), whole or not at all. The same layer gives the same bytes.
 *
 * @throws TypeError for a table name or attribute that cannot be one
 */
export function writeGeoPackage(path: string, layer: GeoPackageLayer): void {
  safeWrite(path, geoPackageBytes(layer))
}

/** The bytes of a GeoPackage with one layer of areas. An attribute is a number only where all its values are. */
export function geoPackageBytes(layer: GeoPackageLayer): Uint8Array {
  if (!/^[a-z][a-z0-9_]{0,62}$/i.test(layer.table) || /^(sqlite_|gpkg_|rtree_)/i.test(layer.table))
    throw new TypeError(`not a layer name: ${layer.table}`)
  const Sqlite = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Database
  const db = new Sqlite(':memory:')
  try {
    db.pragma('page_size = 4096')
    db.pragma('encoding = "UTF-8"')
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma(`user_version = ${USER_VERSION}`)
    db.transaction(() => fill(db, layer))()
    return db.serialize()
  } finally {
    db.close()
  }
}

interface Column {
  readonly name: string
  readonly type: 'TEXT' | 'INTEGER' | 'REAL' | 'BOOLEAN'
}

function fill(db: Database, layer: GeoPackageLayer): void {
  db.exec(CATALOGUE)
  const references = db.prepare('INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)')
  references.run(
    'Undefined Cartesian SRS',
    -1,
    'NONE',
    -1,
    'undefined',
    'undefined Cartesian coordinate reference system',
  )
  references.run(
    'Undefined geographic SRS',
    0,
    'NONE',
    0,
    'undefined',
    'undefined geographic coordinate reference system',
  )
  references.run('WGS 84 geodetic', 4326, 'EPSG', 4326, WGS84_WKT, 'longitude/latitude in degrees on WGS 84')
  references.run(
    'OSGB36 / British National Grid',
    layer.srs,
    'EPSG',
    layer.srs,
    NATIONAL_GRID_WKT,
    'easting/northing in metres',
  )
  const box = layerBox(layer)
  db.prepare('INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    layer.table,
    'features',
    layer.title,
    layer.description ?? '',
    LAST_CHANGE,
    ...(box ?? [null, null, null, null]),
    layer.srs,
  )
  db.prepare('INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)').run(
    layer.table,
    'geom',
    'MULTIPOLYGON',
    layer.srs,
  )
  const columns = columnsOf(layer)
  const declared = columns.map(({ name, type }) => `, ${quoted(name)} ${type}`).join('')
  db.exec(
    `CREATE TABLE ${quoted(layer.table)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON${declared})`,
  )
  const insert = db.prepare(`INSERT INTO ${quoted(layer.table)} VALUES (?, ?${', ?'.repeat(columns.length)})`)
  layer.features.forEach(({ rings, properties }, at) => {
    const blob = multiPolygonBlob(polygonsOfRings(rings), ringsBox(rings), layer.srs)
    insert.run(at + 1, blob, ...columns.map(({ name, type }) => stored(properties[name], type)))
  })
}

function layerBox({ features }: GeoPackageLayer): Box | null {
  const box = ringsBox(features.flatMap(({ rings }) => rings))
  return box[0] <= box[2] ? box : null
}

/** In the order the attributes first appear. */
function columnsOf({ features }: GeoPackageLayer): Column[] {
  const names = new Set<string>()
  for (const { properties } of features) for (const name of Object.keys(properties)) names.add(name)
  const lower = new Set(['fid', 'geom'])
  return [...names].map((name) => {
    if (name === '' || name.includes('\u0000') || lower.has(name.toLowerCase()))
      throw new TypeError(`not an attribute name, or used twice: ${name}`)
    lower.add(name.toLowerCase())
    return { name, type: typeOf(features.map(({ properties }) => properties[name])) }
  })
}

function typeOf(values: readonly (AttributeValue | undefined)[]): Column['type'] {
  const held = values.filter((value) => value !== null && value !== undefined)
  if (held.length === 0 || held.some((value) => typeof value === 'string')) return 'TEXT'
  if (held.every((value) => typeof value === 'boolean')) return 'BOOLEAN'
  if (held.some((value) => typeof value === 'boolean')) return 'TEXT'
  // NaN is null in the file and says nothing about the type.
  return held.every((value) => Number.isSafeInteger(value) || Number.isNaN(value)) &&
    held.some(Number.isSafeInteger)
    ? 'INTEGER'
    : 'REAL'
}

/** Missing, NaN and infinite values are null: never 0. */
function stored(value: AttributeValue | undefined, type: Column['type']): string | number | bigint | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' && !Number.isFinite(value)) return null
  if (type === 'TEXT') return String(value)
  if (typeof value === 'boolean') return value ? 1n : 0n
  // better-sqlite3 stores a number as REAL; an integer column gets an integer.
  return type === 'INTEGER' ? BigInt(value) : Number(value)
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

const CATALOGUE = `
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));`
