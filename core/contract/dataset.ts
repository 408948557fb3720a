/** What is known of one import: its files, what was kept and what was not, and which months it covers. */
import type { SourceFile } from './provenance.ts'

/** How the columns of a source become the columns of an incident. Saved by name, it is an import profile. */
export interface ImportProfile {
  readonly id: string
  readonly name: string
  /** `police-uk-street` and its kin are built in; `csv` is any mapped file. */
  readonly format: 'police-uk-street' | 'police-uk-outcomes' | 'police-uk-stop-and-search' | 'csv'
  readonly mapping: Mapping
  readonly reading: Reading
}

/** How the bytes are cut into rows. Absent fields are sniffed. */
export interface Reading {
  readonly encoding?: 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be'
  readonly delimiter?: ',' | ';' | '\t' | '|'
  readonly decimalComma?: boolean
  readonly header?: boolean
  /** Order of day and month in dates like 03/04/2025; asked, never guessed, when the data leave it open. */
  readonly dateOrder?: 'day-first' | 'month-first' | 'year-first'
  /** Clock the times were written in. UTC is turned into London time. */
  readonly clock?: 'london' | 'utc'
  /** Coordinate reference of the x and y columns. */
  readonly coordinates?: 'bng' | 'wgs84'
  readonly swapAxes?: boolean
  /** Coordinates are public map points, not where it happened. */
  readonly snapped?: boolean
  /** Drop later rows with a reference already seen. Off: duplicates are kept and counted. */
  readonly deduplicateByRef?: boolean
}

/** Canonical column ← source column names. */
export interface Mapping {
  readonly x?: string
  readonly y?: string
  readonly ref?: string
  /** Date and time in one column, or a date column with its time in the second. */
  readonly from?: readonly string[]
  readonly to?: readonly string[]
  readonly reported?: readonly string[]
  readonly offence?: string
  readonly offenceCode?: string
  readonly offenceGroup?: string
  readonly location?: string
  readonly locationId?: string
  readonly locationType?: string
  /** How well the place is known, in the source's words (address, street, beat centre …). */
  readonly precision?: string
  readonly outcome?: string
  readonly force?: string
  readonly domestic?: string
  readonly knife?: string
  readonly alcohol?: string
  readonly publicSpace?: string
  readonly victimRef?: string
  readonly suspectRef?: string
  readonly note?: string
  /** Further columns kept as filterable words, under their own names. */
  readonly extra?: readonly string[]
}

/** Something was put right on the way in (`repaired`), left blank (`blanked`) or the row was not taken (`rejected`). */
export interface RowIssue {
  readonly file: string
  readonly row: number
  readonly column: string
  readonly value: string
  readonly code: string
  readonly action: 'rejected' | 'repaired' | 'blanked'
}

/** One reason with its count, in words, and the cure. */
export interface IssueCount {
  readonly code: string
  readonly action: RowIssue['action']
  readonly reason: string
  readonly cure: string
  readonly count: number
}

/** Force × month: whether the files hold it. `partial`: far fewer rows than its neighbours, or stated so. */
export interface CoverageCell {
  readonly force: string
  readonly month: string
  readonly state: 'present' | 'partial' | 'missing'
  readonly rows: number
}

export interface SegmentFile {
  readonly name: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

export interface Manifest {
  readonly formatVersion: 1
  /** SHA-256 over the source hashes, the profile and the importer's version: the same input has the same id. */
  readonly id: string
  readonly name: string
  readonly importer: string
  readonly profile: ImportProfile
  readonly files: readonly SourceFile[]
  readonly rowsRead: number
  readonly rowsKept: number
  readonly rowsRejected: number
  readonly duplicates: { readonly identical: number; readonly repeatedRef: number; readonly dropped: number }
  readonly located: number
  readonly issues: readonly IssueCount[]
  readonly coverage: readonly CoverageCell[]
  /** First and last occurrence, wall-clock minutes, `NO_TIME` where none. */
  readonly firstFrom: number
  readonly lastFrom: number
  readonly timePrecision: 'minute' | 'day' | 'month' | 'none'
  /** Box of the located incidents in metres, west south east north. */
  readonly box: readonly [number, number, number, number] | null
  readonly segments: readonly SegmentFile[]
  /** Words of every dictionary column, by column name; entry 0 is ''. */
  readonly dictionaries: Readonly<Record<string, readonly string[]>>
  readonly flags: readonly string[]
  readonly textColumns: readonly string[]
  /** Extra columns kept, by their own names, in the order of the source. */
  readonly extra: readonly string[]
  readonly warnings: readonly string[]
}

/** A question the importer cannot answer for the analyst. */
export interface Question {
  readonly about: keyof Reading
  readonly text: string
  readonly options: readonly { readonly value: string; readonly title: string }[]
}

/** What the wizard shows before anything is imported. */
export interface Preview {
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly kind: string }[]
  readonly profile: ImportProfile
  readonly columns: readonly string[]
  /** Up to 50 rows as they stand in the file. */
  readonly rows: readonly (readonly string[])[]
  /** Rows tried for the counts below (the first 20,000 or all). */
  readonly tried: number
  readonly wouldKeep: number
  readonly issues: readonly IssueCount[]
  readonly questions: readonly Question[]
  readonly coverage: readonly CoverageCell[]
  readonly warnings: readonly string[]
}
