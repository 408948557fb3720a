import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Agreement } from '#core/contract/agreement.ts'

const folder = join(import.meta.dirname, 'agreement')

/** How closely each method agreed with its peers: rows the tests measure and hold to, by method and peer. */
export function readAgreement(): Agreement[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Agreement)
}
