import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { ShiftTable } from '#core/analysis/space/national-grid.ts'

const COLUMNS = 701
const ROWS = 1251
let table: ShiftTable | undefined

/**
 * The OSTN15 shift table: metres to add to a Transverse Mercator easting and northing on GRS80 at each kilometre node.
 * Read once from the file beside this page (490 kB, under 50 ms), then shared. Layout: see LICENCE-OSTN15.txt.
 */
export function loadOstn15(): ShiftTable {
  if (table) return table
  const bytes = gunzipSync(readFileSync(new URL('./ostn15.bin.gz', import.meta.url)))
  table = { columns: COLUMNS, rows: ROWS, east: undelta(bytes, 0, 82.14), north: undelta(bytes, 1, -84.18) }
  return table
}

function undelta(bytes: Buffer, block: number, base: number): Float32Array {
  const count = COLUMNS * ROWS
  const shifts = new Float32Array(new SharedArrayBuffer(count * 4))
  let value = 0
  for (let i = 0; i < count; i++) {
    value = (value + bytes.readUInt16LE((block * count + i) * 2)) & 0xffff
    shifts[i] = base + value / 1000
  }
  return shifts
}
