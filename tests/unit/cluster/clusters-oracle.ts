import { readFileSync } from 'node:fs'
import type { Places } from '#core/analysis/cluster/places.ts'
import { placesOf } from '#core/analysis/cluster/places.ts'
import type { Incidents } from '#core/contract/method.ts'
import { makeIncidents, nothingKnown, patient, type Row } from '../select/make-incidents.ts'

interface Ellipse {
  readonly x: number
  readonly y: number
  readonly semiMajor: number
  readonly semiMinor: number
  readonly plainMajor: number
  readonly plainMinor: number
  readonly angle: number
  readonly standardDistance: number
  readonly hullArea: number
}

/** Numbers of scikit-learn, numpy and scipy (`tests/oracles/clusters/make.py`). */
export const clustersOracle: {
  readonly versions: Readonly<Record<string, string>>
  readonly dbscan: readonly {
    readonly radius: number
    readonly minimum: number
    readonly label: number[]
    readonly core: string
  }[]
  readonly all: Ellipse
  readonly largest: Ellipse & { readonly count: number }
  readonly median: [number, number]
  readonly leastDistance: [number, number]
} = JSON.parse(readFileSync(new URL('../../oracles/clusters/expected.json', import.meta.url), 'utf8'))

/** The incidents of `places.csv`. */
export const leicestershireRows: Row[] = readFileSync(
  new URL('../../oracles/clusters/places.csv', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .slice(1)
  .map((line): Row => {
    const [x, y] = line.split(',').map(Number)
    return { at: [x, y], precision: 'snapped' }
  })

export function placesOfRows(rows: readonly Row[], incidents: Incidents = makeIncidents(rows)): Places {
  return placesOf(incidents, nothingKnown, patient, 'Test', 0)
}
