/**
 * data.police.uk, stop and search: `YYYY-MM-force-stop-and-search.csv`. Times are UTC and become London time. Age
 * ranges that a spreadsheet turned into a date (`10-17` into `Oct-17`) are put right and listed.
 */
import type { BuiltInProfile } from './built-in-profile.ts'

const ageRange = { to: '10-17', code: 'E-TXT-001' }

export const policeUkStopAndSearch: BuiltInProfile = {
  profile: {
    id: 'police-uk-stop-and-search',
    name: 'data.police.uk stop and search',
    format: 'police-uk-stop-and-search',
    mapping: {
      x: 'Longitude',
      y: 'Latitude',
      from: ['Date'],
      offence: 'Object of search',
      offenceGroup: 'Type',
      outcome: 'Outcome',
    },
    reading: { snapped: true, clock: 'utc' },
  },
  kind: 'stop and search',
  needs: ['x', 'y', 'from'],
  aliases: {},
  repairs: {
    'Age range': new Map([
      ['Oct-17', ageRange],
      ['17-Oct', ageRange],
    ]),
  },
  matches: (names) => names.has('objectofsearch') && names.has('legislation') && names.has('date'),
}
