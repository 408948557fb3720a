/** What the workspace holds: everything the analyst would be sorry to lose. Versioned, saved on every change. */
import type { ImportProfile, Manifest } from './dataset.ts'
import type { Filter } from './filter.ts'
import type { LayerInfo } from './layer.ts'
import type { Marking } from './marking.ts'
import type { AnalysisRequest } from './routes.ts'

/** An analyst's decision about one hotspot, with the reason a reviewer will ask for. */
export interface HotspotDecision {
  readonly hotspot: string
  readonly name?: string
  readonly dropped?: string
  /** Id of the hotspot it is joined to. */
  readonly mergedInto?: string
}

/** The hotspot set in work: which run it comes from and what the analyst made of it. */
export interface HotspotPlan {
  readonly dataset: string
  readonly filter: Filter
  readonly params: Readonly<Record<string, unknown>>
  readonly decisions: readonly HotspotDecision[]
}

export interface WeightTable {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly unit: string
  readonly sha256: string
  readonly source: string
  readonly byOffence: Readonly<Record<string, number>>
  /** By Home Office code or classification; absent in tables without codes. */
  readonly byCode?: Readonly<Record<string, number>>
  /** Weight of a sub-group: stated in the table, or the median of its offences. */
  readonly byGroup?: Readonly<Record<string, number>>
}

/** A selection kept under a name, to come back to or to compare with. */
export interface SavedSelection {
  readonly id: string
  readonly name: string
  readonly filter: Filter
}

/** A run of a method that is kept: asked again, it gives the same answer. */
export interface KeptRun {
  readonly id: string
  readonly name: string
  readonly request: AnalysisRequest
}

/** The part of the workspace that the analyst edits; one JSON document, replaced whole, undoable. */
export interface WorkspaceState {
  readonly name: string
  readonly force: string
  readonly marking: Marking
  readonly dataset: string | null
  readonly studyArea: string | null
  readonly areaLayer: string | null
  readonly weights: string | null
  readonly filter: Filter
  readonly definition: { readonly name: string; readonly version: number }
  readonly plan: HotspotPlan | null
  readonly selections?: readonly SavedSelection[]
  readonly runs?: readonly KeptRun[]
}

export interface DatasetInfo extends Omit<Manifest, 'segments' | 'dictionaries'> {
  readonly dictionaries: Readonly<Record<string, readonly string[]>>
}

export interface Workspace {
  readonly version: number
  readonly state: WorkspaceState
  readonly datasets: readonly DatasetInfo[]
  readonly layers: readonly LayerInfo[]
  readonly weights: readonly WeightTable[]
  readonly profiles: readonly ImportProfile[]
}
