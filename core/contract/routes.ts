/**
 * The one boundary, route by route. Bodies are whole: JSON for requests and small answers, Arrow IPC (one stream,
 * one batch, `summary` JSON in the schema metadata) for columns, NDJSON for anything that may take over 50 ms.
 * Errors are `application/problem+json` (`Problem`). Every path below starts with /api.
 *
 * GET    /about                        → About
 * GET    /workspace                    → Workspace
 * PUT    /workspace                    WorkspaceState + ifVersion → Workspace (409 when someone else saved first)
 * POST   /uploads                      {name, bytes} → {id}
 * PUT    /uploads/{id}?offset=N        bytes (at most 16 MiB) → {received}
 * POST   /previews                     PreviewRequest → NDJSON Preview
 * POST   /imports                      ImportRequest → NDJSON DatasetInfo
 * PUT    /profiles/{id}                ImportProfile → ImportProfile
 * DELETE /profiles/{id}
 * GET    /datasets/{id}                → DatasetInfo
 * DELETE /datasets/{id}
 * GET    /datasets/{id}/issues         → CSV of every rejected, repaired and blanked row
 * POST   /layers                       LayerRequest → NDJSON LayerInfo
 * DELETE /layers/{id}
 * GET    /layers/{id}/areas            → {areas: AreaFeature[]} (WGS 84)
 * GET    /layers/{id}/basemap?box=w,s,e,n&scale=metresPerPixel → {features: BasemapFeature[]} (WGS 84)
 * GET    /layers/{id}/places           → {places: PlaceFeature[]} (WGS 84)
 * GET    /places?q=…&near=lon,lat&limit=N → {found: FoundPlace[]}
 * POST   /weights                      {file: FileRef, name, version, unit, source} → WeightTable
 * POST   /selections                   SelectionRequest → Arrow: cells (cell, count, longitude, latitude), SelectionSummary
 * POST   /incidents                    IncidentsRequest → IncidentsPage
 * POST   /incident-files               IncidentFileRequest → NDJSON IncidentFileInfo
 * GET    /incident-files/{id}?offset=N → bytes (at most 16 MiB; none at the end)
 * DELETE /incident-files/{id}
 * POST   /searches                     SearchRequest → NDJSON SearchAnswer
 * POST   /points                       {dataset, filter, limit} → Arrow: row, longitude, latitude, precision; {total, shown}
 * GET    /methods                      → {methods: MethodCard[], groups: MethodGroupCard[]}
 * GET    /methods/agreement            → {rows: Agreement[]}
 * POST   /analyses                     AnalysisRequest → NDJSON {key, summary, caveats, provenance}
 * GET    /results/{key}                → Arrow: the result's columns, {summary, caveats, provenance}
 * POST   /packs                        PackRequest → NDJSON PackInfo
 * GET    /packs/{id}/{file}            → bytes
 * DELETE /jobs/{id}
 */
import type { Caveat } from './caveat.ts'
import type { Mapping, Reading } from './dataset.ts'
import type { Filter, TextClause } from './filter.ts'
import type { Rings } from './geometry.ts'
import type { GridSpec } from './grid.ts'
import type { LayerKind } from './layer.ts'
import type { Provenance } from './provenance.ts'
import type { HotspotPlan, WorkspaceState } from './workspace.ts'

export interface About {
  readonly product: string
  readonly version: string
  readonly workspace: string
  readonly shell: 'electron' | 'browser' | 'direct'
}

export interface SaveWorkspace {
  readonly ifVersion: number
  readonly state: WorkspaceState
}

/** A place, postcode or position that what was typed may mean. */
export interface FoundPlace {
  readonly title: string
  /** What it is: 'Town', 'Postcode', 'grid reference'. */
  readonly kind: string
  /** Where it lies, as far as its layer says; '' otherwise. */
  readonly within: string
  /** Name of the places layer it comes from; '' for a position. */
  readonly layer: string
  /** Metres. Of a grid square, its middle. */
  readonly easting: number
  readonly northing: number
  readonly longitude: number
  readonly latitude: number
  /** Outline of a grid square, degrees; absent for a point. */
  readonly rings?: Rings
}

/** A file the core may read: an upload, or (command line only) a path. */
export type FileRef = { readonly upload: string } | { readonly path: string }

export interface PreviewRequest {
  readonly files: readonly FileRef[]
  /** A saved or built-in profile to try; absent: recognised or proposed. */
  readonly profile?: string
  readonly mapping?: Mapping
  readonly reading?: Reading
}

