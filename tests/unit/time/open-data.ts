import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** A file or folder of the open data kept beside the repository. */
export function openData(name: string): { readonly path: string; readonly held: boolean } {
  const full = path.resolve(repository, '../shared/data', name)
  return { path: full, held: existsSync(full) }
}

/** Rows of a query in DuckDB, the peer that counts independently of our code. */
export async function query(sql: string): Promise<Record<string, unknown>[]> {
  const database = await DuckDBInstance.create(':memory:')
  const connection = await database.connect()
  const reader = await connection.runAndReadAll(sql)
  return reader.getRowObjects() as Record<string, unknown>[]
}
