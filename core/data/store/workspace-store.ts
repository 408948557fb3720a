import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { ImportProfile, Manifest } from '#core/contract/dataset.ts'
import { everything } from '#core/contract/filter.ts'
import type { LayerInfo } from '#core/contract/layer.ts'
import { defaultMarking } from '#core/contract/marking.ts'
import { InputError } from '#core/contract/problem.ts'
import type { PackInfo } from '#core/contract/routes.ts'
import type { WeightTable, WorkspaceState } from '#core/contract/workspace.ts'
import { openDatabase } from './open-database.ts'
import { safeRename, safeWrite } from './safe-write.ts'

const KEPT_STATES = 500

/**
 * The workspace on disk: a folder with `workspace.sqlite` (what the analyst edits and the list of everything else),
 * `datasets/<id>/` (immutable segments), `layers/`, `results/`, `packs/`, and `staging/`, `uploads/` for work in
 * progress. Every change is staged, made durable, then shown by one transaction; what a crash leaves in staging is
 * swept at the next opening.
 */
export interface WorkspaceStore {
  readonly folder: string
  state(): { version: number; state: WorkspaceState }
  /** Saves when `ifVersion` is still the newest; refuses with E-WSP-CONFLICT otherwise. */
  saveState(ifVersion: number, state: WorkspaceState): number
  datasets(): Manifest[]
  /** Moves a checked staging folder into place and lists it; the last act is one transaction. */
  adoptDataset(staging: string, manifest: Manifest): void
  removeDataset(id: string): void
  datasetFolder(id: string): string
  layers(): LayerInfo[]
  addLayer(info: LayerInfo, bytes: Uint8Array): void
  removeLayer(id: string): void
  layerFile(info: LayerInfo): string
  weights(): WeightTable[]
  addWeights(table: WeightTable): void
  profiles(): ImportProfile[]
  saveProfile(profile: ImportProfile): void
  removeProfile(id: string): void
  putResult(key: string, bytes: Uint8Array): void
  /** The bytes of a kept result, or nothing when absent or damaged (it is then made again). */
  openResult(key: string): Uint8Array | undefined
  packs(): PackInfo[]
  /** A fresh folder for a pack's files, and the act that shows them. */
  stagePack(): { folder: string; adopt(info: PackInfo): string }
  packFolder(id: string): string
  /** A fresh folder under staging or uploads; its name tells which process owns it. */
  workFolder(kind: 'staging' | 'uploads'): string
  log(action: string, detail: unknown): void
  close(): void
}