export interface ImportRequest {
  readonly files: readonly FileRef[]
  readonly name?: string
  readonly profile?: string
  readonly mapping?: Mapping
  readonly reading?: Reading
  /** Keep the profile under this name for next month. */
  readonly saveProfileAs?: string
}

export interface LayerRequest {
  readonly files: readonly FileRef[]
  readonly kind: LayerKind
  readonly name?: string
  /** Attribute holding the area's code and name; recognised when absent. */
  readonly codeField?: string
  readonly nameField?: string
  readonly source?: string
}

export interface SelectionRequest {
  readonly dataset: string
  readonly filter: Filter
  readonly grid: { readonly shape: 'hexagon' | 'square'; readonly size: number }
  /** Boundary layer whose areas are counted, where one is chosen. */
  readonly areaLayer?: string
  /** Further dictionary columns to count the words of, at most `MOST_WORD_COLUMNS`. */
  readonly words?: readonly string[]
  /** Whether to count by day too. */
  readonly days?: boolean
}

/** Dictionary columns besides the offence that can be counted at once: each needs its own bit. */
export const MOST_WORD_COLUMNS = 4
/** Words of such a column that are listed; the others are only told in number. */
export const MOST_WORDS = 200

/**
 * Counts of the selection. Each histogram leaves out its own clause (so that a brushed month still shows the others).
 * Clauses of kind period, hours and oneOf of the offence or of a counted column are the brushes; all others apply
 * everywhere.
 */
export interface SelectionSummary {
  readonly total: number
  readonly selected: number
  readonly located: number
  readonly months: readonly { readonly month: string; readonly count: number; readonly coverage: string }[]
  /** 168 counts by `occurredFrom`, Monday 00 first; null when the data have no times. */
  readonly hours: readonly number[] | null
  readonly offences: readonly { readonly value: string; readonly count: number }[]
  readonly areas: readonly { readonly value: string; readonly name: string; readonly count: number }[]
  readonly flags: Readonly<
    Record<string, { readonly yes: number; readonly no: number; readonly unknown: number }>
  >
  /** Words of each further column asked for, most first, and how many more occur than are listed. */
  readonly words?: Readonly<
    Record<
      string,
      {
        readonly values: readonly { readonly value: string; readonly count: number }[]
        readonly more: number
      }
    >
  >
  /** Incidents of each day from `first`; null where no file covers it. All null when none is known to the day. */
  readonly days?: { readonly first: string; readonly counts: readonly (number | null)[] } | null
  readonly grid: GridSpec
  /** Milliseconds the core took, for the status line. */
  readonly took: number
}

/** Looks for words ahead of their use in a filter, with progress; what was found is kept with the dataset. */
export interface SearchRequest {
  readonly dataset: string
  readonly clause: TextClause
}

export interface SearchAnswer {
  /** Incidents of the whole dataset that contain the words. */
  readonly found: number
}

export interface IncidentsRequest {
  readonly dataset: string
  readonly filter: Filter
  readonly offset: number
  readonly limit: number
  readonly sort?: { readonly column: string; readonly descending: boolean }
}

export interface IncidentsPage {
  readonly total: number
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** The incidents of a filter as a CSV file under the workspace's marking. */
export interface IncidentFileRequest {
  readonly dataset: string
  readonly filter: Filter
  /** Columns in the order to write them, as `IncidentsPage` names them. */
  readonly columns: readonly string[]
  readonly sort?: { readonly column: string; readonly descending: boolean }
}

export interface IncidentFileInfo {
  readonly id: string
  /** What to call the file: its marking comes first. */
  readonly name: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

/** Ids of the methods that answer one kind of question, in the order to list them. */
export interface MethodGroupCard {
  readonly title: string
  readonly methods: readonly string[]
}

export interface AnalysisRequest {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly dataset: string
  readonly filter: Filter
  readonly studyArea?: string
  readonly weights?: string
}

export interface AnalysisResult<S = unknown> {
  readonly key: string
  readonly summary: S
  readonly caveats: readonly Caveat[]
  readonly provenance: Provenance
}

export interface PackRequest {
  readonly plan: HotspotPlan
  readonly title?: string
  readonly author?: string
}

export interface PackInfo {
  readonly id: string
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
  readonly pages: number
  readonly hotspots: number
  readonly shareOfHarm: number
  readonly shareOfCount: number
  readonly shareOfArea: number
  /** Folder the files are in, where the caller may know it (command line). */
  readonly folder?: string
}
