/** A throw-away folder with the files of one import test. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Manifest, Preview } from '#core/contract/dataset.ts'
import type { IncidentColumns } from '#core/contract/incident.ts'
import { InputError } from '#core/contract/problem.ts'
import { openColumns } from '#core/data/columns/open-columns.ts'
import { verifyStaging } from '#core/data/columns/verify-staging.ts'
import type { ImportJob } from '#core/data/ingest/import-job.ts'
import { previewImport } from '#core/data/ingest/preview-import.ts'
import { runImport } from '#core/data/ingest/run-import.ts'

export type Content = string | Uint8Array

export interface Imported {
  readonly manifest: Manifest
  readonly columns: IncidentColumns
  readonly issues: string
  readonly staging: string
}

export interface ImportFolder {
  readonly path: string
  write(name: string, content: Content): string
  /** Imports the named files (or folders), verifies the staging folder and opens it. */
  run(names: readonly string[], options?: Partial<ImportJob>): Promise<Imported>
  preview(names: readonly string[], options?: Partial<ImportJob>): Promise<Preview>
  /** The refusal of an import that must fail; also proves that nothing is left behind. */
  refusal(names: readonly string[], options?: Partial<ImportJob>): Promise<InputError>
  remove(): void
}

export function importFolder(): ImportFolder {
  const path = mkdtempSync(join(tmpdir(), 'hotspot-ingest-'))
  let count = 0
  const job = (names: readonly string[], options: Partial<ImportJob> = {}): ImportJob => ({
    files: names.map((name) => ({ path: join(path, name), name })),
    staging: join(path, `staging-${count++}`),
    ...options,
  })
  const folder: ImportFolder = {
    path,
    write(name, content) {
      const at = join(path, name)
      mkdirSync(dirname(at), { recursive: true })
      writeFileSync(at, content)
      return at
    },
    async run(names, options) {
      const wanted = job(names, options)
      const manifest = await runImport(
        wanted,
        () => {},
        () => false,
      )
      verifyStaging(wanted.staging, manifest)
      const columns = openColumns(wanted.staging, manifest)
      const issues = readFileSync(join(wanted.staging, 'issues.csv'), 'utf8')
      return { manifest, columns, issues, staging: wanted.staging }
    },
    preview: (names, options) => previewImport(job(names, options)),
    async refusal(names, options) {
      const wanted = job(names, options)
      const before = existsSync(wanted.staging) ? readdirSync(wanted.staging) : undefined
      let refused: unknown
      try {
        await runImport(
          wanted,
          () => {},
          () => false,
        )
      } catch (error) {
        refused = error
      }
      if (!(refused instanceof InputError)) throw refused ?? new Error('The import was not refused.')
      const after = existsSync(wanted.staging) ? readdirSync(wanted.staging) : undefined
      if (JSON.stringify(after) !== JSON.stringify(before))
        throw new Error(`Left behind: ${after?.join(', ')}`)
      return refused
    },
    remove() {
      rmSync(path, { recursive: true, force: true })
    },
  }
  return folder
}

export const STREET_HEADER =
  'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context'

/** One street row, every field replaceable by its place. */
export function streetRow(change: Readonly<Record<number, string>> = {}): string {
  const fields = [
    'a'.repeat(64),
    '2024-03',
    'Leicestershire Police',
    'Leicestershire Police',
    '-1.133333',
    '52.633333',
    'On or near High Street',
    'E01013638',
    'Leicester 001A',
    'Burglary',
    'Under investigation',
    '',
  ]
  for (const [at, value] of Object.entries(change)) fields[Number(at)] = value
  return fields.join(',')
}

export const EXTRACT_HEADER =
  'crime_ref,committed_from,committed_to,easting,northing,offence_title,knife_flag_officer,mo_text'

export function extractRow(change: Readonly<Record<number, string>> = {}): string {
  const fields = ['L/1', '2025-03-14 21:10', '2025-03-14 21:40', '458500', '304500', 'Robbery', 'N', '']
  for (const [at, value] of Object.entries(change)) fields[Number(at)] = value
  return fields.join(',')
}