export function openWorkspace(folder: string, name = 'Workspace'): WorkspaceStore {
  for (const part of ['', 'datasets', 'layers', 'results', 'packs', 'staging', 'uploads'])
    mkdirSync(join(folder, part), { recursive: true })
  const db = openDatabase(join(folder, 'workspace.sqlite'))
  sweep(db, folder)
  if (!db.prepare('SELECT 1 FROM states LIMIT 1').get()) insertState(db, 1, initialState(name))

  const datasetFolder = (id: string) => join(folder, 'datasets', id)
  const packFolder = (id: string) => join(folder, 'packs', id)
  const all = <T>(sql: string): T[] =>
    (db.prepare(sql).all() as { json: string }[]).map((row) => JSON.parse(row.json))
  const put = (sql: string, ...values: unknown[]) => db.prepare(sql).run(...values)
  const log = (action: string, detail: unknown) =>
    put('INSERT INTO log (at, action, detail) VALUES (?, ?, ?)', now(), action, JSON.stringify(detail))
  const latest = () =>
    db.prepare('SELECT version, json FROM states ORDER BY version DESC LIMIT 1').get() as StateRow

  return {
    folder,
    state() {
      const row = latest()
      return { version: row.version, state: JSON.parse(row.json) }
    },
    saveState(ifVersion, state) {
      return db
        .transaction(() => {
          const version = latest().version
          if (version !== ifVersion)
            throw new InputError(
              'E-WSP-CONFLICT',
              'The workspace was changed elsewhere since this window read it. Nothing was overwritten.',
              {
                status: 409,
                cure: 'The newest state has been loaded; make the change again.',
              },
            )
          insertState(db, version + 1, state)
          put('DELETE FROM states WHERE version <= ?', version + 1 - KEPT_STATES)
          return version + 1
        })
        .immediate()
    },
    datasets: () => all<Manifest>('SELECT manifest AS json FROM datasets ORDER BY added, id'),
    adoptDataset(staging, manifest) {
      const target = datasetFolder(manifest.id)
      if (existsSync(target)) rmSync(staging, { recursive: true, force: true })
      else safeRename(staging, target)
      db.transaction(() => {
        put(
          'INSERT OR REPLACE INTO datasets (id, name, added, manifest) VALUES (?, ?, ?, ?)',
          manifest.id,
          manifest.name,
          now(),
          JSON.stringify(manifest),
        )
        log('import', {
          dataset: manifest.id,
          files: manifest.files.map((file) => file.sha256),
          kept: manifest.rowsKept,
        })
      }).immediate()
    },
    removeDataset(id) {
      db.transaction(() => {
        put('DELETE FROM datasets WHERE id = ?', id)
        log('remove dataset', { dataset: id })
      }).immediate()
      rmSync(datasetFolder(id), { recursive: true, force: true })
    },
    datasetFolder,
    layers: () => all<LayerInfo>('SELECT info AS json FROM layers ORDER BY added, id'),
    addLayer(info, bytes) {
      safeWrite(join(folder, 'layers', info.file), bytes)
      put(
        'INSERT OR REPLACE INTO layers (id, kind, added, info) VALUES (?, ?, ?, ?)',
        info.id,
        info.kind,
        now(),
        JSON.stringify(info),
      )
    },
    removeLayer: (id) => void put('DELETE FROM layers WHERE id = ?', id),
    layerFile: (info) => join(folder, 'layers', info.file),
    weights: () => all<WeightTable>('SELECT json FROM weights ORDER BY added, id'),
    addWeights: (table) =>
      void put(
        'INSERT OR REPLACE INTO weights (id, added, json) VALUES (?, ?, ?)',
        table.id,
        now(),
        JSON.stringify(table),
      ),
    profiles: () => all<ImportProfile>('SELECT json FROM profiles ORDER BY id'),
    saveProfile: (profile) =>
      void put(
        'INSERT OR REPLACE INTO profiles (id, saved, json) VALUES (?, ?, ?)',
        profile.id,
        now(),
        JSON.stringify(profile),
      ),
    removeProfile: (id) => void put('DELETE FROM profiles WHERE id = ?', id),
    putResult(key, bytes) {
      safeWrite(join(folder, 'results', `${key}.arrow`), bytes)
      put(
        'INSERT OR REPLACE INTO results (key, made, bytes, sha256) VALUES (?, ?, ?, ?)',
        key,
        now(),
        bytes.length,
        sha256(bytes),
      )
    },
    openResult(key) {
      const row = db.prepare('SELECT bytes, sha256 FROM results WHERE key = ?').get(key) as
        | { bytes: number; sha256: string }
        | undefined
      const file = join(folder, 'results', `${key}.arrow`)
      if (!row || !existsSync(file)) return undefined
      const bytes = readFileSync(file)
      return bytes.length === row.bytes && sha256(bytes) === row.sha256 ? bytes : undefined
    },
    packs: () => all<PackInfo>('SELECT json FROM packs ORDER BY made, id'),
    stagePack() {
      const staged = this.workFolder('staging')
      return {
        folder: staged,
        adopt: (info) => {
          rmSync(packFolder(info.id), { recursive: true, force: true })
          safeRename(staged, packFolder(info.id))
          db.transaction(() => {
            put(
              'INSERT OR REPLACE INTO packs (id, made, json) VALUES (?, ?, ?)',
              info.id,
              now(),
              JSON.stringify(info),
            )
            log('export pack', { pack: info.id, files: info.files })
          }).immediate()
          return packFolder(info.id)
        },
      }
    },
    packFolder,
    workFolder(kind) {
      const path = join(folder, kind, `${process.pid}-${randomBytes(8).toString('hex')}`)
      mkdirSync(path)
      return path
    },
    log,
    close: () => void db.close(),
  }
}

interface StateRow {
  readonly version: number
  readonly json: string
}

const now = () => new Date().toISOString()
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function insertState(db: Database, version: number, state: WorkspaceState): void {
  db.prepare('INSERT INTO states (version, saved, json) VALUES (?, ?, ?)').run(
    version,
    now(),
    JSON.stringify(state),
  )
}

function initialState(name: string): WorkspaceState {
  return {
    name,
    force: '',
    marking: defaultMarking,
    dataset: null,
    studyArea: null,
    areaLayer: null,
    weights: null,
    filter: everything,
    definition: { name: 'As selected', version: 1 },
    plan: null,
  }
}

/** Removes what processes that are no longer running left unfinished. */
function sweep(db: Database, folder: string): void {
  for (const kind of ['staging', 'uploads'])
    for (const name of readdirSync(join(folder, kind)))
      if (!isRunning(Number(name.split('-')[0])))
        rmSync(join(folder, kind, name), { recursive: true, force: true })
  const known = new Set(
    (db.prepare('SELECT id FROM datasets').all() as { id: string }[]).map((row) => row.id),
  )
  const others = readdirSync(join(folder, 'staging')).length > 0
  for (const id of readdirSync(join(folder, 'datasets')))
    if (!known.has(id) && !others) rmSync(join(folder, 'datasets', id), { recursive: true, force: true })
  for (const name of readdirSync(join(folder, 'results')))
    if (name.endsWith('.part')) rmSync(join(folder, 'results', name), { force: true })
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
