import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { toNationalGrid } from '#core/analysis/space/national-grid.ts'
import { minutesOf } from '#core/analysis/support/wall-clock.ts'
import type { Position, Rings } from '#core/contract/geometry.ts'
import type { Incidents, StudyArea } from '#core/contract/method.ts'
import { loadOstn15 } from '#core/data/projection/ostn15.ts'

const shared = path.resolve(import.meta.dirname, '../../../../shared/data')
const folder = path.join(shared, 'police/leicestershire')
const boundary = path.join(shared, 'boundaries/leicestershire_msoa21.geojson')

/** Why the real data cannot be read; empty when they can. */
export const notHere =
  existsSync(folder) && existsSync(boundary) ? '' : ' (skipped: ../shared/data is not here)'

/** All months of Leicestershire, as published: month, snap point, location, crime type. */
export function readLeicestershire(): Incidents {
  const rows = readdirSync(folder)
    .filter((name) => name.includes('-street.csv'))
    .sort()
    .flatMap((name) => {
      const bytes = readFileSync(path.join(folder, name))
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
      return text.split(/\r?\n/).slice(1).filter(Boolean)
    })
    .map((line) => line.split(','))
  const { length } = rows
  const table = loadOstn15()
  const x = new Float64Array(length)
  const y = new Float64Array(length)
  const from = new Int32Array(length)
  const place = [0, 0]
  const words = { offence: [''], location: [''] }
  const codeOf = { offence: new Map([['', 0]]), location: new Map([['', 0]]) }
  const codes = { offence: new Uint32Array(length), location: new Uint32Array(length) }
  rows.forEach((fields, i) => {
    toNationalGrid(table, Number(fields[4] || Number.NaN), Number(fields[5] || Number.NaN), place)
    x[i] = place[0]
    y[i] = place[1]
    from[i] = minutesOf(Number(fields[1].slice(0, 4)), Number(fields[1].slice(5)), 1)
    for (const [column, word] of [
      ['offence', fields[9]],
      ['location', fields[6]],
    ] as const) {
      if (!codeOf[column].has(word)) codeOf[column].set(word, words[column].push(word) - 1)
      codes[column][i] = codeOf[column].get(word)!
    }
  })
  return {
    length,
    mask: new Uint8Array(length).fill(1),
    x,
    y,
    precision: Uint8Array.from(x, (easting) => (Number.isNaN(easting) ? 3 : 1)),
    from,
    to: from,
    timePrecision: new Uint8Array(length).fill(2),
    dictionaries: {
      offence: { codes: codes.offence, words: words.offence },
      location: { codes: codes.location, words: words.location },
    },
    flags: {},
  }
}

/** The middle layer super output areas of the force, in metres. */
export function readLeicestershireAreas(): StudyArea {
  const table = loadOstn15()
  const { features } = JSON.parse(readFileSync(boundary, 'utf8')) as {
    features: {
      properties: Record<string, string>
      geometry: { type: string; coordinates: number[][][] | number[][][][] }
    }[]
  }
  const toMetres = (ring: number[][]): Position[] =>
    ring.slice(0, -1).map(([longitude, latitude]) => {
      const place = [0, 0]
      toNationalGrid(table, longitude, latitude, place)
      return [place[0], place[1]]
    })
  return {
    name: 'Leicestershire',
    areas: features.map(({ properties, geometry }) => {
      const polygons = (
        geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
      ) as number[][][][]
      const rings: Rings = polygons.flat().map(toMetres)
      const values = Object.entries(properties)
      const named = (ending: string) => values.find(([key]) => key.toUpperCase().endsWith(ending))?.[1] ?? ''
      return { code: named('CD'), name: named('NM'), rings }
    }),
  }
}
