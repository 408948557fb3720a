import { createRequire } from 'node:module'
import type { Database } from 'better-sqlite3'
import { InputError } from '#core/contract/problem.ts'
import { migrations } from './migrations/migrations.ts'

/** 'HSWB' as SQLite's application id: a workspace is told from any other SQLite file by its header. */
const APPLICATION_ID = 0x48535742

/**
 * Opens (or makes) the workspace database and brings it to this version. WAL with `synchronous=FULL`, so that an
 * acknowledged save survives a power cut; better-sqlite3 quietly lowers it to NORMAL in WAL mode, so it is set on
 * every connection and read back after a read.
 *
 * @throws InputError E-SYS-001 (Node too old), E-DB-001 (not a database), E-DB-003 (damaged), E-DB-005 (another
 * program's), E-DB-006 (from a newer version)
 */
export function openDatabase(file: string): Database {
  const db = connect(file)
  try {
    prepare(db, file)
    return db
  } catch (error) {
    db.close()
    throw error instanceof InputError ? error : damaged(file, error)
  }
}

function connect(file: string): Database {
  if (Number(process.versions.napi ?? 0) < 10)
    throw new InputError(
      'E-SYS-001',
      `This program needs Node 22.14 or later; it was started with Node ${process.versions.node}.`,
      {
        cure: 'Start it through npm (npm start, npm run demo) or npx hotspot, which bring their own Node.',
      },
    )
  // Loaded only after the check: on an older Node the addon does not fail, it crashes the process.
  const Sqlite = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Database
  try {
    return new Sqlite(file)
  } catch (error) {
    throw damaged(file, error)
  }
}

function prepare(db: Database, file: string): void {
  db.pragma('busy_timeout = 5000')
  const id = db.pragma('application_id', { simple: true }) as number
  const version = db.pragma('user_version', { simple: true }) as number
  const isNew =
    version === 0 && (db.prepare('SELECT count(*) AS n FROM sqlite_master').get() as { n: number }).n === 0
  if (!isNew && id !== APPLICATION_ID)
    throw new InputError(
      'E-DB-005',
      `${file} is a database, but not a Hotspot Workbench workspace. Nothing was changed.`,
      {
        cure: 'Choose a folder that holds a workspace, or an empty folder for a new one.',
      },
    )
  if (version > migrations.length)
    throw new InputError(
      'E-DB-006',
      `This workspace was last saved by a newer version (${version}; this one knows ${migrations.length}). Nothing was changed.`,
      {
        cure: 'Open it with the newer version.',
      },
    )
  db.pragma('journal_mode = WAL')
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('mmap_size = 0')
  db.pragma('temp_store = MEMORY')
  if (!isNew && db.pragma('quick_check', { simple: true }) !== 'ok')
    throw damaged(file, new Error('quick_check failed'))
  migrate(db, version)
  db.pragma('synchronous = FULL')
  db.prepare('SELECT count(*) FROM meta').get()
  if (db.pragma('synchronous', { simple: true }) !== 2)
    throw new Error('SQLite did not keep synchronous=FULL')
}

function migrate(db: Database, from: number): void {
  if (from === migrations.length) return
  db.pragma('synchronous = FULL')
  db.transaction(() => {
    // Another process may have migrated between our look and our lock.
    const now = db.pragma('user_version', { simple: true }) as number
    for (const migration of migrations.slice(now)) db.exec(migration)
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma(`user_version = ${migrations.length}`)
  }).immediate()
}

function damaged(file: string, cause: unknown): InputError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const code = /not a database/i.test(reason) ? 'E-DB-001' : 'E-DB-003'
  return new InputError(
    code,
    `The workspace database ${file} cannot be read (${reason}). Nothing was changed.`,
    {
      cure: 'Copy the whole workspace folder somewhere safe, then restore it from a backup.',
    },
  )
}
