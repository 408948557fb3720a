/** data.police.uk, outcomes: `YYYY-MM-force-outcomes.csv`. One row per outcome; a crime may have several. */
import type { BuiltInProfile } from './built-in-profile.ts'

export const policeUkOutcomes: BuiltInProfile = {
  profile: {
    id: 'police-uk-outcomes',
    name: 'data.police.uk outcomes',
    format: 'police-uk-outcomes',
    mapping: {
      x: 'Longitude',
      y: 'Latitude',
      ref: 'Crime ID',
      from: ['Month'],
      location: 'Location',
      outcome: 'Outcome type',
      force: 'Reported by',
    },
    reading: { snapped: true },
  },
  kind: 'outcomes',
  needs: ['from', 'outcome'],
  aliases: { x: ['easting'], y: ['northing'] },
  wholeMonths: true,
  repairs: { Location: new Map([['No Location', { to: '' }]]) },
  matches: (names) => names.has('outcometype') && names.has('month') && names.has('crimeid'),
}
