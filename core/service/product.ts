import { readFileSync } from 'node:fs'

/** Name and version as they stand in every provenance line. */
export const PRODUCT = 'Hotspot Workbench'
export const VERSION: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version
