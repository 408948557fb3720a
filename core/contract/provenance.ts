/** Where a figure comes from: enough to make the same figure again, and to notice if it would differ. */
import type { Filter } from './filter.ts'

export interface SourceFile {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly rows: number
  readonly kept: number
  readonly rejected: number
}

export interface Provenance {
  readonly product: string
  readonly dataset: { readonly id: string; readonly name: string; readonly rows: number }
  readonly filter: Filter
  readonly method: { readonly id: string; readonly version: string }
  readonly params: Readonly<Record<string, unknown>>
  readonly studyArea?: { readonly id: string; readonly name: string; readonly sha256: string }
  /** Layers given to the method, by the name of the parameter. */
  readonly layers?: Readonly<
    Record<string, { readonly id: string; readonly name: string; readonly sha256: string }>
  >
  readonly weights?: { readonly name: string; readonly version: string; readonly sha256: string }
}
