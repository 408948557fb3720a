/**
 * A filter says which incidents are meant. It is plain data, so the same filter can be stored, hashed, printed as
 * a sentence, sent to a worker and replayed years later. All clauses must hold; an empty list means every incident.
 */
import type { GridSpec } from './grid.ts'
import type { Precision } from './incident.ts'

export interface Filter {
  readonly clauses: readonly Clause[]
}

/** `occurredFrom` lies in [from, to): dates `YYYY-MM-DD`, the end day excluded. Rows without a time are out. */
export interface PeriodClause {
  readonly kind: 'period'
  readonly from: string
  readonly to: string
}

/** The word of a dictionary column is (or, with `exclude`, is not) one of `values`. '' stands for not recorded. */
export interface OneOfClause {
  readonly kind: 'oneOf'
  readonly column: string
  readonly values: readonly string[]
  readonly exclude?: boolean
}

/** A flag column has one of these states. A flag not recorded is `unknown`, never `no`. */
export interface FlagClause {
  readonly kind: 'flag'
  readonly column: string
  readonly states: readonly ('yes' | 'no' | 'unknown')[]
}

/** The incident lies in one of the named areas of a boundary layer (found from its coordinates). */
export interface AreaClause {
  readonly kind: 'area'
  readonly layer: string
  readonly codes: readonly string[]
}

/** The incident lies inside a polygon, rings in EPSG:27700 metres, even-odd, lower and left edges in. */
export interface PolygonClause {
  readonly kind: 'polygon'
  readonly name?: string
  readonly rings: readonly (readonly (readonly [number, number])[])[]
}

/** The incident lies in one of these cells of a grid: the exact membership a hotspot is made of. */
export interface CellsClause {
  readonly kind: 'cells'
  readonly name?: string
  readonly grid: GridSpec
  readonly cells: readonly number[]
}

/** Hour of the week of `occurredFrom`: 0 = Monday 00:00–00:59 … 167 = Sunday 23:00–23:59. Needs minute precision. */
export interface HoursClause {
  readonly kind: 'hours'
  readonly hours: readonly number[]
}

/** The incident has coordinates. */
export interface LocatedClause {
  readonly kind: 'located'
}

/** The place is known this well. `area` is the centre of an area, where nothing happened. */
export interface PrecisionClause {
  readonly kind: 'precision'
  readonly precisions: readonly Precision[]
}

/**
 * Every word of `words` occurs in at least one of `columns` (dictionary or text columns), in any order, as part of a
 * longer word too. A phrase in quotation marks is kept together. Capitals and accents make no difference
 * (`searchTerms` and `foldText` of search-text.ts). A column without text contains nothing.
 */
export interface TextClause {
  readonly kind: 'text'
  readonly words: string
  readonly columns: readonly string[]
}

export type Clause =
  | PeriodClause
  | OneOfClause
  | FlagClause
  | AreaClause
  | PolygonClause
  | CellsClause
  | HoursClause
  | LocatedClause
  | PrecisionClause
  | TextClause

export const everything: Filter = { clauses: [] }
