/** A force's own record extract with the column names of the product's canonical schema. Exact places and times. */
import type { BuiltInProfile } from './built-in-profile.ts'

export const forceExtract: BuiltInProfile = {
  profile: {
    id: 'force-extract',
    name: 'Force record extract',
    format: 'csv',
    mapping: {
      x: 'easting',
      y: 'northing',
      ref: 'crime_ref',
      from: ['committed_from'],
      to: ['committed_to'],
      reported: ['reported_dt'],
      offence: 'offence_title',
      offenceCode: 'ho_code',
      offenceGroup: 'offence_group',
      location: 'address_text',
      locationId: 'uprn',
      locationType: 'location_type',
      precision: 'geocode_quality',
      outcome: 'outcome_code',
      force: 'force',
      domestic: 'domestic_flag',
      knife: 'knife_flag_officer',
      alcohol: 'alcohol_flag',
      publicSpace: 'public_space',
      victimRef: 'victim_ref',
      suspectRef: 'suspect_ref',
      note: 'mo_text',
    },
    reading: { coordinates: 'bng', clock: 'london' },
  },
  kind: 'force record extract',
  needs: ['x', 'y', 'from'],
  aliases: {},
  matches: (names) => names.has('crimeref') && names.has('committedfrom') && names.has('easting'),
}
