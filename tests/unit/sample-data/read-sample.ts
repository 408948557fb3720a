import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { toNationalGrid } from '#core/analysis/space/national-grid.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'
import { incidentColumns } from '#sample/record.ts'

export type Row = Readonly<Record<(typeof incidentColumns)[number], string>>

/** Reads an incident file with another program's CSV reader; rows of the wrong width come back apart. */
export function readIncidents(
  folder: string,
  name: string,
): { good: Row[]; ragged: string[][]; all: string[][] } {
  const all: string[][] = parse(readFileSync(join(folder, name)), { relax_column_count: true, from_line: 2 })
  const good: Row[] = []
  const ragged: string[][] = []
  for (const fields of all) {
    if (fields.length !== incidentColumns.length) ragged.push(fields)
    else good.push(Object.fromEntries(incidentColumns.map((column, i) => [column, fields[i]])) as Row)
  }
  return { good, ragged, all }
}

/** Minutes of the wall clock of `dd/mm/yyyy hh:mm`, NaN for a blank. */
export function minutesOf(text: string): number {
  const found = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d)$/.exec(text)
  if (!found) return Number.NaN
  const [, day, month, year, hour, minute] = found.map(Number)
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000
}

export interface Feature {
  readonly properties: Readonly<Record<string, string | number>>
  readonly geometry: { readonly type: string; readonly coordinates: unknown }
}

export function readFeatures(folder: string, name: string): Feature[] {
  return (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { features: Feature[] }).features
}

/** Rings of a polygon feature in National Grid metres, closing point left out. */
export function metreRings(feature: Feature): [number, number][][] {
  const table = loadOstn15()
  const out = [0, 0]
  return (feature.geometry.coordinates as [number, number][][]).map((ring) =>
    ring.slice(0, -1).map(([longitude, latitude]): [number, number] => {
      toNationalGrid(table, longitude, latitude, out)
      return [out[0], out[1]]
    }),
  )
}
