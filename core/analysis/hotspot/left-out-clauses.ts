import type { Clause } from '#core/contract/filter.ts'
import type { Incidents } from '#core/contract/method.ts'
import { type LeaveOutChoice, wordsOf } from './leave-out.ts'

/**
 * What `leaveOut` leaves out, as conditions of a filter: added to the selection they give exactly its mask. So that
 * the pages, the window and the incident list of a hotspot count the same incidents as the ranking.
 */
export function leftOutClauses(incidents: Incidents, choice: LeaveOutChoice): Clause[] {
  const clauses: Clause[] = []
  if (choice.nonDomesticOnly && incidents.flags.domestic !== undefined)
    clauses.push({ kind: 'flag', column: 'domestic', states: ['no', 'unknown'] })
  if (choice.publicSpaceOnly && incidents.flags.publicSpace !== undefined)
    clauses.push({ kind: 'flag', column: 'publicSpace', states: ['yes', 'unknown'] })
  for (const column of ['locationType', 'location'] as const) {
    const found = wordsOf(incidents, column, choice.excludedPlaces)
    if (found === null) continue
    const values = incidents.dictionaries[column].words.filter((_, code) => found.word[code] >= 0)
    if (values.length > 0) clauses.push({ kind: 'oneOf', column, values, exclude: true })
  }
  clauses.push({ kind: 'precision', precisions: ['exact', 'snapped', 'none'] })
  return clauses
}
