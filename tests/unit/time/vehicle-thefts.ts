import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Incidents } from '#core/contract/method.ts'
import { makeIncidents } from '../select/make-incidents.ts'
import { openData } from './open-data.ts'

const file = openData('exact-time/nyc_vehicle_thefts_2014_2017_from_to.csv.gz')

/** Why the real data cannot be read; empty when they can. */
export const notHere = file.held ? '' : ' (skipped: ../shared/data is not here)'

/** New York vehicle thefts known between two times. */
export function readVehicleThefts(): Incidents {
  const [head, ...lines] = gunzipSync(readFileSync(file.path)).toString('utf8').trim().split(/\r?\n/)
  const names = head.split(',')
  const [from, to] = [names.indexOf('date_start'), names.indexOf('date_end')]
  return makeIncidents(
    lines.map((line) => {
      const fields = line.split(',')
      return { from: fields[from], ...(fields[to] ? { to: fields[to] } : {}) }
    }),
  )
}
