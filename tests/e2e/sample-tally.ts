import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { builtFolder } from './serve.ts'

export type Row = Readonly<Record<string, string>>

/**
 * The sample's incidents, read by another program's CSV reader and counted here in the plainest way, to hold against
 * what the screen says. Rows cut off or with a field too many are left out, as the import must leave them out.
 */
export function sampleRows(): Row[] {
  const folder = join(builtFolder(), 'force/incidents')
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const lines: string[][] = parse(readFileSync(join(folder, name)), {
        bom: true,
        relax_column_count: true,
      })
      const [header, ...rest] = lines
      return rest
        .filter((cells) => cells.length === header.length)
        .map((cells) => Object.fromEntries(cells.map((cell, at) => [header[at], cell])))
    })
}

/** `2024-03` of `17/03/2024 12:16`; '' where there is no date. */
export function monthOf(row: Row): string {
  const [, , month, year] = /^(\d\d)\/(\d\d)\/(\d{4})/.exec(row.committed_from) ?? []
  return year ? `${year}-${month}` : ''
}

/** Hour of the week of the earliest time, Monday 00 first; −1 where there is no time. */
export function hourOf(row: Row): number {
  const found = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):/.exec(row.committed_from)
  if (!found) return -1
  const [, day, month, year, hour] = found.map(Number)
  return ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7) * 24 + hour
}
