/**
 * The incident: one row of a dataset. This page fixes the columns every part of the product speaks of, their
 * storage and how "missing" is written in each, so that no kernel has to guess.
 *
 * Places are EPSG:27700 metres (float64); a row without a place has NaN in both. Longitude and latitude (WGS 84)
 * exist for the screen only. Times are int32 minutes of the London wall clock since 1970-01-01 00:00 as it was
 * written on the record: the clock a patrol works by, so 02:00 is 02:00 in July and in January.
 */

/** Missing time. No real incident lies in the year −2114. */
export const NO_TIME = -2147483648

/** Code 0 of every dictionary column means "not recorded"; its dictionary entry is the empty string. */
export const MISSING_CODE = 0

/** Flag columns hold 0 = no, 1 = yes, 255 = not recorded. Not recorded is never "no". */
export const FLAG_NO = 0
export const FLAG_YES = 1
export const FLAG_UNKNOWN = 255

/** How good the place is. `snapped`: moved to a public map point by the publisher; `area`: centre of an area. */
export const precisions = ['exact', 'snapped', 'area', 'none'] as const
export type Precision = (typeof precisions)[number]

/** How good the time is. A month has no day, a day has no hour: methods refuse what the data cannot carry. */
export const timePrecisions = ['minute', 'day', 'month', 'none'] as const
export type TimePrecision = (typeof timePrecisions)[number]

/** Dictionary columns: small codes into a list of words. */
export const dictionaryColumns = [
  'offence',
  'offenceCode',
  'offenceGroup',
  'location',
  'locationId',
  'locationType',
  'outcome',
  'force',
] as const
export type DictionaryColumn = (typeof dictionaryColumns)[number]

/** Flags a record can carry. */
export const flagColumns = ['domestic', 'knife', 'alcohol', 'publicSpace'] as const
export type FlagColumn = (typeof flagColumns)[number]

/** Text columns: kept with the segment on disk, read only when rows are shown. */
export const textColumns = ['ref', 'victimRef', 'suspectRef', 'note'] as const
export type TextColumn = (typeof textColumns)[number]

/**
 * Whether a column may tell of a person: references of victims and suspects, notes, and any other column too varied to
 * be set words. Such columns leave the program only under a marking that says so.
 */
export function tellsOfPersons(column: string, heldAsText: readonly string[]): boolean {
  return column !== 'ref' && heldAsText.includes(column)
}

/** A dictionary column in memory: `codes[row]` points into `words`; `words[0]` is ''. */
export interface Dictionary {
  readonly codes: Uint32Array | Uint16Array
  readonly words: readonly string[]
}

/**
 * A dataset in memory, every array of length `length`, over shared memory so that workers read without a copy.
 * Columns the source did not hold are absent from `dictionaries` and `flags`, not filled with blanks.
 */
export interface IncidentColumns {
  readonly length: number
  readonly easting: Float64Array
  readonly northing: Float64Array
  readonly longitude: Float64Array
  readonly latitude: Float64Array
  /** Index into {@link precisions}. */
  readonly precision: Uint8Array
  readonly occurredFrom: Int32Array
  readonly occurredTo: Int32Array
  readonly reportedAt: Int32Array
  /** Index into {@link timePrecisions}. */
  readonly timePrecision: Uint8Array
  /** Index into the manifest's `files`, and the row's number in that file (first data row = 1). */
  readonly source: Uint16Array
  readonly sourceRow: Int32Array
  readonly dictionaries: Readonly<Record<string, Dictionary>>
  readonly flags: Readonly<Record<string, Uint8Array>>
}

/** Plain words for the canonical columns, as the workbench and the pages print them. */
export const columnTitles: Readonly<Record<string, string>> = {
  ref: 'Reference',
  easting: 'Easting',
  northing: 'Northing',
  longitude: 'Longitude',
  latitude: 'Latitude',
  precision: 'Location quality',
  occurredFrom: 'Occurred from',
  occurredTo: 'Occurred to',
  reportedAt: 'Reported',
  offence: 'Offence',
  offenceCode: 'Offence code',
  offenceGroup: 'Offence group',
  location: 'Location',
  locationId: 'Address key',
  locationType: 'Location type',
  outcome: 'Outcome',
  force: 'Force',
  domestic: 'Domestic',
  knife: 'Knife',
  alcohol: 'Alcohol',
  publicSpace: 'Public space',
  victimRef: 'Victim reference',
  suspectRef: 'Suspect reference',
  note: 'Note',
}
