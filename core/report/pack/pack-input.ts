/**
 * Everything the pages need, already computed. The pages choose words and places; they work out no statistics beyond
 * adding up what is printed side by side.
 */
import type { Caveat } from '#core/contract/caveat.ts'
import type { Manifest } from '#core/contract/dataset.ts'
import type { GridSpec } from '#core/contract/grid.ts'
import type { AreaFeature, BasemapFeature } from '#core/contract/layer.ts'
import type { Marking } from '#core/contract/marking.ts'
import type { Provenance } from '#core/contract/provenance.ts'
import type {
  Hotspot,
  HotspotsSummary,
  HourWeekdaySummary,
  MonthTrendSummary,
  OffenceMixSummary,
  RepeatLocationsSummary,
} from '#core/contract/results.ts'
import type { HotspotDecision } from '#core/contract/workspace.ts'

/** A method's result, or the one sentence that says why there is none and what would give one. */
export type Answer<S> =
  | {
      readonly kind: 'answer'
      readonly summary: S
      readonly caveats: readonly Caveat[]
      readonly provenance: Provenance
    }
  | { readonly kind: 'refused'; readonly sentence: string }

/** One hotspot of the pack, after the analyst's decisions. `hotspot.rank` is the number it carries on every page. */
export interface PackHotspot {
  readonly hotspot: Hotspot
  readonly name: string
  readonly hourWeekday: Answer<HourWeekdaySummary>
  readonly trend: Answer<MonthTrendSummary>
  readonly offenceMix: Answer<OffenceMixSummary>
  readonly repeats: Answer<RepeatLocationsSummary>
  /** Streets and areas around it, National Grid metres. */
  readonly basemap: readonly BasemapFeature[]
}

export interface PackMethod {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly answers: string
  readonly references: readonly string[]
  /** Parameters as used, in words: 'Side of the hexagon', '200 m'. */
  readonly parameters: readonly { readonly title: string; readonly value: string }[]
}

export type PackData = Pick<
  Manifest,
  | 'id'
  | 'name'
  | 'importer'
  | 'files'
  | 'rowsRead'
  | 'rowsKept'
  | 'rowsRejected'
  | 'duplicates'
  | 'located'
  | 'issues'
  | 'coverage'
  | 'timePrecision'
  | 'warnings'
>

export interface PackInput {
  /** Name and version of the product that made it. */
  readonly product: string
  readonly force: string
  readonly marking: Marking
  readonly title: string
  readonly author: string
  /** The day the data and the pack stand for, `YYYY-MM-DD`; also the date inside the files. */
  readonly asAt: string
  /** What the pack is for; a default sentence when empty. */
  readonly purpose?: string
  /** Day after which it should not be used, `YYYY-MM-DD`. */
  readonly reviewBy?: string
  readonly definition: { readonly name: string; readonly version: number }
  /** [from, to): the end day is excluded. */
  readonly period: { readonly from: string; readonly to: string }
  readonly filterSentence: string
  readonly data: PackData
  /** Incidents that passed the filter. */
  readonly selected: number
  readonly weights?: {
    readonly name: string
    readonly version: string
    readonly unit: string
    readonly source: string
    readonly sha256: string
  }
  /** The run the hotspots come from, before decisions. */
  readonly summary: HotspotsSummary
  readonly caveats: readonly Caveat[]
  readonly provenance: Provenance
  readonly decisions: readonly HotspotDecision[]
  /** The hotspots of the pack, by rank. */
  readonly hotspots: readonly PackHotspot[]
  /** Counts of the occupied cells, to shade the maps. */
  readonly cells?: {
    readonly grid: GridSpec
    readonly counts: readonly { readonly cell: number; readonly count: number }[]
  }
  /** Force-wide basemap, National Grid metres. */
  readonly basemap: readonly BasemapFeature[]
  readonly studyArea?: {
    readonly name: string
    readonly areas: readonly AreaFeature[]
    readonly sha256: string
  }
  /** Attribution lines to print with the maps and the data. */
  readonly sources: readonly string[]
  readonly methods: readonly PackMethod[]
}
