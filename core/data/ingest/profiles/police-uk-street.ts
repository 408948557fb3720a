/**
 * data.police.uk, street-level crime: `YYYY-MM-force-street.csv`. Months only, public map points only, no reference
 * for anti-social behaviour. Knows the older Easting/Northing form, snake_case copies, reduced copies (month and
 * coordinates at least) and files without a header.
 */
import type { BuiltInProfile } from './built-in-profile.ts'

const columns = [
  'Crime ID',
  'Month',
  'Reported by',
  'Falls within',
  'Longitude',
  'Latitude',
  'Location',
  'LSOA code',
  'LSOA name',
  'Crime type',
  'Last outcome category',
  'Context',
]

const known = new Set([
  ...columns.map((name) => name.toLowerCase().replaceAll(' ', '')),
  'easting',
  'northing',
  'persistentid',
])

export const policeUkStreet: BuiltInProfile = {
  profile: {
    id: 'police-uk-street',
    name: 'data.police.uk street-level crime',
    format: 'police-uk-street',
    mapping: {
      x: 'Longitude',
      y: 'Latitude',
      ref: 'Crime ID',
      from: ['Month'],
      offence: 'Crime type',
      location: 'Location',
      outcome: 'Last outcome category',
      force: 'Reported by',
    },
    reading: { snapped: true },
  },
  kind: 'street-level crime',
  needs: ['x', 'y', 'from'],
  aliases: { x: ['easting'], y: ['northing'], ref: ['persistentid'], outcome: ['lastoutcome', 'outcome'] },
  headerless: columns,
  wholeMonths: true,
  // 'On or near' with no street after it is how later files say that the map point has no name.
  repairs: {
    Location: new Map([
      ['No Location', { to: '' }],
      ['On or near ', { to: '' }],
      ['On or near', { to: '' }],
    ]),
  },
  matches(names) {
    if (!names.has('month') || names.has('outcometype')) return false
    const placed = names.has('longitude') && names.has('latitude')
    if (names.has('crimetype')) return placed || (names.has('easting') && names.has('northing'))
    // A reduced copy: nothing in it that the full file does not have.
    return placed && [...names].every((name) => known.has(name))
  },
}
