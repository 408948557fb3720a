import type { Rings } from '#core/contract/geometry.ts'

/**
 * A part of the ground in an evaluation: the shapes, and all places within `distance` metres of one of them. Zones
 * are kept in order; a place belongs to the first that holds it, so a buffer never takes a place from a hotspot.
 */
export interface Zone {
  readonly name: string
  readonly shapes: readonly Rings[]
  /** 0: inside the shapes alone. */
  readonly distance: number
  /** Whether a place at exactly `distance` is in (a buffer) or belongs to the next (bands, half-open). */
  readonly farEdgeIn: boolean
}
