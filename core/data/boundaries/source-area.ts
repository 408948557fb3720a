/** One area as a file gives it, before anything is put right. Coordinates in the file's own reference. */
import type { Position } from '#core/contract/geometry.ts'

export interface SourceArea {
  readonly properties: ReadonlyMap<string, unknown>
  /** Polygon → rings (the outer one first) → positions, as they stand in the file. */
  readonly polygons: readonly (readonly (readonly Position[])[])[]
  /** Lines, part by part, as they stand in the file; boundaries leave them aside. */
  readonly lines: readonly (readonly Position[])[]
  /** Geometry that is no area (points, lines), by its name; empty when all of it is. */
  readonly others: readonly string[]
}

export interface BoundarySource {
  readonly areas: readonly SourceArea[]
  /** What the file says its coordinates are: an EPSG name, or null when it does not say. */
  readonly crs: string | null
  readonly sha256: string
  readonly warnings: readonly string[]
}
