import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import type { Database, Options } from 'better-sqlite3'
import { InputError } from '#core/contract/problem.ts'

/** What the file ought to be, and the views such files rightly carry. */
export interface ForeignKind {
  readonly name: 'GeoPackage' | 'MBTiles'
  readonly views: ReadonlySet<string>
}

export const geoPackageKind: ForeignKind = { name: 'GeoPackage', views: new Set() }
export const mbtilesKind: ForeignKind = {
  name: 'MBTiles',
  views: new Set(['tiles', 'metadata', 'grids', 'grid_data']),
}

const MAGIC = 'SQLite format 3\u0000'
/** Above this, the page-by-page check takes longer than reading the file; damage then shows when a page is read. */
const CHECKED_BYTES = 256 << 20
/** A file left in write-ahead mode is read from memory up to here, so that nothing is written beside it. */
const IN_MEMORY_BYTES = 512 << 20
/** Triggers that GDAL, QGIS, FME and ArcGIS put into every GeoPackage. They cannot run on a read-only connection. */
const STANDARD_TRIGGER = /^(gpkg_|rtree_|trigger_(insert|update|delete)_feature_count_|f?gt[iu]_|st_)/i

/**
 * Opens a SQLite file that somebody else made: read-only, `trusted_schema` off, nothing in it trusted before it was
 * looked at. The caller closes it.
 *
 * @param file Name to use in sentences; the file's own name when absent.
 * @throws InputError E-DB-001 not a database, E-DB-002 empty, E-DB-003 incomplete or damaged, E-DB-004 holds views,
 *   triggers or virtual tables that do not belong, E-DB-007 has changes in a `-wal` file beside it
 */
export function openForeignDatabase(path: string, kind: ForeignKind, file = basename(path)): Database {
  const header = readHeader(path, kind, file)
  const Sqlite = createRequire(import.meta.url)('better-sqlite3') as new (
    source: string | Buffer,
    options: Options,
  ) => Database
  let db: Database | undefined
  try {
    db = new Sqlite(header.walMode ? withoutWalMode(path) : path, { readonly: true })
    db.pragma('trusted_schema = OFF')
    db.pragma('cell_size_check = ON')
    db.pragma('mmap_size = 0')
    db.pragma('query_only = ON')
    refuseStrangers(db, kind, file)
    if (header.size <= CHECKED_BYTES && db.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw damaged(kind, file)
    return db
  } catch (error) {
    db?.close()
    throw error instanceof InputError ? error : damaged(kind, file)
  }
}

/** The refusal for a file whose pages do not hold together, wherever that comes to light. */
export function damaged(kind: ForeignKind, file: string): InputError {
  return new InputError('E-DB-003', `${file} is damaged and cannot be read. Nothing was imported.`, {
    file,
    cure: `Export or copy the ${kind.name} file again from where it came.`,
  })
}

function readHeader(path: string, kind: ForeignKind, file: string): { size: number; walMode: boolean } {
  const handle = openSync(path, 'r')
  const bytes = Buffer.alloc(100)
  let size: number
  let read: number
  try {
    size = fstatSync(handle).size
    read = readSync(handle, bytes, 0, 100, 0)
  } finally {
    closeSync(handle)
  }
  if (size === 0)
    throw new InputError('E-DB-002', `${file} is an empty file. Nothing was imported.`, {
      file,
      cure: `Export or copy the ${kind.name} file again.`,
    })
  if (read < 100 || bytes.toString('latin1', 0, 16) !== MAGIC)
    throw new InputError('E-DB-001', `${file} is not a ${kind.name} file. Nothing was imported.`, {
      file,
      cure: `Choose a ${kind.name} file; the name alone does not make it one.`,
    })
  const pageSize = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16)
  const pages = bytes.readUInt32BE(28)
  // The page count is only meant when it was written with the last change.
  if (bytes.readUInt32BE(24) === bytes.readUInt32BE(92) && pages * pageSize > size)
    throw new InputError(
      'E-DB-003',
      `${file} is incomplete: it should have ${(pages * pageSize).toLocaleString('en-GB')} bytes and has ${size.toLocaleString('en-GB')}. Nothing was imported.`,
      { file, cure: 'Copy or export the file again and wait until the copy is finished.' },
    )
  if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0)
    throw new InputError(
      'E-DB-007',
      `${file} has changes that are not yet in the file itself (${file}-wal lies beside it). Nothing was imported.`,
      { file, cure: 'Close the program that has it open, such as QGIS, and import it again.' },
    )
  return { size, walMode: bytes[18] === 2 && size <= IN_MEMORY_BYTES }
}

/** The file in memory, marked as one that keeps no write-ahead log: opened in place, SQLite would write beside it. */
function withoutWalMode(path: string): Buffer {
  const bytes = readFileSync(path)
  bytes[18] = 1
  bytes[19] = 1
  return bytes
}

function refuseStrangers(db: Database, kind: ForeignKind, file: string): void {
  const rows = db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all() as {
    type: string
    name: string
    sql: string | null
  }[]
  const strangers: string[] = []
  for (const { type, name, sql } of rows) {
    const isVirtual = type === 'table' && /^\s*create\s+virtual\b/i.test(sql ?? '')
    if (type === 'view' && !kind.views.has(name)) strangers.push(`view ${name}`)
    else if (type === 'trigger' && !STANDARD_TRIGGER.test(name)) strangers.push(`trigger ${name}`)
    else if (isVirtual && !/\busing\s+rtree\b/i.test(sql ?? '')) strangers.push(`virtual table ${name}`)
  }
  if (strangers.length === 0) return
  const shown = strangers.slice(0, 5).join(', ')
  const more = strangers.length > 5 ? ` and ${strangers.length - 5} more` : ''
  throw new InputError(
    'E-DB-004',
    `${file} holds parts that do not belong in a ${kind.name} file: ${shown}${more}. Nothing was imported.`,
    {
      file,
      cure: 'Open it in QGIS and export the layer you need to a new file, then import that.',
    },
  )
}
