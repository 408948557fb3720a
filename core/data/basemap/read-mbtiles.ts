import type { Database } from 'better-sqlite3'
import type { Box } from '#core/contract/geometry.ts'
import type { BasemapFeature } from '#core/contract/layer.ts'
import { InputError } from '#core/contract/problem.ts'
import { damaged, mbtilesKind, openForeignDatabase } from '../geopackage/open-foreign-database.ts'
import { type Basemap, type BasemapInfo, meets } from './basemap.ts'
import { decodeTile } from './decode-tile.ts'
import { tilesFor } from './tile-grid.ts'
import { keepWithinBudget } from './vertex-budget.ts'

interface Tile {
  readonly column: number
  readonly row: number
  readonly data: Uint8Array | null
}

/**
 * Opens a set of vector tiles (MBTiles). Tiles are read when a map asks for them.
 *
 * @throws InputError E-DB-001 … E-DB-007 as `openForeignDatabase`; E-MAP-002 tiles that are pictures; E-MAP-003 no
 *   tiles; later, from `features`, E-MAP-004 for a tile that cannot be read
 */
export function openMbtiles(path: string, file: string): Basemap {
  const db = openForeignDatabase(path, mbtilesKind, file)
  try {
    return basemapOf(db, file)
  } catch (error) {
    db.close()
    throw error instanceof InputError ? error : damaged(mbtilesKind, file)
  }
}

function basemapOf(db: Database, file: string): Basemap {
  const { info, minimum, maximum } = describe(db, file)
  const tiles = db.prepare(
    `SELECT tile_column AS "column", tile_row AS "row", tile_data AS data FROM tiles
     WHERE zoom_level = ? AND tile_column BETWEEN ? AND ? AND tile_row BETWEEN ? AND ?
     ORDER BY tile_row DESC, tile_column`,
  )
  return {
    info,
    features(box, metresPerPixel, notes = []) {
      const { zoom, west, east, north, south } = tilesFor(box, metresPerPixel, minimum, maximum)
      // MBTiles counts rows from the south.
      const last = 2 ** zoom - 1
      const found: BasemapFeature[] = []
      try {
        for (const { column, row, data } of tiles.iterate(
          zoom,
          west,
          east,
          last - south,
          last - north,
        ) as Iterable<Tile>)
          if (data) readTile(data, zoom, column, last - row, found, file)
      } catch (error) {
        throw error instanceof InputError ? error : damaged(mbtilesKind, file)
      }
      return keepWithinBudget(
        found.filter(({ parts }) => meets(parts, box)),
        notes,
      )
    },
    close: () => db.close(),
  }
}

function readTile(
  data: Uint8Array,
  zoom: number,
  column: number,
  row: number,
  into: BasemapFeature[],
  file: string,
): void {
  try {
    decodeTile(data, zoom, column, row, into)
  } catch {
    throw new InputError(
      'E-MAP-004',
      `The map tile ${zoom}/${column}/${row} of ${file} cannot be read. The rest of the workspace is not affected.`,
      { file, cure: 'Copy the basemap file again from where it came, and add it again.' },
    )
  }
}

function describe(db: Database, file: string): { info: BasemapInfo; minimum: number; maximum: number } {
  const held = db
    .prepare(
      "SELECT count(*) AS n FROM sqlite_master WHERE name IN ('tiles', 'metadata') AND type IN ('table', 'view')",
    )
    .get() as { n: number }
  if (held.n < 2)
    throw new InputError(
      'E-DB-005',
      `${file} is a database, but not a set of map tiles. Nothing was added.`,
      {
        file,
        cure: 'Choose an MBTiles or GeoJSON file.',
      },
    )
  const metadata = new Map(
    (db.prepare('SELECT name, value FROM metadata').all() as { name: string; value: unknown }[]).map(
      ({ name, value }) => [name, String(value ?? '')],
    ),
  )
  // What is in the file counts, not what its metadata say.
  const range = db
    .prepare('SELECT count(*) AS tiles, min(zoom_level) AS minimum, max(zoom_level) AS maximum FROM tiles')
    .get() as { tiles: number; minimum: number | null; maximum: number | null }
  const { minimum, maximum } = range
  if (minimum === null || maximum === null || minimum < 0 || maximum > 24)
    throw new InputError('E-MAP-003', `${file} holds no map tiles. Nothing was added.`, {
      file,
      cure: 'Choose another basemap file.',
    })
  refuseRaster(db, metadata.get('format') ?? '', file)
  return {
    info: {
      format: 'mbtiles',
      name: metadata.get('name') || file.replace(/\.mbtiles$/i, ''),
      source: plainText(metadata.get('attribution') || metadata.get('description') || ''),
      features: range.tiles,
      box: boundsOf(metadata.get('bounds')) ?? tileBox(db, maximum),
      warnings: [],
    },
    minimum,
    maximum,
  }
}

function refuseRaster(db: Database, format: string, file: string): void {
  const first = db.prepare('SELECT tile_data AS data FROM tiles LIMIT 1').get() as { data: Uint8Array | null }
  const head = Buffer.from(first.data ?? []).toString('latin1', 0, 4)
  const isPicture = head === '\u0089PNG' || head.startsWith('\u00ff\u00d8\u00ff') || head === 'RIFF'
  if (!isPicture && !/^(png|jpe?g|webp|avif)$/i.test(format)) return
  throw new InputError(
    'E-MAP-002',
    `${file} holds map pictures (raster tiles). Raster basemaps come in a later version. Nothing was added.`,
    { file, cure: 'Choose a set of vector tiles, such as OS Open Zoomstack (MBTiles), or a GeoJSON file.' },
  )
}

function boundsOf(text: string | undefined): Box | null {
  const numbers = (text ?? '').split(',').map(Number)
  const [west, south, east, north] = numbers
  return numbers.length === 4 && numbers.every(Number.isFinite) && west < east && south < north
    ? [west, south, east, north]
    : null
}

function tileBox(db: Database, zoom: number): Box {
  const { west, east, south, north } = db
    .prepare(
      'SELECT min(tile_column) AS west, max(tile_column) AS east, min(tile_row) AS south, max(tile_row) AS north FROM tiles WHERE zoom_level = ?',
    )
    .get(zoom) as { west: number; east: number; south: number; north: number }
  const size = 2 ** zoom
  const latitude = (row: number): number =>
    (Math.atan(Math.sinh(Math.PI * ((2 * row) / size - 1))) * 180) / Math.PI
  return [(west / size) * 360 - 180, latitude(south), ((east + 1) / size) * 360 - 180, latitude(north + 1)]
}

/** Attributions are often HTML. */
function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&copy;', '©')
    .replaceAll('&amp;', '&')
    .trim()
}
